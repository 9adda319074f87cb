// @ts-check
// Decks of 10 to 10,000 prompts: reading the deck, and a simulated session with it.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deck, loadWasm, plain } from './engines.mjs';
import { jobs } from './hour.mjs';
import { script } from './hours.mjs';
import { startNative } from './native.mjs';
import { readDeck } from './plain/deck.mjs';
import { microseconds, takeTurns } from './samples.mjs';
import { time, times } from './table.mjs';

const SIZES = [10, 100, 1_000, 10_000];
const ROUNDS = 9;
/** The allowed multiple of log-linear growth from the smallest deck. */
const BUDGET = 3;

/** @import { Row } from './table.mjs' */

/** The shipped deck cut or repeated (with new ids) to this many prompts. @param {number} size */
export function sized(size) {
  const { prompts } = deck;
  const step = Math.max(1, prompts.length / size);
  const from = (/** @type {number} */ n) => Math.floor(n * step) % prompts.length;
  return JSON.stringify({
    ...deck,
    prompts: Array.from({ length: size }, (_, n) => ({ ...prompts[from(n)], id: `${prompts[from(n)].id}-${n}` })),
  });
}

/**
 * The cost growth from the smallest deck to `size`, divided by the growth of n log n.
 * @param {number} size @param {number} cost @param {number} smallest
 */
function growth(size, cost, smallest) {
  const logLinear = (/** @type {number} */ n) => n * Math.log(n);
  return cost / smallest / (logLinear(size) / logLinear(SIZES[0]));
}

export async function decks() {
  const native = startNative();
  const wasm = await loadWasm('decks');
  const folder = await mkdtemp(join(tmpdir(), 'attune-decks-'));
  /** @type {Row[]} */
  const rows = [];
  /** @type {Record<string, number>} */
  const smallest = {};
  try {
    for (const size of SIZES) {
      const path = join(folder, `${size}.json`);
      const text = sized(size);
      await writeFile(path, text);
      const setting = { minutes: 50, kind: 'ongoing', profile: 'standard', seed: 1, habit: /** @type {const} */ ('silent') };
      const inputs = script(plain(text), deck, setting);
      await native.deck(path);
      await native.hour(inputs);
      const repeats = Math.max(1, Math.floor(1_000 / size));
      const took = await takeTurns(ROUNDS, {
        ...jobs({ native, wasm, script: inputs, times: Math.ceil(repeats / 10), text }),
        read: () => native.time('read', repeats),
        plainRead: () => microseconds(repeats, () => {}, () => void readDeck(text)),
        resolve: () => native.time('resolve', repeats),
      });
      /** @typedef {keyof typeof took} Job */
      /** @param {string} what @param {Job} figure @param {string} beside @param {Job} baseline @returns {Row} */
      const row = (what, figure, beside, baseline) => {
        smallest[figure] ??= took[figure].median;
        const grown = growth(size, took[figure].median, smallest[figure]);
        const isLargest = size === SIZES[SIZES.length - 1];
        return {
          what: `${size.toLocaleString('en')} prompts: ${what}`,
          figure: time(took[figure]),
          baseline: [beside, time(took[baseline])],
          note: `${times(grown)} log-linear`,
          ...(isLargest && { budget: { text: `${BUDGET} × log-linear`, kept: grown <= BUDGET } }),
        };
      };
      rows.push(
        row('read and checked, native', 'read', 'plain JavaScript, not checked', 'plainRead'),
        row('deck made of its file, native', 'resolve', 'plain JavaScript, from JSON', 'plainRead'),
        row('a session, native', 'native', 'plain JavaScript', 'plain'),
        row('a session, wasm with view and snapshot', 'wasm', 'plain JavaScript, the same', 'plainWhole'),
      );
    }
  } finally {
    native.stop();
    await rm(folder, { recursive: true });
  }
  const title = 'Decks of 10 to 10,000 prompts, and a 50-minute session with them';
  return { title: `${title} (growth: cost over that of 10 prompts, over n log n)`, rows };
}
