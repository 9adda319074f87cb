// @ts-check
// Counts what a wasm module imports, where wasm-bindgen has put a hash of 16 digits behind each name: hashes do not
// deflate, and within one module the count tells the names apart as well. Both are equally long, so that nothing moves.
//
//   node tools/names.mjs STEM      changes STEM.js and STEM_bg.wasm

import { readFileSync, writeFileSync } from 'node:fs';

const [stem] = process.argv.slice(2);
/** @type {Map<string, string>} */
const counts = new Map();

for (const file of [`${stem}.js`, `${stem}_bg.wasm`]) {
  const text = readFileSync(file, 'latin1');
  const named = text.replace(/(__wbg_\w+?_)([0-9a-f]{16})\b/g, (_, name, hash) => {
    if (!counts.has(hash)) {
      // What the JavaScript does not name, it could not give.
      if (!file.endsWith('.js')) throw new Error(`${file} imports ${name}${hash}, which ${stem}.js does not know`);
      counts.set(hash, String(counts.size).padStart(16, '0'));
    }
    return name + counts.get(hash);
  });
  writeFileSync(file, named, 'latin1');
}
