//! Okta's filter expressions: `name eq "google" and (status eq "ACTIVE" or …)`. Text is compared without case.

/// An expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    /// The attribute has a value.
    Present(String),
    Compare {
        attribute: String,
        operator: Operator,
        value: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    StartsWith,
    EndsWith,
    Contains,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
}

/// It can't be read, or names what may not be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// Deeper ones are refused.
const DEEPEST: usize = 32;

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Word(String),
    Text(String),
}

fn tokens(text: &str) -> Result<Vec<Token>, Unreadable> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(&c) = chars.peek() {
        match c {
            _ if c.is_whitespace() => {
                chars.next();
            }
            '(' | ')' => {
                chars.next();
                tokens.push(if c == '(' { Token::Open } else { Token::Close });
            }
            '"' => {
                chars.next();
                let mut value = String::new();
                loop {
                    match chars.next().ok_or(Unreadable)? {
                        '"' => break,
                        '\\' => value.push(chars.next().ok_or(Unreadable)?),
                        other => value.push(other),
                    }
                }
                tokens.push(Token::Text(value));
            }
            _ => {
                let mut word = String::new();
                while let Some(c) = chars.next_if(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '"')) {
                    word.push(c);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

struct Reader<'a> {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    allowed: &'a [&'a str],
    depth: usize,
}

impl Reader<'_> {
    fn next_is(&mut self, word: &str) -> bool {
        self.tokens
            .next_if(|token| matches!(token, Token::Word(w) if w.eq_ignore_ascii_case(word)))
            .is_some()
    }

    fn either(&mut self) -> Result<Filter, Unreadable> {
        let mut left = self.both()?;
        while self.next_is("or") {
            left = Filter::Or(Box::new(left), Box::new(self.both()?));
        }
        Ok(left)
    }

    fn both(&mut self) -> Result<Filter, Unreadable> {
        let mut left = self.one()?;
        while self.next_is("and") {
            left = Filter::And(Box::new(left), Box::new(self.one()?));
        }
        Ok(left)
    }

    fn one(&mut self) -> Result<Filter, Unreadable> {
        match self.tokens.next().ok_or(Unreadable)? {
            Token::Open => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(Unreadable);
                }
                let inner = self.either()?;
                self.depth -= 1;
                if self.tokens.next() == Some(Token::Close) {
                    Ok(inner)
                } else {
                    Err(Unreadable)
                }
            }
            Token::Word(attribute) if self.allowed.contains(&attribute.as_str()) => {
                if self.next_is("pr") {
                    return Ok(Filter::Present(attribute));
                }
                let Some(Token::Word(word)) = self.tokens.next() else {
                    return Err(Unreadable);
                };
                let operator = Operator::read(&word).ok_or(Unreadable)?;
                match self.tokens.next() {
                    Some(Token::Text(value)) => Ok(Filter::Compare {
                        attribute,
                        operator,
                        value,
                    }),
                    Some(_) | None => Err(Unreadable),
                }
            }
            Token::Word(_) | Token::Text(_) | Token::Close => Err(Unreadable),
        }
    }
}

impl Operator {
    fn read(word: &str) -> Option<Self> {
        Some(match word.to_lowercase().as_str() {
            "eq" => Self::Equal,
            "ne" => Self::NotEqual,
            "sw" => Self::StartsWith,
            "ew" => Self::EndsWith,
            "co" => Self::Contains,
            "gt" => Self::Greater,
            "ge" => Self::GreaterEqual,
            "lt" => Self::Less,
            "le" => Self::LessEqual,
            _ => return None,
        })
    }

    pub(crate) fn holds(self, has: &str, value: &str) -> bool {
        let (has, value) = (has.to_lowercase(), value.to_lowercase());
        match self {
            Self::Equal => has == value,
            Self::NotEqual => has != value,
            Self::StartsWith => has.starts_with(&value),
            Self::EndsWith => has.ends_with(&value),
            Self::Contains => has.contains(&value),
            // Dates are written so that their text sorts as they do.
            Self::Greater => has > value,
            Self::GreaterEqual => has >= value,
            Self::Less => has < value,
            Self::LessEqual => has <= value,
        }
    }
}

impl Filter {
    /// Reads an expression over these attributes.
    ///
    /// # Errors
    /// It is not one.
    pub(crate) fn parse(text: &str, allowed: &[&str]) -> Result<Self, Unreadable> {
        let mut reader = Reader {
            tokens: tokens(text)?.into_iter().peekable(),
            allowed,
            depth: 0,
        };
        let filter = reader.either()?;
        if reader.tokens.next().is_none() {
            Ok(filter)
        } else {
            Err(Unreadable)
        }
    }

    /// Whether it holds for something whose attributes are these.
    pub(crate) fn holds(&self, attribute_of: &dyn Fn(&str) -> Option<String>) -> bool {
        match self {
            Self::And(left, right) => left.holds(attribute_of) && right.holds(attribute_of),
            Self::Or(left, right) => left.holds(attribute_of) || right.holds(attribute_of),
            Self::Present(attribute) => attribute_of(attribute).is_some(),
            Self::Compare {
                attribute,
                operator,
                value,
            } => attribute_of(attribute).is_some_and(|has| operator.holds(&has, value)),
        }
    }

    /// It compares with `ne` somewhere.
    pub(crate) fn has_not_equal(&self) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => left.has_not_equal() || right.has_not_equal(),
            Self::Present(_) => false,
            Self::Compare { operator, .. } => *operator == Operator::NotEqual,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> Option<bool> {
        let filter = Filter::parse(text, &["name", "status", "note"]).ok()?;
        Some(filter.holds(&|attribute| match attribute {
            "name" => Some("google".into()),
            "status" => Some("ACTIVE".into()),
            _ => None,
        }))
    }

    #[test]
    fn expressions() {
        for (text, wanted) in [
            (r#"name eq "google""#, Some(true)),
            (r#"NAME eq "google""#, None),
            (r#"name EQ "Google" AND status eq "ACTIVE""#, Some(true)),
            (r#"name eq "slack" or name sw "goo""#, Some(true)),
            (
                r#"name eq "slack" or name eq "google" and status eq "INACTIVE""#,
                Some(false),
            ),
            (
                r#"(name eq "slack" or name eq "google") and status eq "ACTIVE""#,
                Some(true),
            ),
            (r#"name co "oog" and status ew "ive""#, Some(true)),
            (
                r#"name gt "a" and name lt "z" and name ge "google" and name le "google""#,
                Some(true),
            ),
            (r#"name ne "google""#, Some(false)),
            ("name pr", Some(true)),
            ("note pr", Some(false)),
            (r#"note eq "x""#, Some(false)),
            (r#"name eq "a\"b""#, Some(false)),
            (r#"name eq "google"#, None),
            ("name eq google", None),
            (r#"name eq "google" and"#, None),
            (r#"(name eq "google""#, None),
            (r#"name eq "google")"#, None),
            (r#"label eq "x""#, None),
            (r#"name is "x""#, None),
            ("", None),
        ] {
            assert_eq!(holds(text), wanted, "{text}");
        }
        let deep = format!("{}name pr{}", "(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(holds(&deep), None, "too deep");
    }
}
