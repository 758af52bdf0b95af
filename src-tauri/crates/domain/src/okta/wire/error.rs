//! Okta's error body, read loosely.

use serde_json::Value;

/// `{errorCode, errorSummary, errorId, errorCauses}`, or the OAuth form `{error, error_description}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorBody {
    /// Code, such as `E0000007` or `invalid_client`.
    pub code: Option<String>,
    /// Summary.
    pub summary: Option<String>,
    /// Id for Okta support.
    pub id: Option<String>,
    /// Causes: often the only specific part.
    pub causes: Vec<String>,
}

impl ErrorBody {
    /// Reads a body; `None` when it is not Okta's.
    pub fn read(body: &Value) -> Option<Self> {
        let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
        let code = text("errorCode").or_else(|| text("error"))?;
        let causes = body
            .get("errorCauses")
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |list| {
                list.iter()
                    .filter_map(|c| c.get("errorSummary").and_then(Value::as_str))
                    .map(str::to_owned)
                    .collect()
            });
        Some(Self {
            code: Some(code),
            summary: text("errorSummary").or_else(|| text("error_description")),
            id: text("errorId"),
            causes,
        })
    }

    /// Okta is in read-only mode (E0000010): nothing was changed, whatever was asked.
    pub fn read_only(&self) -> bool {
        let said = self.words().unwrap_or_default().to_lowercase();
        self.code.as_deref() == Some("E0000010") || said.contains("read-only") || said.contains("read only")
    }

    /// Its most specific words: the first cause that says something, or the summary.
    pub fn words(&self) -> Option<&str> {
        let all = self
            .causes
            .iter()
            .map(String::as_str)
            .chain(self.summary.as_deref());
        all.map(str::trim).find(|words| !words.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorBody;
    use serde_json::json;

    #[test]
    fn the_most_specific_words_come_first() {
        let words = |body| ErrorBody::read(&body).and_then(|it| it.words().map(str::to_owned));
        let causes =
            |list| json!({ "errorCode": "E0000001", "errorSummary": " Generic ", "errorCauses": list });
        assert_eq!(
            words(causes(json!([{ "errorSummary": "Specific" }]))).as_deref(),
            Some("Specific")
        );
        assert_eq!(
            words(causes(
                json!([{ "errorSummary": " " }, { "errorSummary": "Second" }])
            ))
            .as_deref(),
            Some("Second")
        );
        assert_eq!(words(causes(json!([null, 7, {}]))).as_deref(), Some("Generic"));
        assert_eq!(
            words(json!({ "error": "invalid_client", "error_description": "Bad" })).as_deref(),
            Some("Bad")
        );
        assert_eq!(
            words(json!({ "errorCode": "E0000001", "errorSummary": "  " })),
            None
        );
        assert_eq!(ErrorBody::read(&json!({ "errorSummary": "No code" })), None);
    }
}
