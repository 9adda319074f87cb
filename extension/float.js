// @ts-check
// Starts the floating window's page. What it shows is drawn in Rust: src/web/pages/float.rs.

import init, { float } from './wasm/pages.js';

// A port, because a message has a promise, which would settle after the page is gone.
addEventListener('pagehide', () => chrome.runtime.connect({ name: 'leaving' }));

await init();
float();
