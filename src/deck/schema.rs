//! The deck format as a JSON Schema (draft 2020-12), derived from the types of [`super::file`].
//!
//! With it, an editor can point out most mistakes while a deck is being written. What a schema cannot express, the
//! reader checks: that ids exist and are unique, that windows open before they close, that a profile can show what it
//! claims, and how many characters a text has as people count them.

use std::borrow::Cow;

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema, schema_for};
use serde_json::{Map, Value, json};

use super::file::DeckFile;
use super::id::ID_MAX;
use super::limits::{BYTES_PER_CHARACTER, Bounds, INVISIBLE, LABEL_MAX, LanguageTag, Minutes, RowId, Text, Whole};
use super::lists::{LIST_MAX, List};

/// The schema of a deck file, as text.
pub fn schema() -> String {
    let mut schema = schema_for!(DeckFile);
    RecursiveTransform(on_one_line).transform(&mut schema);
    // What the schema is comes first.
    let mut fields: Map<String, Value> = Map::new();
    for name in ["$schema", "title", "description"] {
        fields.extend(schema.remove(name).map(|value| (name.to_owned(), value)));
    }
    fields.extend(schema.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())));
    format!("{:#}\n", Value::Object(fields))
}

/// Descriptions come from comments, whose lines end where the code's do.
fn on_one_line(schema: &mut Schema) {
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
}

// --- rules that span fields ------------------------------------------------------------------------------------------

/// What a prompt needs depends on its trigger.
pub(super) fn by_trigger(prompt: &mut Schema) {
    let triggered_by = |name: &str| json!({"properties": {"trigger": {"const": name}}, "required": ["trigger"]});
    let rules = json!([
        {
            "if": triggered_by("moment"),
            "then": {"required": ["moment"], "properties": {"moment": {"type": "object"}, "timing": {"type": "null"}}},
            "else": {"required": ["timing"], "properties": {"timing": {"type": "object"}, "moment": {"type": "null"}}},
        },
        {
            "if": triggered_by("checklist"),
            "then": {"required": ["unless_ticked"], "properties": {"unless_ticked": {"type": "string"}}},
        },
    ]);
    prompt.insert("allOf".to_owned(), rules);
}

/// What may come more than once must say after how long.
pub(super) fn by_repeat(timing: &mut Schema) {
    let repeats = json!({"properties": {"max_per_session": {"minimum": 2}}, "required": ["max_per_session"]});
    let says_when = json!({"required": ["repeat_every_min"], "properties": {"repeat_every_min": {"type": "number"}}});
    timing.insert("if".to_owned(), repeats);
    timing.insert("then".to_owned(), says_when);
}

// --- types with limits -----------------------------------------------------------------------------------------------

/// A schema counts code points, and one character can have many: it refuses only what is too long however it is
/// counted.
impl<const MAX: usize> JsonSchema for Text<MAX> {
    fn schema_name() -> Cow<'static, str> {
        format!("text{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let invisible: String = INVISIBLE.iter().map(|(first, last)| format!("{first}-{last}")).collect();
        json_schema!({
            "type": "string",
            "maxLength": MAX * BYTES_PER_CHARACTER,
            "description": format!("One line of at most {MAX} characters as people count them."),
            "allOf": [
                {"pattern": "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$"},
                {"pattern": format!("[^\\s\\u0085{}]", escaped(&invisible))},
            ],
        })
    }
}

/// A text with `\u` escapes for all invisible characters.
fn escaped(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect()
}

impl JsonSchema for RowId {
    fn schema_name() -> Cow<'static, str> {
        "id".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "maxLength": ID_MAX,
            "pattern": "^[a-z0-9._-]+$",
            "description": "A permanent name: lowercase letters a to z, digits, dots, dashes and underscores.",
        })
    }
}

impl JsonSchema for LanguageTag {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "language".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "maxLength": LABEL_MAX,
            "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
        })
    }
}

impl<const LEAST: u32, const MOST: u32> JsonSchema for Whole<LEAST, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("whole_{LEAST}_to_{MOST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        bounded("integer", Self::BOUNDS)
    }
}

impl<const LEAST: u32, const MOST: u32, const PARTS: u32> JsonSchema for Minutes<LEAST, MOST, PARTS> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("minutes_{LEAST}_to_{MOST}_by_{PARTS}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        bounded("number", Self::BOUNDS)
    }
}

fn bounded(kind: &str, Bounds { least, most }: Bounds) -> Schema {
    json_schema!({"type": kind, "minimum": plain(least), "maximum": plain(most)})
}

/// A number as people write it: 3, not 3.0.
fn plain(number: f64) -> Value {
    if number.fract() == 0.0 { json!(number as i64) } else { json!(number) }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("list_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": generator.subschema_for::<T>(), "maxItems": LIST_MAX})
    }
}
