//! What the shell saves after a dispatch, and how the engine reads it back.
//!
//! There are two records, so that what changes all the time is not rewritten with what rarely changes: the [`Memory`],
//! kept from session to session, and the [`Current`] session with what comes before and after it. Both name prompts and
//! items by id, because the deck may have changed when they are read. Ids that the deck no longer has are dropped; the
//! rest carries on.

use serde::{Deserialize, Serialize};

use crate::deck::lists::{LIST_MAX, list, set};
use crate::deck::{Channel, Deck, ID_MAX, Id, SessionKind};
use crate::engine::memory::Memory;
use crate::engine::stored::Version;
use crate::hour::plan::{MINUTES_MAX, MINUTES_MIN};
use crate::hour::session::{COUNT, Entry, LOG, SETTLE, Session};
use crate::text::{ARGS, Message};
use crate::time::{LAST, Span, Timestamp};

/// All state that must survive a restart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// What is kept from session to session.
    pub memory: Memory,
    /// The current session.
    pub session: Current,
}

/// The current session: the ticks made before it, the session itself, or the summary after it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Current {
    version: Version,
    pub(crate) prepared: Option<Prepared>,
    pub(crate) running: Option<Session>,
    pub(crate) ended: Option<Ended>,
}

/// The ticks of the ready check, before a session begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// When the therapist last ticked something.
    pub(crate) at: Timestamp,
    /// The ticked items.
    #[serde(deserialize_with = "set::<LIST_MAX, _, _>")]
    pub(crate) ticks: Vec<Id>,
}

/// Summary of a finished session, kept until it is dismissed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    pub(crate) minutes: u64,
    pub(crate) by_itself: bool,
    pub(crate) kind: SessionKind,
    /// What the call carried last.
    #[serde(default, skip_serializing_if = "Channel::is_video")]
    pub(crate) channel: Channel,
    #[serde(deserialize_with = "list::<LOG, _, _>")]
    pub(crate) log: Vec<Entry>,
    /// The items ticked since the end.
    #[serde(deserialize_with = "set::<LIST_MAX, _, _>")]
    pub(crate) ticks: Vec<Id>,
    /// The session itself if it ended by itself, for as long as the therapist can go on with it.
    #[serde(default)]
    pub(crate) left: Option<Left>,
}

/// A session that has ended by itself, without its log, which is in the summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// When it ended.
    pub(crate) at: Timestamp,
    pub(crate) session: Session,
}

impl Memory {
    /// Whether its numbers are ones that Attune could have written.
    pub fn is_sound(&self) -> bool {
        is_length(self.choices.minutes)
            && self.choices.profile.len() <= ID_MAX
            && self.prompts().all(|(_, known)| known.last <= Some(self.sessions))
    }
}

impl Current {
    /// Whether its numbers are ones that Attune could have written.
    pub fn is_sound(&self) -> bool {
        let left = self.ended.as_ref().and_then(|ended| ended.left.as_ref());
        let mut sessions = self.running.iter().chain(left.map(|left| &left.session));
        self.ended.as_ref().is_none_or(|ended| ended.minutes <= Span(LAST).minutes_down())
            && sessions.all(|session| {
                let ledger = &session.ledger;
                let counts = [session.shown, ledger.checklist_shown, ledger.run.map_or(0, |(_, run)| run)];
                is_length(session.start.minutes)
                    && is_length(session.length)
                    && session.length >= session.start.minutes
                    && session.showing.as_ref().is_none_or(|showing| showing.number == session.shown)
                    && messages(session).all(|message| message.args.len() <= ARGS)
                    && session.attended <= session.elapsed()
                    && session.calm <= session.elapsed() + SETTLE
                    && session.clock.stopped() == session.paused.is_some()
                    && counts
                        .into_iter()
                        .chain(ledger.tallies.iter().map(|tally| tally.shown))
                        .all(|count| count <= COUNT)
            })
    }

    /// Finds everything in `deck` and drops what it does not have.
    pub(crate) fn fit(&mut self, deck: &Deck, memory: &Memory) {
        let has_item = |id: &Id| deck.item(id).is_some();
        if let Some(prepared) = &mut self.prepared {
            prepared.ticks.retain(has_item);
        }
        if let Some(ended) = &mut self.ended {
            ended.ticks.retain(has_item);
            ended.log = fitted(std::mem::take(&mut ended.log), deck);
        }
        let left = self.ended.as_mut().and_then(|ended| ended.left.as_mut());
        for session in self.running.iter_mut().chain(left.map(|left| &mut left.session)) {
            session.fit(deck);
            session.ledger.past = memory.past(deck);
        }
    }
}

/// The finished showings whose prompts the deck has.
pub(crate) fn fitted(log: Vec<Entry>, deck: &Deck) -> Vec<Entry> {
    let fit = |entry: Entry| Some(Entry { prompt: entry.prompt.fitted(|id| deck.prompt(id))?, ..entry });
    log.into_iter().filter_map(fit).collect()
}

/// The messages that a session keeps.
fn messages(session: &Session) -> impl Iterator<Item = &Message> {
    let why = session.showing.as_ref().map(|showing| &showing.why);
    why.into_iter().chain(session.notice.as_ref().and_then(|notice| notice.message.as_ref()))
}

fn is_length(minutes: u16) -> bool {
    (MINUTES_MIN..=MINUTES_MAX).contains(&minutes)
}
