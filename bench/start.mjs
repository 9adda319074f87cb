// @ts-check
// From Start pressed to the strip on screen, in real Chromium beside a real call, Attune and the least that an extension
// can do taking turns.
//
// The first instant is the browser's time stamp of the click on Start in the popup. The second is the first contentful
// paint of the page in the iframe, as the browser itself reports it: of the strip's words, or of the one word of the
// other's page. Both are on the clock of performance.timeOrigin, which all processes of a browser share. Motion is
// reduced in both, because the fade-in of the words is wanted and is not a delay.

import { chromiumCallFlags } from '../tests/calls/flags.mjs';
import { startCalls } from '../tests/calls/server.mjs';
import { frameOf, openChromium, send } from './chromium.mjs';
import { takeTurns } from './samples.mjs';
import { time } from './table.mjs';

const ROUNDS = 15;
const BUDGET = 1.3;

/** When the words were first painted, in milliseconds since the Unix epoch. Runs in the iframe. @returns {Promise<number>} */
function firstPaint() {
  return new Promise((done) => {
    new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint) done(performance.timeOrigin + paint.startTime);
    }).observe({ type: 'paint', buffered: true });
  });
}

export async function start() {
  const calls = await startCalls();
  const flags = [...chromiumCallFlags, '--force-prefers-reduced-motion'];
  const browser = await openChromium({ extensions: ['dist/chromium', 'bench/baseline-empty'], flags });
  const [attune, empty] = browser.ids;
  /** Microseconds from Start to the words. @param {string} id @param {string} path @param {string[]} afterwards */
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
      attune: () => once(attune, 'strip.html', '"end"', '"dismiss"'),
      empty: () => once(empty, 'page.html'),
    });
    const ratio = took.attune.median / took.empty.median;
    return {
      title: 'Start pressed to the strip on screen, in Chromium beside a call',
      rows: [{
        what: 'Attune',
        figure: time(took.attune),
        baseline: /** @type {const} */ (['an extension that injects an empty iframe', time(took.empty)]),
        budget: { text: `${BUDGET} ×`, kept: ratio <= BUDGET },
      }],
    };
  } finally {
    await browser.close();
    await calls.close();
  }
}
