// @ts-check
// The toolbar button: the session's badge, and a hint in tabs where a call runs.

import { isFirefox } from './browser.js';

/** @typedef {import('../wasm/background.js').Badge} Badge */

/** @param {Badge} badge @param {boolean} lost whether the strip has lost its place */
export function showBadge({ text, title }, lost) {
  chrome.action.setBadgeBackgroundColor({ color: '#2f6f6a' });
  chrome.action.setBadgeTextColor({ color: '#ffffff' });
  chrome.action.setBadgeText({ text: lost ? '!' : text });
  chrome.action.setTitle({ title: chrome.i18n.getMessage(lost ? 'badge_lost' : title.key) });
}

/**
 * Suggests Start in tabs where a call runs, as long as no session is running.
 * @param {{on: number[], off: number[]}} tabs those in which a call runs, and those in which one has ended
 * @param {boolean} running whether a session runs
 */
export function hintAtCalls({ on, off }, running) {
  for (const tab of off) hint(tab, false);
  for (const tab of on) hint(tab, !running);
}

/** @param {number} tabId @param {boolean} suggests */
function hint(tabId, suggests) {
  // A tab without a text of its own shows the one for all tabs. For titles, Chromium takes only an empty one as none.
  const none = /** @type {any} */ (null);
  const title = suggests ? chrome.i18n.getMessage('call_noticed') : isFirefox() ? none : '';
  // A tab may be gone.
  chrome.action.setBadgeText({ tabId, text: suggests ? '●' : none }).catch(() => {});
  chrome.action.setTitle({ tabId, title }).catch(() => {});
}
