//! Governance's `filter` and `orderBy`: `eq` and `co` on text, `gt` and `lt` on dates, one field to sort by.

use crate::world::filter::{Filter, Operator, Unreadable};
use crate::world::when;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Text,
    Date,
}

/// A filter that may be asked here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked(Filter);

impl Asked {
    /// Reads a filter over these fields.
    ///
    /// # Errors
    /// It can't be read, names another field, or compares one in a way it can't be.
    pub(crate) fn read(text: &str, fields: &[(&str, Field)]) -> Result<Self, Unreadable> {
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        let mut filter = Filter::parse(text, &names)?;
        check(&mut filter, fields)?;
        Ok(Self(filter))
    }

    /// Whether it holds for something with these values; a field may have several.
    pub(crate) fn holds(&self, values: &dyn Fn(&str) -> Vec<String>) -> bool {
        holds(&self.0, values)
    }

    /// Every field that has to equal a value, with that value.
    pub(crate) fn each_equal(&self, tell: &dyn Fn(&str, &str)) {
        each_equal(&self.0, tell);
    }
}

fn each_equal(filter: &Filter, tell: &dyn Fn(&str, &str)) {
    match filter {
        Filter::And(left, right) => {
            each_equal(left, tell);
            each_equal(right, tell);
        }
        Filter::Compare {
            attribute,
            operator: Operator::Equal,
            value,
        } => tell(attribute, value),
        Filter::Or(..) | Filter::Present(_) | Filter::Compare { .. } => {}
    }
}

fn check(filter: &mut Filter, fields: &[(&str, Field)]) -> Result<(), Unreadable> {
    match filter {
        Filter::And(left, right) | Filter::Or(left, right) => {
            check(left, fields)?;
            check(right, fields)
        }
        Filter::Present(_) => Err(Unreadable),
        Filter::Compare {
            attribute,
            operator,
            value,
        } => {
            let field = fields.iter().find(|(name, _)| name == attribute);
            match field.map(|(_, field)| *field) {
                Some(Field::Text) if matches!(operator, Operator::Equal | Operator::Contains) => Ok(()),
                Some(Field::Date) if matches!(operator, Operator::Greater | Operator::Less) => {
                    // As the values are written, so that the texts compare.
                    *value = when::governance(when::read(value).ok_or(Unreadable)?);
                    Ok(())
                }
                Some(_) | None => Err(Unreadable),
            }
        }
    }
}

fn holds(filter: &Filter, values: &dyn Fn(&str) -> Vec<String>) -> bool {
    match filter {
        Filter::And(left, right) => holds(left, values) && holds(right, values),
        Filter::Or(left, right) => holds(left, values) || holds(right, values),
        Filter::Present(attribute) => !values(attribute).is_empty(),
        Filter::Compare {
            attribute,
            operator,
            value,
        } => values(attribute).iter().any(|has| operator.holds(has, value)),
    }
}

/// What a list is sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) field: String,
    pub(crate) down: bool,
}

impl Order {
    /// Reads `name`, `name asc` or `name desc`.
    ///
    /// # Errors
    /// It is neither, or names another field.
    pub(crate) fn read(text: &str, fields: &[&str]) -> Result<Self, Unreadable> {
        let mut words = text.split(' ').filter(|word| !word.is_empty());
        let field = words.next().ok_or(Unreadable)?;
        let down = match words.next() {
            None => false,
            Some(word) if word.eq_ignore_ascii_case("asc") => false,
            Some(word) if word.eq_ignore_ascii_case("desc") => true,
            Some(_) => return Err(Unreadable),
        };
        if words.next().is_some() || !fields.contains(&field) {
            return Err(Unreadable);
        }
        Ok(Self {
            field: field.to_owned(),
            down,
        })
    }

    /// As a link has it.
    pub(crate) fn text(&self) -> String {
        format!("{} {}", self.field, if self.down { "desc" } else { "asc" })
    }

    /// Sorts by a key; what is equal stays as it was.
    pub(crate) fn sort<T, K: Ord>(&self, items: &mut [T], key: impl Fn(&T) -> K) {
        if self.down {
            items.sort_by_key(|item| std::cmp::Reverse(key(item)));
        } else {
            items.sort_by_key(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[(&str, Field)] = &[("name", Field::Text), ("created", Field::Date)];

    #[test]
    fn filters_are_what_the_page_says() {
        let holds = |text: &str| {
            let filter = Asked::read(text, FIELDS).ok()?;
            Some(filter.holds(&|field| match field {
                "name" => vec!["Leaver check".into(), "other".into()],
                _ => vec!["2026-05-01T10:00:00Z".into()],
            }))
        };
        for (text, wanted) in [
            (r#"name co "leaver""#, Some(true)),
            (r#"name eq "other""#, Some(true)),
            (r#"name eq "leaver""#, Some(false)),
            (
                r#"created gt "2026-05-01T09:59:59.000Z" and name co "check""#,
                Some(true),
            ),
            (r#"created lt "2026-05-01T12:00:00+02:00""#, Some(false)),
            (r#"created eq "2026-05-01T10:00:00Z""#, None),
            (r#"created gt "yesterday""#, None),
            (r#"name sw "leaver""#, None),
            ("name pr", None),
            (r#"owner eq "x""#, None),
            ("", None),
        ] {
            assert_eq!(holds(text), wanted, "{text}");
        }
    }

    #[test]
    fn one_field_sorts() {
        let order = |text: &str| Order::read(text, &["name", "created"]).ok().map(|it| it.text());
        assert_eq!(order("name").as_deref(), Some("name asc"));
        assert_eq!(order("created  desc").as_deref(), Some("created desc"));
        for wrong in ["", "status", "name,created", "name up", "name asc desc"] {
            assert_eq!(order(wrong), None, "{wrong}");
        }
    }
}
