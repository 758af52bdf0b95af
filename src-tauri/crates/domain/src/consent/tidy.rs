//! Takes off what viewers, mail programs, shells and word processors put around or into a text.

use zeroize::Zeroizing;

/// Something escaped twice is still read: a JSON text inside a JSON text, a web page's source copied from a web page.
const ROUNDS: usize = 4;

/// The text with escapes undone, one kind of quotes and spaces, and without invisible signs. Line breaks stay.
///
/// No honest code or state is changed by it: they are percent-encoded in the address, where none of this occurs.
pub(super) fn tidy(text: &str) -> Zeroizing<String> {
    let mut text = Zeroizing::new(plain(text));
    for _ in 0..ROUNDS {
        let next = Zeroizing::new(unescaped(&text));
        let same = *next == *text;
        text = next;
        if same {
            break;
        }
    }
    text
}

/// Quotes, spaces and invisible signs.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !invisible(*c)).map(simple).collect()
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn simple(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '′' => '\'',
        '\u{2028}' | '\u{2029}' | '\u{85}' | '\r' => '\n',
        space if space.is_whitespace() && !space.is_ascii() => ' ',
        other => other,
    }
}

/// One round of undoing JSON's, HTML's and a shell's escapes.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (meant, length) = if from.starts_with('\\') {
            backslash(from)
        } else {
            entity(from)
        }
        .unwrap_or_else(|| {
            // Both signs are one byte long.
            (if from.starts_with('\\') { '\\' } else { '&' }, 1)
        });
        if !invisible(meant) {
            out.push(simple(meant));
        }
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What a backslash and what follows it mean, and how many bytes both have.
fn backslash(from: &str) -> Option<(char, usize)> {
    let next = from[1..].chars().next()?;
    match next {
        'n' | 'r' => Some(('\n', 2)),
        // The line goes on after it, as a shell reads it.
        '\n' => Some(('\n', 2)),
        't' => Some((' ', 2)),
        'u' => {
            let hex = from
                .get(2..6)
                .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
            let meant = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
            // Half of a pair: no sign of a code or a state is one.
            Some((meant.unwrap_or(char::REPLACEMENT_CHARACTER), 6))
        }
        // A shell puts one before ?, = and &; JSON before / and quotes.
        sign if sign.is_ascii_punctuation() => Some((sign, 2)),
        _ => None,
    }
}

/// What `&…;` means, and how many bytes it has.
fn entity(from: &str) -> Option<(char, usize)> {
    let end = from.bytes().take(12).position(|b| b == b';')?;
    let meant = match from.get(1..end)? {
        "amp" | "AMP" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        "nbsp" => ' ',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((meant, end + 1))
}
