// @ts-check
// Starts the side panel. What it shows is drawn in Rust: src/web/pages/session.

import init, { panel } from './wasm/pages.js';

await init();
panel();
