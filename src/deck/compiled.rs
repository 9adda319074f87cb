//! A deck as the engine reads it: checked before, references resolved, a table of text ([`crate::tabs`]).
//!
//! The background must stay small, and needs no reader that can explain mistakes: the build compiles the shipped deck,
//! and a deck of one's own is compiled where it is imported. The text may come from storage; what does not hold together
//! is refused whole.

use super::{
    Anchor, Applies, Deck, Element, Item, Kind, Moment, Phase, Profile, Prompt, Rules, SessionKinds, Timing, Trigger,
};
use crate::hour::plan::MINUTES_MAX;
use crate::tabs::{Fields, Rows};
use crate::time::Span;

const SECOND: Span = Span::seconds(1);
const MINUTE: Span = Span::minutes(1);
/// More prompts than these in 50 minutes nobody could mean.
const BUDGET_MAX: u64 = 40;
const HEADER: &str = "attune deck, compiled, 1";
const KINDS: [Kind; 3] = [Kind::Nonverbal, Kind::Verbal, Kind::Reflective];
const PHASES: [Phase; 5] = [Phase::Before, Phase::Opening, Phase::Working, Phase::Closing, Phase::After];
const APPLIES: [Applies; 3] = [Applies::Every, Applies::First, Applies::WhenNeeded];
const ANCHORS: [Anchor; 2] = [Anchor::Start, Anchor::End];

impl Deck {
    /// The deck as the engine reads it.
    pub fn compile(&self) -> String {
        let mut out = Rows::new(HEADER);
        out.row("deck").text(&self.title).text(&self.language);
        let rules = &self.rules;
        out.row("rules").span(rules.opening_quiet).span(rules.closing).span(rules.closing_quiet);
        out.span(rules.checklist_gap).span(rules.jitter).span(rules.wait).span(rules.dot);
        for element in &self.elements {
            out.row("element").text(&element.id).text(&element.label).text(&element.about);
        }
        for profile in &self.profiles {
            out.row("profile").text(&profile.id).text(&profile.label).text(&profile.for_whom);
            out.number(profile.timed_per_50).number(profile.checklist_per_50).span(profile.gap);
            out.number(profile.same_kind_in_a_row).number(profile.closing_priority.into());
            out.number(profile.words_by_themselves.into());
        }
        for item in &self.checklist {
            out.row("item").text(&item.id).number(item.phase as u32).text(&item.label).text(&item.explanation);
            out.number(item.applies as u32).number(item.core.into()).index(Some(item.element)).text(&item.basis);
        }
        for prompt in &self.prompts {
            out.prompt(prompt);
        }
        out.into_text()
    }

    /// Reads what [`Deck::compile`] wrote; nothing if it is something else.
    pub fn from_compiled(text: &str) -> Option<Deck> {
        let mut lines = text.split('\n');
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut fields = Fields::of(lines.next()?, "deck")?;
        let (title, language) = (fields.text()?, fields.text()?);
        let mut fields = Fields::of(lines.next()?, "rules")?;
        let mut deck = Deck {
            title,
            language,
            rules: fields.rules()?,
            elements: Vec::new(),
            profiles: Vec::new(),
            checklist: Vec::new(),
            prompts: Vec::new(),
        };
        for line in lines {
            let (row, mut fields) = Fields::row(line);
            match row {
                "element" => deck.elements.push(fields.element()?),
                "profile" => deck.profiles.push(fields.profile()?),
                "item" => deck.checklist.push(fields.item()?),
                "prompt" => deck.prompts.push(fields.prompt()?),
                _ => return None,
            }
        }
        deck.holds_together().then_some(deck)
    }

    /// Whether every index points at something, and no number is such that time could stand still.
    fn holds_together(&self) -> bool {
        let sound = |prompt: &Prompt| {
            prompt.dwell >= SECOND
                && prompt.element < self.elements.len()
                && prompt.also_serves.iter().all(|element| *element < self.elements.len())
                && prompt.unless_ticked.is_none_or(|item| item < self.checklist.len())
        };
        (1..=32).contains(&self.profiles.len())
            && self.profiles.iter().all(|profile| profile.gap >= MINUTE && profile.budgets() <= 2 * BUDGET_MAX)
            && self.rules.checklist_gap >= MINUTE
            && self.rules.dot >= SECOND
            && self.checklist.iter().all(|item| item.element < self.elements.len())
            && self.prompts.iter().all(sound)
    }
}

impl Profile {
    fn budgets(&self) -> u64 {
        u64::from(self.timed_per_50) + u64::from(self.checklist_per_50)
    }
}

impl Rows {
    fn span(&mut self, span: Span) -> &mut Rows {
        self.long(span.0)
    }

    /// A reference, counted from 1; 0 is none.
    fn index(&mut self, index: Option<usize>) -> &mut Rows {
        self.long(index.map_or(0, |index| index as u64 + 1))
    }

    fn prompt(&mut self, prompt: &Prompt) {
        self.row("prompt").text(&prompt.id).number(prompt.kind as u32).text(&prompt.cue).text(&prompt.text);
        self.text(prompt.say.as_deref().unwrap_or_default()).text(prompt.reason.as_deref().unwrap_or_default());
        self.index(Some(prompt.element));
        self.number(prompt.priority.into()).span(prompt.dwell).number(prompt.profiles);
        self.number(prompt.session_kinds.0.into()).number(prompt.ongoing_every).index(prompt.unless_ticked);
        self.text(&prompt.basis);
        match &prompt.trigger {
            Trigger::Timer(timing) => self.number(0).timing(timing),
            Trigger::Checklist(timing) => self.number(1).timing(timing),
            Trigger::Moment(moment) => self.number(2).text(&moment.label).number(moment.crisis.into()),
        };
        for element in &prompt.also_serves {
            self.index(Some(*element));
        }
    }

    fn timing(&mut self, timing: &Timing) -> &mut Rows {
        self.number(timing.anchor as u32).span(timing.from).span(timing.to);
        // A repeat is never zero.
        self.span(timing.repeat.unwrap_or_default()).number(timing.max).span(timing.cooldown).span(timing.expires)
    }
}

impl Fields<'_> {
    /// A span no longer than the longest session.
    #[inline(never)]
    fn span(&mut self) -> Option<Span> {
        self.long().map(Span).filter(|span| *span <= Span::minutes(MINUTES_MAX.into()))
    }

    fn index(&mut self) -> Option<Option<usize>> {
        Some((self.number()? as usize).checked_sub(1))
    }

    fn rules(&mut self) -> Option<Rules> {
        Some(Rules {
            opening_quiet: self.span()?,
            closing: self.span()?,
            closing_quiet: self.span()?,
            checklist_gap: self.span()?,
            jitter: self.span()?,
            wait: self.span()?,
            dot: self.span()?,
        })
    }

    fn element(&mut self) -> Option<Element> {
        Some(Element { id: self.text()?, label: self.text()?, about: self.text()? })
    }

    fn profile(&mut self) -> Option<Profile> {
        Some(Profile {
            id: self.text()?,
            label: self.text()?,
            for_whom: self.text()?,
            timed_per_50: self.number()?,
            checklist_per_50: self.number()?,
            gap: self.span()?,
            same_kind_in_a_row: self.number()?,
            closing_priority: self.small()?,
            words_by_themselves: self.flag()?,
        })
    }

    fn item(&mut self) -> Option<Item> {
        Some(Item {
            id: self.text()?,
            phase: self.one_of(&PHASES)?,
            label: self.text()?,
            explanation: self.text()?,
            applies: self.one_of(&APPLIES)?,
            core: self.flag()?,
            element: self.index()??,
            basis: self.text()?,
        })
    }

    fn prompt(&mut self) -> Option<Prompt> {
        let mut prompt = Prompt {
            id: self.text()?,
            kind: self.one_of(&KINDS)?,
            cue: self.text()?,
            text: self.text()?,
            say: self.some_text()?,
            reason: self.some_text()?,
            element: self.index()??,
            priority: self.small()?,
            dwell: self.span()?,
            profiles: self.number()?,
            session_kinds: SessionKinds(self.small()?),
            ongoing_every: self.number()?,
            unless_ticked: self.index()?,
            basis: self.text()?,
            trigger: match self.number()? {
                0 => Trigger::Timer(self.timing()?),
                1 => Trigger::Checklist(self.timing()?),
                2 => Trigger::Moment(Moment { label: self.text()?, crisis: self.flag()? }),
                _ => return None,
            },
            also_serves: Vec::new(),
        };
        while let Some(element) = self.index() {
            prompt.also_serves.push(element?);
        }
        Some(prompt)
    }

    fn timing(&mut self) -> Option<Timing> {
        Some(Timing {
            anchor: self.one_of(&ANCHORS)?,
            from: self.span()?,
            to: self.span()?,
            repeat: self.span().map(|repeat| (repeat != Span::ZERO).then_some(repeat))?,
            max: self.number()?,
            cooldown: self.span()?,
            expires: self.span()?,
        })
    }
}
