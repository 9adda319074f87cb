// @ts-check
// Starts the options. What they show is drawn in Rust: src/web/options.

import init, { options } from './wasm/options.js';

/** @param {string} path */
const read = (path) => fetch(path).then((file) => file.json());
const [shipped, sites] = await Promise.all([read('decks/en.json'), read('sites.json'), init()]);
await options(shipped, sites);
