//! Reading and setting single fields of Okta's capabilities, leaving the rest as it is.

use serde_json::{Map, Value};

/// The value at a path of object keys.
pub(super) fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter()
        .try_fold(value, |value, key| value.get(key))
        .filter(|value| !value.is_null())
}

/// Text at the path, or Okta's default.
pub(super) fn text(value: &Value, path: &[&str], default: &str) -> String {
    at(value, path)
        .and_then(Value::as_str)
        .unwrap_or(default)
        .to_owned()
}

/// `ENABLED` at the path. Any other word counts as off.
pub(super) fn enabled(value: &Value, path: &[&str]) -> bool {
    at(value, path).and_then(Value::as_str) == Some("ENABLED")
}

/// `true` at the path.
pub(super) fn yes(value: &Value, path: &[&str]) -> bool {
    at(value, path).and_then(Value::as_bool) == Some(true)
}

/// Sets the path, making objects on the way where there are none.
pub(super) fn set(value: &mut Value, path: &[&str], new: Value) {
    let Some((key, rest)) = path.split_first() else {
        *value = new;
        return;
    };
    let mut map = match value.take() {
        Value::Object(map) => map,
        // Only null stands where an object is expected; whatever else it is, Okta would refuse it.
        _ => Map::new(),
    };
    set(map.entry(*key).or_insert(Value::Null), rest, new);
    *value = Value::Object(map);
}

/// Takes the last key of the path away and returns its value.
pub(super) fn take(value: &mut Value, path: &[&str]) -> Option<Value> {
    let (last, way) = path.split_last()?;
    let parent = way.iter().try_fold(value, |value, key| value.get_mut(key))?;
    // The order of the others stays: it is shown to people before it is sent.
    parent.as_object_mut()?.shift_remove(*last)
}

/// Makes sure that the path holds an object.
pub(super) fn need_object(value: &mut Value, path: &[&str]) {
    if !at(value, path).is_some_and(Value::is_object) {
        set(value, path, Value::Object(Map::new()));
    }
}

/// The word Okta uses for on and off.
pub(super) fn status(on: bool) -> Value {
    Value::from(if on { "ENABLED" } else { "DISABLED" })
}
