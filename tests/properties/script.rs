//! Random hours: any valid deck, any Start, and any sequence of waits and inputs, sensible or not.

use std::sync::LazyLock;

use attune::deck::{
    Anchor, Applies, Channel, Deck, Index, Item, Kind, Moment, Phase, Profile, Prompt, Rules, SessionKind, Set, Timing,
    Trigger,
};
use attune::engine::memory::Choices;
use attune::engine::view::{Popup, View};
use attune::engine::{Engine, Input, Outcome};
use attune::hour::session::Answer;
use attune::time::{Span, Timestamp};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::support::NINE;

static SHIPPED: LazyLock<Deck> = LazyLock::new(crate::support::deck);

/// A deck to run: the shipped one, or an odd one that the format allows.
#[derive(Clone, Debug)]
pub enum Sketch {
    Shipped,
    Odd(Box<Odd>),
}

#[derive(Clone, Debug)]
pub struct Odd {
    /// Opening quiet, closing, closing quiet and checklist gap in half minutes; jitter, wait and dot in seconds.
    rules: (u64, u64, u64, u64, u64, u64, u64),
    /// Timed and checklist budget, gap in half minutes, kinds in a row, closing priority, words by themselves.
    profile: (u32, u32, u64, u32, u8, bool),
    prompts: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    kind: Kind,
    /// The item that the prompt depends on; optional for a timed prompt.
    item: Option<usize>,
    channels: Set<Channel>,
    timed: bool,
    from_end: bool,
    /// In half minutes from the anchor; the second is larger than the first.
    window: (u64, u64),
    /// In half minutes.
    repeat: Option<u64>,
    max: u32,
    cooldown: u64,
    expires: u64,
    priority: u8,
    dwell: u64,
    ongoing_every: u32,
}

const ITEMS: usize = 4;

impl Sketch {
    pub fn deck(&self) -> Deck {
        match self {
            Sketch::Shipped => SHIPPED.clone(),
            Sketch::Odd(odd) => odd.deck(),
        }
    }
}

const fn halves(count: u64) -> Span {
    Span::seconds(count * 30)
}

impl Odd {
    fn deck(&self) -> Deck {
        let (opening_quiet, closing, closing_quiet, checklist_gap, jitter, wait, dot) = self.rules;
        let (timed_per_50, checklist_per_50, gap, same_kind_in_a_row, closing_priority, words_by_themselves) =
            self.profile;
        let item = |index: usize| Item {
            id: format!("item{index}").into(),
            phase: [Phase::Before, Phase::Opening, Phase::Working, Phase::Closing][index % 4],
            label: format!("Item {index}"),
            explanation: "An item.".to_owned(),
            applies: Applies::Every,
            channels: [Set::all(), Set::of(&[Channel::Video]), Set::of(&[Channel::Sound])][index % 3],
            core: false,
            element: 0,
            basis: "none".to_owned(),
        };
        let mut deck = Deck {
            title: "Odd".to_owned(),
            language: "en".to_owned(),
            rules: Rules {
                opening_quiet: halves(opening_quiet),
                closing: halves(closing),
                closing_quiet: halves(closing_quiet),
                checklist_gap: halves(checklist_gap),
                jitter: Span::seconds(jitter),
                wait: Span::seconds(wait),
                dot: Span::seconds(dot),
            },
            elements: Vec::new(),
            profiles: vec![Profile {
                id: "odd".into(),
                label: "Odd".to_owned(),
                for_whom: "Nobody".to_owned(),
                timed_per_50,
                checklist_per_50,
                gap: halves(gap),
                same_kind_in_a_row,
                closing_priority,
                words_by_themselves,
            }],
            checklist: (0..ITEMS).map(item).collect(),
            prompts: self.prompts.iter().enumerate().map(|(index, row)| row.prompt(index)).chain(moments()).collect(),
            index: Index::default(),
        };
        deck.index = Index::of(&deck.profiles, &deck.checklist, &deck.prompts);
        deck
    }
}

/// One moment of each kind.
fn moments() -> impl Iterator<Item = Prompt> {
    [false, true].into_iter().map(|crisis| Prompt {
        id: format!("moment{crisis}").into(),
        kind: Kind::Verbal,
        cue: format!("Moment {crisis}"),
        text: "A text.".to_owned(),
        say: None,
        reason: None,
        element: 0,
        also_serves: Vec::new(),
        trigger: Trigger::Moment(Moment { label: "A moment".to_owned(), crisis }),
        priority: 5,
        dwell: Span::seconds(7),
        profiles: 1,
        session_kinds: Set::all(),
        channels: Set::all(),
        ongoing_every: 1,
        unless_ticked: None,
        basis: "none".to_owned(),
    })
}

impl Row {
    fn prompt(&self, index: usize) -> Prompt {
        let (near, far) = (halves(self.window.0), halves(self.window.1));
        let (anchor, from, to) = if self.from_end { (Anchor::End, far, near) } else { (Anchor::Start, near, far) };
        let timing = Timing {
            anchor,
            from,
            to,
            repeat: self.repeat.map(halves),
            max: if self.repeat.is_some() { self.max } else { 1 },
            cooldown: halves(self.cooldown),
            expires: halves(self.expires),
        };
        Prompt {
            id: format!("p{index}").into(),
            kind: self.kind,
            cue: format!("Cue {index}"),
            text: "A text.".to_owned(),
            say: None,
            reason: None,
            element: 0,
            also_serves: Vec::new(),
            trigger: if self.timed { Trigger::Timer(timing) } else { Trigger::Checklist(timing) },
            priority: self.priority,
            dwell: Span::seconds(self.dwell),
            profiles: 1,
            session_kinds: Set::all(),
            channels: self.channels,
            ongoing_every: self.ongoing_every,
            unless_ticked: if self.timed { self.item } else { Some(self.item.unwrap_or(0)) },
            basis: "none".to_owned(),
        }
    }
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Nonverbal), Just(Kind::Verbal), Just(Kind::Reflective)]
}

fn channel() -> impl Strategy<Value = Channel> {
    prop_oneof![2 => Just(Channel::Video), 1 => Just(Channel::Sound)]
}

fn channels() -> impl Strategy<Value = Set<Channel>> {
    prop_oneof![3 => Just(Set::all()), 2 => channel().prop_map(|only| Set::of(&[only]))]
}

fn row() -> impl Strategy<Value = Row> {
    let item = (option::of(0..ITEMS), channels());
    let shape = (kinds(), item, any::<bool>(), prop::bool::weighted(0.2), (0..99_u64, 1..60_u64));
    let numbers = (
        option::of(prop_oneof![2..20_u64, 2..100_u64]),
        1..=20_u32,
        prop_oneof![0..10_u64, 0..=100_u64],
        1..=100_u64,
        1..=5_u8,
        3..=60_u64,
        1..=6_u32,
    );
    (shape, numbers).prop_map(
        |(
            (kind, (item, channels), timed, from_end, (near, width)),
            (repeat, max, cooldown, expires, priority, dwell, every),
        )| {
            Row {
                kind,
                item,
                channels,
                timed,
                from_end,
                window: (near, (near + width).min(100)),
                repeat,
                max,
                cooldown,
                expires,
                priority,
                dwell,
                ongoing_every: every,
            }
        },
    )
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let rules = (0..=30_u64, 4..=40_u64, 0..=10_u64, 2..=30_u64, 0..=300_u64, 0..=120_u64, 10..=300_u64);
    let profile = (0..=40_u32, 0..=40_u32, prop_oneof![2..16_u64, 2..=120_u64], 1..=10_u32, 1..=5_u8, any::<bool>());
    let odd = (rules, profile, vec(row(), 1..14))
        .prop_map(|(rules, profile, prompts)| Sketch::Odd(Box::new(Odd { rules, profile, prompts })));
    prop_oneof![Just(Sketch::Shipped), odd]
}

/// A deck and a Start.
#[derive(Clone, Debug)]
pub struct World {
    pub sketch: Sketch,
    pub minutes: u16,
    pub kind: SessionKind,
    pub channel: Channel,
    pub profile: usize,
    pub seed: u32,
}

impl World {
    pub fn choices(&self, deck: &Deck) -> Choices {
        let profile = &deck.profiles[self.profile % deck.profiles.len()];
        let prompt = &deck.prompts[self.seed as usize % deck.prompts.len()];
        // Half of all sessions have an intention.
        let intention = self.seed.is_multiple_of(2).then(|| prompt.id.to_string());
        Choices {
            minutes: self.minutes,
            kind: self.kind,
            profile: profile.id.to_string(),
            intention,
            channel: self.channel,
        }
    }
}

fn session_kinds() -> impl Strategy<Value = SessionKind> {
    prop_oneof![Just(SessionKind::First), Just(SessionKind::Early), Just(SessionKind::Ongoing)]
}

pub fn world() -> impl Strategy<Value = World> {
    let minutes = prop_oneof![3 => Just(50_u16), 1 => prop::sample::select(vec![25, 45, 60, 90]), 2 => 5..=180_u16];
    (sketch(), minutes, session_kinds(), channel(), 0..4_usize, any::<u32>()).prop_map(
        |(sketch, minutes, kind, channel, profile, seed)| World { sketch, minutes, kind, channel, profile, seed },
    )
}

/// How time passes before an input.
#[derive(Clone, Debug)]
pub enum Wait {
    /// This many milliseconds pass.
    Ms(u64),
    /// Time passes to the next deadline and this many milliseconds beyond it (or before it).
    Deadline(i64),
    /// The clock steps back by this many milliseconds.
    Back(u64),
    /// The clock jumps to this reading.
    To(u64),
}

pub fn wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        12 => Just(Wait::Ms(0)),
        15 => (1..5_000_u64).prop_map(Wait::Ms),
        12 => (5_000..180_000_u64).prop_map(Wait::Ms),
        40 => Just(Wait::Deadline(0)),
        4 => Just(Wait::Deadline(-1)),
        8 => (1..60_000_i64).prop_map(Wait::Deadline),
        3 => (60_000..200_000_i64).prop_map(Wait::Deadline),
        2 => (180_000..7_200_000_i64).prop_map(Wait::Deadline),
        2 => (1..7_200_000_u64).prop_map(Wait::Back),
    ]
}

/// As [`wait`], and clocks that no computer has.
pub fn wild_wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        12 => wait(),
        1 => prop_oneof![Just(0), Just(1), Just(u64::MAX), Just(u64::MAX - 1), any::<u64>()].prop_map(Wait::To),
        1 => prop_oneof![any::<u64>(), 0..100_000_000_000_u64].prop_map(Wait::Ms),
    ]
}

/// The showing that an input names.
#[derive(Clone, Debug)]
pub enum Which {
    /// The one on screen; 0 if there is none.
    This,
    /// The one with this number.
    Number(u32),
}

/// Something that the therapist does.
#[derive(Clone, Debug)]
pub enum Act {
    Do(Input),
    Start(World),
    Answer(Which, Answer),
    Open(Which),
    Close(Which),
    Linger(Which),
    Tick(usize, bool),
    Allow(usize),
    Moment(usize),
}

fn which() -> impl Strategy<Value = Which> {
    prop_oneof![8 => Just(Which::This), 1 => (0..20_u32).prop_map(Which::Number), 1 => any::<u32>().prop_map(Which::Number)]
}

fn answers() -> impl Strategy<Value = Answer> {
    prop_oneof![3 => Just(Answer::DidIt), 2 => Just(Answer::Already), 4 => Just(Answer::NotNow), 1 => Just(Answer::Never)]
}

/// Inputs that do not depend on the deck or the view.
pub fn plain_input() -> impl Strategy<Value = Input> {
    let words = || prop_oneof![Just(String::new()), Just("nobody".to_owned()), Just("\u{202e}\0".to_owned())];
    prop_oneof![
        30 => Just(Input::Look),
        10 => Just(Input::Glance),
        5 => Just(Input::NotNow),
        2 => Just(Input::HoldKey),
        2 => Just(Input::HideKey),
        1 => Just(Input::SharingKey),
        1 => Just(Input::ShareDetected(true)),
        3 => Just(Input::ShareDetected(false)),
        1 => Just(Input::ShareDeclared(true)),
        3 => Just(Input::ShareDeclared(false)),
        1 => Just(Input::MomentKey),
        1 => Just(Input::CrisisKey),
        1 => Just(Input::SoundKey),
        2 => channel().prop_map(Input::Switch),
        2 => option::of(prop_oneof![6 => 0..=10_u16, 1 => any::<u16>()]).prop_map(Input::Hold),
        4 => Just(Input::Release),
        1 => Just(Input::Crisis(true)),
        3 => Just(Input::Crisis(false)),
        1 => Just(Input::Pause(true)),
        3 => Just(Input::Pause(false)),
        1 => Just(Input::Hide(true)),
        4 => Just(Input::Hide(false)),
        2 => prop_oneof![6 => 0..=190_u16, 1 => any::<u16>()].prop_map(Input::ExtendTo),
        4 => any::<bool>().prop_map(Input::CountSleep),
        2 => prop::sample::select(vec![Input::CallBegan, Input::CallOver, Input::CallBack]),
        2 => Just(Input::ConfirmEnd(false)),
        1 => (words(), any::<bool>()).prop_map(|(id, done)| Input::Tick { item: id, done }),
        1 => words().prop_map(Input::Allow),
        1 => Just(Input::Dismiss),
    ]
}

pub fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        60 => plain_input().prop_map(Act::Do),
        1 => prop_oneof![Just(Input::End), Just(Input::ConfirmEnd(true))].prop_map(Act::Do),
        3 => world().prop_map(Act::Start),
        1 => (any::<u16>(), session_kinds(), any::<u32>()).prop_map(|(minutes, kind, seed)| {
            Act::Do(Input::Start { choices: Choices { minutes, kind, profile: "nobody".to_owned(), intention: None, ..Choices::default() }, seed })
        }),
        14 => (which(), answers()).prop_map(|(which, answer)| Act::Answer(which, answer)),
        3 => which().prop_map(Act::Open),
        2 => which().prop_map(Act::Close),
        2 => which().prop_map(Act::Linger),
        6 => (any::<usize>(), prop::bool::weighted(0.7)).prop_map(|(item, done)| Act::Tick(item, done)),
        2 => any::<usize>().prop_map(Act::Allow),
        2 => any::<usize>().prop_map(Act::Moment),
    ]
}

/// A wait, and then an act.
pub type Step = (Wait, Act);

pub fn script(steps: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    vec((wait(), act()), steps)
}

/// Everything that can be sent.
pub fn any_act() -> impl Strategy<Value = Act> {
    let by_itself = any::<u32>()
        .prop_flat_map(|seed| {
            prop::sample::select(vec![Input::StartAutomatically(seed), Input::StartNext(seed), Input::GoOn])
        })
        .prop_map(Act::Do);
    prop_oneof![60 => act(), 1 => by_itself]
}

pub fn wild_script(steps: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    vec((wild_wait(), any_act()), steps)
}

/// An engine and the time.
pub struct Run {
    pub engine: Engine,
    pub now: Timestamp,
}

impl Run {
    /// Starts a session.
    pub fn begin(world: &World) -> (Run, Outcome) {
        let deck = world.sketch.deck();
        let choices = world.choices(&deck);
        let mut run = Run { engine: Engine::new(deck), now: NINE };
        let outcome = run.engine.dispatch(run.now, Input::Start { choices, seed: world.seed });
        (run, outcome)
    }

    /// Wakes the session at each of its deadlines until it ends by itself.
    pub fn drive_bounded(&mut self, mut wake: impl FnMut(&mut Run)) {
        for _ in 0..1_000 {
            let Some(deadline) = self.engine.poll_timeout() else { return };
            assert!(deadline > self.now, "a wake-up at {deadline:?} that is not later than {:?}", self.now);
            self.now = deadline;
            wake(self);
        }
        panic!("a thousand wake-ups, and the session goes on");
    }

    /// Lets time pass.
    pub fn wait(&mut self, wait: &Wait) {
        let now = self.now.0;
        self.now = Timestamp(match *wait {
            Wait::Ms(ms) => now.saturating_add(ms),
            Wait::Deadline(ms) => {
                let deadline = self.engine.poll_timeout().map_or(now, |deadline| deadline.0);
                deadline.saturating_add_signed(ms).max(now)
            }
            Wait::Back(ms) => now.saturating_sub(ms),
            Wait::To(at) => at,
        });
    }

    /// The input that an act stands for at present.
    pub fn input(&self, act: &Act, view: &View) -> Input {
        let number = |which: &Which| match which {
            Which::This => number_on_screen(view).unwrap_or(0),
            Which::Number(number) => *number,
        };
        let deck = self.engine.deck();
        match act {
            Act::Do(input) => input.clone(),
            Act::Start(world) => Input::Start { choices: world.choices(deck), seed: world.seed },
            Act::Answer(which, answer) => Input::Answer { number: number(which), answer: *answer },
            Act::Open(which) => Input::Open(number(which)),
            Act::Close(which) => Input::Close(number(which)),
            Act::Linger(which) => Input::Linger(number(which)),
            Act::Tick(item, done) => match deck.checklist.len() {
                0 => Input::Look,
                items => Input::Tick { item: deck.checklist[item % items].id.to_string(), done: *done },
            },
            Act::Moment(prompt) => {
                let is_moment = |prompt: &&Prompt| matches!(prompt.trigger, Trigger::Moment(_));
                let moments: Vec<&Prompt> = deck.prompts.iter().filter(is_moment).collect();
                Input::Moment(moments[prompt % moments.len()].id.to_string())
            }
            Act::Allow(prompt) => Input::Allow(deck.prompts[prompt % deck.prompts.len()].id.to_string()),
        }
    }
}

/// The number of the showing on screen.
pub fn number_on_screen(view: &View) -> Option<u32> {
    match &view.popup {
        Popup::Running(running) => running.cue.as_ref().map(|cue| cue.number),
        Popup::Ready(_) | Popup::Ended(_) => None,
    }
}
