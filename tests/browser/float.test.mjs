// @ts-check
// The floating window: a session beside a call that is not in a tab. It is a separate window, or one that stays on top.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { until } from './drive/index.mjs';
import { badge, choose, dotName, Hour, inEachBrowser, keys, openPanel, openPopup, say, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

const standard = { kind: 'Ongoing', minutes: '50', prompts: 'Standard' };

/** One of the browser's own pages, on which there can be no strip. */
const closed = { chromium: 'chrome://version', firefox: 'about:license' };

/**
 * Starts a session in the floating window, from the popup beside a page.
 * @param {Browser} browser
 * @param {Page} page
 */
async function startFloating(browser, page) {
  const popup = await openPopup(browser, page);
  await choose(popup, standard);
  await popup.click('button', say('float_start'));
  return inWindow(browser);
}

/** The session in the floating window, once that is open and has the keyboard. @param {Browser} browser */
async function inWindow(browser) {
  const window = await browser.floating();
  await until('the popup to close', () => browser.popupIsOpen(), (open) => !open);
  await window.bringToFront();
  await until('the strip in the window', () => window.hasStrip());
  return new Hour(browser, window);
}

/** Waits until there is no floating window. @param {Browser} browser */
const closes = (browser) => until('the window to close', () => browser.floatingIsOpen(), (open) => !open);

/** Keeps the window on top, and returns what is on top then. @param {Browser} browser @param {Page} window */
async function keepOnTop(browser, window) {
  await window.click('button', say('float_top'));
  const top = await browser.onTop();
  await until('the strip on top', () => top.hasStrip());
  return new Hour(browser, top);
}

/** Checks a surface in light and dark: axe finds nothing. @param {Surface} surface @param {string} what */
async function clean(surface, what) {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await surface.look({ colorScheme });
    assert.deepEqual(await surface.axe(), [], `${what}, ${colorScheme}`);
    if (process.env.PICTURES) await surface.screenshot(join(process.env.PICTURES, `${what} ${colorScheme}.png`));
  }
  await surface.look({});
}

inEachBrowser('the floating window', (test, name) => {
  test('a session with no call in any tab', async ({ browser, open }) => {
    const page = await open(closed[name]);
    const hour = await startFloating(browser, page);

    const cue = await hour.words();
    await (await hour.strip()).click('button', cue);
    await hour.answer(say('did_it'));
    await hour.nothing();
    assert.notEqual(await hour.card(), cue);
    await hour.answer(say('not_now'));

    // If no key reaches the browser, a click on the place of the dot glances.
    await hour.nothing();
    await hour.page.click('button', say('float_glance'));
    await (await hour.strip()).reads(/^\d+ min left$/);

    const popup = await openPopup(browser, page);
    await popup.reads(say('place_floating'));
    await popup.click('button', say('end'));
    await popup.click('button', say('end_now'));
    await popup.find('button', say('done'));
    await closes(browser);
  });

  test('once closed, the session goes on; once reopened, it shows the current state', async ({ browser, open }) => {
    const page = await open(closed[name]);
    const hour = await startFloating(browser, page);
    await hour.dot();
    await hour.page.close();
    await closes(browser);
    await until('the badge to say so', () => badge(browser), (text) => text === '!');

    await browser.killWorker();
    const popup = await openPopup(browser, page);
    await popup.reads(say('place_nowhere_closed'));
    await popup.click('button', say('float_show'));
    const again = await inWindow(browser);
    await (await again.strip()).find('button', dotName);
    await until('the badge to count again', () => badge(browser), (text) => text !== '!');
  });

  test('a glance brings it back, and no other key does', async ({ browser, open }) => {
    const page = await open(closed[name]);
    const hour = await startFloating(browser, page);
    await hour.dot();
    await hour.page.close();
    await closes(browser);
    await until('the badge to say so', () => badge(browser), (text) => text === '!');
    await page.bringToFront();
    await browser.key(keys.notNow);
    await browser.key(keys.glance);
    const again = await inWindow(browser);
    // The first key has worked: the cue is put off, and the second shows the time.
    await (await again.strip()).reads(/^\d+ min left$/);
  });

  test('from a tab to the window and back, one click each, and never two strips', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await start(browser, page, standard);
    const popup = await openPopup(browser, page);
    await popup.click('button', say('float_move'));
    const floating = await inWindow(browser);
    await until('the strip to leave the tab', () => page.hasStrip(), (there) => !there);
    await floating.dot();

    const again = await openPopup(browser, page);
    await again.click('button', say('mount'));
    await closes(browser);
    const back = new Hour(browser, page);
    await (await back.strip()).find('button', dotName);
  });

  test('the panel starts in it, too, and says where the strip is', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    await panel.click('button', say('float_start'));
    const hour = await inWindow(browser);
    await panel.reads(say('place_floating'));
    await hour.page.close();
    await panel.reads(say('place_nowhere'));
    assert.equal(await page.hasStrip(), false);
    await panel.click('button', say('mount'));
    await page.strip();
    await until('the panel to have nothing to say', () => panel.text(), (text) => !text.includes(say('place_nowhere')));
  });

  test('without a session it says what it is, and starts with the last choices', async ({ browser, open }) => {
    const page = await open(browser.extensionUrl('session.html'));
    await page.evaluate(() => chrome.windows.create({ type: 'popup', url: 'float.html' }).then(() => {}));
    const window = await browser.floating();
    await window.reads(say('float_about'));
    await window.reads(say('kind_ongoing'));
    await clean(window, `${name} no session`);
    await window.click('button', say('float_begin'));
    const hour = new Hour(browser, window);
    await until('the strip', () => window.hasStrip());
    await hour.words();
    assert.equal(await browser.floatingIsOpen(), true);
  });

  test('kept on top, it is seen above the other windows and works', async ({ browser, open }) => {
    const page = await open(closed[name]);
    const floating = await startFloating(browser, page);
    await clean(floating.page, `${name} window`);
    const top = await keepOnTop(browser, floating.page);
    await clean(top.page, `${name} on top`);
    await floating.page.reads(say('float_on_top'));
    assert.equal(await floating.page.hasStrip(), false);

    await page.bringToFront();
    await top.dot();
    await (await top.strip()).click('button', dotName);
    await (await top.strip()).find('button', say('did_it'));
    await clean(top.page, `${name} card on top`);
    // The click that opened the card permits making the window large enough.
    await until('the card to fit', () => top.page.evaluate(() => document.documentElement.scrollHeight <= innerHeight));
    await top.answer(say('did_it'));
    await top.nothing();

    // After closing the window on top, the strip is back in this one.
    await top.page.close();
    await until('nothing on top', () => browser.isOnTop(), (there) => !there);
    const back = await inWindow(browser);
    await back.words();
  });

  test('when hidden, neither the window nor what is on top is visible', async ({ browser, open }) => {
    const page = await open(closed[name]);
    const { page: window } = await startFloating(browser, page);
    const state = () => window.evaluate(async () => (await chrome.windows.getCurrent()).state);
    await keepOnTop(browser, window);
    await until('the window to lie minimised', state, (now) => now === 'minimized');
    await page.bringToFront();
    await browser.key(keys.hide);
    await until('nothing on top', () => browser.isOnTop(), (there) => !there);
    assert.equal(await state(), 'minimized');
    await page.bringToFront();
    await browser.key(keys.hide);
    await until('the window to be back', state, (now) => now === 'normal');
    await until('the strip in it', () => window.hasStrip());
    await browser.key(keys.hide);
    await until('the window to lie minimised', state, (now) => now === 'minimized');
  });
});
