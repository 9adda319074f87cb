//! From the bytes of a file to a tree: its size, its encoding, its brackets.

use super::format::FILE_MAX;
use super::problem::Problem;
use crate::json::{DEPTH_MAX, Json, Stop, Why};
use crate::text::Message;

/// Some editors put it before a text in UTF-8. It says nothing, and is kept with the file.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The text of a deck file, byte for byte as it came: what is stored, and what is exported again.
///
/// # Errors
/// A file that is too large, or is not text in UTF-8.
pub fn text_of(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.len() > FILE_MAX {
        return Err(too_big());
    }
    std::str::from_utf8(bytes)
        .map_err(|error| Problem::of_file(line(bytes, error.valid_up_to()), Message::plain("deck_not_utf")))
}

/// The tree of a deck file, and the text that its lines are counted in.
pub(super) fn tree_of(text: &str) -> Result<(Json<'_>, &str), Problem> {
    if text.len() > FILE_MAX {
        return Err(too_big());
    }
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    Json::parse(text).map(|tree| (tree, text)).map_err(|stop| no_json(text, stop))
}

fn too_big() -> Problem {
    Problem::of_file(1, Message::with("deck_file_big", [(FILE_MAX >> 20).to_string()]))
}

fn no_json(text: &str, stop: Stop) -> Problem {
    let message = match stop.why {
        Why::Syntax => Message::with("deck_not_json", [column(text, stop.at).to_string()]),
        Why::EndsEarly => Message::plain("deck_ends_early"),
        Why::TooDeep => Message::with("deck_too_deep", [DEPTH_MAX.to_string()]),
    };
    Problem::of_file(line(text.as_bytes(), stop.at), message)
}

/// The line of the byte at `at`, counted from 1.
fn line(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Its column as an editor counts it, in characters.
fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    before.chars().rev().take_while(|c| *c != '\n').count() + 1
}
