//! JSON as a tree that keeps what a plain reader forgets: where each value stands, and fields that come twice.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::format::DEPTH_MAX;

/// A value and its number in the file: values are counted from 1 as they begin. 0 is a value that is in no file.
#[derive(Clone, Debug)]
pub(super) struct Json<'t> {
    pub(super) number: u32,
    pub(super) value: Value<'t>,
}

/// What a value is. Texts without escapes are slices of the file.
#[derive(Clone, Debug)]
pub(super) enum Value<'t> {
    Null,
    Flag(bool),
    Number(f64),
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    Object(Vec<(Cow<'t, str>, Json<'t>)>),
}

/// Why a text is no JSON, or none that is worth reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Syntax,
    EndsEarly,
    TooDeep,
}

/// Where the reading stopped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub(super) why: Why,
    pub(super) line: usize,
    /// In bytes.
    pub(super) column: usize,
}

impl<'t> Json<'t> {
    /// Reads a text that is JSON from beginning to end.
    pub(super) fn parse(text: &'t str) -> Result<Json<'t>, Stop> {
        let (count, too_deep) = (Cell::new(0), Cell::new(false));
        let mut source = serde_json::Deserializer::from_str(text);
        let tree = Level { count: &count, too_deep: &too_deep, depth: 0 }.deserialize(&mut source);
        tree.and_then(|tree| source.end().map(|()| tree)).map_err(|error| {
            let why = match error.classify() {
                _ if too_deep.get() => Why::TooDeep,
                Category::Eof => Why::EndsEarly,
                Category::Io | Category::Syntax | Category::Data => Why::Syntax,
            };
            let line = match why {
                // Of the bracket that is one too many. The reader looks on to what follows it.
                Why::TooDeep => lines(text, [count.get()]).first().copied(),
                Why::Syntax | Why::EndsEarly => None,
            };
            Stop { why, line: line.unwrap_or(error.line()).max(1), column: error.column() }
        })
    }

    /// A value that is in no file.
    pub(super) fn new(value: Value<'t>) -> Json<'t> {
        Json { number: 0, value }
    }

    pub(super) fn text(text: &str) -> Json<'t> {
        Json::new(Value::Text(Cow::Owned(text.to_owned())))
    }

    /// A value that did not come from a file. What is nested too deep for a deck is left out.
    pub(super) fn of(value: &serde_json::Value, depth: usize) -> Json<'t> {
        use serde_json::Value as Plain;
        Json::new(match value {
            Plain::Bool(flag) => Value::Flag(*flag),
            Plain::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            Plain::String(text) => Value::Text(Cow::Owned(text.clone())),
            Plain::Array(list) if depth < DEPTH_MAX => {
                Value::List(list.iter().map(|value| Json::of(value, depth + 1)).collect())
            }
            Plain::Object(fields) if depth < DEPTH_MAX => Value::Object(
                fields.iter().map(|(key, value)| (Cow::Owned(key.clone()), Json::of(value, depth + 1))).collect(),
            ),
            Plain::Null | Plain::Array(_) | Plain::Object(_) => Value::Null,
        })
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The field `key` of an object; the first, if there are several.
    pub(super) fn get(&self, key: &str) -> Option<&Json<'t>> {
        let Value::Object(fields) = &self.value else { return None };
        fields.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Json<'t>> {
        let Value::Object(fields) = &mut self.value else { return None };
        fields.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Puts a value in the field `key` of an object, or takes the field away. What is no object stays as it is.
    pub(super) fn set(&mut self, key: &'static str, value: Option<Json<'t>>) {
        let Value::Object(fields) = &mut self.value else { return };
        match (fields.iter_mut().find(|(known, _)| known == key), value) {
            (Some((_, old)), Some(value)) => *old = value,
            (None, Some(value)) => fields.push((Cow::Borrowed(key), value)),
            (_, None) => fields.retain(|(known, _)| known != key),
        }
    }
}

/// Reads one value, and counts it.
#[derive(Clone, Copy)]
struct Level<'c> {
    count: &'c Cell<u32>,
    too_deep: &'c Cell<bool>,
    depth: usize,
}

impl Level<'_> {
    fn inner<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_MAX {
            self.too_deep.set(true);
            return Err(E::custom("too deep"));
        }
        Ok(Level { depth: self.depth + 1, ..self })
    }
}

#[derive(Deserialize)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'t> DeserializeSeed<'t> for Level<'_> {
    type Value = Json<'t>;

    fn deserialize<D: Deserializer<'t>>(self, source: D) -> Result<Json<'t>, D::Error> {
        let number = self.count.get() + 1;
        self.count.set(number);
        source.deserialize_any(self).map(|value| Json { number, value })
    }
}

impl<'t> Visitor<'t> for Level<'_> {
    type Value = Value<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value<'t>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value<'t>, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'t>, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'t>, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value<'t>, E> {
        Ok(Value::Number(number))
    }

    fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Value<'t>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'t>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut source: A) -> Result<Value<'t>, A::Error> {
        let inner = self.inner::<A::Error>()?;
        let mut list = Vec::new();
        while let Some(value) = source.next_element_seed(inner)? {
            list.push(value);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut source: A) -> Result<Value<'t>, A::Error> {
        let inner = self.inner::<A::Error>()?;
        let mut fields = Vec::new();
        while let Some(Key(key)) = source.next_key()? {
            fields.push((key, source.next_value_seed(inner)?));
        }
        Ok(Value::Object(fields))
    }
}

/// The lines on which values begin, in one pass: for each number its line, counted from 1. The numbers ascend, and the
/// text is JSON at least that far. A number that is in no file has the line 0.
pub(super) fn lines(text: &str, numbers: impl IntoIterator<Item = u32>) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut line, mut last, mut begun) = (0, 1, 0, 0);
    let mut find = |number: u32| {
        while begun < number {
            let Some(byte) = bytes.get(at) else { break };
            let mut end = at + 1;
            let begins = match byte {
                b'"' => {
                    end = end_of_text(bytes, at);
                    // A text before a colon is the name of a field.
                    bytes[end..].iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b':')
                }
                b'{' | b'[' => true,
                b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                    let length = bytes[at..].iter().take_while(|byte| !b" \t\r\n,]}".contains(byte)).count();
                    end = at + length;
                    true
                }
                _ => false,
            };
            if begins {
                begun += 1;
                last = line;
            }
            line += usize::from(*byte == b'\n');
            at = end;
        }
        if number == 0 { 0 } else { last }
    };
    numbers.into_iter().map(&mut find).collect()
}

/// The place after the closing mark of the text that begins at `start`.
fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The text of a tree in the layout of the shipped deck: one row a line. A number of a deck has few digits, and is
/// written as it was read.
impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_level(self, 0, f)?;
        f.write_str("\n")
    }
}

/// Levels that are laid out over several lines: the deck, and its tables.
const SPREAD: usize = 2;

fn write_level(json: &Json<'_>, level: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let (before, between, after) = if level < SPREAD {
        (format!("\n{:level$} ", ""), format!(",\n{:level$} ", ""), format!("\n{:level$}", ""))
    } else {
        (String::new(), ", ".to_owned(), String::new())
    };
    let lead = |index: usize| if index == 0 { before.as_str() } else { between.as_str() };
    match &json.value {
        Value::Null => f.write_str("null"),
        Value::Flag(flag) => write!(f, "{flag}"),
        Value::Number(number) => write!(f, "{number}"),
        Value::Text(text) => f.write_str(&quoted(text)),
        Value::List(list) if list.is_empty() => f.write_str("[]"),
        Value::List(list) => {
            f.write_str("[")?;
            for (index, value) in list.iter().enumerate() {
                f.write_str(lead(index))?;
                write_level(value, level + 1, f)?;
            }
            write!(f, "{after}]")
        }
        // The rules of a deck stand on one line, as its rows do.
        Value::Object(fields) => {
            let is_deck = level == 0;
            f.write_str("{")?;
            for (index, (key, value)) in fields.iter().enumerate() {
                f.write_str(if is_deck { lead(index) } else { ["", ", "][usize::from(index > 0)] })?;
                write!(f, "{}: ", quoted(key))?;
                write_level(value, if is_deck { 1 } else { SPREAD }, f)?;
            }
            f.write_str(if is_deck { &after } else { "" })?;
            f.write_str("}")
        }
    }
}
