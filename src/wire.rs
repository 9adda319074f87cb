//! JSON for what crosses a boundary: inputs, views, snapshots and compiled decks.
//!
//! The types say what the text looks like; unknown fields are passed over, so that an older text can be read. This is
//! the small reader and writer. What people write by hand is read by [`crate::deck`], which says what is wrong with it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json_core::ser::Error;

/// No text of ours nests deeper. The reader calls itself for each level of a field that it passes over.
const DEEPEST: usize = 32;
/// More than this is no text of ours.
const LARGEST: usize = 64 << 20;

/// The JSON text of a value; empty if it could not be written. Enum variants with several fields must name them: the
/// writer has no form for the others.
pub fn write(value: &impl Serialize) -> String {
    let mut buffer = vec![0; 16 << 10];
    loop {
        match serde_json_core::to_slice(value, &mut buffer) {
            Ok(length) => {
                buffer.truncate(length);
                return String::from_utf8(buffer).unwrap_or_default();
            }
            Err(Error::BufferFull) if buffer.len() < LARGEST => buffer.resize(buffer.len() * 4, 0),
            Err(_) => return String::new(),
        }
    }
}

/// The value that a JSON text stands for, if it is one of this type and nothing else follows.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    if depth(text) > DEEPEST {
        return None;
    }
    let mut unescaped = vec![0; text.len().min(LARGEST)];
    let (value, length) = serde_json_core::from_str_escaped(text, &mut unescaped).ok()?;
    text.get(length..)?.trim_ascii().is_empty().then_some(value)
}

/// How deep the brackets of a text nest, outside strings.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => depth += 1,
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
