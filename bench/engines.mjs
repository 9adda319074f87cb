// @ts-check
// The engine that ships, the plain one, and the inputs for both.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Engine as Plain } from './plain/engine.mjs';
import { readDeck } from './plain/deck.mjs';
import { say as text } from '../tests/browser/words.mjs';

const root = new URL('../', import.meta.url);
/** @param {string} path */
export const read = (path) => readFile(new URL(path, root), 'utf8');

export const deckText = await read('extension/decks/en.json');
export const deck = JSON.parse(deckText);
export const compiled = await read('dist/chromium/decks/en.deck');

/** What Start offers if nothing is set. */
const NOTHING_SET = '{}';

/** The English sentence of a message. @param {{key: string, args?: string[]}} message */
export function say({ key, args = [] }) {
  return text(key, ...args);
}

/**
 * The wasm of the background. Each name has its own module, instance and memory.
 * @param {string} name
 */
export async function loadWasm(name) {
  const { default: init, Engine } = await import(new URL(`dist/chromium/wasm/background.js?${name}`, root).href);
  const bytes = await readFile(new URL('dist/chromium/wasm/background_bg.wasm', root));
  const { memory } = await init({ module_or_path: bytes });
  /** Makes an engine as background.js does. @param {string} [text] a compiled deck @param {string} [saved] */
  const create = (text = compiled, saved = undefined) => {
    const engine = new Engine(text, NOTHING_SET, saved);
    return {
      /** @param {number} now @param {any} input */
      dispatch: (now, input) => JSON.parse(engine.dispatch(now, JSON.stringify(input))),
      /** @param {number} now @param {string} input */
      raw: (now, input) => engine.dispatch(now, input),
      free: () => engine.free(),
    };
  };
  return { memory: /** @type {WebAssembly.Memory} */ (memory), create };
}

/** @param {string | import('./plain/deck.mjs').Deck} [from] a deck as JSON, or already read */
export function plain(from = deckText) {
  return new Plain(typeof from === 'string' ? readDeck(from) : from);
}

/** Compiles a deck as the build does. @param {string} source @param {string} target */
export async function compile(source, target) {
  const args = ['run', '--quiet', '--bin', 'deck', '--', source, target];
  await promisify(execFile)('cargo', args, { cwd: fileURLToPath(root) });
}
