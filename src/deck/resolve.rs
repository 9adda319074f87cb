//! From a deck file to a deck: references become indices, minutes and seconds become spans.

use super::file::{self, DeckFile};
use super::limits::Whole;
use super::links::{Links, PromptLinks};
use super::model::Index;
use super::problem::{Mistake, Problem};
use super::read::{linked, read};
use super::{Deck, Element, Item, Profile, Prompt, Rules, Set};
use crate::time::Span;

impl Deck {
    /// Reads a deck, or says everything that is wrong with it at once.
    ///
    /// # Errors
    /// Every [`Problem`] names the place in the file, the line, and how to fix it.
    pub fn from_json(text: &str) -> Result<Deck, Vec<Problem>> {
        read(text).map(|(_, deck)| deck)
    }

    /// The deck of a file, which may come from storage.
    ///
    /// # Errors
    /// If the rows of the file do not fit together: each [`Problem`] names the place, and has no line.
    pub fn from_file(file: &DeckFile) -> Result<Deck, Vec<Problem>> {
        let links = linked(file);
        let problems = |mistakes: Vec<Mistake>| mistakes.into_iter().map(Mistake::without_line).collect();
        links.map(|links| Deck::resolved(file, links)).map_err(problems)
    }

    /// The deck of a file whose links have been followed.
    pub(super) fn resolved(file: &DeckFile, links: Links) -> Deck {
        let items = file.checklist.iter().zip(links.element_of_item);
        let prompts = file.prompts.iter().zip(links.of_prompt);
        let (profiles, checklist, prompts): (Vec<_>, Vec<_>, Vec<_>) = (
            file.profiles.iter().map(profile).collect(),
            items.map(|(row, element)| item(row, element)).collect(),
            prompts.map(|(row, links)| prompt(row, links)).collect(),
        );
        Deck {
            title: file.title.to_string(),
            language: file.language.to_string(),
            rules: rules(&file.rules),
            elements: file.elements.iter().map(element).collect(),
            index: Index::of(&profiles, &checklist, &prompts),
            profiles,
            checklist,
            prompts,
        }
    }
}

fn seconds<const LEAST: u32, const MOST: u32>(seconds: Whole<LEAST, MOST>) -> Span {
    Span::seconds(seconds.get().into())
}

fn rules(row: &file::Rules) -> Rules {
    Rules {
        opening_quiet: row.opening_quiet_min.span(),
        closing: row.closing_min.span(),
        closing_quiet: row.closing_quiet_min.span(),
        checklist_gap: row.checklist_gap_min.span(),
        jitter: seconds(row.jitter_s),
        wait: seconds(row.wait_s),
        dot: seconds(row.dot_s),
    }
}

fn element(row: &file::Element) -> Element {
    Element { id: row.id.id(), label: row.label.to_string(), about: row.about.to_string() }
}

fn profile(row: &file::Profile) -> Profile {
    Profile {
        id: row.id.id(),
        label: row.label.to_string(),
        for_whom: row.for_whom.to_string(),
        timed_per_50: row.timed_per_50_min.get(),
        checklist_per_50: row.checklist_per_50_min.get(),
        gap: row.gap_min.span(),
        same_kind_in_a_row: row.same_kind_in_a_row.get(),
        closing_priority: priority(row.closing_priority),
        words_by_themselves: row.words_by_themselves,
    }
}

fn priority(priority: file::Priority) -> u8 {
    priority.get() as u8
}

fn item(row: &file::Item, element: usize) -> Item {
    Item {
        id: row.id.id(),
        phase: row.phase,
        label: row.label.to_string(),
        explanation: row.explanation.to_string(),
        applies: row.applies,
        channels: Set::named(row.channels.as_deref()),
        core: row.core,
        element,
        basis: row.basis.to_string(),
    }
}

fn prompt(row: &file::Prompt, links: PromptLinks) -> Prompt {
    Prompt {
        id: row.id.id(),
        kind: row.kind,
        cue: row.cue.to_string(),
        text: row.text.to_string(),
        say: row.say.as_ref().map(|say| say.to_string()),
        reason: row.reason.as_ref().map(|reason| reason.to_string()),
        element: links.element,
        also_serves: links.also_serves,
        trigger: links.trigger,
        priority: priority(row.priority),
        dwell: seconds(row.dwell_s),
        profiles: links.profiles,
        session_kinds: Set::named(row.session_kinds.as_deref()),
        channels: Set::named(row.channels.as_deref()),
        ongoing_every: row.ongoing_every.map_or(1, Whole::get),
        unless_ticked: links.unless_ticked,
        basis: row.basis.to_string(),
    }
}
