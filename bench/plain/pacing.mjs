// @ts-check
// Which prompt comes next, and when: a query on the session that does not change it.

import { number, upTo } from './chance.mjs';
import { restsUntil, stretch } from './fading.mjs';
import { MINUTE } from './plan.mjs';

/** @import { Prompt, Timing } from './deck.mjs' */
/** @import { Hour, Slot } from './plan.mjs' */
/** @import { Session, Tally } from './session.mjs' */
/** @typedef {{prompt: number, at: number, until: number, cause: Cause}} Next */
/** A number is the slot in which it is a prompt's turn. @typedef {'moment' | 'checklist' | number} Cause */
/** @typedef {{prompt: number, at: number, until: number, score: number, safety: boolean, repeated: boolean,
 *   fromStart: boolean}} Candidate */

const NOT_NOW_REST = 5 * MINUTE;
/** Checklist prompts of this priority come before the rest. */
const SAFETY = 5;
/** More than any other score. */
const INTENTION = 1e9;
/** @type {Readonly<Tally>} */
export const untouched = { shown: 0, last: 0, putOff: false, returning: false, rests: false };

export class Pacing {
  /** @param {Session} session @param {Hour} hour */
  constructor(session, hour) {
    this.session = session;
    this.hour = hour;
    this.deck = session.deck;
    this.profile = session.profile;
  }

  /** The next prompt from `from` on. @param {number} from @returns {Next | null} */
  next(from) {
    const checklist = this.nextChecklist(from);
    const timed = this.nextTimed(from);
    if (!checklist || !timed) return checklist ?? timed;
    // A timed prompt waits if the gap after it would make the checklist prompt miss its window.
    const fits = timed.at + this.deck.rules.checklistGap <= checklist.until;
    return timed.at < checklist.at && fits ? timed : checklist;
  }

  /** @param {number} from @returns {Next | null} */
  nextChecklist(from) {
    const left = this.hour.budget(this.profile.checklist) - this.session.checklistShown;
    if (left <= 0) return null;
    const free = this.afterGap(from, this.deck.rules.checklistGap);
    /** @type {Candidate[]} */
    const chasing = [];
    this.deck.prompts.forEach((prompt, index) => {
      const { trigger, timing } = prompt;
      if (trigger !== 'checklist' || !timing || !this.allowed(prompt, index, timing)) return;
      const due = this.ready(index, timing);
      if (due === null) return;
      const at = Math.max(due, free);
      const until = this.worthUntil(prompt, timing, due);
      if (at > until) return;
      const repeated = this.tally(index).shown > 0;
      const fromStart = timing.anchor === 'start';
      const safety = prompt.priority >= SAFETY;
      chasing.push({ prompt: index, at, until, score: this.score(prompt, index), safety, repeated, fromStart });
    });
    // The remaining budget goes to the best claims.
    chasing.sort(
      (a, b) =>
        Number(a.repeated) - Number(b.repeated) ||
        Number(b.safety) - Number(a.safety) ||
        b.score - a.score ||
        Number(a.fromStart) - Number(b.fromStart) ||
        a.until - b.until ||
        a.prompt - b.prompt,
    );
    // Of these, the earliest comes, unless it would make a safety step miss its window.
    const score = (/** @type {Candidate} */ one) => (one.safety ? SAFETY : one.score);
    const inTurn = chasing.slice(0, left).sort(
      (a, b) =>
        a.at - b.at ||
        Number(a.repeated) - Number(b.repeated) ||
        score(b) - score(a) ||
        Number(b.safety) - Number(a.safety) ||
        a.until - b.until ||
        a.prompt - b.prompt,
    );
    const steps = this.steps(inTurn);
    const first = inTurn.find((one) => one.safety || !this.costsAStep(one, steps));
    return first ? { prompt: first.prompt, at: first.at, until: first.until, cause: 'checklist' } : null;
  }

  /** The safety steps that would come if nothing else did. @param {Candidate[]} chasing @returns {Candidate[]} */
  steps(chasing, free = 0) {
    const when = (/** @type {Candidate} */ { at }) => Math.max(at, free);
    const rest = chasing.filter((one) => one.safety && when(one) <= one.until);
    const [next] = rest.toSorted(
      (a, b) => when(a) - when(b) || Number(a.repeated) - Number(b.repeated) || a.until - b.until || a.prompt - b.prompt,
    );
    if (!next) return [];
    const later = rest.filter((one) => one !== next);
    return [next, ...this.steps(later, when(next) + this.deck.rules.checklistGap)];
  }

  /** @param {Candidate} first @param {Candidate[]} steps */
  costsAStep(first, steps) {
    const gap = this.deck.rules.checklistGap;
    let free = first.at + gap;
    return steps.some(({ at, until }) => {
      const comes = Math.max(at, free);
      free = comes + gap;
      return comes > until;
    });
  }

  /** @param {number} from @returns {Next | null} */
  nextTimed(from) {
    const { start, nextSlot, last } = this.session;
    // A little extra on top of the gap, so that prompts delayed by it do not come like a metronome.
    const sway = upTo(start.seed, ~(last ?? 0), this.hour.jitter(this.profile));
    const free = this.afterGap(from, Math.max(this.profile.gap, this.deck.rules.checklistGap) + sway);
    for (const slot of this.hour.slots(this.profile, start.seed, nextSlot)) {
      const best = slot.close > free ? this.bestIn(slot, free) : null;
      if (best) return best;
    }
    return null;
  }

  /** @param {Slot} slot @param {number} free @returns {Next | null} */
  bestIn(slot, free) {
    const { run, start } = this.session;
    const tired = run && run.length >= this.profile.inARow ? run.kind : null;
    const seed = start.seed ^ Math.imul(slot.number, 0x85ebca6b);
    /** @type {(Next & {score: number, lot: number}) | null} */
    let best = null;
    for (const [index, prompt] of this.deck.prompts.entries()) {
      const { trigger, timing, kind } = prompt;
      if (trigger !== 'timer' || !timing || kind === tired || !this.allowed(prompt, index, timing)) continue;
      const ready = this.ready(index, timing);
      if (ready === null) continue;
      const due = Math.max(slot.due, ready);
      const at = Math.max(due, free);
      const until = Math.min(this.worthUntil(prompt, timing, due), slot.close - 1);
      if (at > until) continue;
      const score = this.score(prompt, index);
      const lot = number(seed, index);
      if (!best || (at - best.at || best.score - score || lot - best.lot) < 0) {
        best = { prompt: index, at, until, cause: slot.number, score, lot };
      }
    }
    return best;
  }

  /** @param {number} from @param {number} gap */
  afterGap(from, gap) {
    return this.session.last === null ? from : Math.max(from, this.session.last + gap);
  }

  /** @param {number} index */
  tally(index) {
    return this.session.tallies[index] ?? untouched;
  }

  /** @param {Prompt} prompt @param {number} index @param {Timing} timing */
  allowed(prompt, index, timing) {
    const { start, memory, ticks, ages, began } = this.session;
    const { shown, putOff, returning, rests } = this.tally(index);
    const age = ages[index];
    const fading = memory.fading[prompt.id];
    const usual = start.kind === 'ongoing' ? prompt.ongoingEvery : 1;
    const dueAgain = !age.seen || age.sessions >= usual * stretch(fading);
    const belongs =
      prompt.profiles.includes(this.profile.id) &&
      (prompt.kinds === null || prompt.kinds.includes(start.kind)) &&
      (restsUntil(fading) ?? 0) <= began &&
      (dueAgain || shown > 0);
    // The prompt chosen to practise gets its turn, even if it would not come in another hour.
    const wanted = prompt.id === start.intention && (shown === 0 || returning);
    return (
      (belongs || wanted) &&
      !memory.never.includes(prompt.id) &&
      !rests &&
      shown < timing.max + (putOff ? 1 : 0) &&
      (prompt.item === null || ticks[prompt.item] === undefined)
    );
  }

  /** @param {number} index @param {Timing} timing @returns {number | null} */
  ready(index, timing) {
    const { shown, last, returning } = this.tally(index);
    const { opens } = this.hour.window(timing);
    if (shown === 0) return opens;
    if (!returning && timing.repeat === null) return null;
    const faded = stretch(this.session.memory.fading[this.deck.prompts[index].id]);
    const rest = returning ? NOT_NOW_REST : (timing.repeat ?? 0) * faded;
    return Math.max(opens, last + Math.max(rest, timing.cooldown));
  }

  /** @param {Prompt} prompt @param {Timing} timing @param {number} due */
  worthUntil(prompt, timing, due) {
    const { closes } = this.hour.window(timing);
    const important = prompt.priority >= this.profile.closingPriority;
    const limit = important ? this.hour.closingQuiet : Math.min(this.hour.closingQuiet, this.hour.closing);
    return Math.min(closes, due + timing.expires, limit - 1);
  }

  /** @param {Prompt} prompt @param {number} index */
  score(prompt, index) {
    if (this.tally(index).shown > 0) return prompt.priority;
    const { ages, start } = this.session;
    return prompt.priority + ages[index].sessions + (prompt.id === start.intention ? INTENTION : 0);
  }
}
