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
/** The salt of the chance that moves all slots. */
const SHIFT = 0xffffffff;

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

  /**
   * The slots of the working phase whose middle comes after `used`. Their width comes from the planned length, so that
   * extending a session keeps them where they are; what the gaps leave over moves them all by chance.
   * @param {Profile} profile
   * @param {number} seed
   * @param {number} used
   */
  slots(profile, seed, used) {
    const { rules, planned } = this;
    const working = Math.max(0, planned - shrunk(rules.openingQuiet, planned) - shrunk(rules.closing, planned));
    const inPlan = Math.min(scaled(profile.timed, planned), Math.max(1, Math.floor(working / profile.gap)));
    const spare = Math.max(0, working - profile.gap * inPlan);
    const shift = Math.min(spare, rules.jitter * 2);
    const width = inPlan === 0 ? 0 : Math.floor((working - shift) / inPlan);
    /** @type {Slot[]} */
    const slots = [];
    if (width === 0) return slots;
    const jitter = Math.min(rules.jitter, Math.floor(width / 4));
    const start = this.openingQuiet + upTo(seed, SHIFT, shift);
    const count = Math.min(Math.floor(Math.max(0, this.closing - start) / width), this.budget(profile.timed));
    for (let number = 0; number < count; number++) {
      const open = start + width * number;
      const earliest = Math.max(0, open + Math.floor(width / 2) - jitter);
      const slot = { number, open, due: earliest + upTo(seed, number, jitter * 2), close: open + width };
      if (Math.floor((slot.open + slot.close) / 2) > used) slots.push(slot);
    }
    return slots;
  }
}
