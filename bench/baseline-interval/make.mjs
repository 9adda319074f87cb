// @ts-check
// The same strip driven by the obvious design: it asks the background once a second. Made from dist/chromium, so that
// nothing else differs.

import { appendFile, cp, rm } from 'node:fs/promises';

const patch = `
// --- once a second, and no other timer to wait for the next deadline ---
const arm = window.setTimeout.bind(window);
window.setTimeout = (callback, ms, ...args) => (ms > 1000 ? 0 : arm(callback, ms, ...args));
setInterval(() => dispatchEvent(new Event('pageshow')), 1000);
`;

/** @returns {Promise<string>} the folder of the extension */
export async function makeIntervalVariant() {
  const folder = 'target/attune/bench/interval';
  await rm(folder, { recursive: true, force: true });
  await cp('dist/chromium', folder, { recursive: true });
  await appendFile(`${folder}/strip.js`, patch);
  return folder;
}
