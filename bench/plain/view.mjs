// @ts-check
// What the surfaces draw: the strip, the popup, and why a prompt came.

import { suits } from './deck.mjs';
import { restsUntil, stretch } from './fading.mjs';
import { MINUTE } from './plan.mjs';

/** @import { Channel, Deck, Item } from './deck.mjs' */
/** @import { Next } from './pacing.mjs' */
/** @import { Memory, Session, Showing } from './session.mjs' */
/** @typedef {{key: string, args?: string[]}} Message */

/** @param {number} span */
const minutesUp = (span) => Math.ceil(Math.max(0, span) / MINUTE);
/** @param {number} span */
const minutesDown = (span) => Math.floor(Math.max(0, span) / MINUTE);
/** @param {string} key @param {(string | number)[]} args @returns {Message} */
const message = (key, ...args) => ({ key, args: args.map(String) });

/** @param {Session} session */
export function strip(session) {
  const { deck, gap, showing, notice } = session;
  if (session.isOutOfSight()) return 'clear';
  if (gap && session.asks()) return { question: { away: message('question_away', minutesUp(gap.length)) } };
  if (showing && !session.keepsBack(showing)) {
    const { number, stage } = showing;
    const { kind, cue } = deck.prompts[showing.prompt];
    if (stage === 'dot') return { dot: { number } };
    return stage === 'words' ? { words: { number, kind, cue } } : { card: card(session, showing) };
  }
  return notice ? { notice: notice.message ?? left(session) } : 'clear';
}

/** @param {Session} session @param {Showing} showing */
function card(session, { number, prompt, why }) {
  const { kind, cue, text, say, reason } = session.deck.prompts[prompt];
  return { number, kind, cue, text, say, why, reason, left: left(session), never: !session.isCrisis(prompt) };
}

/** @param {Session} session */
export function running(session) {
  const { deck, start, elapsed, ticks, showing, gap, banned, minutes } = session;
  const hour = session.hour();
  const phase = hour.phase(elapsed);
  // In a session that runs over, offer five minutes from now.
  const longer = Math.min(Math.max(minutes, minutesUp(elapsed)) + 5, 180);
  return {
    phase,
    channel: session.channel,
    profile: session.profile.label,
    left: left(session),
    elapsed,
    length: hour.end,
    minute_at: session.pausedSince === null ? session.now + MINUTE - (elapsed % MINUTE) : null,
    intention: deck.prompts.find(({ id }) => id === start.intention)?.cue ?? null,
    quiet: [[0, hour.openingQuiet], [hour.closing, hour.end]],
    may: hour
      .slots(session.profile, start.seed, session.slotsUsed)
      .filter(({ close }) => close > elapsed)
      .map(({ open, close }) => [Math.max(open, elapsed), close]),
    silences: session.silences.map(({ from, to }) => [from, to ?? elapsed]),
    moments: session.pausedSince === null ? moments(session) : [],
    marks: marks(session),
    cue: showing && card(session, showing),
    silence: silence(session),
    sharing: session.shares(),
    question: gap && message('question_away', minutesUp(gap.length)),
    over: false, // this engine knows no calls
    another: false,
    checklist: rows(deck, phase, { kind: start.kind, channel: session.channel }, (item) => ticks[item] !== undefined),
    banned: banned === null ? null : { id: deck.prompts[banned].id, cue: deck.prompts[banned].cue },
    extended: longer > minutes ? longer : null,
  };
}

/** The calls that something suits. @param {Parameters<typeof suits>[0]} one */
const channels = (one) => /** @type {const} */ (['video', 'sound']).filter((channel) => suits(one, channel));

/** @param {Item} item @param {boolean} done */
const row = ({ id, label, explanation }, done) => ({ id, label, explanation, done });

/**
 * The items of a phase.
 * @param {Deck} deck
 * @param {string} phase
 * @param {{kind: string, channel: Channel}} session
 * @param {(item: number) => boolean} done
 */
export function rows({ checklist }, phase, { kind, channel }, done) {
  const applies = kind === 'first' ? ['every', 'first'] : ['every'];
  return checklist.flatMap((item, index) =>
    item.phase === phase && (done(index) || (applies.includes(item.applies) && suits(item, channel)))
      ? [row(item, done(index))]
      : [],
  );
}

/** The items to do before the call, core ones first. @param {Deck} deck @param {number[]} ticks */
export function readyCheck({ checklist }, ticks) {
  const before = checklist.flatMap((item, index) =>
    item.phase === 'before' && item.applies !== 'when_needed'
      ? [{ row: row(item, ticks.includes(index)), core: item.core, first: item.applies === 'first', channels: channels(item) }]
      : [],
  );
  return before.toSorted((a, b) => Number(b.core) - Number(a.core));
}

/** The prompts that can be practised. @param {Deck} deck @param {Memory} memory */
export function skills({ prompts }, { never }) {
  const turns = prompts.filter(({ id, trigger }) => trigger === 'timer' && !never.includes(id));
  return turns.map((prompt) => ({ id: prompt.id, kind: prompt.kind, cue: prompt.cue, channels: channels(prompt) }));
}

/** @param {Session} session */
function moments(session) {
  return session.deck.prompts.flatMap(({ id, moment }, prompt) => (moment && session.hasMoment(prompt) ? [{ id, ...moment }] : []));
}

/** The prompts that do not come, or come less often. @param {Deck} deck @param {Memory} memory */
export function resting({ prompts }, { never, fading }) {
  const away = prompts.flatMap(({ id, cue }) => {
    const until = restsUntil(fading[id]);
    const entry = (/** @type {string} */ key) => [{ id, cue, why: { key }, until: key === 'resting_never' ? null : until }];
    if (never.includes(id)) return entry('resting_never');
    if (until !== null) return entry('resting_done_anyway');
    return stretch(fading[id]) > 1 ? entry('resting_seldom') : [];
  });
  return away.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Says how many prompts fade, once that is half of those in rotation. @param {Deck} deck @param {Memory} memory */
export function faded(deck, memory) {
  const all = skills(deck, memory);
  const few = all.filter(({ id }) => restsUntil(memory.fading[id]) !== null || stretch(memory.fading[id]) > 1);
  return few.length > 0 && 2 * few.length >= all.length ? message('resting_most', few.length, all.length) : null;
}

/** The prompts that came so far. @param {{deck: Deck, log: {prompt: number, at: number, outcome: string}[]}} session */
export function marks({ deck, log }) {
  return log.map(({ prompt, at, outcome }) => ({
    at,
    cue: deck.prompts[prompt].cue,
    outcome: { key: `outcome_${outcome}` },
  }));
}

/** @param {Session} session */
function silence(session) {
  const { crisisOn, pausedSince, hidden, hold, elapsed } = session;
  if (crisisOn) return 'crisis';
  if (session.shares()) return 'sharing';
  if (pausedSince !== null) return 'paused';
  if (hidden) return 'hidden';
  if (!hold) return 'none';
  if (hold.until === null) return { hold: { key: 'silence_hold_end' } };
  return { hold: message('silence_hold', minutesUp(hold.until - elapsed)) };
}

/** @param {Session} session */
function left(session) {
  const over = session.elapsed - session.hour().end;
  return over < 0 ? message('time_left', minutesUp(-over)) : message('time_over', minutesDown(over));
}

/** The minutes on the badge: in steps of five until the last five. @param {number} elapsed @param {number} end */
export function badgeMinutes(elapsed, end) {
  const minutes = minutesUp(end - elapsed);
  return minutes > 5 ? Math.ceil(minutes / 5) * 5 : minutes;
}

/** @param {number} elapsed @param {number} end */
export function badgeChanges(elapsed, end) {
  const minutes = badgeMinutes(elapsed, end);
  if (minutes === 0) return null;
  return end - (minutes > 5 ? minutes - 5 : minutes - 1) * MINUTE;
}

/** Why a prompt comes now. @param {Session} session @param {Next} next @returns {Message} */
export function why(session, { prompt, cause }) {
  const { deck, elapsed, tallies, ages, last } = session;
  const minute = minutesDown(elapsed) + 1;
  const hour = session.hour();
  const tally = tallies[prompt];
  const { item, moment } = deck.prompts[prompt];
  if (cause === 'moment' && moment) return message('why_moment', moment.label);
  if (tally?.returning) return message('why_put_off', minutesUp(elapsed - tally.last));
  if (cause === 'checklist' && item !== null) {
    const { label } = deck.checklist[item];
    if (hour.phase(elapsed) === 'closing') return message('why_closing', minutesUp(hour.end - elapsed), label);
    return message(tally ? 'why_still_unticked' : 'why_unticked', minute, label);
  }
  if (tally) return message('why_again', minute, minutesDown(elapsed - tally.last));
  if (last === null) return message('why_turn_first', minute);
  const since = minutesDown(elapsed - last);
  const age = ages[prompt];
  if (age.seen && age.sessions > 1) return message('why_turn_rested', minute, since, age.sessions);
  return message('why_turn', minute, since);
}
