// @ts-check
// Wake-ups and processor time of a 50-minute standard session that nobody answers, compared with the same strip asking
// once a second.
//
// Only the waiting is skipped. Before each deadline the wall clock of the whole browser jumps to just before it; the
// strip and a freshly started worker see the new time and set their timers. Then the worker is stopped, as the browser
// stops it after half a minute without work, and the deadline comes in real time. So every wake-up is real and includes
// starting the worker, which is more than it costs when the last one was less than half a minute ago. In between, the
// strip that asks once a second runs in real time for a few seconds; what it draws at deadlines is left out, in its
// favour. The browser's idle consumption is also measured in between and subtracted from both.

import { createClock } from '../tests/browser/drive/clock.mjs';
import { until } from '../tests/browser/drive/until.mjs';
import { makeIntervalVariant } from './baseline-interval/make.mjs';
import { frameOf, openChromium, send, servePage } from './chromium.mjs';

const MINUTES = 50;
const WAKE_UPS = 60;
/** How long before a deadline the clock jumps to, in milliseconds. */
const LEAD = 700;
/** How long after it everything it triggers is over (the worker's start, the drawing, the save), in milliseconds. */
const TAIL = 1_500;
/** After this many deadlines the other strip gets its turn, for the milliseconds below. */
const DEADLINES = 5;
const ASKING = 6_000;
const IDLE = 3_000;
/** Timers up to this many milliseconds end a fade, during which the screen is redrawn anyway. */
const FADE = 300;

/** @import { Frame } from 'puppeteer-core' */
/** @import { Row } from './table.mjs' */
/** @typedef {{fired: number[], alarms: number, asked: number, pictures: number, wakeAt: number}} Seen */

/** Records the strip's timers that fire, alarms, and views that arrive. Runs in the strip. */
function watch() {
  /** @type {Seen} */
  const seen = { fired: [], alarms: 0, asked: 0, pictures: 0, wakeAt: 0 };
  const arm = window.setTimeout.bind(window);
  const counting = (/** @type {() => void} */ callback, /** @type {number} */ ms) =>
    arm(() => {
      seen.fired.push(ms);
      callback();
    }, ms);
  window.setTimeout = /** @type {any} */ (counting);
  chrome.runtime.onMessage.addListener(({ to, say }) => {
    if (to !== 'surfaces') return;
    seen.pictures += 1;
    seen.wakeAt = say.view.wake_at;
  });
  chrome.alarms.onAlarm.addListener(() => void (seen.alarms += 1));
  addEventListener('pageshow', () => void (seen.asked += 1));
  Object.assign(window, { seen });
}

/** @param {Frame} strip @returns {Promise<Seen>} */
const look = (strip) => strip.evaluate(() => /** @type {any} */ (window).seen);

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Begins a session in a browser whose clock can be moved. @param {string} extension @param {string} url */
async function begin(extension, url) {
  const clock = createClock();
  const browser = await openChromium({ extensions: [extension], env: clock.env });
  const [id] = browser.ids;
  const page = await browser.open(url);
  await browser.pressStart(id, page);
  const strip = await frameOf(page, id, 'strip.html');
  await strip.evaluate(watch);
  await send(strip, 'look');
  await until('the first picture', async () => (await look(strip)).pictures);
  /** The processor time that `work` takes, in seconds. @param {() => Promise<unknown>} work */
  async function cpu(work) {
    const before = await browser.cpuSeconds();
    await work();
    return (await browser.cpuSeconds()) - before;
  }
  return { browser, clock, strip, cpu, async close() { await browser.close(); clock.close(); } };
}

/**
 * Plays every deadline of a session, one after the other.
 * @param {Awaited<ReturnType<typeof begin>>} session
 */
async function* deadlines({ browser, clock, strip, cpu }) {
  const end = clock.now() + MINUTES * 60_000;
  for (;;) {
    const before = await look(strip);
    const { wakeAt, pictures } = before;
    if (wakeAt > end) return;
    clock.shift(Math.max(0, wakeAt - clock.now() - LEAD));
    await browser.stopWorker();
    // The event that the browser sends to a page that comes back into view.
    await strip.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));
    await until('a look at the clock', async () => (await look(strip)).pictures > pictures);
    await browser.stopWorker();
    const ms = wakeAt - clock.now() + TAIL;
    const seconds = await cpu(() => wait(ms));
    const after = await look(strip);
    const fired = after.fired.slice(before.fired.length);
    const fades = fired.filter((length) => length <= FADE).length;
    yield { ms, seconds, timers: fired.length - fades, fades, alarms: after.alarms - before.alarms };
  }
}

export async function wakeups() {
  const page = await servePage();
  const attune = await begin('dist/chromium', page.url);
  const asking = await begin(await makeIntervalVariant(), page.url);
  const spent = { ms: 0, seconds: 0 };
  const asked = { ms: 0, seconds: 0 };
  const idle = { ms: 0, seconds: 0 };
  let [moments, timers, fades, alarms] = [0, 0, 0, 0];
  try {
    for await (const deadline of deadlines(attune)) {
      moments += 1;
      timers += deadline.timers;
      fades += deadline.fades;
      alarms += deadline.alarms;
      spent.ms += deadline.ms;
      spent.seconds += deadline.seconds;
      if (moments % DEADLINES === 0) {
        asked.seconds += await asking.cpu(() => wait(ASKING));
        asked.ms += ASKING;
        idle.seconds += await attune.cpu(() => wait(IDLE));
        idle.ms += IDLE;
      }
    }
    const { asked: ticks } = await look(asking.strip);
    if (ticks < asked.ms / 1_000) throw new Error(`The strip that should ask once a second asked ${ticks} times.`);
    const length = MINUTES * 60_000;
    const background = idle.seconds / idle.ms;
    const took = spent.seconds - background * spent.ms;
    const instead = (asked.seconds / asked.ms - background) * length;
    const wakes = timers + alarms;
    const seconds = length / 1_000;
    /** @type {Row[]} */
    const rows = [
      {
        what: 'wake-ups',
        figure: { text: `${wakes}, at ${moments} moments: ${timers} timers of the strip, ${alarms} alarms`, value: wakes },
        baseline: ['asking once a second', { text: `${seconds}`, value: seconds }],
        note: `and ${fades} ends of a fade`,
        budget: { text: `${WAKE_UPS}`, kept: wakes <= WAKE_UPS },
      },
      {
        what: 'processor time',
        figure: { text: `${took.toFixed(2)} s`, value: took },
        baseline: ['asking once a second', { text: `${instead.toFixed(2)} s`, value: instead }],
        note: `taken off both: ${(background * length).toFixed(1)} s for nothing`,
      },
    ];
    return { title: `A standard session of ${MINUTES} minutes that nobody answers, in Chromium`, rows };
  } finally {
    await attune.close();
    await asking.close();
    page.close();
  }
}
