// @ts-check
// Starts the popup and the side panel, which are one page. What it shows is drawn in Rust: src/web/pages/session.

import init, { session } from './wasm/pages.js';

await init();
session();
