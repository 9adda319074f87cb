// @ts-check
// Waiting for a condition, with a bound. Nothing in the tests sleeps.

/**
 * Asks again and again until the answer pleases, and gives it back. A question that throws counts as no answer yet.
 * @template T
 * @param {string} what what is waited for, for the error message
 * @param {() => T | Promise<T>} ask
 * @param {(answer: T) => unknown} [good] by default: the answer is neither null, false, 0 nor empty
 * @param {number} [timeout] ms
 * @returns {Promise<T>}
 */
export async function until(what, ask, good = (answer) => answer, timeout = 20_000) {
  const end = performance.now() + timeout;
  for (;;) {
    let last;
    try {
      const answer = await ask();
      if (good(answer)) return answer;
      last = `the last answer was ${JSON.stringify(answer)}`;
    } catch (problem) {
      last = `the last try failed: ${problem instanceof Error ? problem.message : problem}`;
    }
    if (performance.now() > end) throw new Error(`Waited ${timeout} ms for ${what}; ${last}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
