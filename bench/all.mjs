// @ts-check
// Every measurement, each figure beside its baseline from the same run. Nothing here fails because something is slow;
// what is over its budget in the design is said in capitals.
//
//   node bench/all.mjs [hour] [decks] [memory] [start] [wakeups] [frames]      all of them without a name

import { agreeWithGoldenFiles, agreeWithWasm } from './agreement.mjs';
import { decks } from './decks.mjs';
import { frames } from './frames.mjs';
import { hour } from './hour.mjs';
import { memory } from './memory.mjs';
import { start } from './start.mjs';
import { wakeups } from './wakeups.mjs';
import { print } from './table.mjs';

// Speeds of things that do not do the same are not worth comparing; a difference ends the bench here.
const golden = await agreeWithGoldenFiles();
const { hours } = await agreeWithWasm();
console.log(`same transcripts: ${golden} golden hours and ${hours} settings drawn by lot`);

/** @type {Record<string, () => Promise<import('./table.mjs').Section>>} */
const sections = { hour, decks, memory, start, wakeups, frames };
const wanted = process.argv.slice(2);
let over = 0;
for (const [name, measure] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const section = await measure();
  print(section);
  over += section.rows.filter(({ budget }) => budget && !budget.kept).length;
}
console.log(over === 0 ? '\nEverything is within its budget.' : `\n*** ${over} OVER BUDGET ***`);
