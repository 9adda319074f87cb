// @ts-check
// Takes samples in turn, A B A B …, so that other load on the machine affects all alike. A figure is the median.

/** @typedef {{median: number, lowest: number, highest: number}} Figure */

/**
 * @template {string} Name
 * @param {number} rounds
 * @param {Record<Name, () => number | Promise<number>>} takers each takes one sample
 * @returns {Promise<Record<Name, Figure>>}
 */
export async function takeTurns(rounds, takers) {
  const names = /** @type {Name[]} */ (Object.keys(takers));
  /** @type {Record<string, number[]>} */
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  // The first round is a warm-up and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const sample = await takers[name]();
      if (round > 0) samples[name].push(sample);
    }
  }
  return /** @type {Record<Name, Figure>} */ (Object.fromEntries(names.map((name) => [name, figure(samples[name])])));
}

/** @param {number[]} samples @returns {Figure} */
export function figure(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return {
    median: (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2,
    lowest: sorted[0],
    highest: sorted[sorted.length - 1],
  };
}

/**
 * The median time of one of `times` runs, in microseconds; `prepare` is not counted.
 * @template T
 * @param {number} times @param {() => T} prepare @param {(prepared: T) => void} run
 */
export function microseconds(times, prepare, run) {
  const took = [];
  for (let n = 0; n < times; n++) {
    const prepared = prepare();
    const start = performance.now();
    run(prepared);
    took.push(performance.now() - start);
  }
  return figure(took).median * 1_000;
}
