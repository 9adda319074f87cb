//! Settings in the small items that the browser's sync carries from one computer to another.
//!
//! The browser carries each item separately and in any order. So the first one says how many there are and to which
//! change they belong; the settings are put together only once all items of one change have arrived.

use std::collections::BTreeMap;

use serde_json::Value;

/// How many bytes of the text an item carries. With its key and its stamp, browsers allow 8,192.
const PART_MAX: usize = 8_000;
/// The maximum number of bytes carried in total. Browsers allow 102,400.
pub const ALL_MAX: usize = 100_000;
/// The most parts that have room in it.
const PARTS_MAX: usize = ALL_MAX / PART_MAX + 1;
/// The key of the item that says how many there are.
pub const HEAD: &str = "settings";

/// The items, by key.
pub type Items = BTreeMap<String, String>;

/// What the first item says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// How many parts there are.
    pub parts: usize,
    /// The number of the last change in these settings.
    pub change: u32,
}

/// The settings are too large to be carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// How many bytes they have.
    pub bytes: usize,
}

/// The items for a packed text of ASCII characters, by key.
///
/// # Errors
/// If the text is larger than browsers carry.
pub fn split(packed: &str, change: u32) -> Result<Items, TooLarge> {
    let parts: Vec<&str> = packed.as_bytes().chunks(PART_MAX).filter_map(|part| str::from_utf8(part).ok()).collect();
    let head = [&stamp(change), parts.len().to_string().as_str()].concat();
    let numbered = parts.iter().enumerate();
    let mut items: Items = numbered.map(|(index, part)| (key(index), [&stamp(change), *part].concat())).collect();
    items.insert(HEAD.to_owned(), head);
    let bytes = items.iter().map(|(key, item)| key.len() + item.len()).sum();
    if bytes > ALL_MAX { Err(TooLarge { bytes }) } else { Ok(items) }
}

/// The items among everything in the browser's sync; other things stored there are left out.
pub fn items(all: &Value) -> Items {
    let fields = all.as_object().into_iter().flatten();
    let ours = fields.filter(|(key, _)| *key == HEAD || key.starts_with(PART));
    ours.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}

/// What the first item says, if it exists.
pub fn head(items: &Items) -> Option<Head> {
    let (change, parts) = items.get(HEAD)?.split_once(':')?;
    let head = Head { change: change.parse().ok()?, parts: parts.parse().ok()? };
    (head.parts <= PARTS_MAX).then_some(head)
}

/// The packed text of the carried settings, once all of it has arrived.
pub fn join(items: &Items) -> Option<String> {
    let Head { parts, change } = head(items)?;
    let stamp = stamp(change);
    (0..parts).map(|index| items.get(&key(index))?.strip_prefix(stamp.as_str())).collect()
}

/// The keys of items that no longer belong to any version.
pub fn left_over(items: &Items) -> Vec<String> {
    let parts = head(items).map_or(0, |head| head.parts);
    let is_part = |key: &&String| {
        key.strip_prefix(PART).is_some_and(|index| index.parse().is_ok_and(|index: usize| index >= parts))
    };
    items.keys().filter(is_part).cloned().collect()
}

const PART: &str = "settings.";

fn key(index: usize) -> String {
    [PART, &index.to_string()].concat()
}

/// The start of each part, so that parts of two versions are never mixed up.
fn stamp(change: u32) -> String {
    [&change.to_string(), ":"].concat()
}
