// @ts-check
// The strip on the screen, as a person sees it: by the pixels of the screen, not by what a document says.

import { until } from './drive/index.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Surface} Surface */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

/** Where the strip's words or card are on the screen. @param {Surface} strip @returns {Promise<Box>} */
export async function layer(strip) {
  const box = await until('something on the strip', () => strip.box('.layer:not(.leaving)'));
  return { ...(/** @type {Box} */ (box)), ...(await strip.onScreen(/** @type {Box} */ (box))) };
}

/** The strip's background on a dark page: rgb(24 27 31), slightly translucent. Under a dialog's backdrop it would be darker. */
const isGround = (/** @type {number[]} */ [red, green, blue]) =>
  Math.abs(red - 28) < 10 && Math.abs(green - 31) < 10 && Math.abs(blue - 35) < 10;

/**
 * Which share of a box on the screen has the strip's background, and how many of its pixels are as light as words.
 * @param {Browser} browser
 * @param {Box} box
 * @param {(colour: number[]) => boolean} [isDark] what counts as the background
 */
export async function shades(browser, { x, y, width, height }, isDark = isGround) {
  const { colour } = await browser.display.picture();
  let [dark, light] = [0, 0];
  for (let row = Math.ceil(y); row < y + height; row++)
    for (let column = Math.ceil(x); column < x + width; column++) {
      const [red, green, blue] = colour(column, row);
      if (isDark([red, green, blue])) dark++;
      if (red > 215 && green > 210 && blue > 200) light++;
    }
  return { dark: dark / (width * height), light };
}

/** Light words on dark ground. @param {{dark: number, light: number}} shades */
export const areWords = ({ dark, light }) => dark > 0.5 && light > 20;

/**
 * Waits until the strip is on the screen as it should be: light words on a dark background, in front of everything, not
 * dimmed. Looks at the pixels of the screen, as a person does.
 * @param {Browser} browser
 * @param {Surface} strip
 * @param {Box} [at] where it must be; by default, where it says it is
 */
export async function isOnScreen(browser, strip, at) {
  const look = async () => shades(browser, at ?? (await layer(strip)));
  await until('light words on dark ground', look, areWords);
}
