//! Reading answers loosely: what is missing or of another kind is absent, what is there is kept.

use serde_json::Value;

/// A text that says something; numbers and switches count as text.
pub(super) fn text(value: &Value, pointer: &str) -> Option<String> {
    let found = match value.pointer(pointer)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(switch) => switch.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!found.is_empty()).then_some(found)
}

/// Objects of a list; one that is missing has none.
pub(super) fn rows<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|row| row.is_object())
}

/// Texts of a list.
pub(super) fn texts(value: &Value, pointer: &str) -> Vec<String> {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|it| text(it, ""))
        .collect()
}

/// A page of a list that comes as `{data: […]}` or as a bare list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What could be read.
    pub rows: Vec<T>,
    /// Rows that are no objects: nothing can be shown of them.
    pub lost: usize,
}

impl<T> Page<T> {
    /// Reads a page; `None` when it is no list at all.
    pub fn read(answer: &Value, key: &str, one: impl Fn(&Value) -> T) -> Option<Self> {
        let list = answer
            .as_array()
            .or_else(|| answer.get(key).and_then(Value::as_array))?;
        let rows: Vec<T> = list.iter().filter(|row| row.is_object()).map(one).collect();
        Some(Self {
            lost: list.len() - rows.len(),
            rows,
        })
    }
}

/// Where the next page is, as the body says it: IAM and governance links come on another host than was asked, so that
/// only the cursor is taken, and only from a link to the same path.
///
/// # Errors
/// The link leads to another path, or has no cursor.
pub fn next(answer: &Value, path: &str) -> Result<Option<String>, Elsewhere> {
    let href = match answer.pointer("/_links/next/href") {
        None | Some(Value::Null) => return Ok(None),
        Some(href) => href.as_str().ok_or(Elsewhere)?,
    };
    let base = url::Url::parse("https://org.invalid").map_err(|_| Elsewhere)?;
    let link = base.join(href).map_err(|_| Elsewhere)?;
    if link.path() != path {
        return Err(Elsewhere);
    }
    link.query_pairs()
        .find(|(name, value)| name == "after" && !value.is_empty())
        .map(|(_, value)| Some(value.into_owned()))
        .ok_or(Elsewhere)
}

/// A link to the next page that leads somewhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_cursor_of_a_link_to_the_same_path_is_taken() {
        let next = |href: Value| {
            next(
                &json!({ "_links": { "next": { "href": href } } }),
                "/api/v1/iam/roles",
            )
        };
        let cursor = Ok(Some("c 1".to_owned()));
        assert_eq!(
            next(json!("https://acme-admin.okta.com/api/v1/iam/roles?after=c%201")),
            cursor
        );
        assert_eq!(next(json!("/api/v1/iam/roles?limit=1&after=c%201")), cursor);
        assert_eq!(next(Value::Null), Ok(None));
        for odd in [
            "https://acme-admin.okta.com/api/v1/iam/roles",
            "/api/v1/users?after=x",
            "/api/v1/iam/roles?after=",
        ] {
            assert_eq!(next(json!(odd)), Err(Elsewhere), "{odd}");
        }
        assert_eq!(next(json!(7)), Err(Elsewhere));
    }
}
