// @ts-check
// What the background says without being asked. Each message says whom it is for, because browsers hand it to every
// listener.

import { isFirefox } from './browser.js';

/** @typedef {import('../wasm/background.js').Envelope} Envelope */

/**
 * Tells the content scripts in a tab what to do.
 * @param {number} tab
 * @param {import('../wasm/background.js').Order} order
 * @param {{frameId?: number}} [options] in all of its frames, or in one
 * @returns {Promise<unknown>} the first answer; nothing if nobody answers
 */
export function tell(tab, order, options = {}) {
  /** @type {Envelope} */
  const message = { to: 'content', say: order };
  return chrome.tabs.sendMessage(tab, message, options).catch(() => undefined);
}

/**
 * Sends the newest picture to all pages.
 * @param {import('../wasm/background.js').Picture} picture
 * @param {number} [tab] with the strip in it
 */
export function show(picture, tab) {
  /** @type {Envelope} */
  const message = { to: 'surfaces', say: picture };
  // Nobody may be listening.
  chrome.runtime.sendMessage(message).catch(() => {});
  // Firefox reaches a frame inside a page only through its tab.
  if (tab !== undefined && isFirefox()) chrome.tabs.sendMessage(tab, message).catch(() => {});
}
