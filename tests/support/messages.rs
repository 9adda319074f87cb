//! The message keys that the core names, read from its source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The source of the core below `folder`, without the wasm modules, comments and unit tests.
fn sources(folder: &Path, texts: &mut Vec<String>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "web") {
                sources(&path, texts);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            texts.push(lines.collect::<Vec<_>>().join("\n"));
        }
    }
}

fn core(folder: &str) -> Vec<String> {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut texts);
    texts
}

/// Every string in the source below `folder` that looks like a message key and begins with `prefix`.
pub fn named_in(folder: &str, prefix: &str) -> BTreeSet<String> {
    let is_key =
        |text: &&str| text.starts_with(prefix) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    // The odd parts of a text cut at its quotation marks are its strings; the core has no escaped ones in code.
    let strings = |text: &String| text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    core(folder).iter().flat_map(strings).filter(|text| is_key(&text.as_str())).collect()
}

/// For every message that is built with a list of arguments in the source: how many there are.
pub fn arguments() -> BTreeMap<String, BTreeSet<usize>> {
    let mut arguments = BTreeMap::new();
    for text in core("src") {
        for call in text.split("Message::with(\"").skip(1) {
            let (key, rest) = call.split_once('"').unwrap();
            let Some(list) = rest.strip_prefix(", [") else { continue };
            arguments.entry(key.to_owned()).or_insert_with(BTreeSet::new).insert(count(list));
        }
        for call in text.split("Message::plain(\"").skip(1) {
            let (key, _) = call.split_once('"').unwrap();
            arguments.entry(key.to_owned()).or_insert_with(BTreeSet::new).insert(0);
        }
    }
    arguments
}

/// How many entries a list has whose text begins after its bracket.
fn count(list: &str) -> usize {
    let (mut depth, mut commas, mut last) = (0, 0, ' ');
    for c in list.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ']' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => commas += 1,
            _ => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    // A comma at the very end adds nothing.
    if last == ',' { commas } else { commas + 1 }
}
