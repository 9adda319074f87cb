//! Reading a deck file: every mistake at once, each with its place and line.

use super::Deck;
use super::file::DeckFile;
use super::links::{Links, links};
use super::outline::Outline;
use super::problem::{Mistake, Mistakes, Problem};
use super::source::Source;

/// The file that a text contains, and the deck that it makes.
pub(super) fn read(text: &str) -> Result<(DeckFile, Deck), Vec<Problem>> {
    let source = Source::new(text).map_err(|problem| vec![problem])?;
    let (value, mut mistakes) = source.values().map_err(|problem| vec![problem])?;
    let (file, outline) = match deserr::deserialize::<DeckFile, _, Mistakes>(value) {
        Ok(file) => {
            let outline = Outline::from(&file);
            (Some(file), Some(outline))
        }
        Err(found) => {
            mistakes.extend(found);
            // The sound parts of a broken file are checked as well.
            let values = source.values().ok().map(|(value, _)| value);
            (None, values.and_then(|value| deserr::deserialize::<_, _, Mistakes>(value).ok()))
        }
    };
    let links = outline.and_then(|outline| links(&outline, &mut mistakes));
    match (file, links) {
        (Some(file), Some(links)) if mistakes.is_empty() => {
            let deck = Deck::resolved(&file, links);
            Ok((file, deck))
        }
        _ => Err(source.located(mistakes)),
    }
}

/// What the references of a file lead to, or what is wrong with them.
pub(super) fn linked(file: &DeckFile) -> Result<Links, Vec<Mistake>> {
    let mut mistakes = Mistakes::default();
    match links(&Outline::from(file), &mut mistakes) {
        Some(links) if mistakes.is_empty() => Ok(links),
        _ => Err(mistakes.into_list()),
    }
}
