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
        let causes = body.get("errorCauses").and_then(Value::as_array).map_or_else(Vec::new, |list| {
            list.iter().filter_map(|c| c.get("errorSummary").and_then(Value::as_str)).map(str::to_owned).collect()
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

    /// Its most specific sentence.
    pub fn words(&self) -> Option<&str> {
        self.causes.first().map(String::as_str).or(self.summary.as_deref())
    }
}
