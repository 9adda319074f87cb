// @ts-check
// Prints the measurements, each figure beside its baseline.

/** @import { Figure } from './samples.mjs' */
/** @typedef {{text: string, value: number}} Cell */
/** @typedef {{what: string, figure: Cell, baseline?: readonly [name: string, Cell], note?: string,
 *   budget?: {text: string, kept: boolean}}} Row */
/** @typedef {{title: string, rows: Row[]}} Section */

/** Such figures are accurate to three digits at most. @param {number} number */
const round = (number) => Number(number.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });

/** @param {number} factor */
export const times = (factor) => `${round(factor)} ×`;

/** A median in microseconds, with its lowest and highest sample. @param {Figure} figure @returns {Cell} */
export function time({ median, lowest, highest }) {
  const [unit, size] = median < 1_000 ? ['µs', 1] : median < 1_000_000 ? ['ms', 1_000] : ['s', 1_000_000];
  return { text: `${round(median / size)} ${unit} (${round(lowest / size)} to ${round(highest / size)})`, value: median };
}

/** @param {Section} section */
export function print({ title, rows }) {
  console.log(`\n${title}`);
  const cells = rows.map(({ what, figure, baseline, note, budget }) => [
    what,
    figure.text,
    baseline ? `${times(figure.value / baseline[1].value)} of ${baseline[0]}: ${baseline[1].text}` : '',
    note ?? '',
    budget ? `budget ${budget.text}: ${budget.kept ? 'within' : '*** OVER ***'}` : '',
  ]);
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells) console.log(`  ${row.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd()}`);
}
