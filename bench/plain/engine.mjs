// @ts-check
// The same pacing rules in plain JavaScript, as a web developer would write them: a baseline for the Rust core, and a
// second opinion on what it does. It takes the same inputs and makes the same views, but trusts its deck and its
// inputs, and restores nothing.

import { Session } from './session.mjs';
import { badgeMinutes, marks, readyCheck, resting, rows, running, faded, skills, strip } from './view.mjs';

/** @import { Deck } from './deck.mjs' */
/** @typedef {{minutes: number, kind: import('./deck.mjs').SessionKind, channel: import('./deck.mjs').Channel, profile: string,
 *   intention?: string}} Choices */

/** How long the ready check keeps its ticks; after that it was for another session. */
const PREPARED = 120 * 60_000;
/** How long the therapist can go on with a session that has ended by itself. */
const GO_ON = 60 * 60_000;

const KEYS = ['glance', 'not_now', 'hold_key', 'hide_key', 'sharing_key', 'sound_key', 'moment_key', 'crisis_key'];

export class Engine {
  /** @param {Deck} deck */
  constructor(deck) {
    this.deck = deck;
    /** @type {Choices} */
    this.choices = { minutes: 50, kind: 'ongoing', channel: 'video', profile: 'standard' };
    /** @type {import('./session.mjs').Memory} */
    this.memory = { sessions: 0, lastCame: {}, never: [], fading: {} };
    /** The items ticked before Start, by index. */
    this.prepared = /** @type {{at: number, ticks: number[]} | null} */ (null);
    this.session = /** @type {Session | null} */ (null);
    /** @type {{minutes: number, kind: string, channel: import('./deck.mjs').Channel, log: Session['log'], byItself: boolean,
     *   goOnUntil: number | null, ticks: number[]} | null} */
    this.ended = null;
    this.saved = '';
  }

  /** Takes an input and returns the view and the effects. @param {number} now @param {any} input */
  dispatch(now, input) {
    this.step(now, input);
    const view = this.view();
    const snapshot = this.snapshot();
    const save = snapshot === this.saved ? null : snapshot;
    this.saved = snapshot;
    return { view, effects: { save, badge: this.badge(), alarm: view.wake_at, strip: this.session !== null }, problem: null };
  }

  /** Like `dispatch`, but without the view. @param {number} now @param {any} input */
  step(now, input) {
    this.session?.advance(now);
    if (typeof input === 'object' && 'start' in input) this.session?.lapse();
    if (this.session?.over) this.end(now, true);
    if (this.prepared && now - this.prepared.at >= PREPARED) this.prepared = null;
    if (this.ended?.goOnUntil && now >= this.ended.goOnUntil) this.ended.goOnUntil = null;
    const [verb, value] = typeof input === 'string' ? [input, undefined] : Object.entries(input)[0];
    this.carryOut(now, verb, value);
    if (verb !== 'look') this.session?.goOn();
  }

  wakeAt() {
    return this.session?.wakeAt() ?? this.ended?.goOnUntil ?? null;
  }

  /** @param {number} now @param {string} verb @param {any} value */
  carryOut(now, verb, value) {
    const { session } = this;
    if (verb === 'start' && !session) this.begin(now, value.choices, value.seed);
    if (verb === 'end') this.end(now, false);
    if (verb === 'dismiss') this.ended = null;
    if (verb === 'allow') this.allow(value);
    if (verb === 'tick' && !session) this.tick(now, value.item, value.done);
    if (!session) return;
    if (KEYS.includes(verb) && !session.press(verb)) {
      if (verb === 'hide_key') session.hide(true);
      if (verb === 'sharing_key') session.share('declared', true);
      return;
    }
    if (verb === 'glance') session.glance();
    if (verb === 'not_now') session.notNow();
    if (verb === 'hold_key') session.holdKey();
    if (verb === 'hide_key') session.hide(!session.hidden);
    if (verb === 'sharing_key') session.share('declared', !session.shares());
    if (verb === 'sound_key') session.soundKey();
    if (verb === 'moment_key') session.momentKey();
    if (verb === 'crisis_key') session.crisisKey();
    if (verb === 'answer') session.answer(value.number, value.answer);
    if (verb === 'open') session.open(value);
    if (verb === 'close') session.close(value);
    if (verb === 'linger') session.linger(value);
    if (verb === 'hold') session.holdFor(value);
    if (verb === 'release') session.release();
    if (verb === 'crisis') session.crisis(value);
    if (verb === 'pause') session.pause(value);
    if (verb === 'hide') session.hide(value);
    if (verb === 'share_detected') session.share('detected', value);
    if (verb === 'share_declared') session.share('declared', value);
    if (verb === 'extend_to') session.extendTo(value);
    if (verb === 'switch') session.switchTo(value);
    if (verb === 'tick') session.tick(value.item, value.done);
    if (verb === 'moment') session.moment(value);
    if (verb === 'count_sleep') session.countSleep(value);
    if (verb === 'allow') session.allow(value);
  }

  /** @param {number} now @param {Choices} choices @param {number} seed */
  begin(now, choices, seed) {
    this.memory.sessions += 1;
    this.session = new Session(this.deck, this.memory, { ...choices, seed }, now);
    for (const item of this.prepared?.ticks ?? []) this.session.ticks[item] = 0;
    this.prepared = null;
    // The intention is chosen separately for each session.
    const { minutes, kind, channel, profile } = choices;
    this.choices = { minutes, kind, channel, profile };
    this.ended = null;
  }

  /** @param {string} id */
  allow(id) {
    this.memory.never = this.memory.never.filter((other) => other !== id);
    delete this.memory.fading[id];
  }

  /**
   * Ticks an item of the ready check, or one to do after the session.
   * @param {number} now
   * @param {string} id
   * @param {boolean} done
   */
  tick(now, id, done) {
    const item = this.deck.checklist.findIndex((row) => row.id === id);
    if (item < 0 || (!this.ended && this.deck.checklist[item].phase !== 'before')) return;
    if (!this.ended) this.prepared = { at: now, ticks: this.prepared?.ticks ?? [] };
    const list = this.ended ?? this.prepared ?? { ticks: [] };
    list.ticks = list.ticks.filter((other) => other !== item).concat(done ? [item] : []);
  }

  /** @param {number} now @param {boolean} byItself */
  end(now, byItself) {
    if (!this.session) return;
    this.session.endShowing('silenced');
    const { elapsed, log, start, channel } = this.session;
    const [minutes, goOnUntil] = [Math.floor(elapsed / 60_000), byItself ? now + GO_ON : null];
    this.ended = { minutes, kind: start.kind, channel, log, byItself, goOnUntil, ticks: [] };
    this.session = null;
  }

  snapshot() {
    const { choices, memory, prepared, ended } = this;
    // A snapshot needs neither the deck nor what follows from it.
    const left = { deck: undefined, profile: undefined, ages: undefined, memory: undefined };
    const session = this.session && { ...this.session, ...left };
    return JSON.stringify({ version: 1, choices, memory, prepared, session, ended });
  }

  view() {
    const { session, deck, memory } = this;
    return {
      strip: session ? strip(session) : 'clear',
      popup: this.popup(),
      resting: resting(deck, memory),
      wake_at: this.wakeAt(),
    };
  }

  popup() {
    if (this.session) return { running: running(this.session) };
    if (this.ended) {
      const { minutes, kind, channel, log, byItself, goOnUntil, ticks } = this.ended;
      const checklist = rows(this.deck, 'after', { kind, channel }, (item) => ticks.includes(item));
      return { ended: { minutes, marks: marks({ deck: this.deck, log }), by_itself: byItself, may_go_on: goOnUntil !== null, checklist } };
    }
    const profiles = this.deck.profiles.map(({ id, label, forWhom, timed }) => {
      return { id, label, for_whom: forWhom, timed_per_50: timed };
    });
    const checklist = readyCheck(this.deck, this.prepared?.ticks ?? []);
    const locks = { by: '', settings: [] }; // settings are not part of pacing, so none are set
    const { choices, deck, memory } = this;
    return { ready: { ...choices, profiles, locks, checklist, skills: skills(deck, memory), faded: faded(deck, memory) } };
  }

  badge() {
    if (!this.session) return { text: '', title: { key: 'name' } };
    const { pausedSince, elapsed } = this.session;
    const text = pausedSince === null ? String(badgeMinutes(elapsed, this.session.hour().end)) : 'II';
    return { text, title: { key: 'badge_running' } };
  }
}
