// @ts-check
// The engine that ships, the plain one, and the inputs for both.

import { readFile } from 'node:fs/promises';
import { Engine as Plain } from './plain/engine.mjs';
import { readDeck } from './plain/deck.mjs';
import { say as text } from '../tests/browser/words.mjs';

const root = new URL('../', import.meta.url);
/** @typedef {{memory?: object, session?: object}} Records what the engine saves */

/** @param {string} path */
export const read = (path) => readFile(new URL(path, root), 'utf8');

export const deckText = await read('extension/decks/en.json');
export const deck = JSON.parse(deckText);

/** The English sentence of a message. @param {{key: string, args?: string[]}} message */
export function say({ key, args = [] }) {
  return text(key, ...args);
}

/**
 * The wasm of the background. Each name has its own module, instance and memory.
 * @param {string} name
 */
export async function loadWasm(name) {
  const { default: init, Engine } = await import(new URL(`target/attune/wasm/background.js?${name}`, root).href);
  const bytes = await readFile(new URL('dist/chromium/wasm/background_bg.wasm', root));
  const { memory } = await init({ module_or_path: bytes });
  /** Makes an engine as the background does. @param {any} [json] a deck @param {Records} [records] what was saved */
  const create = (json = deck, { memory, session } = {}) => {
    const engine = new Engine(json, undefined, memory, session);
    return {
      /** @param {number} now @param {any} input */
      dispatch: (now, input) => engine.dispatch(now, input),
      free: () => engine.free(),
    };
  };
  return { memory: /** @type {WebAssembly.Memory} */ (memory), create };
}

/** @param {string | import('./plain/deck.mjs').Deck} [from] a deck as JSON, or already read */
export function plain(from = deckText) {
  return new Plain(typeof from === 'string' ? readDeck(from) : from);
}
