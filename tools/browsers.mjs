// @ts-check
// Finds the browsers on this machine.
//
//   node tools/browsers.mjs chromium|firefox    prints the path, or an error if there is none

import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Names to look for on PATH, and paths of programs that are never on it. */
const places = {
  chromium: [
    'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'brave-browser',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  firefox: ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
};

/** @param {string} file */
function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a browser.
 * @param {'chromium' | 'firefox'} browser
 * @returns {string}
 * @throws {Error} in plain words, if there is none
 */
export function browserPath(browser) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const place of places[browser]) {
    const found = (isAbsolute(place) ? [place] : folders.map((folder) => join(folder, place))).find(canRun);
    if (found) return found;
  }
  throw new Error(`There is no ${browser} on this machine.`);
}

/** Flags for Chromium when a program starts it: no sandbox as root, and no background downloads. */
export const chromiumFlags = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic', '--no-first-run',
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(browserPath(process.argv[2] === 'firefox' ? 'firefox' : 'chromium'));
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem);
    process.exitCode = 1;
  }
}
