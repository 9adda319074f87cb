//! All rows of a deck, listed for changing, with those that are off and those that the therapist has added.

use super::{Changes, fitted};
use crate::deck::{Deck, DeckFile, Problem, Prompt, Trigger};

/// A deck and what is changed about it, row by row.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The deck with everything turned on and every text as changed; profiles are as in the deck.
    pub deck: Deck,
    /// The state of each of its prompts.
    pub prompts: Vec<Listed>,
    /// The state of each of its checklist items.
    pub items: Vec<Listed>,
    /// The deck without changes.
    pub plain: Deck,
}

/// The state of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Whether it is turned on.
    pub on: bool,
    /// Whether the therapist has added it.
    pub is_own: bool,
    /// Whether it differs from the deck.
    pub is_changed: bool,
    /// The index of the checklist item that it was removed with, if that is off.
    pub gone_with: Option<usize>,
}

/// Which prompts to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All.
    #[default]
    All,
    /// Those that take their turn.
    Turn,
    /// Those that ask for a checklist item.
    Item,
    /// Those for a moment that the therapist reports.
    Moment,
    /// Those that are changed or added.
    Changed,
    /// Those that do not come.
    Off,
}

impl Which {
    /// All of them, with their names on a page.
    pub const ALL: [(&'static str, Which); 6] = [
        ("all", Which::All),
        ("turn", Which::Turn),
        ("item", Which::Item),
        ("moment", Which::Moment),
        ("changed", Which::Changed),
        ("off", Which::Off),
    ];
}

impl Listing {
    /// The rows of a deck with these changes.
    ///
    /// # Errors
    /// If the deck by itself is not sound.
    pub fn of(deck: &DeckFile, changes: &Changes) -> Result<Listing, Vec<Problem>> {
        let plain = Deck::from_file(deck)?;
        let all_on = changes.clone().all_on();
        let (deck, fitting) = if all_on.is_empty() {
            (plain.clone(), all_on)
        } else {
            let fitted = fitted(deck, &all_on)?;
            (fitted.deck, fitted.changes)
        };
        let items: Vec<Listed> = deck
            .checklist
            .iter()
            .map(|item| Listed {
                on: !changes.is_item_off(&item.id),
                is_own: changes.is_own(&item.id),
                is_changed: fitting.items.contains_key(&item.id),
                gone_with: None,
            })
            .collect();
        let gone_with = |prompt: &Prompt| match prompt.trigger {
            Trigger::Checklist(_) => prompt.unless_ticked.filter(|item| items.get(*item).is_some_and(|item| !item.on)),
            Trigger::Timer(_) | Trigger::Moment(_) => None,
        };
        let prompts = deck
            .prompts
            .iter()
            .map(|prompt| Listed {
                on: !changes.prompts.get(&prompt.id).is_some_and(|change| change.off),
                is_own: changes.is_own(&prompt.id),
                is_changed: fitting.prompts.contains_key(&prompt.id),
                gone_with: gone_with(prompt),
            })
            .collect();
        Ok(Listing { prompts, items, plain, deck })
    }

    /// The indices of the prompts of the given sort that have these words somewhere in their texts.
    pub fn prompts_with(&self, words: &str, which: Which) -> Vec<usize> {
        let rows = self.deck.prompts.iter().zip(&self.prompts).enumerate();
        let wanted = rows.filter(|(_, (prompt, listed))| {
            let sort = match which {
                Which::All => true,
                Which::Turn => matches!(prompt.trigger, Trigger::Timer(_)),
                Which::Item => matches!(prompt.trigger, Trigger::Checklist(_)),
                Which::Moment => matches!(prompt.trigger, Trigger::Moment(_)),
                Which::Changed => listed.is_own || listed.is_changed,
                Which::Off => !listed.on || listed.gone_with.is_some(),
            };
            sort && has_words(words, [&prompt.cue, &prompt.text, prompt.say.as_deref().unwrap_or_default()])
        });
        wanted.map(|(index, _)| index).collect()
    }

    /// The indices of the checklist items with these words somewhere in their texts.
    pub fn items_with(&self, words: &str) -> Vec<usize> {
        let rows = self.deck.checklist.iter().enumerate();
        rows.filter(|(_, item)| has_words(words, [&*item.label, &*item.explanation])).map(|(index, _)| index).collect()
    }
}

/// Whether each of the words is in one of the texts, ignoring case.
fn has_words<const N: usize>(words: &str, texts: [&str; N]) -> bool {
    let small = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    let texts = texts.map(small);
    words.split_whitespace().map(small).all(|word| texts.iter().any(|text| text.contains(&word)))
}
