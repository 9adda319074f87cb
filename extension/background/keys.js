// @ts-check
// The shortcuts: each command of the manifest is an input.

import { WINDOW } from './float.js';

/** @typedef {ReturnType<typeof createKeys>} Keys */

/** @type {Record<string, import('../wasm/background.js').Input>} */
const inputs = {
  glance: 'glance',
  'not-now': 'not_now',
  hold: 'hold_key',
  hide: 'hide_key',
  sharing: 'sharing_key',
  'moment-1': 'moment_key',
  crisis: 'crisis_key',
};

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {import('./home.js').Home} parts.home
 */
export function createKeys({ session, home }) {
  /** @param {string} command @param {chrome.tabs.Tab | undefined} tab */
  async function onCommand(command, tab) {
    await session.take(inputs[command]);
    // A glance means that the strip should be seen. No other key brings a closed window back.
    if (session.isRunning) await home.comeBack(home.place === WINDOW && command === 'glance' ? WINDOW : tab?.id);
  }

  return { onCommand };
}

/** The shortcut of each command, empty where it has none. @returns {Promise<Record<string, string>>} */
export async function shortcuts() {
  const commands = await chrome.commands.getAll();
  return Object.fromEntries(commands.map(({ name = '', shortcut = '' }) => [name, shortcut]));
}
