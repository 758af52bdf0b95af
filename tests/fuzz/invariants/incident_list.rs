//! What holds for whatever is pasted as a list of people.

use domain::reviews::incident::{LONGEST, LONGEST_SEARCH, MOST, batches, entries, search};

/// Panics if it does not.
pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(found) = entries(&text) else { return };
    assert!(found.len() <= MOST);
    for entry in &found {
        let count = entry.text.chars().count();
        assert!((1..=LONGEST).contains(&count), "{entry:?}");
        assert_eq!(entry.text.trim(), entry.text, "{entry:?}");
    }
    let batches = batches(&found);
    assert_eq!(batches.concat(), found, "each is asked for once");
    for batch in batches {
        let search = search(batch);
        let length: usize = url::form_urlencoded::byte_serialize(search.as_bytes())
            .map(str::len)
            .sum();
        assert!(length <= LONGEST_SEARCH, "{length}");
        stays_quoted(&search);
    }
}

/// Outside its quotes a search has nothing but its own words.
fn stays_quoted(search: &str) {
    let (mut open, mut escaped, mut outside) = (false, false, String::new());
    for letter in search.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if open => escaped = true,
            '"' => open = !open,
            letter if !open => outside.push(letter),
            _ => assert!(!letter.is_control(), "{search}"),
        }
    }
    assert!(!open && !escaped, "{search}");
    let known = [
        "profile.firstName",
        "profile.lastName",
        "profile.login",
        "profile.email",
        "id",
        "eq",
        "sw",
        "or",
        "and",
        "",
    ];
    for word in outside.split([' ', '(', ')']) {
        assert!(known.contains(&word), "{word} in {search}");
    }
}
