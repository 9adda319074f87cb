//! The types of the values in a deck file, each with its limits: a value outside them cannot be made.
//!
//! A value from a file is checked by `new` (through `deserr`, which reports each [`Flaw`] at its place). A value from
//! storage (through `serde`, which refuses the whole) was checked when its file was read. It is checked again by the same
//! code, but for one thing: the characters of a text are not counted, because the tables for that are a tenth of the
//! background's wasm.

use std::fmt;
use std::ops::Deref;

use deserr::Deserr;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_segmentation::UnicodeSegmentation;

use super::id::{ID_MAX, Id};
use super::problem::{Mistakes, shown};
use crate::text::Message;
use crate::time::Span;

/// The longest cue, in characters as people count them (grapheme clusters).
pub const CUE_MAX: usize = 24;
/// The longest label of a checklist item, an element or a profile, in the same characters.
pub const LABEL_MAX: usize = 40;
/// The longest text, in the same characters.
pub const TEXT_MAX: usize = 400;
/// The longest note, in the same characters.
pub const NOTE_MAX: usize = 2_000;
/// A text with more bytes than this per allowed character is not one that anyone reads. A family emoji has 25.
pub(super) const BYTES_PER_CHARACTER: usize = 32;
/// Characters that take up no room: joiners, direction marks, the byte order mark.
pub(super) const INVISIBLE: [(char, char); 4] =
    [('\u{200b}', '\u{200f}'), ('\u{202a}', '\u{202e}'), ('\u{2060}', '\u{2069}'), ('\u{feff}', '\u{feff}')];

/// Why a value is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw(pub Message);

impl Flaw {
    fn of(key: &str) -> Flaw {
        Flaw(Message::plain(key))
    }

    /// The flaw of a number that is out of bounds. In a file, the number is quoted as it is written there.
    pub(super) fn out_of_range(number: f64, bounds: Bounds) -> Flaw {
        let args = [number, bounds.least, bounds.most].map(|number| shown(&digits(number)));
        Flaw(Message::with("deck_out_of_range", args))
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.key, self.0.args.join(", "))
    }
}

// --- texts -----------------------------------------------------------------------------------------------------------

/// One line of text: not empty, no control characters, at most `MAX` characters as people count them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[serde(try_from = "String")]
#[deserr(error = Mistakes, try_from(String) = Text::new -> Flaw)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Checks a text.
    ///
    /// # Errors
    /// If it shows nothing, is not one line, or is too long.
    pub fn new(text: String) -> Result<Text<MAX>, Flaw> {
        check(&text, MAX, |text| text.graphemes(true).count()).map(|()| Text(text))
    }
}

fn check(text: &str, most: usize, characters: fn(&str) -> usize) -> Result<(), Flaw> {
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Err(Flaw::of("deck_empty_text"));
    }
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(Flaw::of("deck_line_break"));
    }
    // Counting is slow, and no text has more characters than bytes. A text that looks short may still have far too many
    // bytes: a pile of marks on one letter.
    if text.len() > most {
        let length = characters(text);
        if length > most || text.len() > BYTES_PER_CHARACTER * most {
            return Err(Flaw(Message::with("deck_text_long", [length.to_string(), most.to_string()])));
        }
    }
    Ok(())
}

fn is_invisible(c: char) -> bool {
    INVISIBLE.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// A text from storage.
impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = Flaw;
    fn try_from(text: String) -> Result<Text<MAX>, Flaw> {
        check(&text, MAX, |text| text.len().div_ceil(BYTES_PER_CHARACTER)).map(|()| Text(text))
    }
}

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

/// An id as a deck file may have it: lowercase letters, digits, dots, dashes and underscores.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Deserr)]
#[serde(try_from = "String")]
#[deserr(error = Mistakes, try_from(String) = RowId::new -> Flaw)]
pub struct RowId(Id);

impl RowId {
    /// Checks an id.
    ///
    /// # Errors
    /// If it is empty, too long, or has other characters.
    pub fn new(id: String) -> Result<RowId, Flaw> {
        Text::new(id).and_then(RowId::spelt)
    }

    fn spelt(Text(id): Text<ID_MAX>) -> Result<RowId, Flaw> {
        if !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte)) {
            return Err(Flaw::of("deck_bad_id"));
        }
        Ok(RowId(id.into()))
    }

    /// The id, for use outside the file.
    pub fn id(&self) -> Id {
        self.0.clone()
    }
}

/// An id from storage.
impl TryFrom<String> for RowId {
    type Error = Flaw;
    fn try_from(id: String) -> Result<RowId, Flaw> {
        Text::try_from(id).and_then(RowId::spelt)
    }
}

impl Deref for RowId {
    type Target = str;
    fn deref(&self) -> &str {
        self.0.as_str()
    }
}

/// A language tag: a language of two to eight letters, and what narrows it down (`en`, `pt-BR`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Deserr)]
#[serde(try_from = "String")]
#[deserr(error = Mistakes, try_from(String) = LanguageTag::new -> Flaw)]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Checks a language tag.
    ///
    /// # Errors
    /// If it does not have the form of one.
    pub fn new(tag: String) -> Result<LanguageTag, Flaw> {
        Text::new(tag).and_then(LanguageTag::formed)
    }

    fn formed(Text(tag): Text<LABEL_MAX>) -> Result<LanguageTag, Flaw> {
        let mut parts = tag.split('-');
        let is_language = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic());
        let narrows = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !(parts.next().is_some_and(is_language) && parts.all(narrows)) {
            return Err(Flaw::of("deck_bad_language"));
        }
        Ok(LanguageTag(tag))
    }
}

/// A language tag from storage.
impl TryFrom<String> for LanguageTag {
    type Error = Flaw;
    fn try_from(tag: String) -> Result<LanguageTag, Flaw> {
        Text::try_from(tag).and_then(LanguageTag::formed)
    }
}

impl Deref for LanguageTag {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

// --- numbers ---------------------------------------------------------------------------------------------------------

/// The smallest and the largest value of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The smallest.
    pub least: f64,
    /// The largest.
    pub most: f64,
}

impl Bounds {
    /// Whether `number` is within them.
    pub fn hold(self, number: f64) -> bool {
        (self.least..=self.most).contains(&number)
    }

    fn check(self, number: f64) -> Result<f64, Flaw> {
        if self.hold(number) { Ok(number) } else { Err(Flaw::out_of_range(number, self)) }
    }
}

/// A whole number from `LEAST` to `MOST`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Deserr)]
#[serde(try_from = "f64")]
#[deserr(error = Mistakes, try_from(f64) = Whole::new -> Flaw)]
pub struct Whole<const LEAST: u32, const MOST: u32>(u32);

impl<const LEAST: u32, const MOST: u32> Whole<LEAST, MOST> {
    /// The range of the type.
    pub const BOUNDS: Bounds = Bounds { least: LEAST as f64, most: MOST as f64 };

    /// Checks a number.
    ///
    /// # Errors
    /// If it is out of range or has a fraction.
    pub fn new(number: f64) -> Result<Self, Flaw> {
        let number = Self::BOUNDS.check(number)?;
        if number.fract() == 0.0 { Ok(Whole(number as u32)) } else { Err(Flaw::of("deck_not_whole")) }
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl<const LEAST: u32, const MOST: u32> TryFrom<f64> for Whole<LEAST, MOST> {
    type Error = Flaw;
    fn try_from(number: f64) -> Result<Self, Flaw> {
        Whole::new(number)
    }
}

/// Reads a whole number from `LEAST` to `MOST`, for serde's `deserialize_with`.
pub(crate) fn whole<'de, const LEAST: u32, const MOST: u32, T: TryFrom<u32>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let number = Whole::<LEAST, MOST>::deserialize(deserializer)?.get();
    T::try_from(number).map_err(|_| D::Error::custom("out of range"))
}

/// The same for a number that may be missing.
pub(crate) fn maybe_whole<'de, const LEAST: u32, const MOST: u32, T: TryFrom<u32>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let number = Option::<Whole<LEAST, MOST>>::deserialize(deserializer)?;
    number.map(|number| T::try_from(number.get())).transpose().map_err(|_| D::Error::custom("out of range"))
}

/// Minutes, possibly with a fraction, from `LEAST` to `MOST`. If whole minutes are too coarse for these limits, they
/// are given in `PARTS` of a minute.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Deserialize, Deserr)]
#[serde(try_from = "f64")]
#[deserr(error = Mistakes, try_from(f64) = Minutes::new -> Flaw)]
pub struct Minutes<const LEAST: u32, const MOST: u32, const PARTS: u32 = 1>(f64);

impl<const LEAST: u32, const MOST: u32, const PARTS: u32> Minutes<LEAST, MOST, PARTS> {
    /// The range of the type, in minutes.
    pub const BOUNDS: Bounds = Bounds { least: LEAST as f64 / PARTS as f64, most: MOST as f64 / PARTS as f64 };

    /// Checks a number of minutes.
    ///
    /// # Errors
    /// If it is out of range.
    pub fn new(minutes: f64) -> Result<Self, Flaw> {
        Self::BOUNDS.check(minutes).map(Minutes)
    }

    /// The number of minutes.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The same as a span.
    pub fn span(self) -> Span {
        Span::from_minutes(self.0)
    }
}

impl<const LEAST: u32, const MOST: u32, const PARTS: u32> TryFrom<f64> for Minutes<LEAST, MOST, PARTS> {
    type Error = Flaw;
    fn try_from(minutes: f64) -> Result<Self, Flaw> {
        Minutes::new(minutes)
    }
}

/// As people write it: 5, not 5.0.
impl<const LEAST: u32, const MOST: u32, const PARTS: u32> Serialize for Minutes<LEAST, MOST, PARTS> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 { serializer.serialize_u32(self.0 as u32) } else { serializer.serialize_f64(self.0) }
    }
}

/// A number as people write it, with six decimals at most.
pub fn digits(number: f64) -> String {
    let digits = format!("{number:.6}");
    match digits.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".to_owned(),
        short => short.to_owned(),
    }
}
