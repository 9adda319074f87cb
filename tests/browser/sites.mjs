// @ts-check
// Allowing sites as a person does: in the browser's own dialog.

import { until } from './drive/index.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

/** Whether sites are allowed. @param {Surface} page one of the extension's own @param {string[]} origins */
export const isAllowed = (page, ...origins) => page.evaluate((all) => chrome.permissions.contains({ origins: all }), origins);

/**
 * Answers the browser's own question, which a click on a page of the extension has just raised, until that is `done`:
 * for a moment, browsers ignore answers to their dialog, so that nobody gives one by mistake.
 * @param {Browser} browser @param {boolean} yes @param {() => Promise<unknown>} done
 */
export async function decide(browser, yes, done) {
  await until('the answer to be taken', async () => {
    if (browser.name === 'firefox') await browser.key(yes ? 'alt+a' : 'alt+d');
    else await click(browser, yes);
    return done();
  });
}

/**
 * Clicks in Chromium's dialog, if it is there. Allow is a pale blue button, unlike anything on a page; Deny is left of
 * it.
 * @param {Browser} browser @param {boolean} yes
 */
async function click({ display }, yes) {
  const { width, height, colour } = await display.picture();
  const isPale = (/** @type {number} */ x, /** @type {number} */ y) => String(colour(x, y)) === '211,227,253';
  for (let y = 110; y < height / 2; y += 8) {
    let from = 40;
    for (let x = from; x < width - 40; x++) {
      if (!isPale(x, y)) from = x + 1;
      else if (x - from > 15) return display.click({ x: yes ? from + 8 : from - 40, y });
    }
  }
}

/**
 * Allows sites, unless they are already allowed, and wakes the background.
 * @param {Browser} browser
 * @param {string[]} origins
 */
export async function allow(browser, ...origins) {
  const page = await browser.open(browser.extensionUrl('session.html'));
  if (!(await isAllowed(page, ...origins))) {
    await page.bringToFront();
    await until('the page to have the keyboard', () => page.evaluate(() => document.hasFocus()));
    await page.evaluate((all) => {
      document.body.prepend(Object.assign(document.createElement('button'), {
        textContent: 'Allow', onclick: () => void chrome.permissions.request({ origins: all }),
      }));
    }, origins);
    await page.click('button', 'Allow');
    await decide(browser, true, () => isAllowed(page, ...origins));
  }
  await page.evaluate(() => chrome.runtime.sendMessage({ to: 'background', say: 'keys' }));
  await page.close();
}
