// @ts-check
// Runs the measurements, each beside its baseline from the same run. Nothing fails for being slow; a figure over its
// budget in the design is marked in capitals.
//
//   node bench/all.mjs [hour] [decks] [memory] [start] [wakeups] [frames]      without a name: all of them

import { agreeWithGoldenFiles, agreeWithWasm } from './agreement.mjs';
import { decks } from './decks.mjs';
import { frames } from './frames.mjs';
import { hour } from './hour.mjs';
import { memory } from './memory.mjs';
import { start } from './start.mjs';
import { wakeups } from './wakeups.mjs';
import { print } from './table.mjs';

// Comparing speeds makes sense only if both do the same, so any difference ends the benchmark here.
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
