// @ts-check
// Starts the options. What they show is drawn in Rust: src/wasm/pages/options.

import init, { options } from './wasm/workshop.js';

const [shipped] = await Promise.all([fetch('decks/en.json').then((file) => file.text()), init()]);
await options(shipped);
