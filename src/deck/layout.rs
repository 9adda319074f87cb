//! The layout of a deck file: one row per line, as in the shipped deck.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

/// A value as text, spread over lines down to the rows of its tables. Empty if it cannot be written.
pub(super) fn row_per_line(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, RowPerLine::default());
    // All maps in a deck file have text keys, and a text has room for what is written.
    if value.serialize(&mut serializer).is_err() {
        return String::new();
    }
    text.push(b'\n');
    String::from_utf8(text).unwrap_or_default()
}

/// Puts every field of the file on its own line, every row of its tables on one line, and what is inside on the same
/// line.
#[derive(Default)]
struct RowPerLine {
    /// For each open bracket: whether its parts are on separate lines, and whether it has any so far.
    open: Vec<(bool, bool)>,
}

impl RowPerLine {
    fn open(&mut self, out: &mut (impl io::Write + ?Sized), bracket: &[u8], spread: bool) -> io::Result<()> {
        self.open.push((spread, false));
        out.write_all(bracket)
    }

    fn close(&mut self, out: &mut (impl io::Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        if let Some((true, true)) = self.open.pop() {
            self.line(out)?;
        }
        out.write_all(bracket)
    }

    fn part(&mut self, out: &mut (impl io::Write + ?Sized), is_first: bool) -> io::Result<()> {
        let is_spread = self.open.last().is_some_and(|(is_spread, _)| *is_spread);
        if let Some((_, has_parts)) = self.open.last_mut() {
            *has_parts = true;
        }
        out.write_all(match (is_first, is_spread) {
            (true, _) => b"",
            (false, true) => b",",
            (false, false) => b", ",
        })?;
        if is_spread { self.line(out) } else { Ok(()) }
    }

    fn line(&self, out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        out.write_all(b"\n")?;
        self.open.iter().try_for_each(|_| out.write_all(b" "))
    }
}

impl Formatter for RowPerLine {
    fn begin_object<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        let is_file = self.open.is_empty();
        self.open(out, b"{", is_file)
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: io::Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.part(out, is_first)
    }

    fn begin_object_value<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn begin_array<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        let is_table = self.open.len() == 1;
        self.open(out, b"[", is_table)
    }

    fn end_array<W: io::Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: io::Write + ?Sized>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        self.part(out, is_first)
    }
}
