//! Okta's OpenAPI files as judges of requests and answers.
//!
//! They are OpenAPI 3.0, read here as JSON Schema: `nullable` becomes a type of its own, and `oneOf` is read as `anyOf`,
//! because Okta's alternatives overlap (a body of `INBOUND_PROVISIONING` also fits the other feature's schema, which
//! requires nothing). Where one alternative is meant, ask for it by name with [`Spec::schema`].

use crate::reference;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

/// Every file of the reference.
pub struct Spec {
    files: Vec<Value>,
}

/// One operation of a file.
pub struct Operation<'a> {
    file: &'a Value,
    item: &'a Value,
    operation: &'a Value,
    /// Path template, such as `/api/v1/apps/{appId}`.
    pub template: &'a str,
}

impl Spec {
    /// Reads the files; `None` where they are not at hand.
    pub fn load() -> Option<Self> {
        let folder = reference::folder()?.join("openapi");
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).expect("readable").flatten() {
            if entry.path().extension().is_some_and(|ending| ending == "json") {
                let text = std::fs::read_to_string(entry.path()).expect("text");
                files.push(adapted(serde_json::from_str(&text).expect("JSON")));
            }
        }
        Some(Self { files })
    }

    /// The operation of a request; templates with fewer placeholders win.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let method = method.to_lowercase();
        let mut found: Vec<Operation<'_>> = Vec::new();
        for file in &self.files {
            for (template, item) in file["paths"].as_object()? {
                if let (true, Some(operation)) = (fits(template, path), item.get(&method)) {
                    found.push(Operation {
                        file,
                        item,
                        operation,
                        template,
                    });
                }
            }
        }
        found
            .into_iter()
            .min_by_key(|it| it.template.matches('{').count())
    }

    /// A schema by its name, such as `CapabilitiesInboundProvisioningObject`.
    pub fn schema(&self, name: &str) -> Validator {
        let file = self
            .files
            .iter()
            .find(|file| file["components"]["schemas"].get(name).is_some());
        let file = file.unwrap_or_else(|| panic!("no schema {name}"));
        validator(file, &json!({ "$ref": format!("#/components/schemas/{name}") }))
    }
}

impl Operation<'_> {
    /// Okta's operation id.
    pub fn id(&self) -> &str {
        self.operation["operationId"].as_str().unwrap_or_default()
    }

    /// Names of the query parameters it has.
    pub fn query(&self) -> Vec<String> {
        let mut names = Vec::new();
        for list in [&self.item["parameters"], &self.operation["parameters"]] {
            for parameter in list.as_array().into_iter().flatten() {
                let parameter = match parameter["$ref"].as_str() {
                    Some(place) => self
                        .file
                        .pointer(place.trim_start_matches('#'))
                        .unwrap_or(parameter),
                    None => parameter,
                };
                if parameter["in"] == "query" {
                    names.push(parameter["name"].as_str().unwrap_or_default().to_owned());
                }
            }
        }
        names
    }

    /// Judge of the request's body; `None` when it has none.
    pub fn request(&self) -> Option<Validator> {
        let body = resolved(self.file, &self.operation["requestBody"]);
        let form = "/content/application~1x-www-form-urlencoded/schema";
        body.pointer("/content/application~1json/schema")
            .or_else(|| body.pointer(form))
            .map(|schema| validator(self.file, schema))
    }

    /// A request without a body is refused.
    pub fn needs_body(&self) -> bool {
        resolved(self.file, &self.operation["requestBody"])["required"] == true
    }

    /// The status is one Okta lists.
    pub fn lists(&self, status: u16) -> bool {
        self.operation["responses"].get(status.to_string()).is_some()
    }

    /// Judge of an answer's body; `None` when that status has none.
    pub fn answer(&self, status: u16) -> Option<Validator> {
        let answer = resolved(self.file, &self.operation["responses"][status.to_string()]);
        answer
            .pointer("/content/application~1json/schema")
            .map(|schema| validator(self.file, schema))
    }
}

/// What is wrong with a value, with the place.
pub fn faults(judge: &Validator, value: &Value) -> Vec<String> {
    judge
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn resolved<'a>(file: &'a Value, value: &'a Value) -> &'a Value {
    value["$ref"]
        .as_str()
        .and_then(|place| file.pointer(place.trim_start_matches('#')))
        .unwrap_or(value)
}

fn validator(file: &Value, schema: &Value) -> Validator {
    let whole = json!({ "allOf": [schema], "components": file["components"] });
    jsonschema::validator_for(&whole).expect("a schema")
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut found) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), found.next()) {
            (None, None) => return true,
            (Some(part), Some(value)) if part == value || part.starts_with('{') && !value.is_empty() => {}
            _ => return false,
        }
    }
}

/// OpenAPI 3.0 as JSON Schema.
fn adapted(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(adapted).collect(),
        Value::Object(map) => {
            let nullable = map.get("nullable") == Some(&Value::Bool(true));
            let mut out = Map::new();
            for (key, value) in map {
                let key = if key == "oneOf" && value.is_array() {
                    "anyOf".to_owned()
                } else {
                    key
                };
                out.insert(key, adapted(value));
            }
            if nullable {
                or_null(&out)
            } else {
                Value::Object(out)
            }
        }
        other => other,
    }
}

fn or_null(schema: &Map<String, Value>) -> Value {
    json!({ "anyOf": [{ "type": "null" }, schema] })
}
