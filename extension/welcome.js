// @ts-check
// Starts the welcome page. What it shows is drawn in Rust: src/web/pages/welcome.rs.

import init, { welcome } from './wasm/pages.js';

await init();
welcome();
