// @ts-check
// The shortcuts: each command of the manifest is an input.
//
// A window of a call app may have no toolbar, so no button and no popup either. There, a glance before a session opens a
// small window in the popup's place.

import { WINDOW } from './float.js';

/** @typedef {ReturnType<typeof createKeys>} Keys */

/** @type {Record<string, import('../wasm/background.js').Input>} */
const inputs = {
  glance: 'glance',
  'not-now': 'not_now',
  hold: 'hold_key',
  hide: 'hide_key',
  sharing: 'sharing_key',
  sound: 'sound_key',
  'moment-1': 'moment_key',
  crisis: 'crisis_key',
};

/** What must never fail to work: it may be urgent. */
const silencing = new Set(['hide', 'sharing', 'crisis']);

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {import('./home.js').Home} parts.home
 */
export function createKeys({ session, home }) {
  /** @param {string} command @param {chrome.tabs.Tab | undefined} tab in front where the key was pressed */
  async function onCommand(command, tab) {
    if (isTried(tab) && !silencing.has(command)) return;
    await session.take(inputs[command]);
    // A glance means that the strip should be seen. No other key brings a closed window back.
    if (session.isRunning) await home.comeBack(home.place === WINDOW && command === 'glance' ? WINDOW : tab?.id);
    else if (command === 'glance' && tab) await openWithoutToolbar(tab);
  }

  return { onCommand };
}

/** Whether a key is pressed where keys are tried. @param {chrome.tabs.Tab | undefined} tab */
const isTried = (tab) => ['welcome.html', 'options.html#keys'].some((page) => tab?.url?.startsWith(chrome.runtime.getURL(page)));

/** Opens what the toolbar button would open, in a window that has no toolbar. @param {chrome.tabs.Tab} tab */
async function openWithoutToolbar({ id, url, windowId }) {
  const { type } = await chrome.windows.get(windowId);
  const isOurs = url?.startsWith(chrome.runtime.getURL(''));
  if (type !== 'popup' || isOurs) return;
  await chrome.windows.create({ type: 'popup', url: chrome.runtime.getURL(`session.html#tab-${id}`), width: 376, height: 700 });
}

/** The shortcut of each command, empty where it has none. @returns {Promise<Record<string, string>>} */
export async function shortcuts() {
  const commands = await chrome.commands.getAll();
  return Object.fromEntries(commands.map(({ name = '', shortcut = '' }) => [name, shortcut]));
}
