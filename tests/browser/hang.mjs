// @ts-check
// Where the strip hangs in a page's window, as a person sees it.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';

/** @typedef {import('./drive/index.mjs').Page} Page */

/** The middle of the width of the strip's layer, and its top, in the page's viewport. @param {Page} page */
export async function place(page) {
  const strip = await page.strip();
  const [inside, frame, corner] = [await strip.box('.layer:not(.leaving)'), await strip.way.corner(), await page.way.corner()];
  if (!inside) return null;
  return { x: frame.x - corner.x + inside.x + inside.width / 2, y: frame.y - corner.y + inside.y };
}

/**
 * Waits until the strip is roughly there.
 * @param {Page} page
 * @param {number} x
 * @param {number} y
 * @param {number} [near]
 */
export const isAt = (page, x, y, near = 3) =>
  until(`the strip at ${Math.round(x)}, ${Math.round(y)}`, () => place(page), (now) => now !== null && Math.abs(now.x - x) <= near && Math.abs(now.y - y) <= near);

/** @param {Page} page */
export const viewport = (page) => page.evaluate(() => ({ width: document.documentElement.clientWidth, height: innerHeight }));

/** Drags the strip with the mouse. @param {Page} page @param {{x: number, y: number}} to in the page's viewport */
export async function drag(page, to) {
  const strip = await page.strip();
  // It takes no press in its first moment, nor while its frame is getting small again after another drag.
  await until('the strip to be at rest', () => strip.evaluate(() =>
    innerWidth < 481 && document.querySelector('[data-held]') === null && !document.documentElement.classList.contains('shut')));
  const box = await strip.box('.layer:not(.leaving)');
  assert.ok(box);
  const from = await strip.onScreen({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  // A frame that has just moved hears of the mouse only when it has been drawn there.
  let step = 0;
  await until('the strip to be under the mouse', async () => {
    step = 1 - step;
    await page.display.move({ x: from.x + step, y: from.y });
    return strip.evaluate(() => document.querySelector('.layer:not(.leaving)')?.matches(':hover'));
  });
  await page.display.drag(from, await page.onScreen(to));
}

/** What is stored about the strip's places. @param {Page} page */
export const kept = async (page) =>
  (await page.strip()).evaluate(async () => JSON.stringify((await chrome.storage.local.get('place')).place));

/** Whether what is stored says that the strip was moved on some screen. @param {string | undefined} kept */
export const isMoved = (kept) => /** @type {{place: {x: number, y: number}}[]} */ (JSON.parse(kept ?? '{"screens":[]}').screens)
  .some(({ place: { x, y } }) => x !== 5000 || y !== 0);
