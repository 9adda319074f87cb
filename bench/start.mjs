// @ts-check
// From pressing Start to the strip on screen, in real Chromium beside a real call. Attune takes turns with two
// extensions that only inject a frame: one with a single word in it, and one with the strip's first picture in plain
// HTML and the strip's own style sheets, without a script. The second shows what any page with this look costs.
//
// The first instant is the browser's time stamp of the click on Start in the popup. The second is the first contentful
// paint of the page in the iframe, as the browser reports it: the strip's words, or the single word of the other page.
// Both use the clock of performance.timeOrigin, which all processes of a browser share. Motion is reduced for all,
// because the words fade in on purpose and that is no delay.

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumCallFlags } from '../tests/calls/flags.mjs';
import { startCalls } from '../tests/calls/server.mjs';
import { frameOf, openChromium, send } from './chromium.mjs';
import { takeTurns } from './samples.mjs';
import { time } from './table.mjs';

const ROUNDS = 15;
const BUDGET = 1.3;

/**
 * When the words were first painted, in milliseconds since the Unix epoch. Runs in the iframe.
 * @returns {Promise<number>}
 */
function firstPaint() {
  return new Promise((done) => {
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint) done(performance.timeOrigin + paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
}

/** What the strip shows first. */
const stillPage = `<!doctype html>
<meta charset="utf-8">
<title>Still</title>
<link rel="stylesheet" href="theme.css">
<link rel="stylesheet" href="strip.css">
<div id="strip"><p class="layer pill notice">50 min left</p></div>
`;

/** The extension with the empty page, with the still picture instead of that page. */
async function makeStill() {
  const folder = await mkdtemp(join(tmpdir(), 'attune-still-'));
  await cp('bench/baseline-empty', folder, { recursive: true });
  for (const sheet of ['theme.css', 'strip.css']) await cp(`dist/chromium/${sheet}`, join(folder, sheet));
  await writeFile(join(folder, 'page.html'), stillPage);
  return folder;
}

export async function start() {
  const calls = await startCalls();
  const folder = await makeStill();
  const flags = [...chromiumCallFlags, '--force-prefers-reduced-motion'];
  const browser = await openChromium({ extensions: ['dist/chromium', folder, 'bench/baseline-empty'], flags });
  const [attune, still, empty] = browser.ids;
  /**
   * The time from Start to the words, in microseconds.
   * @param {string} id
   * @param {string} path
   * @param {import('../target/attune/wasm/background.js').Input[]} afterwards
   */
  async function once(id, path, ...afterwards) {
    const page = await browser.open(`${calls.url}/plain/`);
    await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA);
    const { at, closePopup } = await browser.pressStart(id, page);
    const frame = await frameOf(page, id, path);
    const painted = await frame.evaluate(firstPaint);
    await send(frame, ...afterwards);
    await closePopup();
    await page.close();
    return (painted - at) * 1_000;
  }
  try {
    const took = await takeTurns(ROUNDS, {
      attune: () => once(attune, 'strip.html', 'end', 'dismiss'),
      still: () => once(still, 'page.html'),
      empty: () => once(empty, 'page.html'),
    });
    const ratio = took.attune.median / took.empty.median;
    const emptyTime = /** @type {const} */ (['an extension that injects an empty iframe', time(took.empty)]);
    return {
      title: 'Start pressed to the strip on screen, in Chromium beside a call',
      rows: [
        {
          what: 'Attune',
          figure: time(took.attune),
          baseline: emptyTime,
          budget: { text: `${BUDGET} ×`, kept: ratio <= BUDGET },
        },
        {
          what: 'Attune',
          figure: time(took.attune),
          baseline: /** @type {const} */ (['the same picture without a script', time(took.still)]),
        },
        { what: 'the same picture without a script', figure: time(took.still), baseline: emptyTime },
      ],
    };
  } finally {
    await browser.close();
    await calls.close();
    await rm(folder, { recursive: true, force: true });
  }
}
