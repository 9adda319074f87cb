// @ts-check
// Talks to bench/hour.rs, one line out and one line back.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Starts the native engine. */
export function startNative() {
  const cwd = fileURLToPath(new URL('../', import.meta.url));
  const child = spawn('cargo', ['run', '--quiet', '--profile', 'native', '--example', 'hour'], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @param {unknown} question @returns {Promise<number>} */
  async function ask(question) {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('The native engine has gone.');
    return Number(value);
  }
  return {
    /** @param {string} path a deck as JSON */
    deck: (path) => ask({ deck: path }),
    /** @param {import('./hours.mjs').Script} script */
    hour: (script) => ask({ hour: script }),
    /**
     * The median time of one run, in microseconds.
     * @param {'read' | 'resolve' | 'step' | 'dispatch'} job
     * @param {number} times
     */
    time: (job, times) => ask({ time: [job, times] }),
    stop: () => child.stdin.end(),
  };
}
