// @ts-check
// The wasm memory of the background over eight simulated hours back to back. Wasm memory never shrinks, so the size
// after an hour is the most that was needed so far.

import { deck, loadWasm } from './engines.mjs';
import { live } from './hours.mjs';

const HOURS = 8;
const BUDGET = 4 * 2 ** 20;

/** @import { Row } from './table.mjs' */

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(2)} MB`;

/**
 * @param {string} what
 * @param {boolean} restored whether the engine is rebuilt from its snapshot before each input
 * @returns {Promise<Row>}
 */
async function eightHours(what, restored) {
  const { memory, create } = await loadWasm(`memory-${restored}`);
  let engine = create();
  const atBoot = memory.buffer.byteLength;
  /** @type {import('./engines.mjs').Records} */
  const saved = {};
  const afterEach = [];
  for (let hour = 0; hour < HOURS; hour++) {
    const one = {
      /** @param {number} now @param {any} input */
      dispatch(now, input) {
        if (restored) {
          engine.free();
          engine = create(undefined, saved);
        }
        const outcome = engine.dispatch(now, input);
        const { save } = outcome.effects;
        for (const name of /** @type {const} */ (['memory', 'session'])) saved[name] = save?.[name] ?? saved[name];
        return outcome;
      },
    };
    // Every profile, answered and unanswered; the rehearsal has the longest log.
    const profile = ['rehearsal', 'standard', 'trainee', 'quiet'][hour % 4];
    const habit = hour % 2 === 0 ? 'diligent' : 'silent';
    live(one, deck, { minutes: 60, kind: 'ongoing', profile, seed: hour, habit });
    afterEach.push(memory.buffer.byteLength);
  }
  const [first] = afterEach;
  const last = afterEach[HOURS - 1];
  return {
    what,
    figure: { text: `after 1 hour ${megabytes(first)}, after ${HOURS} ${megabytes(last)}`, value: last },
    baseline: ['before the first session', { text: megabytes(atBoot), value: atBoot }],
    note: afterEach.every((bytes) => bytes === first) ? 'no growth' : `grew: ${afterEach.map(megabytes).join(', ')}`,
    budget: { text: `${megabytes(BUDGET)}, no growth`, kept: last <= BUDGET && last === first },
  };
}

export async function memory() {
  const rows = [
    await eightHours('one engine', false),
    await eightHours('restored from its snapshot before every input', true),
  ];
  return { title: `Wasm memory of the background over ${HOURS} simulated hours`, rows };
}
