// @ts-check
// Starts the strip. What it shows is drawn in Rust: src/wasm/pages/strip.rs. In the welcome page it is there to be tried,
// and there is no session behind it.

import init, { demo, strip } from './wasm/pages.js';

// The content script says hello as soon as the frame has loaded, which is before the wasm has.

/** To the content script, which sizes the frame. The first port counts. */
const size = /** @type {Promise<MessagePort>} */ (
  new Promise((resolve) => {
    addEventListener('message', ({ data, ports }) => {
      if (data === 'attune' && ports.length === 1) resolve(ports[0]);
    });
  })
);

/** Ports that are cut when the extension goes. They only have to be kept. */
const pairs = new Set();
chrome.runtime.onConnect.addListener((port) => void pairs.add(port));

/** The first picture, asked for while the wasm is on its way. */
const picture = location.hash === '#demo' ? undefined : chrome.runtime.sendMessage({ to: 'background', input: '"look"' }).catch(() => undefined);

await init();
if (picture) strip(size, picture);
else demo(size);
