// @ts-check
// Starts the popup. What it shows is drawn in Rust: src/web/pages/session.

import init, { popup } from './wasm/pages.js';

await init();
popup();
