// @ts-check
// How a deck's minutes, written for 50, fit a session of any length, and where its slots are. All times in
// milliseconds.

import { upTo } from './chance.mjs';

/** @import { Profile, Rules, Timing } from './deck.mjs' */
/** @typedef {{number: number, open: number, due: number, close: number}} Slot */

export const MINUTE = 60_000;
const REFERENCE = 50 * MINUTE;
const SHORT = 40 * MINUTE;
const OPENING = 12 * MINUTE;

/** Shorter in a short session, otherwise unchanged. @param {number} span @param {number} length */
function shrunk(span, length) {
  return length < SHORT ? Math.floor((span * length) / REFERENCE) : span;
}

/** @param {number} per50 @param {number} length */
function scaled(per50, length) {
  return Math.floor((per50 * length + REFERENCE / 2) / REFERENCE);
}

export class Hour {
  /** @param {number} planned in minutes @param {number} length in minutes @param {Rules} rules */
  constructor(planned, length, rules) {
    this.planned = planned * MINUTE;
    this.end = length * MINUTE;
    this.rules = rules;
    this.openingQuiet = shrunk(rules.openingQuiet, this.end);
    this.closing = this.end - shrunk(rules.closing, this.end);
    this.closingQuiet = this.end - shrunk(rules.closingQuiet, this.end);
  }

  /** @param {number} at */
  phase(at) {
    if (at >= this.closing) return 'closing';
    return at < this.place(OPENING) ? 'opening' : 'working';
  }

  /** Where a minute of the reference hour falls in this one: the opening keeps its minutes. @param {number} minute */
  place(minute) {
    if (this.end < SHORT || minute <= OPENING) return shrunk(minute, this.end);
    return OPENING + Math.floor(((minute - OPENING) * (this.end - OPENING)) / (REFERENCE - OPENING));
  }

  /** @param {Timing} timing */
  window({ anchor, from, to }) {
    if (anchor === 'start') return { opens: this.place(from), closes: this.place(to) };
    return {
      opens: Math.max(0, this.end - shrunk(from, this.end)),
      closes: Math.max(0, this.end - shrunk(to, this.end)),
    };
  }

  /** @param {number} per50 */
  budget(per50) {
    return scaled(per50, this.end);
  }

  /** Uses the planned length, so that extending a session keeps its slots where they are. @param {Profile} profile */
  slotWidth(profile) {
    const { rules, planned } = this;
    const working = Math.max(0, planned - shrunk(rules.openingQuiet, planned) - shrunk(rules.closing, planned));
    const inPlan = Math.min(scaled(profile.timed, planned), Math.max(1, Math.floor(working / profile.gap)));
    return inPlan === 0 ? 0 : Math.floor(working / inPlan);
  }

  /** How far a prompt may move from the middle of its slot. @param {Profile} profile */
  jitter(profile) {
    return Math.min(this.rules.jitter, Math.floor(Math.max(0, this.slotWidth(profile) - profile.gap) / 2));
  }

  /**
   * The slots of the working phase from number `first` on.
   * @param {Profile} profile
   * @param {number} seed
   * @param {number} first
   */
  slots(profile, seed, first) {
    /** @type {Slot[]} */
    const slots = [];
    const width = this.slotWidth(profile);
    if (width === 0) return slots;
    const jitter = this.jitter(profile);
    const room = Math.max(0, this.closing - this.openingQuiet);
    const count = Math.min(Math.floor(room / width), this.budget(profile.timed));
    for (let number = first; number < count; number++) {
      const open = this.openingQuiet + width * number;
      const earliest = Math.max(0, open + Math.floor(width / 2) - jitter);
      slots.push({ number, open, due: earliest + upTo(seed, number, jitter * 2), close: open + width });
    }
    return slots;
  }
}
