// @ts-check
// One session from Start to End. `advance` brings it up to date, the actions change it, `wakeAt` says when to come
// back.

import { suits } from './deck.mjs';
import { learn, unfaded } from './fading.mjs';
import { Pacing, untouched } from './pacing.mjs';
import { Hour, MINUTE } from './plan.mjs';
import { badgeChanges, why } from './view.mjs';

/** @import { Channel, Deck, Kind, Profile, SessionKind } from './deck.mjs' */
/** @import { Message } from './view.mjs' */
/** @typedef {{minutes: number, kind: SessionKind, channel: Channel, profile: string, seed: number, intention?: string}} Start */
/** By prompt id. @typedef {{sessions: number, lastCame: Record<string, number>, never: string[],
 *   fading: Record<string, import('./fading.mjs').Fading>}} Memory */
/** @typedef {{shown: number, last: number, putOff: boolean, returning: boolean, rests: boolean}} Tally */
/** @typedef {{number: number, prompt: number, cause: import('./pacing.mjs').Cause, since: number, until: number,
 *   stage: 'dot' | 'words' | 'card', stageUntil: number, why: Message}} Showing */
/** @typedef {'did_it' | 'already' | 'not_now' | 'never'} Answer */

const SLEPT = 3 * MINUTE;
const QUESTION = 2 * MINUTE;
const SETTLE = MINUTE;
const CARD = MINUTE;
const LINGER = 5_000;
const NOTICE = 4_000;
const LEFT_RUNNING = 60 * MINUTE;
const MINUTES_MAX = 180;
const SILENCES = 50;
/** A key or a moment that comes again this soon is the same press. */
const AGAIN = 1_000;

export class Session {
  /** @param {Deck} deck @param {Memory} memory @param {Start} start @param {number} now */
  constructor(deck, memory, start, now) {
    const profile = deck.profiles.find(({ id }) => id === start.profile);
    if (!profile) throw new Error(`There is no profile ${start.profile}.`);
    this.deck = deck;
    this.memory = memory;
    this.start = start;
    this.profile = profile;
    this.ages = deck.prompts.map(({ id }) => {
      const last = memory.lastCame[id];
      return { sessions: memory.sessions - (last ?? 0), seen: last !== undefined };
    });
    this.began = now;
    this.now = now;
    this.elapsed = 0;
    this.minutes = start.minutes;
    this.channel = start.channel;
    /** @type {Record<number, Tally>} by prompt */
    this.tallies = {};
    /** @type {Record<number, number>} by checklist item: when it was ticked */
    this.ticks = {};
    /** Up to where the slots are used. */
    this.slotsUsed = 0;
    this.last = /** @type {number | null} */ (null);
    this.run = /** @type {{kind: Kind, length: number} | null} */ (null);
    this.checklistShown = 0;
    this.shown = 0;
    /** @type {{prompt: number, at: number, outcome: string}[]} */
    this.log = [];
    this.showing = /** @type {Showing | null} */ (null);
    /** When the hold ends; null for the end of the session. */
    this.hold = /** @type {{until: number | null} | null} */ (null);
    this.crisisOn = false;
    this.hidden = false;
    /** Whether a screen is shared: detected by the guard, or declared by the therapist. */
    this.sharing = { detected: false, declared: false };
    this.pausedSince = /** @type {number | null} */ (null);
    /** @type {{from: number, to: number | null}[]} */
    this.silences = [];
    this.settle = NOTICE;
    /** Until when nothing comes by itself, because a screen was shared. */
    this.calm = 0;
    this.gap = /** @type {{at: number, length: number} | null} */ (null);
    /** When the therapist last answered the question about a sleep. */
    this.attended = 0;
    this.notice = /** @type {{message: Message | null, until: number} | null} */ ({ message: null, until: now + NOTICE });
    this.banned = /** @type {number | null} */ (null);
    /** The last key, and when; words that come by themselves count as a glance. */
    this.pressed = /** @type {{key: string, at: number} | null} */ (null);
    this.over = false;
  }

  hour() {
    return new Hour(this.start.minutes, this.minutes, this.deck.rules);
  }

  /** Brings the session to `now`. @param {number} now */
  advance(now) {
    const passed = Math.max(0, now - this.now);
    // A wake-up can be this late only if this much time has passed.
    const late = passed >= SLEPT ? now - this.wakeAt() : 0;
    this.now = now;
    if (this.pausedSince === null) this.elapsed += passed;
    if (this.notice && (now >= this.notice.until || this.notice.until - now > NOTICE)) this.notice = null;
    if (this.pausedSince !== null) {
      this.pausedSince = late >= SLEPT ? now : Math.min(this.pausedSince, now);
      if (now - this.pausedSince >= LEFT_RUNNING) this.leave();
      return;
    }
    if (late >= SLEPT) this.wakeAfter(late);
    if (this.elapsed >= this.leftRunningAt()) this.leave();
    this.proceed();
  }

  /** When the session ends by itself, after the question about a sleep. */
  leftRunningAt() {
    const left = Math.max(this.hour().end, this.attended) + LEFT_RUNNING;
    return this.gap ? Math.max(left, this.gap.at + QUESTION) : left;
  }

  /** Ends a session that a sleep has taken past its time, because another is about to begin. */
  lapse() {
    if (this.gap && this.elapsed >= this.hour().end + LEFT_RUNNING) this.leave();
  }

  /** Whether a prompt stays off the strip because it was declared while a screen was shared. @param {Showing} showing */
  keepsBack({ since }) {
    return (this.crisisOn || this.elapsed < this.calm) && since + SETTLE <= this.calm;
  }

  /** The prompt that is on the strip. */
  onStrip() {
    return this.isOutOfSight() || (this.showing && this.keepsBack(this.showing)) ? null : this.showing;
  }

  /** An action that shows that the session goes on. */
  attend() {
    if (this.gap) this.attended = this.elapsed;
    this.gap = null;
  }

  /** Ends by itself. Without an answer, a sleep was no part of the session. */
  leave() {
    this.over = true;
    if (this.gap) this.elapsed = Math.max(0, this.elapsed - this.gap.length);
    this.gap = null;
  }

  /** Acts at once on what the last action made possible. */
  goOn() {
    if (this.over || this.pausedSince !== null) return;
    this.markSilence(this.elapsed);
    this.proceed();
  }

  /** Records when nothing was allowed to come. @param {number} at */
  markSilence(at) {
    const silent = this.hold !== null || this.crisisOn || this.isOutOfSight();
    const open = this.silences.findLast(({ to }) => to === null);
    if (open && !silent) open.to = at;
    if (!open && silent && this.silences.length < SILENCES) this.silences.push({ from: at, to: null });
  }

  /** Ends what is past its time, and shows what is due. */
  proceed() {
    if (this.over) return;
    this.expire();
    this.pace();
  }

  /** When the session next has to act if nobody does anything. */
  wakeAt() {
    const notice = this.notice?.until ?? Infinity;
    if (this.pausedSince !== null) return Math.min(notice, this.pausedSince + LEFT_RUNNING);
    const { end } = this.hour();
    const soonest = Math.min(
      this.leftRunningAt(),
      this.calm > this.elapsed && ((this.gap && !this.isHeld()) || (this.showing && this.keepsBack(this.showing))) ? this.calm : Infinity,
      this.showing?.stageUntil ?? Infinity,
      this.hold?.until ?? Infinity,
      this.gap ? this.gap.at + QUESTION : Infinity,
      this.next()?.at ?? Infinity,
      badgeChanges(this.elapsed, end) ?? Infinity,
    );
    return Math.min(notice, this.now + Math.max(0, soonest - this.elapsed));
  }

  next() {
    const toTheEnd = this.hold !== null && this.hold.until === null;
    if (this.showing || this.gap || this.crisisOn || this.isOutOfSight() || toTheEnd) return null;
    const from = Math.max(this.elapsed, this.settle, this.hold?.until ?? 0);
    return new Pacing(this, this.hour()).next(from);
  }

  /** @param {number} late */
  wakeAfter(late) {
    this.endShowing('silenced');
    this.notice = null;
    this.settle = this.elapsed + SETTLE;
    const ends = this.elapsed >= this.leftRunningAt();
    if (!ends && (this.crisisOn || this.isOutOfSight())) return;
    this.gap = { at: this.elapsed, length: (this.gap?.length ?? 0) + late };
  }

  expire() {
    const { elapsed, showing, deck } = this;
    if (this.hold && this.hold.until !== null && elapsed >= this.hold.until) {
      const { until } = this.hold;
      this.hold = null;
      this.markSilence(until);
    }
    if (this.gap && elapsed >= this.gap.at + QUESTION) this.gap = null;
    if (!showing || elapsed < showing.stageUntil) return;
    if (showing.stage !== 'dot') this.endShowing('faded');
    else if (this.profile.wordsByThemselves && elapsed <= showing.until + deck.rules.wait) this.say();
    else this.endShowing('unread');
  }

  pace() {
    const next = this.next();
    if (!next || next.at > this.elapsed) return;
    const { deck, elapsed } = this;
    const { kind } = deck.prompts[next.prompt];
    const wait = this.profile.wordsByThemselves ? deck.rules.wait : deck.rules.dot;
    this.show(next, 'dot', elapsed + wait);
    if (next.cause === 'checklist') {
      this.checklistShown += 1;
    } else {
      const slots = this.hour().slots(this.profile, this.start.seed, 0);
      this.slotsUsed = slots.find(({ number }) => number === next.cause)?.close ?? 0;
      const before = this.run?.kind === kind ? this.run.length : 0;
      this.run = { kind, length: before + 1 };
    }
    if (wait === 0) this.say();
  }

  /** @param {import('./pacing.mjs').Next} next @param {'dot' | 'card'} stage @param {number} stageUntil */
  show(next, stage, stageUntil) {
    const { elapsed, memory } = this;
    const { prompt, cause, until } = next;
    this.shown += 1;
    this.showing = { number: this.shown, prompt, cause, since: elapsed, until, stage, stageUntil, why: why(this, next) };
    this.notice = null;
    const tally = this.tallies[prompt] ?? untouched;
    this.tallies[prompt] = { ...tally, shown: tally.shown + 1, last: elapsed, returning: false };
    memory.lastCame[this.deck.prompts[prompt].id] = memory.sessions;
    this.ages[prompt] = { sessions: 0, seen: true };
    this.last = elapsed;
  }

  say() {
    if (!this.showing) return;
    this.press('glance');
    this.showing.stage = 'words';
    this.showing.stageUntil = this.elapsed + this.deck.prompts[this.showing.prompt].dwell;
  }

  /** @param {string} outcome */
  endShowing(outcome) {
    if (!this.showing) return;
    const { prompt, since, cause } = this.showing;
    this.log.push({ prompt, at: since, outcome });
    this.showing = null;
    const { fading } = this.memory;
    const { id } = this.deck.prompts[prompt];
    if (typeof cause === 'number') fading[id] = learn(fading[id] ?? unfaded(), outcome, this.now);
  }

  /** @param {Message | null} message */
  notify(message) {
    if (!this.isOutOfSight()) this.notice = { message, until: this.now + NOTICE };
  }

  // --- what the therapist does ---------------------------------------------------------------------------------------

  asks() {
    return this.gap !== null && !this.isHeld() && this.elapsed >= this.calm;
  }

  isHeld() {
    return this.isOutOfSight() || this.crisisOn || this.pausedSince !== null || this.hold !== null;
  }

  /** Whether a key is pressed anew, and not by a double click or held down. @param {string} key */
  press(key) {
    const last = this.pressed;
    this.pressed = { key, at: this.now };
    return !(last?.key === key && last.at <= this.now && this.now - last.at < AGAIN);
  }

  glance() {
    const shown = this.onStrip();
    if (this.asks()) this.countSleep(true);
    else if (shown?.stage === 'dot') this.say();
    else if (shown) this.answer(shown.number, 'did_it');
    else this.notify(null);
  }

  notNow() {
    const shown = this.onStrip();
    if (this.asks()) this.countSleep(false);
    else if (shown) this.answer(shown.number, 'not_now');
  }

  /** @param {number} number @param {Answer} answer */
  answer(number, answer) {
    if (this.showing?.number !== number) return;
    const { prompt } = this.showing;
    const { id, item } = this.deck.prompts[prompt];
    const tally = this.tallies[prompt];
    if (answer === 'never' && this.isCrisis(prompt)) return;
    this.endShowing(answer);
    if (answer === 'already') tally.rests = true;
    if (answer === 'not_now') {
      if (tally.putOff) tally.rests = true;
      else tally.putOff = tally.returning = true;
    }
    if (answer === 'never') {
      if (!this.memory.never.includes(id)) this.memory.never.push(id);
      this.banned = prompt;
      this.notify({ key: 'notice_never' });
    }
    if (item !== null && (answer === 'did_it' || answer === 'already')) this.ticks[item] ??= this.elapsed;
  }

  /** @param {number} number */
  open(number) {
    if (this.showing?.number !== number) return;
    this.showing.stage = 'card';
    this.showing.stageUntil = this.elapsed + CARD;
  }

  /** @param {number} number */
  close(number) {
    if (this.showing?.number === number && this.showing.stage === 'card') this.endShowing('faded');
  }

  /** @param {number} number */
  linger(number) {
    if (this.showing?.number !== number || this.showing.stage !== 'words') return;
    this.showing.stageUntil = Math.max(this.showing.stageUntil, this.elapsed + LINGER);
  }

  /** @param {number | null} minutes null for until the end */
  holdFor(minutes) {
    this.endShowing('silenced');
    this.hold = { until: minutes === null ? null : this.elapsed + Math.min(minutes, MINUTES_MAX) * MINUTE };
    this.notify(minutes === null ? { key: 'notice_hold_end' } : { key: 'notice_hold', args: [String(minutes)] });
  }

  release() {
    if (!this.hold) return;
    this.hold = null;
    this.notify({ key: 'notice_release' });
  }

  holdKey() {
    if (this.hold) this.release();
    else this.holdFor(5);
  }

  /** @param {boolean} on */
  crisis(on) {
    if (on) {
      this.endShowing('silenced');
      this.attend();
      this.notice = null;
    } else if (this.crisisOn) {
      this.settle = this.elapsed + SETTLE;
      if (this.showing && this.keepsBack(this.showing)) this.calm = this.settle;
      if (this.showing && this.isCrisis(this.showing.prompt)) this.endShowing('faded');
    }
    this.crisisOn = on;
  }

  /** Whether this is the crisis prompt, which cannot be banned. @param {number} prompt */
  isCrisis(prompt) {
    return this.deck.prompts[prompt].moment?.crisis === true;
  }

  /** Whether a moment can be declared, as the call is now. @param {number} prompt */
  hasMoment(prompt) {
    const row = this.deck.prompts[prompt];
    return suits(row, this.channel) && !this.memory.never.includes(row.id);
  }

  /** @param {string} id */
  moment(id) {
    const prompt = this.deck.prompts.findIndex((row) => row.id === id);
    const { moment } = this.deck.prompts[prompt] ?? {};
    if (!moment || this.pausedSince !== null || !this.hasMoment(prompt)) return;
    if (this.showing?.prompt === prompt && this.elapsed - this.showing.since < AGAIN) return;
    if (moment.crisis) this.crisis(true);
    this.endShowing('silenced');
    this.attend();
    this.show({ prompt, at: this.elapsed, until: this.elapsed, cause: 'moment' }, 'card', this.elapsed + CARD);
  }

  momentKey() {
    const first = this.firstMoment(false);
    if (first) this.moment(first.id);
  }

  crisisKey() {
    const first = this.firstMoment(true);
    if (first && !this.crisisOn && this.pausedSince === null) this.moment(first.id);
    else this.crisis(!this.crisisOn);
  }

  /** @param {boolean} crisis */
  firstMoment(crisis) {
    return this.deck.prompts.find(({ moment }, prompt) => moment?.crisis === crisis && this.hasMoment(prompt));
  }

  soundKey() {
    this.switchTo(this.channel === 'video' ? 'sound' : 'video');
  }

  /** @param {Channel} channel */
  switchTo(channel) {
    if (channel === this.channel) return;
    this.channel = channel;
    if (this.showing && !suits(this.deck.prompts[this.showing.prompt], channel)) this.endShowing('silenced');
    this.notify({ key: `notice_${channel}` });
  }

  /** @param {boolean} on */
  hide(on) {
    const was = this.hidden;
    this.hidden = on;
    if (on) {
      this.endShowing('silenced');
      this.notice = null;
    } else if (was) {
      this.settle = this.elapsed + SETTLE;
      this.notify({ key: 'notice_shown' });
    }
  }

  isOutOfSight() {
    return this.hidden || this.shares();
  }

  shares() {
    return this.sharing.detected || this.sharing.declared;
  }

  /**
   * Detected, or declared by the therapist; declaring that nothing is shared resets both.
   * @param {'detected' | 'declared'} who
   * @param {boolean} on
   */
  share(who, on) {
    const was = this.shares();
    this.sharing = who === 'declared' && !on ? { detected: false, declared: false } : { ...this.sharing, [who]: on };
    if (!was && this.shares()) {
      this.endShowing('silenced');
      this.notice = null;
    } else if (was && !this.shares()) this.settle = this.calm = this.elapsed + SETTLE;
  }

  /** @param {boolean} on */
  pause(on) {
    if (on && this.pausedSince === null) {
      this.endShowing('silenced');
      this.notice = null;
      this.pausedSince = this.now;
    } else if (!on && this.pausedSince !== null) {
      this.pausedSince = null;
      this.settle = this.elapsed + SETTLE;
      this.notify(null);
    }
  }

  /** @param {number} minutes */
  extendTo(minutes) {
    const longer = Math.min(minutes, MINUTES_MAX);
    if (longer <= this.minutes) return;
    this.minutes = longer;
    // What has come for the old end comes again for the new one.
    this.deck.prompts.forEach(({ timing, item }, prompt) => {
      const tally = this.tallies[prompt];
      if (!tally?.shown || timing?.anchor !== 'end' || this.hour().window(timing).opens <= this.elapsed) return;
      this.tallies[prompt] = { ...tally, shown: 0, putOff: false, returning: false };
      if (item !== null) delete this.ticks[item];
    });
    this.notify(null);
  }

  /** @param {string} id @param {boolean} done */
  tick(id, done) {
    const item = this.deck.checklist.findIndex((row) => row.id === id);
    if (item < 0) return;
    if (!done) delete this.ticks[item];
    else this.ticks[item] ??= this.elapsed;
    if (done && this.showing && this.deck.prompts[this.showing.prompt].item === item) this.endShowing('ticked');
  }

  /** @param {string} id */
  allow(id) {
    if (this.banned !== null && this.deck.prompts[this.banned].id === id) this.banned = null;
  }

  /** @param {boolean} yes */
  countSleep(yes) {
    if (!this.gap) return;
    const { length } = this.gap;
    this.gap = null;
    if (!yes) {
      this.calm = Math.max(0, this.calm - length);
      this.elapsed = Math.max(0, this.elapsed - length);
      this.settle = this.elapsed + SETTLE;
      if (this.hold && this.hold.until !== null) this.hold.until = Math.max(0, this.hold.until - length);
      const { elapsed } = this;
      this.silences = this.silences.map(({ from, to }) => ({
        from: Math.min(from, elapsed),
        to: to === null ? null : Math.min(to, elapsed),
      }));
    }
    this.attended = this.elapsed;
    this.notify(null);
  }
}
