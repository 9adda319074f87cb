// @ts-check
// Waiting for a condition, with a time limit. No test sleeps.

/**
 * Asks repeatedly until the answer is good, and returns it. A question that throws counts as not answered yet.
 * @template T
 * @param {string} what names the condition in the error message
 * @param {() => T | Promise<T>} ask
 * @param {(answer: T) => unknown} [good] by default, whether the answer is truthy
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
