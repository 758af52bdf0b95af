//! Filters as Okta takes them. Only forms its pages show are used; whatever a person typed stays inside its quotes.

/// A text inside the quotes of a filter.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// `name op "value"`.
pub fn term(name: &str, op: &str, value: &str) -> String {
    format!("{name} {op} {}", quoted(value))
}

/// People whose name, login or e-mail address begins with what was typed. Two words are a first and a last name, either
/// way round. `search` finds deactivated people too.
pub fn people(text: &str) -> String {
    let begins = |name: &str, value: &str| term(&format!("profile.{name}"), "sw", value);
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [first, .., last] => {
            let rest = words[1..].join(" ");
            let most = words[..words.len() - 1].join(" ");
            format!(
                "({} and {}) or ({} and {}) or ({} and {})",
                begins("firstName", first),
                begins("lastName", &rest),
                begins("firstName", &most),
                begins("lastName", last),
                begins("lastName", first),
                begins("firstName", &rest),
            )
        }
        _ => {
            let text = words.first().copied().unwrap_or_default();
            ["firstName", "lastName", "login", "email"]
                .map(|name| begins(name, text))
                .join(" or ")
        }
    }
}

/// A person's id, as somebody would paste it.
pub fn looks_like_id(text: &str) -> bool {
    is_id(text, "00u")
}

/// An app's id, which is its client id too.
pub fn looks_like_app_id(text: &str) -> bool {
    is_id(text, "0oa")
}

fn is_id(text: &str, kind: &str) -> bool {
    text.len() == 20 && text.starts_with(kind) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_are_found_both_ways_round() {
        assert_eq!(
            people("ada"),
            "profile.firstName sw \"ada\" or profile.lastName sw \"ada\" or profile.login sw \"ada\" or profile.email sw \"ada\""
        );
        let both = people(" Ada  de Lovelace ");
        assert!(both.contains("(profile.firstName sw \"Ada\" and profile.lastName sw \"de Lovelace\")"));
        assert!(both.contains("(profile.lastName sw \"Ada\" and profile.firstName sw \"de Lovelace\")"));
        assert!(both.contains("(profile.firstName sw \"Ada de\" and profile.lastName sw \"Lovelace\")"));
    }

    #[test]
    fn ids() {
        assert!(looks_like_id("00ucpjbi6JMmDvdN40g4"));
        assert!(!looks_like_id("ada@example.com") && !looks_like_id("0oacpjbi6JMmDvdN40g4"));
        assert!(looks_like_app_id("0oacpjbi6JMmDvdN40g4") && !looks_like_app_id("00ucpjbi6JMmDvdN40g4"));
    }

    proptest! {
        /// Nothing that is typed gets out of its quotes.
        #[test]
        fn what_is_typed_stays_inside(text in "\\PC{0,40}") {
            let out = quoted(&text);
            let inner = &out[1..out.len() - 1];
            let mut escaped = false;
            for letter in inner.chars() {
                prop_assert!(escaped || letter != '"');
                escaped = letter == '\\' && !escaped;
            }
            prop_assert!(!escaped);
        }
    }
}
