// @ts-check
// What the surfaces draw: the strip, the popup, and why a prompt came.

import { MINUTE } from './plan.mjs';

/** @import { Deck } from './deck.mjs' */
/** @import { Next } from './pacing.mjs' */
/** @import { Session, Showing } from './session.mjs' */
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
  if (session.hidden) return 'clear';
  if (gap && session.asks()) return { question: { away: message('question_away', minutesUp(gap.length)) } };
  if (showing) {
    const { number, stage } = showing;
    const { kind, cue } = deck.prompts[showing.prompt];
    if (stage === 'dot') return { dot: { number } };
    return stage === 'words' ? { words: { number, kind, cue } } : { card: card(session, showing) };
  }
  return notice ? { notice: notice.message ?? left(session) } : 'clear';
}

/** @param {Session} session @param {Showing} showing */
function card(session, { number, prompt, why }) {
  const { kind, cue, text, say } = session.deck.prompts[prompt];
  return { number, kind, cue, text, say, why, left: left(session) };
}

/** @param {Session} session */
export function running(session) {
  const { deck, start, elapsed, ticks, showing, gap, banned, minutes } = session;
  const hour = session.hour();
  const phase = hour.phase(elapsed);
  // In a session that runs over, five minutes from now.
  const longer = Math.min(Math.max(minutes, minutesUp(elapsed)) + 5, 180);
  const applies = start.kind === 'first' ? ['every', 'first'] : ['every'];
  const checklist = deck.checklist
    .map((item, index) => ({ ...item, done: ticks[index] !== undefined }))
    .filter((item) => item.phase === phase && (item.done || applies.includes(item.applies)))
    .map(({ id, label, explanation, done }) => ({ id, label, explanation, done }));
  return {
    phase,
    profile: session.profile.label,
    left: left(session),
    elapsed,
    length: hour.end,
    minute_at: session.pausedSince === null ? session.now + MINUTE - (elapsed % MINUTE) : null,
    quiet: [[0, hour.openingQuiet], [hour.closing, hour.end]],
    marks: marks(session),
    cue: showing && card(session, showing),
    silence: silence(session),
    question: gap && message('question_away', minutesUp(gap.length)),
    checklist,
    banned: banned === null ? null : { id: deck.prompts[banned].id, cue: deck.prompts[banned].cue },
    extended: longer > minutes ? longer : null,
  };
}

/** What came so far. @param {{deck: Deck, log: {prompt: number, at: number, outcome: string}[]}} session */
export function marks({ deck, log }) {
  return log.map(({ prompt, at, outcome }) => ({
    at,
    cue: deck.prompts[prompt].cue,
    outcome: { key: `outcome_${outcome}` },
  }));
}

/** @param {Session} session */
function silence({ crisisOn, pausedSince, hidden, hold, elapsed }) {
  if (crisisOn) return 'crisis';
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
export function why(session, { prompt, slot }) {
  const { deck, elapsed, tallies, ages, last } = session;
  const minute = minutesDown(elapsed) + 1;
  const hour = session.hour();
  const tally = tallies[prompt];
  const { item } = deck.prompts[prompt];
  if (tally?.returning) return message('why_put_off', minutesUp(elapsed - tally.last));
  if (slot === null && item !== null) {
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
