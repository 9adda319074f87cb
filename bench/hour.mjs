// @ts-check
// A simulated 50-minute session: native, in wasm and in plain JavaScript, with exactly the same inputs.

import { deck, loadWasm, plain } from './engines.mjs';
import { script } from './hours.mjs';
import { startNative } from './native.mjs';
import { microseconds, takeTurns } from './samples.mjs';
import { time } from './table.mjs';

const ROUNDS = 25;
const NATIVE_BUDGET = 50;

/** @import { Row } from './table.mjs' */
/** @import { Script } from './hours.mjs' */

/**
 * How long each engine takes for the hour. Each run uses a new engine, because an engine learns from session to
 * session; making it is not counted.
 * @param {{native: ReturnType<typeof startNative>, wasm: Awaited<ReturnType<typeof loadWasm>>,
 *   script: Script, times: number, text?: string}} how
 */
export function jobs({ native, wasm, script, times, text }) {
  const json = text === undefined ? deck : JSON.parse(text);
  const { deck: plainDeck } = plain(text);
  return {
    native: () => native.time('step', times * 4),
    nativeWhole: () => native.time('dispatch', times * 4),
    // As the background does it: an object in, an object out.
    wasm: () => microseconds(times, () => wasm.create(json), (engine) => {
      for (const [now, input] of script) engine.dispatch(now, input);
      engine.free();
    }),
    plain: () => microseconds(times, () => plain(plainDeck), (engine) => {
      for (const [now, input] of script) {
        engine.step(now, input);
        engine.wakeAt();
      }
    }),
    plainWhole: () => microseconds(times, () => plain(plainDeck), (engine) => {
      for (const [now, input] of script) engine.dispatch(now, input);
    }),
  };
}

export async function hour() {
  const native = startNative();
  const wasm = await loadWasm('hour');
  await native.deck('extension/decks/en.json');
  /** @type {Row[]} */
  const rows = [];
  for (const habit of /** @type {const} */ (['diligent', 'silent'])) {
    const inputs = script(plain(), deck, { minutes: 50, kind: 'ongoing', profile: 'standard', seed: 1, habit });
    await native.hour(inputs);
    const took = await takeTurns(ROUNDS, jobs({ native, wasm, script: inputs, times: 10 }));
    const about = habit === 'diligent' ? 'every cue answered' : 'no cue answered';
    rows.push(
      {
        what: `${about}, ${inputs.length} inputs: native, the session alone`,
        figure: time(took.native),
        baseline: ['plain JavaScript, the session alone', time(took.plain)],
        budget: { text: `${NATIVE_BUDGET} µs`, kept: took.native.median <= NATIVE_BUDGET },
      },
      {
        what: 'native, with view and snapshot',
        figure: time(took.nativeWhole),
        baseline: ['plain JavaScript, with view and snapshot', time(took.plainWhole)],
      },
      {
        what: 'wasm, as the background calls it',
        figure: time(took.wasm),
        baseline: ['plain JavaScript, with view and snapshot', time(took.plainWhole)],
      },
    );
  }
  native.stop();
  return { title: 'A simulated 50-minute session (standard, ongoing)', rows };
}
