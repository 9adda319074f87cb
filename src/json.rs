//! JSON as a tree that keeps what a plain reader forgets: where each value stands, fields that come twice, and numbers
//! as they are written.
//!
//! What people write by hand or carry about in files is read by it: decks, policies, settings. It is the only reader
//! in the workshop's wasm that knows any JSON; what crosses into JavaScript in a known form is read by [`crate::wire`].

use std::borrow::Cow;

/// The deepest nesting of brackets. A deck needs 4 levels, settings need 6.
pub const DEPTH_MAX: usize = 16;

/// A value, and where it begins in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Json<'t> {
    /// In bytes, counted from 1. 0 is a value that is in no file.
    pub at: u32,
    pub value: Value<'t>,
}

/// What a value is. Texts without escapes are slices of the file; so are numbers, which are kept as they are written.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    Null,
    Flag(bool),
    Number(Cow<'t, str>),
    Text(Cow<'t, str>),
    List(Vec<Json<'t>>),
    Object(Vec<(Cow<'t, str>, Json<'t>)>),
}

/// Why a text is no JSON, or none that is worth reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Syntax,
    EndsEarly,
    TooDeep,
}

/// Where the reading stopped, in bytes from the beginning.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    pub why: Why,
    pub at: usize,
}

impl<'t> Json<'t> {
    /// Reads a text that is JSON from beginning to end.
    pub fn parse(text: &'t str) -> Result<Json<'t>, Stop> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let json = reader.value()?;
        reader.space();
        if reader.at < text.len() { Err(reader.stop(Why::Syntax)) } else { Ok(json) }
    }

    /// A list that is in no file.
    pub fn list(list: Vec<Json<'t>>) -> Json<'t> {
        Value::List(list).into()
    }

    /// An object that is in no file. Fields that are null are left out.
    pub fn object(fields: Vec<(&'t str, Json<'t>)>) -> Json<'t> {
        let there = fields.into_iter().filter(|(_, json)| !json.is_null());
        Value::Object(there.map(|(key, json)| (Cow::Borrowed(key), json)).collect()).into()
    }

    /// The same, out of its file and for good.
    pub fn owned(&self) -> Json<'static> {
        let text = |text: &Cow<'_, str>| Cow::Owned(text.clone().into_owned());
        Json::from(match &self.value {
            Value::Null => Value::Null,
            Value::Flag(flag) => Value::Flag(*flag),
            Value::Number(number) => Value::Number(text(number)),
            Value::Text(said) => Value::Text(text(said)),
            Value::List(list) => Value::List(list.iter().map(Json::owned).collect()),
            Value::Object(fields) => {
                Value::Object(fields.iter().map(|(key, value)| (text(key), value.owned())).collect())
            }
        })
    }

    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    pub fn as_text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    pub fn as_number(&self) -> Option<f64> {
        if let Value::Number(number) = &self.value { Some(number_of(number)) } else { None }
    }

    pub fn as_flag(&self) -> Option<bool> {
        if let Value::Flag(flag) = &self.value { Some(*flag) } else { None }
    }

    pub fn as_list(&self) -> Option<&[Json<'t>]> {
        if let Value::List(list) = &self.value { Some(list) } else { None }
    }

    pub fn as_list_mut(&mut self) -> Option<&mut Vec<Json<'t>>> {
        if let Value::List(list) = &mut self.value { Some(list) } else { None }
    }

    pub fn as_object(&self) -> Option<&[(Cow<'t, str>, Json<'t>)]> {
        if let Value::Object(fields) = &self.value { Some(fields) } else { None }
    }

    /// The field `key` of an object; the first, if there are several.
    pub fn get(&self, key: &str) -> Option<&Json<'t>> {
        self.as_object()?.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Json<'t>> {
        let Value::Object(fields) = &mut self.value else { return None };
        fields.iter_mut().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Puts a value in the field `key` of an object, or takes the field away. What is no object stays as it is.
    pub fn set(&mut self, key: &'static str, value: Option<Json<'t>>) {
        let Value::Object(fields) = &mut self.value else { return };
        match (fields.iter_mut().find(|(known, _)| known == key), value) {
            (Some((_, old)), Some(value)) => *old = value,
            (None, Some(value)) => fields.push((Cow::Borrowed(key), value)),
            (_, None) => fields.retain(|(known, _)| known != key),
        }
    }
}

impl<'t> From<Value<'t>> for Json<'t> {
    fn from(value: Value<'t>) -> Json<'t> {
        Json { at: 0, value }
    }
}

impl From<bool> for Json<'_> {
    fn from(flag: bool) -> Self {
        Value::Flag(flag).into()
    }
}

/// What is no number is null.
impl From<f64> for Json<'_> {
    fn from(number: f64) -> Self {
        if number.is_finite() { Value::Number(Cow::Owned(digits(number))).into() } else { Value::Null.into() }
    }
}

impl<'t> From<&'t str> for Json<'t> {
    fn from(text: &'t str) -> Self {
        Value::Text(Cow::Borrowed(text)).into()
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text)).into()
    }
}

/// What is not there is null.
impl<'t, T: Into<Json<'t>>> From<Option<T>> for Json<'t> {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(|| Value::Null.into(), T::into)
    }
}

// --- reading ---

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// How many brackets are open.
    depth: usize,
}

impl<'t> Reader<'t> {
    fn value(&mut self) -> Result<Json<'t>, Stop> {
        self.space();
        let at = self.at as u32 + 1;
        let value = match self.peek()? {
            b'{' => self.object()?,
            b'[' => self.list()?,
            b'"' => Value::Text(self.text()?),
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word("true", Value::Flag(true))?,
            b'f' => self.word("false", Value::Flag(false))?,
            _ => self.word("null", Value::Null)?,
        };
        Ok(Json { at, value })
    }

    fn object(&mut self) -> Result<Value<'t>, Stop> {
        let mut fields = Vec::new();
        self.each(b'}', |reader| {
            let key = reader.text()?;
            reader.space();
            reader.take(b":")?;
            fields.push((key, reader.value()?));
            Ok(())
        })?;
        Ok(Value::Object(fields))
    }

    fn list(&mut self) -> Result<Value<'t>, Stop> {
        let mut list = Vec::new();
        self.each(b']', |reader| {
            list.push(reader.value()?);
            Ok(())
        })?;
        Ok(Value::List(list))
    }

    /// Reads what stands between two brackets, with commas between.
    fn each(&mut self, close: u8, mut one: impl FnMut(&mut Self) -> Result<(), Stop>) -> Result<(), Stop> {
        if self.depth == DEPTH_MAX {
            return Err(self.stop(Why::TooDeep));
        }
        self.depth += 1;
        self.at += 1;
        self.space();
        if self.peek()? != close {
            loop {
                self.space();
                one(self)?;
                self.space();
                if self.peek()? == close {
                    break;
                }
                self.take(b",")?;
            }
        }
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    fn text(&mut self) -> Result<Cow<'t, str>, Stop> {
        self.take(b"\"")?;
        let mut text = Cow::Borrowed("");
        loop {
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..b' ') {
                self.at += 1;
            }
            text += self.since(start);
            match self.take(b"\"\\")? {
                b'"' => return Ok(text),
                _ => text.to_mut().push(self.escaped()?),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Stop> {
        Ok(match self.take(b"\"\\/bfnrtu")? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.unit()?;
                // A character beyond the first 65,536 comes in two halves.
                if (0xd800..0xdc00).contains(&code) {
                    self.take(b"\\")?;
                    self.take(b"u")?;
                    let half = self.unit()?.checked_sub(0xdc00).filter(|half| *half < 0x400);
                    code = 0x1_0000 + ((code - 0xd800) << 10) + half.ok_or(self.stop(Why::Syntax))?;
                }
                char::from_u32(code).ok_or(self.stop(Why::Syntax))?
            }
            itself => itself.into(),
        })
    }

    fn unit(&mut self) -> Result<u32, Stop> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.take(b"0123456789abcdefABCDEF")?).to_digit(16);
            unit = unit << 4 | digit.unwrap_or_default();
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Value<'t>, Stop> {
        let start = self.at;
        self.skip(b"-");
        if !self.skip(b"0") {
            self.digits()?;
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        let number = self.since(start);
        if !number_of(number).is_finite() {
            return Err(self.stop(Why::Syntax));
        }
        Ok(Value::Number(Cow::Borrowed(number)))
    }

    fn digits(&mut self) -> Result<(), Stop> {
        self.take(b"0123456789")?;
        while self.skip(b"0123456789") {}
        Ok(())
    }

    fn word(&mut self, word: &str, value: Value<'t>) -> Result<Value<'t>, Stop> {
        for letter in word.bytes() {
            self.take(&[letter])?;
        }
        Ok(value)
    }

    fn space(&mut self) {
        while self.skip(b" \t\r\n") {}
    }

    /// Passes over the next byte if it is one of these.
    fn skip(&mut self, these: &[u8]) -> bool {
        let fits = self.text.as_bytes().get(self.at).is_some_and(|byte| these.contains(byte));
        self.at += usize::from(fits);
        fits
    }

    /// Reads the next byte, which must be one of these.
    fn take(&mut self, these: &[u8]) -> Result<u8, Stop> {
        let byte = self.peek()?;
        if self.skip(these) { Ok(byte) } else { Err(self.stop(Why::Syntax)) }
    }

    fn peek(&self) -> Result<u8, Stop> {
        self.text.as_bytes().get(self.at).copied().ok_or(self.stop(Why::EndsEarly))
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn stop(&self, why: Why) -> Stop {
        Stop { why, at: self.at }
    }
}

/// The number that a text says. One of 15 digits, as people write them, is exact.
fn number_of(text: &str) -> f64 {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
    let number = digits.fold(0.0, |number, digit| number * 10.0 + f64::from(digit - b'0'));
    // More than three digits are beyond all numbers.
    let exponent = exponent.parse().unwrap_or(1_000_i32) - fraction.len() as i32;
    let scale = (0..exponent.unsigned_abs().min(1_000)).fold(1.0, |scale, _| scale * 10.0);
    let number = if exponent < 0 { number / scale } else { number * scale };
    if whole.starts_with('-') { -number } else { number }
}

// --- writing ---

/// A number as people write it, with six decimals at most.
pub fn digits(number: f64) -> String {
    let millionths = (number.abs() * 1e6).round() as u64;
    let sign = if number < 0.0 && millionths > 0 { "-" } else { "" };
    let all = format!("{sign}{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    all.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What comes before a part and after the last one, by how many levels more are spread over several lines.
const BEFORE: [&str; 3] = [" ", "\n  ", "\n "];
const AFTER: [&str; 3] = ["", "\n ", "\n"];

impl Json<'_> {
    /// The text on one line.
    pub fn to_line(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    /// The text in the layout of the shipped deck: one row a line.
    pub fn to_file(&self) -> String {
        let mut out = String::new();
        self.write(2, &mut out);
        out.push('\n');
        out
    }

    fn write(&self, spread: usize, out: &mut String) {
        match &self.value {
            Value::Null => out.push_str("null"),
            Value::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Value::Number(number) => out.push_str(number),
            Value::Text(text) => quote(text, out),
            Value::List(list) => {
                out.push('[');
                for (index, value) in list.iter().enumerate() {
                    lead(index, spread, out);
                    value.write(0, out);
                }
                out.push_str(if list.is_empty() { "" } else { AFTER[spread] });
                out.push(']');
            }
            Value::Object(fields) => {
                out.push('{');
                for (index, (key, value)) in fields.iter().enumerate() {
                    lead(index, spread, out);
                    quote(key, out);
                    out.push_str(": ");
                    // The rules of a deck stand on one line, as its rows do.
                    value.write(if value.as_list().is_some() { spread.saturating_sub(1) } else { 0 }, out);
                }
                out.push_str(if fields.is_empty() { "" } else { AFTER[spread] });
                out.push('}');
            }
        }
    }
}

fn lead(index: usize, spread: usize, out: &mut String) {
    out.push_str(if index > 0 { "," } else { "" });
    out.push_str(if index > 0 || spread > 0 { BEFORE[spread] } else { "" });
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use proptest::test_runner::RngSeed;
    use serde_json::error::Category;

    use super::*;

    /// Texts that are JSON now and then.
    fn texts() -> impl Strategy<Value = String> {
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"b\":", "\\", "\\u00e9", "\\ud83d", "\\ude00", "n", "\\n",
            "1", "-", "0", ".", "5", "e", "E+", "e-1", "true", "false", "null", "nul", " ", "\n", "\t", "\u{0}", "é",
            "😀",
        ];
        let piece = select(pieces.to_vec());
        let loose = prop::collection::vec(piece.clone(), 0..12).prop_map(|pieces| pieces.concat());
        let quoted = prop::collection::vec(piece, 0..6).prop_map(|pieces| ["[\"", &pieces.concat(), "\"]"].concat());
        prop_oneof![loose, quoted]
    }

    /// Any small tree.
    fn trees() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::Value as Plain;
        let leaf = prop_oneof![
            Just(Plain::Null),
            any::<bool>().prop_map(Plain::from),
            any::<i32>().prop_map(|number| Plain::from(f64::from(number) / 1_000.0)),
            any::<String>().prop_map(Plain::from),
        ];
        leaf.prop_recursive(4, 24, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Plain::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|fields| Plain::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_another_reader_refuses_is_refused(text in texts()) {
            match (Json::parse(&text), serde_json::from_str::<serde_json::Value>(&text)) {
                (Ok(tree), Ok(value)) => {
                    prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&tree.to_line()).unwrap(), value);
                }
                (Err(stop), Err(error)) => {
                    prop_assert_eq!(stop.why == Why::EndsEarly, error.classify() == Category::Eof, "{}", error);
                }
                (found, other) => prop_assert!(false, "{found:?} and {other:?}"),
            }
        }

        #[test]
        fn what_is_written_is_read_again(value in trees()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                let tree = Json::parse(&text).unwrap();
                for again in [tree.to_line(), tree.to_file()] {
                    prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&again).unwrap(), &value);
                }
                prop_assert_eq!(Json::parse(&tree.to_line()).unwrap().owned(), tree.owned());
            }
        }

        #[test]
        fn a_number_of_few_digits_is_exact(millionths in 0..1_000_000_000_000_u64, negative: bool) {
            let number = millionths as f64 / 1e6 * if negative { -1.0 } else { 1.0 };
            let written = digits(number);
            prop_assert_eq!(written.parse::<f64>().unwrap(), number);
            prop_assert_eq!(number_of(&written), number);
        }
    }

    #[test]
    fn numbers_are_read_in_every_form_and_written_as_people_write_them() {
        for (text, number) in
            [("-0.5e1", -5.0), ("1E+2", 100.0), ("12.50", 12.5), ("5e-324", 0.0), ("1e999", f64::INFINITY)]
        {
            assert_eq!(number_of(text), number, "{text}");
        }
        for (number, text) in [(0.0, "0"), (-0.0, "0"), (10.0, "10"), (7.5, "7.5"), (-1.0, "-1"), (0.1 + 0.2, "0.3")] {
            assert_eq!(digits(number), text);
        }
        assert!(Json::from(f64::NAN).is_null());
    }

    #[test]
    fn brackets_without_end_do_not_fill_the_stack() {
        let stop = Json::parse(&"[".repeat(100_000)).unwrap_err();
        assert_eq!((stop.why, stop.at), (Why::TooDeep, DEPTH_MAX));
    }
}
