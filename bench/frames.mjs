// @ts-check
// What a call's page notices of ten cues in its own frames: dropped frames, long tasks on the main thread, layout
// shift. The baseline is the same call without Attune, run twice to show how far two runs differ anyway.
//
// Only the waiting for a cue is skipped, by moving the wall clock of the whole browser. The dot, the words and the
// fade-out run in real time, and the page counts its frames throughout.

import { chromiumCallFlags } from '../tests/calls/flags.mjs';
import { startCalls } from '../tests/calls/server.mjs';
import { createClock } from '../tests/browser/drive/clock.mjs';
import { frameOf, openChromium, send } from './chromium.mjs';
import { figure } from './samples.mjs';

/** @import { Frame, Page } from 'puppeteer-core' */
/** @import { Row } from './table.mjs' */
/** @typedef {{frames: number, dropped: number, longest: number, tasks: number, shift: number}} Noticed */

const CUES = 10;
const ROUNDS = 3;
/** How long the dot, the words and the empty strip each stay, in ms: longer than a fade. */
const STAGE = 700;
/** The largest jump of the clock: below the three minutes after which the engine assumes a sleep. */
const NAP = 150_000;

/** Starts counting. Runs in the page. */
function watch() {
  const seen = { gaps: /** @type {number[]} */ ([]), tasks: 0, shift: 0 };
  let last = performance.now();
  const next = (/** @type {number} */ now) => {
    seen.gaps.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame((now) => {
    last = now;
    requestAnimationFrame(next);
  });
  new PerformanceObserver((list) => void (seen.tasks += list.getEntries().length)).observe({ type: 'longtask' });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += /** @type {any} */ (entry).value;
  }).observe({ type: 'layout-shift' });
  Object.assign(window, { seen });
}

/** @param {Page} page @returns {Promise<Noticed>} */
async function noticed(page) {
  const { gaps, tasks, shift } = await page.evaluate(() => /** @type {any} */ (window).seen);
  const period = figure(gaps).median;
  const dropped = gaps.reduce((/** @type {number} */ sum, /** @type {number} */ gap) => sum + Math.max(0, Math.round(gap / period) - 1), 0);
  return { frames: gaps.length, dropped, longest: Math.max(...gaps), tasks, shift };
}

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

export async function frames() {
  const calls = await startCalls();
  const clock = createClock();
  const browser = await openChromium({ extensions: ['dist/chromium'], flags: chromiumCallFlags, env: clock.env });
  const [id] = browser.ids;

  /**
   * Sends an input; returns what the strip shows and when it changes next.
   * @param {Frame} strip
   * @param {import('../target/attune/wasm/background.js').Input} input
   */
  const take = async (strip, input) => {
    const { state } = await strip.evaluate((input) => chrome.runtime.sendMessage({ to: 'background', say: { take: { input, tab: null } } }), input);
    return state.view;
  };

  /** Moves the clock to the next cue. @param {Frame} strip */
  async function dot(strip) {
    for (let jumps = 0; jumps < 100; jumps++) {
      const { strip: picture, wake_at: next } = await take(strip, 'look');
      if (picture.dot) return;
      clock.shift(Math.min(Math.max(next - clock.now(), 0) + 10, NAP));
    }
    throw new Error('No cue has come.');
  }

  /** One call, with ten cues, or for the same time without Attune. @param {boolean} withAttune */
  async function once(withAttune) {
    const page = await browser.open(`${calls.url}/plain/`);
    await page.waitForFunction(() => [...document.querySelectorAll('video')].every((video) => video.currentTime > 0));
    const begun = withAttune ? await browser.pressStart(id, page) : undefined;
    const strip = begun && (await frameOf(page, id, 'strip.html'));
    if (strip) await strip.waitForSelector('#strip > *');
    await begun?.closePopup();
    await page.bringToFront();
    await page.evaluate(watch);
    for (let cue = 0; cue < CUES; cue++) {
      if (strip) await dot(strip);
      await wait(STAGE);
      for (let glance = 0; glance < 2; glance++) {
        if (strip) await take(strip, 'glance');
        await wait(STAGE);
      }
    }
    const result = await noticed(page);
    if (strip) await send(strip, 'end', 'dismiss');
    await page.close();
    return result;
  }

  /** @type {Record<'with' | 'without' | 'again', Noticed[]>} */
  const runs = { with: [], without: [], again: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      runs.without.push(await once(false));
      runs.with.push(await once(true));
      runs.again.push(await once(false));
    }
  } finally {
    await browser.close();
    await calls.close();
    clock.close();
  }

  /** @param {Noticed[]} all @param {keyof Noticed} what */
  const sum = (all, what) => all.reduce((total, one) => total + one[what], 0);
  /** @param {Noticed[]} all */
  const drops = (all) => {
    const [dropped, drawn] = [sum(all, 'dropped'), sum(all, 'frames')];
    return { text: `${dropped} of ${dropped + drawn}`, value: dropped / (dropped + drawn) };
  };
  /** @param {Noticed[]} all */
  const tasks = (all) => ({ text: `${sum(all, 'tasks')} over 50 ms`, value: sum(all, 'tasks') });
  /** @param {Noticed[]} all */
  const longest = (all) => {
    const value = Math.max(...all.map((one) => one.longest));
    return { text: `${value.toFixed(0)} ms`, value };
  };
  /** @param {string} what @param {(all: Noticed[]) => {text: string, value: number}} tell @returns {Row} */
  const row = (what, tell) => {
    const [without, again] = [tell(runs.without), tell(runs.again)];
    // No ratio to a baseline of zero.
    if (without.value === 0) return { what, figure: tell(runs.with), note: `without Attune: ${without.text}, and again: ${again.text}` };
    return { what, figure: tell(runs.with), baseline: ['the same call without Attune', without], note: `and once more without: ${again.text}` };
  };
  const shift = sum(runs.with, 'shift');
  return {
    title: `The frames of a call through ${ROUNDS} times ${CUES} cues, in Chromium`,
    rows: [
      row('frames dropped', drops),
      row('long tasks', tasks),
      row('longest frame', longest),
      { what: 'layout shift', figure: { text: `${shift}`, value: shift }, budget: { text: '0', kept: shift === 0 } },
    ],
  };
}
