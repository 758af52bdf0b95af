//! Pasted lists of people: taking them apart, asking for many at once, and telling who is meant.

use super::filter::{looks_like_id, term};
use crate::okta::wire::people::Person;
use crate::problem::Problem;

/// Most people at once.
pub const MOST: usize = 200;
/// Most entries asked for in one search.
const BATCH: usize = 10;
/// Longest search, as it is in an address: servers take 8,192 bytes of it.
pub const LONGEST_SEARCH: usize = 7_500;
/// Longest entry, in characters: Okta's first and last names have 50 each, logins and e-mail addresses 100.
pub const LONGEST: usize = 101;
/// Words up to which a name is cut in two in every way; of a longer one the first or the last word is a name of its own.
const WORDS: usize = 4;

/// What an entry looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An Okta id.
    Id,
    /// A login or e-mail address.
    Address,
    /// A name, or a login without its domain.
    Name,
}

/// One entry of a pasted list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    /// As it is looked for.
    pub text: String,
    /// What it looks like.
    pub kind: Kind,
}

impl Entry {
    /// Reads one entry.
    pub fn new(text: &str) -> Self {
        let kind = if looks_like_id(text) {
            Kind::Id
        } else if text.contains('@') {
            Kind::Address
        } else {
            Kind::Name
        };
        Self {
            text: text.to_owned(),
            kind,
        }
    }

    fn words(&self) -> Vec<&str> {
        self.text.split_whitespace().collect()
    }

    /// First and last names it may be, in every way of cutting it in two, both ways round.
    fn names(&self) -> Vec<(String, String)> {
        let words = self.words();
        (1..words.len())
            .filter(|cut| words.len() <= WORDS || *cut == 1 || *cut == words.len() - 1)
            .flat_map(|cut| {
                let (one, other) = (words[..cut].join(" "), words[cut..].join(" "));
                [(one.clone(), other.clone()), (other, one)]
            })
            .collect()
    }

    /// The part of a search that finds it.
    pub fn search(&self) -> String {
        let eq = |name: &str, value: &str| term(name, "eq", value);
        match self.kind {
            Kind::Id => eq("id", &self.text),
            Kind::Address => format!(
                "{} or {}",
                eq("profile.login", &self.text),
                eq("profile.email", &self.text)
            ),
            Kind::Name => match self.words().as_slice() {
                [word] => format!(
                    "{} or {} or {} or {}",
                    eq("profile.login", word),
                    term("profile.login", "sw", &format!("{word}@")),
                    eq("profile.lastName", word),
                    eq("profile.firstName", word)
                ),
                _ => self
                    .names()
                    .iter()
                    .map(|(first, last)| {
                        format!(
                            "({} and {})",
                            eq("profile.firstName", first),
                            eq("profile.lastName", last)
                        )
                    })
                    .collect::<Vec<_>>()
                    .join(" or "),
            },
        }
    }

    /// Is this the person?
    fn means(&self, person: &Person) -> bool {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        match self.kind {
            Kind::Id => person.id == self.text,
            Kind::Address => same(&person.login, &self.text) || same(&person.email, &self.text),
            Kind::Name => match self.words().as_slice() {
                [word] => {
                    let local = person.login.split('@').next().unwrap_or_default();
                    same(&person.login, word)
                        || same(local, word)
                        || same(&person.last, word)
                        || same(&person.first, word)
                }
                _ => self.names().iter().any(|(first, last)| {
                    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    same(&squeeze(&person.first), first) && same(&squeeze(&person.last), last)
                }),
            },
        }
    }

    /// Those of a list who are meant, each once. A login to the letter beats everything else; of several, those who are
    /// not deactivated come first.
    pub fn matching(&self, people: &[Person]) -> Vec<Person> {
        let mut found: Vec<Person> = Vec::new();
        for person in people {
            if self.means(person) && !found.iter().any(|it| it.id == person.id) {
                found.push(person.clone());
            }
        }
        let exact: Vec<Person> = found
            .iter()
            .filter(|it| it.login.to_lowercase() == self.text.to_lowercase())
            .cloned()
            .collect();
        if exact.len() == 1 {
            return exact;
        }
        found.sort_by_key(Person::deactivated);
        found
    }
}

/// `Ada Lovelace <ada@example.com>` is the address; quotes and bullets go.
fn bare(text: &str) -> &str {
    let text = text.trim();
    if let Some((_, rest)) = text.rsplit_once('<')
        && let Some((address, _)) = rest.split_once('>')
        && address.contains('@')
    {
        return address.trim();
    }
    let odd = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '•' | '*' | '\u{feff}')
    };
    text.trim_matches(odd)
}

/// “Lovelace, Ada” is one person; “Ada Lovelace, Bob Smith” and “ada@x, bob@x” are two.
fn parts(line: &str) -> Vec<String> {
    let parts: Vec<&str> = line
        .split(',')
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    if let [last, first] = parts.as_slice()
        && [last, first]
            .iter()
            .all(|part| !part.contains('@') && !looks_like_id(part))
        && !(last.contains(' ') && first.contains(' '))
    {
        return vec![format!("{first} {last}")];
    }
    parts.into_iter().map(str::to_owned).collect()
}

/// Takes a pasted list apart: one a line, or with commas, semicolons or tabs. The same entry twice counts once.
///
/// # Errors
/// More than [`MOST`], or something that can't be a name; tied to `text`.
pub fn entries(text: &str) -> Result<Vec<Entry>, Problem> {
    let mut found: Vec<Entry> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for line in text.split(['\n', '\r', ';', '\t']) {
        for part in parts(line) {
            let part = bare(&part);
            let clean: String = part.split_whitespace().collect::<Vec<_>>().join(" ");
            if clean.is_empty() {
                continue;
            }
            // Nobody's name is longer; a pasted document is no list. To leave it out in silence would be to forget somebody.
            let entry = Entry::new(&clean);
            if clean.chars().count() > LONGEST || in_address(&entry.search()) > LONGEST_SEARCH {
                let begin: String = clean.chars().take(30).collect();
                return Err(Problem::bad_input(
                    "text",
                    format!("“{begin}…” is too long to be a name."),
                    "Paste names, logins, e-mail addresses or ids, one a line or with commas. Nothing was asked or launched yet.",
                ));
            }
            if seen.insert(clean.to_lowercase()) {
                found.push(entry);
            }
        }
    }
    if found.len() > MOST {
        return Err(Problem::bad_input(
            "text",
            format!("That is {} people; {MOST} can be done at once.", found.len()),
            "Paste fewer, and the rest afterwards. Nothing was asked or launched yet.",
        ));
    }
    Ok(found)
}

fn in_address(search: &str) -> usize {
    url::form_urlencoded::byte_serialize(search.as_bytes())
        .map(str::len)
        .sum()
}

/// Entries in order, as many at a time as fit into one search.
pub fn batches(entries: &[Entry]) -> Vec<&[Entry]> {
    let mut batches = Vec::new();
    let mut rest = entries;
    while !rest.is_empty() {
        let fits = |count: &usize| in_address(&search(&rest[..*count])) <= LONGEST_SEARCH;
        let most = rest.len().min(BATCH);
        let count = (2..=most).rev().find(fits).unwrap_or(1);
        let (batch, later) = rest.split_at(count);
        batches.push(batch);
        rest = later;
    }
    batches
}

/// One search for several entries.
pub fn search(entries: &[Entry]) -> String {
    entries
        .iter()
        .map(|entry| entry.search())
        .collect::<Vec<_>>()
        .join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(pasted: &str) -> Vec<String> {
        entries(pasted)
            .expect("fits")
            .into_iter()
            .map(|it| it.text)
            .collect()
    }

    fn person(id: &str, first: &str, last: &str, login: &str, status: &str) -> Person {
        Person {
            id: id.into(),
            first: first.into(),
            last: last.into(),
            login: login.into(),
            email: login.into(),
            status: status.into(),
        }
    }

    #[test]
    fn lists_as_people_paste_them() {
        assert_eq!(texts("ada@x.org\nbob@x.org\r\n\n"), ["ada@x.org", "bob@x.org"]);
        assert_eq!(
            texts("ada@x.org, bob@x.org; carl@x.org\tdora@x.org"),
            ["ada@x.org", "bob@x.org", "carl@x.org", "dora@x.org"]
        );
        assert_eq!(texts("Ada Lovelace, Bob Smith"), ["Ada Lovelace", "Bob Smith"]);
        assert_eq!(texts("Lovelace, Ada"), ["Ada Lovelace"]);
        assert_eq!(
            texts("\"Ada Lovelace\" <ada@x.org>,\n• Bob  Smith"),
            ["ada@x.org", "Bob Smith"]
        );
        assert_eq!(texts("ADA@x.org\nada@X.org"), ["ADA@x.org"], "the same one twice");
        assert_eq!(texts("  \n,;"), Vec::<String>::new());
        let many: String = (0..201).map(|n| format!("p{n}@x.org\n")).collect();
        assert!(entries(&many).expect_err("too many").title.contains("201"));
    }

    #[test]
    fn what_is_too_long_is_told_and_not_forgotten() {
        let refused = entries(&format!("ada@x.org\n{}", "x".repeat(102))).expect_err("no name");
        assert_eq!(refused.field.as_deref(), Some("text"));
        assert!(refused.title.contains("xxx…"), "{}", refused.title);
        assert_eq!(texts(&"x".repeat(101)).len(), 1);
    }

    #[test]
    fn searches_fit_into_an_address() {
        let long: Vec<Entry> = (0..23)
            .map(|n| {
                Entry::new(&format!(
                    "{n:02} {} {} {}",
                    "漢".repeat(32),
                    "字".repeat(32),
                    "名".repeat(32)
                ))
            })
            .collect();
        let short: Vec<Entry> = (0..23).map(|n| Entry::new(&format!("Ada{n} Lovelace"))).collect();
        for all in [long, short] {
            let batches = batches(&all);
            assert_eq!(batches.concat(), all, "each once, in order");
            for batch in &batches {
                assert!(batch.len() <= BATCH && in_address(&search(batch)) <= LONGEST_SEARCH);
            }
        }
        let many = Entry::new("a b c d e f g h");
        assert_eq!(many.names().len(), 4);
        assert!(many.names().contains(&("a".into(), "b c d e f g h".into())));
    }

    #[test]
    fn kinds_and_searches() {
        let search = |text: &str| Entry::new(text).search();
        assert_eq!(search("00ucpjbi6JMmDvdN40g4"), "id eq \"00ucpjbi6JMmDvdN40g4\"");
        assert_eq!(
            search("a@x"),
            "profile.login eq \"a@x\" or profile.email eq \"a@x\""
        );
        assert!(
            search("Ada Lovelace")
                .contains("(profile.firstName eq \"Lovelace\" and profile.lastName eq \"Ada\")")
        );
        assert!(search("ada").contains("profile.login sw \"ada@\""));
    }

    #[test]
    fn who_is_meant() {
        let people = [
            person("1", "Ada", "Lovelace", "ada@x.org", "ACTIVE"),
            person("2", "Ada", "Lovelace", "ada.l@x.org", "DEPROVISIONED"),
            person("3", "Ada", "Byron", "ada", "ACTIVE"),
            person("4", "Mary Ann", "Evans", "me@x.org", "ACTIVE"),
        ];
        let ids = |text: &str| {
            let found = Entry::new(text).matching(&people);
            found.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(ids("ADA@X.ORG"), ["1"]);
        assert_eq!(ids("lovelace ada"), ["1", "2"], "who is active comes first");
        assert_eq!(ids("ada"), ["3"], "a login to the letter");
        assert_eq!(ids("Mary Ann Evans"), ["4"]);
        assert_eq!(ids("Mary Evans"), Vec::<String>::new());
        assert_eq!(ids("4"), Vec::<String>::new(), "that is no id");
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "\\PC{0,300}") {
            if let Ok(found) = entries(&text) {
                for entry in found {
                    prop_assert!(!entry.text.is_empty() && !entry.text.contains('\n'));
                    // A search that is made of it has balanced quotes.
                    let search = entry.search();
                    let mut open = false;
                    let mut escaped = false;
                    for c in search.chars() {
                        match c {
                            '\\' if !escaped => escaped = true,
                            '"' if !escaped => open = !open,
                            _ => escaped = false,
                        }
                        if c != '\\' { escaped = false; }
                    }
                    prop_assert!(!open, "{}", search);
                }
            }
        }
    }
}
