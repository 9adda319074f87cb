// @ts-check
// Which prompt comes next, and when: a query on the session that does not change it.

import { number, upTo } from './chance.mjs';
import { suits } from './deck.mjs';
import { restsUntil, stretch } from './fading.mjs';
import { MINUTE } from './plan.mjs';

/** @import { Prompt, Timing } from './deck.mjs' */
/** @import { Hour, Slot } from './plan.mjs' */
/** @import { Session, Tally } from './session.mjs' */
/** @typedef {{prompt: number, at: number, until: number, cause: Cause}} Next */
/** A number is the slot in which it is a prompt's turn. @typedef {'moment' | 'checklist' | number} Cause */
/** @typedef {{prompt: number, at: number, until: number, sway: number, score: number, safety: boolean,
 *   repeated: boolean, fromStart: boolean}} Candidate */
/** A safety step that has not come yet, and when it would. @typedef {{prompt: number, at: number, until: number}} Step */

const NOT_NOW_REST = 5 * MINUTE;
/** Checklist prompts of this priority come before the rest. */
const SAFETY = 5;
/** The salt of the chance that delays checklist prompts. */
const LATE = 0x4c415445;
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
    const chasing = this.chasing(from);
    const steps = this.steps(chasing, from);
    const checklist = this.nextChecklist(from, chasing, steps);
    const timed = this.nextTimed(from);
    if (!checklist || !timed) return checklist ?? timed;
    // A timed prompt waits if the gap after it would make the checklist prompt, or a safety step, miss its window.
    const fits = timed.at + this.deck.rules.checklistGap <= checklist.until && !this.costsAStep(timed.prompt, timed.at, steps);
    return timed.at < checklist.at && fits ? timed : checklist;
  }

  /** What chance adds to a gap. @param {number} gap */
  extra(gap) {
    const { start, last } = this.session;
    return upTo(start.seed, ~(last ?? 0), Math.floor(Math.min(gap, this.deck.rules.jitter) / 4));
  }

  /** The checklist prompts that may still come, as many as the budget allows. @param {number} from @returns {Candidate[]} */
  chasing(from) {
    const { deck, session } = this;
    const left = this.hour.budget(this.profile.checklist) - session.checklistShown;
    if (left <= 0) return [];
    const gap = deck.rules.checklistGap;
    const free = this.afterGap(gap);
    /** @type {Candidate[]} */
    const chasing = [];
    deck.prompts.forEach((prompt, index) => {
      const { trigger, timing } = prompt;
      if (trigger !== 'checklist' || !timing || !this.allowed(prompt, index, timing)) return;
      const due = this.ready(index, timing);
      if (due === null) return;
      const at = Math.max(due, free);
      const until = this.worthUntil(prompt, timing, due);
      if (Math.max(at, from) > until) return;
      const window = Math.floor((until - due) / 4);
      const late = upTo(session.start.seed, LATE ^ index, Math.min(window, deck.rules.jitter));
      chasing.push({
        prompt: index,
        at,
        until,
        sway: Math.min(Math.max(due + late, free + this.extra(gap)), until) - at,
        score: this.score(prompt, index),
        safety: prompt.priority >= SAFETY,
        repeated: this.tally(index).shown > 0,
        fromStart: timing.anchor === 'start',
      });
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
    return chasing.slice(0, left);
  }

  /** @param {number} from @param {Candidate[]} chasing @param {Step[]} steps @returns {Next | null} */
  nextChecklist(from, chasing, steps) {
    const spare = Math.min(...this.steps(chasing, 0).map((step) => step.until - step.at));
    const when = (/** @type {Candidate} */ { at, sway }) => Math.max(at + Math.min(sway, spare), from);
    // The earliest comes, unless it would make a safety step miss its window.
    const score = (/** @type {Candidate} */ one) => (one.safety ? SAFETY : one.score);
    const inTurn = chasing.toSorted(
      (a, b) =>
        when(a) - when(b) ||
        Number(a.repeated) - Number(b.repeated) ||
        score(b) - score(a) ||
        Number(b.safety) - Number(a.safety) ||
        a.until - b.until ||
        a.prompt - b.prompt,
    );
    const first = inTurn.find((one) => one.safety || !this.costsAStep(one.prompt, when(one), steps));
    return first ? { prompt: first.prompt, at: when(first), until: first.until, cause: 'checklist' } : null;
  }

  /** The safety steps that would come from `free` on if nothing else did. @param {Candidate[]} chasing @param {number} free @returns {Step[]} */
  steps(chasing, free) {
    const when = (/** @type {Candidate} */ { at }) => Math.max(at, free);
    const rest = chasing.filter((one) => one.safety && when(one) <= one.until);
    const [next] = rest.toSorted(
      (a, b) => when(a) - when(b) || Number(a.repeated) - Number(b.repeated) || a.until - b.until || a.prompt - b.prompt,
    );
    if (!next) return [];
    const later = rest.filter((one) => one !== next);
    const { prompt, until } = next;
    return [{ prompt, at: when(next), until }, ...this.steps(later, when(next) + this.deck.rules.checklistGap)];
  }

  /** @param {number} prompt @param {number} at @param {Step[]} steps */
  costsAStep(prompt, at, steps) {
    const gap = this.deck.rules.checklistGap;
    let free = at + gap;
    return steps.some((step) => {
      if (step.prompt === prompt) return false;
      const comes = Math.max(step.at, free);
      free = comes + gap;
      return comes > step.until;
    });
  }

  /** @param {number} from @returns {Next | null} */
  nextTimed(from) {
    const { start, slotsUsed } = this.session;
    const short = this.deck.rules.checklistGap;
    const gap = Math.max(this.profile.gap, short);
    const free = Math.max(from, this.afterGap(gap + this.extra(gap)));
    // The prompt chosen to practise must not miss its hour.
    const freeForWanted = Math.max(from, this.afterGap(short));
    for (const slot of this.hour.slots(this.profile, start.seed, slotsUsed)) {
      const best = slot.close > freeForWanted ? this.bestIn(slot, free, freeForWanted) : null;
      if (best) return best;
    }
    return null;
  }

  /** @param {Slot} slot @param {number} usual @param {number} freeForWanted @returns {Next | null} */
  bestIn(slot, usual, freeForWanted) {
    const { run, start } = this.session;
    const tired = run && run.length >= this.profile.inARow ? run.kind : null;
    const seed = start.seed ^ Math.imul(slot.number, 0x85ebca6b);
    /** @type {(Next & {wanted: boolean, score: number, lot: number}) | null} */
    let best = null;
    for (const [index, prompt] of this.deck.prompts.entries()) {
      const { trigger, timing, kind } = prompt;
      const wanted = prompt.id === start.intention && this.tally(index).shown === 0;
      if (trigger !== 'timer' || !timing || (kind === tired && !wanted) || !this.allowed(prompt, index, timing)) continue;
      const ready = this.ready(index, timing);
      if (ready === null) continue;
      const slotDue = wanted ? Math.max(Math.min(slot.due, this.hour.window(timing).closes), slot.open) : slot.due;
      const due = Math.max(slotDue, ready);
      const at = Math.max(due, wanted ? freeForWanted : usual);
      const until = Math.min(this.worthUntil(prompt, timing, due), slot.close - 1);
      if (at > until) continue;
      const score = this.score(prompt, index);
      const lot = number(seed, index);
      const other = best;
      if (!other || (Number(other.wanted) - Number(wanted) || at - other.at || other.score - score || lot - other.lot) < 0) {
        best = { prompt: index, at, until, cause: slot.number, wanted, score, lot };
      }
    }
    return best;
  }

  /** @param {number} gap */
  afterGap(gap) {
    return this.session.last === null ? 0 : this.session.last + gap;
  }

  /** @param {number} index */
  tally(index) {
    return this.session.tallies[index] ?? untouched;
  }

  /** @param {Prompt} prompt @param {number} index @param {Timing} timing */
  allowed(prompt, index, timing) {
    const { start, channel, memory, ticks, ages, began } = this.session;
    const { shown, putOff, returning, rests } = this.tally(index);
    const age = ages[index];
    const fading = memory.fading[prompt.id];
    const usual = start.kind === 'ongoing' ? prompt.ongoingEvery : 1;
    const dueAgain = !age.seen || age.sessions >= usual * stretch(fading);
    const belongs =
      prompt.profiles.includes(this.profile.id) &&
      (prompt.kinds === null || prompt.kinds.includes(start.kind)) &&
      (restsUntil(fading) ?? 0) <= began &&
      (dueAgain || (age.seen && age.sessions === 0));
    // The prompt chosen to practise gets its turn, even if it would not come in another hour.
    const wanted = prompt.id === start.intention && (shown === 0 || returning);
    return (
      (belongs || wanted) &&
      suits(prompt, channel) &&
      !memory.never.includes(prompt.id) &&
      !rests &&
      shown < timing.max + (putOff ? 1 : 0) &&
      (prompt.item === null || (ticks[prompt.item] === undefined && suits(this.deck.checklist[prompt.item], channel)))
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
