//! As much of JSON Schema (draft 2020-12) as the schema of a deck uses. A word it does not know fails the test, so that
//! nothing of the schema goes unchecked.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::Regex;
use serde_json::Value;

/// A schema, and its patterns once they have been used.
pub struct Validator {
    root: Value,
    patterns: RefCell<BTreeMap<String, Regex>>,
}

impl Validator {
    pub fn new(schema: Value) -> Validator {
        Validator { root: schema, patterns: RefCell::default() }
    }

    /// Why the schema refuses a value, if it does.
    pub fn refused(&self, value: &Value) -> Option<String> {
        self.check(&self.root, value, "")
    }

    fn check(&self, schema: &Value, value: &Value, place: &str) -> Option<String> {
        let words = match schema {
            Value::Bool(true) => return None,
            Value::Bool(false) => return Some(format!("{place}: nothing may be here")),
            Value::Object(words) => words,
            other => panic!("no schema: {other}"),
        };
        words.iter().find_map(|(word, by)| {
            let why = self.word(word, by, schema, value, place);
            why.map(|why| if why.starts_with('/') { why } else { format!("{place}/: {word}: {why}") })
        })
    }

    fn word(&self, word: &str, by: &Value, schema: &Value, value: &Value, place: &str) -> Option<String> {
        let holds = |truth: bool| (!truth).then(|| format!("{by} and not {value:.60}"));
        let passes = |schema: &Value| self.check(schema, value, place).is_none();
        let length = |value: &Value| value.as_str().map(|text| text.chars().count() as u64);
        let count = |value: &Value| value.as_array().map(|list| list.len() as u64);
        match word {
            "$schema" | "$defs" | "title" | "description" | "then" | "else" => None,
            "$ref" => {
                let target = self.root.pointer(by.as_str()?.strip_prefix('#').unwrap()).unwrap();
                self.check(target, value, place)
            }
            "type" => match by {
                Value::Array(types) => holds(types.iter().any(|one| is_of(one, value))),
                one => holds(is_of(one, value)),
            },
            "const" => holds(by == value),
            "enum" => holds(by.as_array().unwrap().contains(value)),
            "minimum" => holds(value.as_f64().is_none_or(|number| number >= by.as_f64().unwrap())),
            "maximum" => holds(value.as_f64().is_none_or(|number| number <= by.as_f64().unwrap())),
            "maxLength" => holds(length(value).is_none_or(|length| length <= by.as_u64().unwrap())),
            "minItems" => holds(count(value).is_none_or(|count| count >= by.as_u64().unwrap())),
            "maxItems" => holds(count(value).is_none_or(|count| count <= by.as_u64().unwrap())),
            "pattern" => {
                let mut patterns = self.patterns.borrow_mut();
                let text = by.as_str().unwrap();
                let pattern = patterns.entry(text.to_owned()).or_insert_with(|| Regex::new(text).unwrap());
                holds(value.as_str().is_none_or(|text| pattern.is_match(text)))
            }
            "items" => {
                let mut items = value.as_array().into_iter().flatten().enumerate();
                items.find_map(|(index, item)| self.check(by, item, &format!("{place}/{index}")))
            }
            "properties" => by.as_object().unwrap().iter().find_map(|(name, field)| {
                value.get(name).and_then(|value| self.check(field, value, &format!("{place}/{name}")))
            }),
            "required" => {
                let has = |name: &Value| value.get(name.as_str().unwrap()).is_some();
                holds(!value.is_object() || by.as_array().unwrap().iter().all(has))
            }
            "additionalProperties" => {
                assert_eq!(by, false);
                let is_known = |name: &String| schema["properties"].get(name).is_some();
                holds(value.as_object().into_iter().flatten().all(|(name, _)| is_known(name)))
            }
            "allOf" => by.as_array().unwrap().iter().find_map(|schema| self.check(schema, value, place)),
            "anyOf" => holds(by.as_array().unwrap().iter().any(passes)),
            "if" => schema.get(if passes(by) { "then" } else { "else" }).and_then(|it| self.check(it, value, place)),
            other => panic!("the schema uses {other}, which is not checked here"),
        }
    }
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type: {other}"),
    }
}
