// @ts-check
// Whether the plain implementation and the engine do the same: else there is nothing to compare.

import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { deck, loadWasm, plain, read, say } from './engines.mjs';
import { dice, live, transcript } from './hours.mjs';

/** @import { Habit, Setting } from './hours.mjs' */

/** Hours with settings drawn by lot; three in a row in one engine, so that the rotation has its say. */
const LOTS = 300;

/** Every golden file, made by the plain implementation. @returns {Promise<number>} how many */
export async function agreeWithGoldenFiles() {
  const folder = 'tests/golden';
  const names = (await readdir(new URL(`../${folder}`, import.meta.url))).filter((name) => name.endsWith('.txt'));
  for (const name of names) {
    const [profile, minutes, kind, habit] = name.slice(0, -'.txt'.length).split('-');
    const setting = { minutes: Number(minutes), kind, profile, seed: 1, habit: /** @type {Habit} */ (habit) };
    assert.equal(transcript(plain(), deck, setting, say), await read(`${folder}/${name}`), name);
  }
  return names.length;
}

/** Random hours in both engines: every view is the same at every step. @returns {Promise<number>} how many */
export async function agreeWithWasm() {
  const wasm = await loadWasm('agreement');
  const random = dice(50);
  /** @template T @param {T[]} list */
  const any = (list) => list[random(list.length)];
  for (let lot = 0; lot < LOTS; lot += 3) {
    const engine = both(plain(), wasm.create());
    for (let hour = 0; hour < 3; hour++) {
      /** @type {Setting} */
      const setting = {
        minutes: 5 + random(176),
        kind: any(['first', 'early', 'ongoing', 'ongoing']),
        profile: any(['quiet', 'standard', 'trainee', 'rehearsal']),
        seed: random(2 ** 32),
        habit: any(['diligent', 'silent', 'wayward', 'wayward']),
      };
      try {
        live(engine, deck, setting);
      } catch (problem) {
        throw new Error(`hour ${lot + hour}, ${JSON.stringify(setting)}`, { cause: problem });
      }
    }
  }
  return LOTS;
}

/**
 * One engine that is two, and fails where they differ. What the first saves is its own affair.
 * @param {{dispatch: (now: number, input: any) => any}} one
 * @param {{dispatch: (now: number, input: any) => any}} other
 */
function both(one, other) {
  /** @param {any} effect */
  const isSeen = (effect) => !('save' in effect);
  /** @param {any} outcome */
  const shown = ({ view, effects }) => ({ view, effects: effects.filter(isSeen) });
  return {
    dispatch(/** @type {number} */ now, /** @type {any} */ input) {
      const outcome = one.dispatch(now, input);
      assert.deepEqual(shown(outcome), shown(other.dispatch(now, input)), `${JSON.stringify(input)} at ${now}`);
      return outcome;
    },
  };
}
