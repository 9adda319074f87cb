// @ts-check
// Starts the strip. What it shows is drawn in Rust: src/web/pages/strip. On the welcome page it is there to be tried,
// and in the options to be dragged to its place; then there is no session behind it.

import init, { demo, strip } from './wasm/pages.js';

// The content script says hello as soon as the frame has loaded, which is before the wasm has.

/** To the content script, which places the frame. The first port counts. */
const frame = /** @type {Promise<MessagePort>} */ (
  new Promise((resolve) => {
    addEventListener('message', ({ data, ports }) => {
      if (data === 'attune' && ports.length === 1) resolve(ports[0]);
    });
  })
);

/** Ports that are cut when the extension goes. They only need to stay referenced. */
const pairs = new Set();
chrome.runtime.onConnect.addListener((port) => void pairs.add(port));

/** @type {import('./wasm/pages.js').Envelope} */
const look = { to: 'background', say: { take: { input: 'look', tab: null } } };
/** The first picture, asked for while the wasm is on its way. */
const picture = location.hash ? undefined : chrome.runtime.sendMessage(look).catch(() => undefined);

/** Where it goes, and how it looks. */
const kept = chrome.storage.local.get(['place', 'look']).catch(() => ({}));

// --- clicks that were not meant for the strip ------------------------------------------------------------------------

/**
 * How long, in ms, a layer must have been there to take a click: it may have come under a pointer that was on its way
 * to the call.
 */
const moment = 300;
const root = document.documentElement;
/**
 * Whether nothing lies over the strip, as far as the browser can tell. A page can cover it with what lets clicks
 * through.
 */
let clear = true;
let opening = 0;

function shut() {
  root.classList.add('shut');
  clearTimeout(opening);
  if (clear) opening = window.setTimeout(() => root.classList.remove('shut'), moment);
}

new MutationObserver((changes) => {
  if (changes.some(({ addedNodes }) => addedNodes.length > 0)) shut();
}).observe(/** @type {Element} */ (document.getElementById('strip')), { childList: true });

if ('isVisible' in IntersectionObserverEntry.prototype) {
  const watch = new IntersectionObserver((entries) => {
    clear = /** @type {{isVisible?: boolean}} */ (entries.at(-1)).isVisible === true;
    shut();
  }, /** @type {IntersectionObserverInit} */ ({ trackVisibility: true, delay: 100 }));
  watch.observe(root);
}

await init();
if (picture) strip(frame, kept, picture);
else demo(frame, kept, location.hash === '#sample');
