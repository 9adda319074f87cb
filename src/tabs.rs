//! Tables as text: one row a line, fields between tabs.
//!
//! What Attune writes for itself to read again (compiled decks, snapshots) takes this form: the reader is a small part
//! of what JSON would need in the background's wasm. A field holds no control character, so that tabs and line ends are
//! free to separate. Such a text may come from storage: a reader answers with nothing where a field is not what it
//! should be, and its caller refuses the whole.

use std::fmt::Write as _;
use std::str::Split;

/// Writes rows; every field begins with a tab.
pub(crate) struct Rows(String);

impl Rows {
    /// A text whose first line is `header`.
    pub(crate) fn new(header: &str) -> Rows {
        Rows(header.to_owned())
    }

    pub(crate) fn into_text(self) -> String {
        self.0
    }

    pub(crate) fn row(&mut self, name: &str) -> &mut Rows {
        self.0.push('\n');
        self.0.push_str(name);
        self
    }

    pub(crate) fn text(&mut self, text: &str) -> &mut Rows {
        self.0.push('\t');
        self.0.extend(text.chars().map(|c| if c == '\t' || c == '\n' { ' ' } else { c }));
        self
    }

    pub(crate) fn long(&mut self, number: u64) -> &mut Rows {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "\t{number}");
        self
    }

    /// A number that may be missing.
    pub(crate) fn maybe(&mut self, number: Option<u64>) -> &mut Rows {
        match number {
            Some(number) => self.long(number),
            None => self.text(""),
        }
    }

    pub(crate) fn number(&mut self, number: u32) -> &mut Rows {
        self.long(number.into())
    }
}

/// Reads the fields of a row in the order in which they were written.
pub(crate) struct Fields<'a>(Split<'a, char>);

impl<'a> Fields<'a> {
    /// The name of a row and its fields.
    pub(crate) fn row(line: &'a str) -> (&'a str, Fields<'a>) {
        let mut fields = line.split('\t');
        (fields.next().unwrap_or_default(), Fields(fields))
    }

    /// The fields of a row that must be called `name`.
    pub(crate) fn of(line: &'a str, name: &str) -> Option<Fields<'a>> {
        let (row, fields) = Fields::row(line);
        (row == name).then_some(fields)
    }

    #[inline(never)]
    pub(crate) fn word(&mut self) -> Option<&'a str> {
        self.0.next()
    }

    // Not inlined into each of the many places that call them: that would double the size of the reader.
    #[inline(never)]
    pub(crate) fn text(&mut self) -> Option<String> {
        self.word().map(str::to_owned)
    }

    /// A text that may be missing.
    pub(crate) fn some_text(&mut self) -> Option<Option<String>> {
        self.text().map(|text| (!text.is_empty()).then_some(text))
    }

    /// A number that may be missing.
    #[inline(never)]
    pub(crate) fn maybe(&mut self) -> Option<Option<u64>> {
        match self.word()? {
            "" => Some(None),
            number => number.parse().ok().map(Some),
        }
    }

    #[inline(never)]
    pub(crate) fn long(&mut self) -> Option<u64> {
        self.word()?.parse().ok()
    }

    #[inline(never)]
    pub(crate) fn number(&mut self) -> Option<u32> {
        u32::try_from(self.long()?).ok()
    }

    pub(crate) fn small(&mut self) -> Option<u8> {
        u8::try_from(self.long()?).ok()
    }

    #[inline(never)]
    pub(crate) fn flag(&mut self) -> Option<bool> {
        match self.word()? {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        }
    }

    #[inline(never)]
    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.number()? as usize).copied()
    }
}
