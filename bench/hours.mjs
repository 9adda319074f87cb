// @ts-check
// Whole hours in virtual time, for any engine that takes inputs and returns views: as a list of timed inputs, and as
// the transcript that tests/golden has.

import { isOffered } from './happenings.mjs';

/**
 * `begins` is in milliseconds after the start of the first hour.
 * @typedef {{minutes: number, kind: string, channel?: string, profile: string, seed: number,
 *   habit: Habit, begins?: number, intention?: string}} Setting
 */
/** Ticks and answers everything, does nothing, does anything, or does almost everything anyway.
 * @typedef {'diligent' | 'silent' | 'wayward' | 'skilled'} Habit */
/** @typedef {{dispatch: (now: number, input: any) => {view: any}}} Engine */
/** @typedef {[now: number, input: any][]} Script */

/** An arbitrary starting time. */
const NINE = 1_700_000_000_000;

/** When a diligent therapist ticks each item, in milliseconds from Start. @param {any} deck @param {number} minutes */
function ticks(deck, minutes) {
  const length = minutes * 60;
  const phases = [
    { phase: 'before', first: 5, apart: 1 },
    { phase: 'opening', first: 30, apart: 20 },
    { phase: 'working', first: Math.floor((length * 2) / 5), apart: 60 },
    { phase: 'closing', first: Math.floor((length * 4) / 5) - 20, apart: 30 },
  ];
  return phases.flatMap(({ phase, first, apart }) =>
    deck.checklist
      .filter((/** @type {any} */ item) => item.phase === phase)
      .map((/** @type {any} */ item, /** @type {number} */ n) => ({ at: (first + n * apart) * 1000, id: item.id })),
  );
}

/**
 * Plays one hour and passes each view to `see`. A wayward therapist also ticks items before and after it.
 * @param {Engine} engine
 * @param {any} deck as JSON
 * @param {Setting} setting
 * @param {(now: number, view: any, input: any) => void} [see]
 */
export function live(engine, deck, setting, see = () => {}) {
  const { minutes, kind, channel = 'video', profile, seed, habit, begins = 0, intention } = setting;
  const due = habit === 'diligent' || habit === 'wayward' ? ticks(deck, minutes) : [];
  const random = dice(seed);
  const nine = NINE + begins;
  const end = minutes * 60_000;
  let now = 0;
  /** @param {any} input */
  const send = (input) => {
    const { view } = engine.dispatch(nine + now, input);
    see(nine + now, view, input);
    return view;
  };
  /**
   * Ticks some of a phase's items, each up to `apart` ms after the last.
   * @param {string} phase
   * @param {number} apart
   */
  const tickSome = (phase, apart) => {
    for (const item of deck.checklist.filter((/** @type {any} */ item) => item.phase === phase || random(9) === 0)) {
      now += random(apart);
      if (random(3) === 0) send({ tick: { item: item.id, done: random(5) > 0 } });
    }
  };
  if (habit === 'wayward') {
    const [long, short] = [4_000_000, 9_000];
    now = -40_000_000;
    tickSome('before', random(4) === 0 ? long : short);
    // Dismisses the last hour before this one's ready check, or leaves that to Start.
    if (random(3) > 0) send('dismiss');
    now = Math.max(now, random(3) === 0 ? -9_000_000 : -300_000);
    tickSome('before', random(4) === 0 ? long : short);
    now = Math.max(now, 0);
  }
  let view = send({ start: { choices: { minutes, kind, channel, profile, intention }, seed } });
  while (now < end) {
    const words = view.strip.words;
    if (words && habit === 'diligent') {
      now += 3000;
      view = send({ answer: { number: words.number, answer: 'did_it' } });
      continue;
    }
    const lot = words && habit === 'skilled' ? random(10) : 0;
    if (lot > 0) {
      now += 2_000;
      const wanted = lot === 1 || (lot < 5 && isOffered(view, nine + now));
      view = send({ answer: { number: words.number, answer: wanted ? 'did_it' : 'already' } });
      continue;
    }
    const { cue, question, silence } = view.popup.running ?? {};
    if (habit === 'wayward' && random(cue || question || silence !== 'none' ? 2 : 8) === 0) {
      // Wait for a moment, past the wake-up, or for hours; now and then step the clock back.
      const later = [random(5_000), random(5_000), random(200_000), random(4) === 0 ? random(4_000_000) : 0, -random(30_000)];
      now = Math.max(0, now + later[random(cue ? 2 : 5)]);
      view = send(whim(random, view, deck));
      continue;
    }
    const wake = view.wake_at === null ? end : view.wake_at - nine;
    now = Math.max(now, Math.min(wake, due[0]?.at ?? end, end));
    // Tick items that fell due while an answer was being given right after it.
    const tick = due[0] && due[0].at <= now ? due.shift() : undefined;
    view = send(tick && now < end ? { tick: { item: tick.id, done: true } } : 'look');
  }
  send('end');
  if (habit !== 'wayward') return;
  tickSome('after', 60_000);
  if (random(2) === 0) send('dismiss');
}

/** @param {number} seed @returns {(sides: number) => number} */
export function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** @param {any} prompt */
const isMoment = ({ trigger }) => trigger === 'moment';

/**
 * A random thing that a therapist may do.
 * @param {(sides: number) => number} random
 * @param {any} view
 * @param {any} deck
 */
function whim(random, { popup: { running }, resting }, deck) {
  /** @template T @param {T[]} list */
  const any = (list) => list[random(list.length)];
  const on = random(2) === 0;
  if (running?.question && random(3) > 0) return any([{ count_sleep: on }, { hold: 5 }, { hold: 30 }, 'not_now']);
  if (running?.cue && random(3) > 0) {
    const { number } = running.cue;
    const answer = { answer: { number, answer: any(['did_it', 'already', 'already', 'not_now', 'not_now', 'never']) } };
    return any([answer, answer, { linger: number }, { open: number }, { close: number }, 'glance', 'moment_key', 'sound_key']);
  }
  if (running && running.silence !== 'none' && random(3) > 0) {
    return any([
      'release', 'hold_key', 'hide_key', 'sharing_key', 'sound_key', 'moment_key', 'crisis_key', { crisis: false }, { pause: false },
      { hide: false }, { share_declared: false }, { share_detected: false },
    ]);
  }
  return any([
    'look', 'glance', 'not_now', 'hold_key', 'hide_key', 'sharing_key', 'sound_key', 'moment_key', 'crisis_key', 'release',
    { switch: any(['video', 'sound']) }, { answer: { number: 1, answer: 'did_it' } },
    { hold: any([5, 10, null]) },
    { crisis: on }, { pause: on }, { hide: on }, { share_detected: on }, { share_declared: on }, { extend_to: any([30, 55, 95, 180]) },
    { tick: { item: any(deck.checklist).id, done: on } }, { allow: running?.banned?.id ?? any([...resting, ...deck.prompts]).id },
    ...deck.prompts.filter(isMoment).map((/** @type {any} */ { id }) => ({ moment: id })),
  ]);
}

/**
 * The hour as a list of timed inputs, for another engine to repeat.
 * @param {Engine} engine @param {any} deck @param {Setting} setting
 */
export function script(engine, deck, setting) {
  /** @type {Script} */
  const script = [];
  live(engine, deck, setting, (now, _view, input) => script.push([now, input]));
  return script;
}

/**
 * The hour as in its golden file.
 * @param {Engine} engine @param {any} deck @param {Setting} setting @param {(message: any) => string} say
 */
export function transcript(engine, deck, setting, say) {
  const lines = /** @type {string[]} */ ([]);
  let last = '';
  let wakes = 0;
  live(engine, deck, setting, (now, view, input) => {
    const seconds = Math.floor((now - NINE - (setting.begins ?? 0)) / 1000);
    const clock = `${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}`;
    if (input === 'look' || input.tick) wakes += 1;
    if (input.answer) lines.push(`${clock}  did it`);
    if (input === 'end') lines.push(`${clock}  end, ${wakes} wake-ups`);
    const line = seen(view, say);
    if (line !== '' && line !== last && input !== 'end') lines.push(`${clock}  ${line}`);
    last = line;
  });
  return `${lines.join('\n')}\n`;
}

/** @param {any} view @param {(message: any) => string} say */
function seen({ strip, popup }, say) {
  if (strip.dot) return '·';
  if (strip.notice) return `(${say(strip.notice)})`;
  if (!strip.words) return '';
  const { kind, cue } = strip.words;
  return `${kind.padEnd(10)}  ${cue.padEnd(24)}  ${say(popup.running.cue.why)}`;
}
