// @ts-check
// Several at once: whatever is open, there is one session and one strip, and it moves with one click.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { choose, Hour, inEachBrowser, openPanel, openPopup, say, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */

const standard = { kind: 'Ongoing', minutes: '50', prompts: 'Standard' };

/**
 * The popup beside a page says that the strip is elsewhere, and offers no second Start; one click brings the strip.
 * @param {Browser} browser
 * @param {Page} page
 */
async function bringHere(browser, page) {
  const popup = await openPopup(browser, page);
  await popup.reads(say('place_elsewhere'));
  assert.equal(await popup.has('button', say('start')), false);
  assert.equal(await popup.has('button', say('float_start')), false);
  await popup.click('button', say('mount'));
  await until('the popup to have nothing to say', () => popup.text(), (text) => !text.includes(say('place_elsewhere')));
  await browser.key('Escape');
  await until('the popup to close', () => browser.popupIsOpen(), (open) => !open);
}

/** The strip is in this page and in no other. @param {Page} page @param {Page[]} others */
async function isOnlyIn(page, ...others) {
  await page.strip();
  for (const other of others) await until('no second strip', () => other.hasStrip(), (there) => !there);
}

inEachBrowser('several at once', (test) => {
  test('two tabs with calls', async ({ browser, openCall }) => {
    const first = await openCall('plain/');
    const second = await openCall('csp/');
    await start(browser, first, standard);
    await isOnlyIn(first, second);
    await bringHere(browser, second);
    await isOnlyIn(second, first);
    const hour = new Hour(browser, second);
    await hour.words();
    await bringHere(browser, first);
    await isOnlyIn(first, second);
  });

  test('two windows with calls', async ({ browser, calls, openCall }) => {
    const first = await openCall('plain/');
    const second = await browser.openWindow(`${calls}/plain/?frames=8`);
    try {
      await start(browser, first, standard);
      await isOnlyIn(first, second);
      await bringHere(browser, second);
      await isOnlyIn(second, first);
      const hour = new Hour(browser, second);
      await hour.words();
    } finally {
      await second.close();
    }
  });

  test('a panel that offers Start shows the session that was started elsewhere', async ({ browser, openCall }) => {
    const first = await openCall('plain/');
    const second = await openCall('plain/');
    const panel = await openPanel(browser, second);
    await panel.find('button', say('start'));
    await start(browser, first, standard);
    await panel.find('button', say('end'));
    assert.equal(await panel.has('button', say('start')), false);
    await second.bringToFront();
    const place = () => panel.evaluate(() => document.querySelector('#place:not([hidden]) p')?.textContent);
    await until('the panel to say so', place, (words) => words === say('place_elsewhere'));
    await panel.click('button', say('mount'));
    await isOnlyIn(second, first);
  });

  test('of two Starts at the same moment the second is refused, and the strip stays with the first', async ({ browser, open, openCall }) => {
    const calls = [await openCall('plain/'), await openCall('plain/')];
    /** @type {number[]} */
    const tabs = [];
    for (const page of calls) {
      const popup = await openPopup(browser, page); // which gives access to the tab
      tabs.push(await popup.evaluate(async () => (await chrome.tabs.query({ active: true, currentWindow: true }))[0].id ?? 0));
      await browser.key('Escape');
      await until('the popup to close', () => browser.popupIsOpen(), (open) => !open);
    }
    const page = await open(browser.extensionUrl('session.html'));
    const answers = await page.evaluate(async (both) => {
      const choices = { minutes: 50, kind: 'ongoing', profile: 'standard', intention: null };
      const input = { start: { choices, seed: 1 } };
      const asked = [...both, -1].map((tab) => chrome.runtime.sendMessage({ to: 'background', say: { take: { input, tab } } }));
      return Promise.all(asked);
    }, tabs);
    assert.equal(answers[0].state.problem, null);
    for (const { state } of answers.slice(1)) assert.equal(state.problem.key, 'problem_already_running');
    await isOnlyIn(calls[0], calls[1]);
    assert.equal(await browser.floatingIsOpen(), false);
  });

  test('of two floating windows the newer one stays', async ({ browser, open }) => {
    const page = await open('about:blank');
    const popup = await openPopup(browser, page);
    await choose(popup, standard);
    await popup.click('button', say('float_start'));
    const first = await browser.floating();
    await until('the popup to close', () => browser.popupIsOpen(), (open) => !open);
    await first.evaluate(() => chrome.windows.create({ type: 'popup', url: 'float.html' }).then(() => {}));
    await until('the first window to close', () => first.isOpen(), (open) => !open);
    const second = await browser.floating();
    await until('the strip in the second', () => second.hasStrip());
  });
});
