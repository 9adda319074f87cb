//! From the bytes of a file to its values, and from a value back to its line.
//!
//! `serde_json` reads the text, so it decides what counts as JSON. What it would lose is noted on the way: fields that
//! come twice. Lines are looked up only when there is something to report, by reading the text again as slices of
//! itself.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::fmt;

use deserr::ValuePointerRef;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

use super::problem::{Mistake, Mistakes, Problem, Step, shown, written};
use crate::text::Message;

/// The longest deck file, in bytes: room for 10,000 prompts of 800 bytes. A deck that people write is a hundred times
/// smaller; the limit only keeps a wrong file from filling the memory.
pub const FILE_MAX: usize = 8 << 20;
/// The deepest nesting of brackets. A deck needs 4 levels.
const DEPTH_MAX: usize = 16;
/// Some editors put it before a text in UTF-8. It has no meaning, and is kept with the file.
const BYTE_ORDER_MARK: char = '\u{feff}';
/// How packed files begin: zip archives, and the documents of word processors.
const PACKED: &[u8] = b"PK\x03\x04";
/// What word processors put in place of a straight quotation mark.
const CURLY: [char; 8] = ['“', '”', '„', '‘', '’', '‚', '«', '»'];

/// The text of a deck file, unchanged to the byte, as it is stored and exported again. A file in UTF-16, as some programs
/// write it, becomes one in UTF-8.
///
/// # Errors
/// A file that is too large, or is not text.
pub fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, Problem> {
    if bytes.len() > FILE_MAX {
        return Err(too_big());
    }
    if let Some(text) = of_utf16(bytes) {
        return Ok(text.into());
    }
    if bytes.starts_with(PACKED) {
        return Err(Problem::of_file(Message::plain("deck_is_packed")));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Problem::of_line(line_of(bytes, at), Message::plain("deck_damaged")));
    }
    std::str::from_utf8(bytes)
        .map(Cow::Borrowed)
        .map_err(|error| Problem::of_line(line_of(bytes, error.valid_up_to()), Message::plain("deck_not_utf")))
}

/// The text of a file in UTF-16: it begins with a byte order mark, or with one half of a bracket.
fn of_utf16(bytes: &[u8]) -> Option<String> {
    let number: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] | [b'{', 0, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] | [0, b'{', ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, rest) = bytes.as_chunks::<2>();
    let numbers: Vec<u16> = pairs.iter().map(|pair| number(*pair)).collect();
    String::from_utf16(&numbers).ok().filter(|text| rest.is_empty() && !text.contains('\0'))
}

fn too_big() -> Problem {
    Problem::of_file(Message::with("deck_file_big", [(FILE_MAX >> 20).to_string()]))
}

/// The line of the byte at `at`, counted from 1.
fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Where brackets nest too deeply, in bytes from the beginning, if they do. What is in quotes does not count.
fn too_deep(text: &[u8]) -> Option<usize> {
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    text.iter().position(|byte| {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'\x22' => is_quoted = !is_quoted,
            b'[' | b'{' if !is_quoted => depth += 1,
            b']' | b'}' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEPTH_MAX
    })
}

/// The text of a deck file, if it can be JSON at all.
#[derive(Clone, Copy)]
pub(super) struct Source<'t>(&'t str);

impl<'t> Source<'t> {
    /// Takes a text, and leaves out what editors put before it.
    pub(super) fn new(text: &'t str) -> Result<Source<'t>, Problem> {
        if text.len() > FILE_MAX {
            return Err(too_big());
        }
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        match too_deep(text.as_bytes()) {
            Some(at) => {
                let message = Message::with("deck_too_deep", [DEPTH_MAX.to_string()]);
                Err(Problem::of_line(line_of(text.as_bytes(), at), message))
            }
            None => Ok(Source(text)),
        }
    }

    /// The values of the file, and the fields that come twice. Of these, the first one is among the values.
    pub(super) fn values(self) -> Result<(Value, Mistakes), Problem> {
        let doubled = RefCell::default();
        let reader = Reader { place: ValuePointerRef::Origin, doubled: &doubled };
        let mut json = serde_json::Deserializer::from_str(self.0);
        let value = reader.deserialize(&mut json).map_err(|error| self.refused(&error, false))?;
        json.end().map_err(|error| self.refused(&error, true))?;
        Ok((value, doubled.into_inner()))
    }

    /// Names what people meet most often. `is_whole`: a whole value stands before the mistake.
    fn refused(self, error: &serde_json::Error, is_whole: bool) -> Problem {
        let line = self.0.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
        let (before, after) = line.split_at(line.floor_char_boundary(error.column().saturating_sub(1)));
        // As an editor counts it: in characters, not bytes.
        let column = (before.chars().count() + 1).to_string();
        let next = after.chars().next().unwrap_or_default();
        let is_digit = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
        let within_number = before.strip_suffix(',').is_some_and(|number| is_digit(number.chars().last()));
        let message = if error.is_eof() {
            Message::plain("deck_ends_early")
        } else if is_whole && next == '{' {
            Message::plain("deck_two")
        } else if CURLY.contains(&next) {
            Message::with("deck_curly", [column, next.to_string()])
        } else if within_number && is_digit(Some(next)) {
            Message::with("deck_decimal_comma", [column])
        } else {
            Message::with("deck_not_json", [column])
        };
        Problem::of_line(error.line().max(1), message)
    }

    /// The mistakes as problems with lines, in the order of the file.
    pub(super) fn located(self, mistakes: Mistakes) -> Vec<Problem> {
        let root = Part::of_text(self.0);
        let found = mistakes.into_list().into_iter().map(|mistake| {
            let part = root.as_ref().map(|root| root.nearest(&mistake));
            let at = part.map_or(0, |part| part.start(self.0));
            (at, quoted(mistake, part.map_or("", |part| part.raw.get())))
        });
        let mut found: Vec<(usize, Mistake)> = found.collect();
        found.sort_by_key(|(at, _)| *at);
        let (mut line, mut counted) = (1, 0);
        let problem = |(at, mistake): (usize, Mistake)| {
            line += line_of(&self.0.as_bytes()[counted..], at - counted) - 1;
            counted = at;
            Problem { line, place: written(&mistake.place), message: mistake.message }
        };
        found.into_iter().map(problem).collect()
    }
}

/// A number that is out of range is reported as it is written in the file.
fn quoted(mut mistake: Mistake, raw: &str) -> Mistake {
    if let ("deck_out_of_range", Some(number)) = (&*mistake.message.key, mistake.message.args.first_mut()) {
        *number = shown(raw);
    }
    mistake
}

// --- values ----------------------------------------------------------------------------------------------------------

/// Reads a value, and notes the fields in it that come twice.
#[derive(Clone, Copy)]
struct Reader<'a> {
    place: ValuePointerRef<'a>,
    doubled: &'a RefCell<Mistakes>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("no number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) =
            entries.next_element_seed(Reader { place: self.place.push_index(list.len()), ..self })?
        {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        let mut repeats: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(name) = entries.next_key::<String>()? {
            let place = self.place.push_key(&name);
            let value = entries.next_value_seed(Reader { place, ..self })?;
            if fields.contains_key(&name) {
                let occurrence = repeats.entry(name.clone()).or_default();
                *occurrence += 1;
                let message = Message::with("deck_field_twice", [shown(&name)]);
                self.doubled.borrow_mut().add_occurrence(place, *occurrence, message);
            } else {
                fields.insert(name, value);
            }
        }
        Ok(Value::Object(fields))
    }
}

// --- places ----------------------------------------------------------------------------------------------------------

/// A value as a slice of the text. Its parts are looked up when one of them is needed.
struct Part<'t> {
    raw: &'t RawValue,
    parts: OnceCell<Vec<(Step, Part<'t>)>>,
}

impl<'t> Part<'t> {
    fn of_text(text: &'t str) -> Option<Part<'t>> {
        serde_json::from_str(text).ok().map(Part::new)
    }

    fn new(raw: &'t RawValue) -> Part<'t> {
        Part { raw, parts: OnceCell::new() }
    }

    fn parts(&self) -> &[(Step, Part<'t>)] {
        self.parts.get_or_init(|| {
            let text = self.raw.get();
            if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(text) {
                let numbered = list.into_iter().enumerate();
                return numbered.map(|(index, raw)| (Step::Index(index), Part::new(raw))).collect();
            }
            let Ok(Fields(fields)) = serde_json::from_str(text) else { return Vec::new() };
            fields.into_iter().map(|(name, raw)| (Step::Key(name), Part::new(raw))).collect()
        })
    }

    /// The value that a mistake concerns, or the nearest one around it if it is missing.
    fn nearest(&self, mistake: &Mistake) -> &Part<'t> {
        let mut part = self;
        for (depth, step) in mistake.place.iter().enumerate() {
            let occurrence = if depth + 1 == mistake.place.len() { mistake.occurrence } else { 0 };
            match part.part(step, occurrence) {
                Some(inner) => part = inner,
                None => break,
            }
        }
        part
    }

    fn part(&self, step: &Step, occurrence: usize) -> Option<&Part<'t>> {
        let mut fitting = match step {
            Step::Index(index) => self.parts().get(*index..)?,
            Step::Key(_) => self.parts(),
        }
        .iter()
        .filter(|(known, _)| known == step);
        fitting.nth(occurrence).map(|(_, part)| part)
    }

    /// Where the value begins in the text that it is a slice of, in bytes.
    fn start(&self, text: &str) -> usize {
        (self.raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
    }
}

/// The fields of an object, including those that come twice.
struct Fields<'t>(Vec<(String, &'t RawValue)>);

impl<'de: 't, 't> serde::Deserialize<'de> for Fields<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Vec<(String, &'de RawValue)>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = entries.next_entry()? {
                    fields.push(field);
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Each).map(Fields)
    }
}
