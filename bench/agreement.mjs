// @ts-check
// Checks that the plain implementation and the engine do the same; otherwise there is nothing to compare.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { deck, loadWasm, plain, read, say } from './engines.mjs';
import { happenings } from './happenings.mjs';
import { dice, live, transcript } from './hours.mjs';

/** @import { Habit, Setting } from './hours.mjs' */

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/**
 * How many therapists, with how many hours each: a few hours with anything in them, or a term long enough for prompts
 * to fade.
 */
const LOTS = [
  { therapists: 120, hours: 3, habits: ['diligent', 'silent', 'wayward', 'wayward'] },
  { therapists: 10, hours: 80, habits: ['skilled', 'skilled', 'skilled', 'skilled', 'wayward'] },
];

/** Compares every golden file with the plain implementation. @returns {Promise<number>} how many */
export async function agreeWithGoldenFiles() {
  const folder = 'tests/golden';
  const names = (await readdir(new URL(`../${folder}`, import.meta.url))).filter((name) => name.endsWith('.txt'));
  for (const name of names) {
    const [profile, minutes, kind, habit, ...more] = name.slice(0, -'.txt'.length).split('-');
    const [channel, earlier] = more[0] === 'sound' ? ['sound', 0] : ['video', Number(more[1] ?? 0)];
    const engine = plain();
    let text = '';
    for (let session = 0; session <= earlier; session++) {
      const begins = session * 2 * HOUR;
      const setting = { minutes: Number(minutes), kind, channel, profile, seed: 1 + session, habit: /** @type {Habit} */ (habit), begins };
      text = transcript(engine, deck, setting, say);
    }
    assert.equal(text, await read(`${folder}/${name}`), name);
  }
  return names.length;
}

/**
 * Plays random hours in both engines and compares the view at every step.
 * @returns {Promise<{hours: number, happened: Record<string, number>}>} how many, and how often each event occurred
 */
export async function agreeWithWasm() {
  const wasm = await loadWasm('agreement');
  const decks = [deck, oddDeck()].map((json) => ({ text: JSON.stringify(json), json }));
  const random = dice(50);
  /** @template T @param {T[]} list */
  const any = (list) => list[random(list.length)];
  const { happened, watch } = happenings();
  let hours = 0;
  for (const lot of LOTS) {
    for (let therapist = 0; therapist < lot.therapists; therapist++) {
      const { text, json } = decks[therapist % decks.length];
      const engine = both(plain(text), wasm.create(json));
      const see = watch();
      let begins = 0;
      for (let hour = 0; hour < lot.hours; hour++, hours++) {
        /** @type {Setting} */
        const setting = {
          minutes: 5 + random(176),
          kind: any(['first', 'early', 'ongoing', 'ongoing']),
          channel: any(['video', 'video', 'sound']),
          profile: any(['quiet', 'standard', 'trainee', 'rehearsal']),
          seed: random(2 ** 32),
          habit: /** @type {Habit} */ (any(lot.habits)),
          begins,
          intention: random(3) === 0 ? any([...json.prompts, { id: 'nobody' }]).id : undefined,
        };
        try {
          live(engine, json, setting, see);
        } catch (problem) {
          throw new Error(`hour ${hours}, ${JSON.stringify(setting)}`, { cause: problem });
        }
        begins += any([DAY / 12, DAY, DAY, 3 * DAY, 15 * DAY]);
      }
    }
  }
  return { hours, happened };
}

/** The shipped deck, with features added that a deck may have but this one lacks. */
function oddDeck() {
  const json = structuredClone(deck);
  json.prompts.forEach((/** @type {any} */ prompt, /** @type {number} */ index) => {
    if (index % 3 === 0) prompt.reason = `Reason ${index}.`;
    if (prompt.trigger !== 'moment') prompt.ongoing_every = 1 + (index % 4);
  });
  const last = json.prompts.findLast((/** @type {any} */ prompt) => prompt.trigger === 'moment');
  json.prompts.push({ ...last, id: 'odd.crisis', cue: 'Stay with them', moment: { label: 'A crisis', crisis: true } });
  return json;
}

/**
 * One engine made of two, which fails if they differ. It ignores what the first one saves.
 * @param {{dispatch: (now: number, input: any) => any}} one
 * @param {{dispatch: (now: number, input: any) => any}} other
 */
function both(one, other) {
  /** @param {any} outcome */
  const shown = ({ view, effects }) => ({ view, effects: { ...effects, save: null } });
  return {
    dispatch(/** @type {number} */ now, /** @type {any} */ input) {
      const outcome = one.dispatch(now, input);
      assert.deepEqual(shown(outcome), shown(other.dispatch(now, input)), `${JSON.stringify(input)} at ${now}`);
      return outcome;
    },
  };
}
