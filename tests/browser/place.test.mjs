// @ts-check
// The strip goes where the therapist's lens is, stays there, and moves out of the way of what people click on the page.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { drag, isAt, isMoved, kept, place, viewport } from './hang.mjs';
import { closePopup, dotName, inBrowser, inEachBrowser, keys, say, start, unzoom, zoom } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Page} Page */

const choices = { kind: 'Ongoing', minutes: '50', prompts: 'Quiet' };

inEachBrowser('the place of the strip', (test) => {
  test('is the top centre, then where it was dragged, now and in the next session', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const { width, height } = await viewport(page);
    await hour.dot();
    await isAt(page, width / 2, 10);

    await drag(page, { x: 400, y: 300 });
    await isAt(page, 400, 300 - 11);
    const strip = await hour.strip();
    assert.ok(await strip.has('button', dotName), 'the drag is no click');
    await until('it to be kept', () => kept(page), isMoved);

    // The words and the card hang from the same point.
    await browser.key(keys.glance);
    await strip.click('button', await hour.shownWords());
    await isAt(page, 400, 300 - 11);
    await hour.answer(say('not_now'));

    // Near the middle of the top edge it snaps there, and at the edges it stays inside.
    await hour.dot();
    await drag(page, { x: width / 2 + 9, y: 28 });
    await isAt(page, width / 2, 10);
    await drag(page, { x: width - 2, y: height - 2 });
    await isAt(page, width - 10 - 11, height - 10 - 22);
    await browser.key(keys.glance);
    await hour.shownWords();
    await until('the words to be seen whole', async () => {
      const [seen, box] = [await strip.way.clip(), await strip.box('.layer:not(.leaving)')];
      return seen && box && box.width <= seen.width;
    });
    await browser.key(keys.notNow);

    // Its last place is where it is after a reload, and in the next session.
    await hour.dot();
    const before = await kept(page);
    await drag(page, { x: 300, y: 200 });
    await isAt(page, 300, 200 - 11);
    await until('it to be kept', () => kept(page), (text) => text !== before);
    const ended = await hour.end();
    await ended.click('button', say('done'));
    await ended.find('button', say('start'));
    await closePopup(browser);
    const next = await start(browser, page, choices);
    await next.dot();
    await isAt(page, 300, 200 - 11);
  });

  test('Escape puts it back, and a drag of a few dots is a click', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const { width } = await viewport(page);
    await hour.dot();
    await isAt(page, width / 2, 10);
    const from = await page.onScreen({ x: width / 2, y: 21 });
    await browser.display.hold(from);
    await browser.display.moveBy({ x: 20, y: 60 });
    await browser.display.moveBy({ x: 100, y: 100 });
    await isAt(page, width / 2 + 120, 170);
    await browser.display.keyHeld('Escape');
    await isAt(page, width / 2, 10);
    await browser.display.letGo();
    assert.ok(!(await kept(page)), 'nothing has moved');
    const strip = await hour.strip();
    await strip.find('button', dotName);
    await browser.display.drag(from, { x: from.x + 2, y: from.y + 1 });
    await strip.find('button', say('did_it'));
  });

  test('keys move it, bring it back to the top centre, and a smaller window holds it', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const { width } = await viewport(page);
    await hour.dot();
    await isAt(page, width / 2, 10);
    const strip = await hour.strip();
    for (let tabs = 0; !(await strip.focused()).startsWith('button'); tabs++) {
      assert.ok(tabs < 40, 'the strip can be reached with the Tab key');
      await browser.key('Tab');
    }
    await browser.key('shift+Right');
    await isAt(page, width / 2 + 24, 10);
    await browser.key('shift+Down');
    await browser.key('shift+Down');
    await isAt(page, width / 2 + 24, 58);
    await browser.key('shift+Left');
    await isAt(page, width / 2, 58);
    await until('it to be kept', () => kept(page), isMoved);
    await browser.key('shift+Home');
    await isAt(page, width / 2, 10);
    await until('it to be forgotten', () => kept(page), (text) => text !== undefined && !isMoved(text));
    assert.ok(await strip.has('button', dotName), 'nothing was pressed');

    // A page at 200 % has half the width and half the height.
    await drag(page, { x: width * 0.8, y: 400 });
    await isAt(page, width * 0.8, 389);
    await zoom(page, 2);
    const half = await page.evaluate(() => innerWidth);
    const share = await page.evaluate(() => innerHeight);
    const there = await until('the strip inside', () => strip.way.clip(), (clip) => clip !== null && clip.width > 20 && clip.height > 20);
    assert.ok(there && half < width && share > 0);
    await unzoom(page);
    await isAt(page, width * 0.8, 389);
  });

  test('a screen is the same one in a page that is zoomed', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const { width, height } = await viewport(page);
    await hour.dot();
    await drag(page, { x: width / 4, y: height / 2 });
    await isAt(page, width / 4, height / 2 - 11);
    await until('it to be kept', () => kept(page), isMoved);
    await (await hour.end()).click('button', say('done'));
    await closePopup(browser);

    await zoom(page, 1.5);
    const next = await start(browser, page, choices);
    const now = await viewport(page);
    await next.dot();
    /** @param {number} at @param {number} before @param {number} after */
    const share = (at, before, after) => 10 + ((at - 10) / (before - 20)) * (after - 20);
    // The driver counts in px of the screen or of the page.
    const wanted = share(width / 4, width, now.width);
    const near = (/** @type {number} */ x) => Math.abs(x - wanted) < 8;
    await until(`the strip at ${wanted}`, () => place(page), (seen) => seen !== null && (near(seen.x) || near(seen.x / 1.5)));
    await unzoom(page);
  });

  test('it moves out of the way of what can be clicked there, and comes back', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const { width } = await viewport(page);
    await page.evaluate(() => {
      const bar = document.createElement('div');
      bar.id = 'clicked-bar';
      Object.assign(bar.style, { position: 'fixed', inset: '0 0 auto 0', height: '48px', display: 'flex', zIndex: '9' });
      for (let number = 0; number < 13; number++) {
        const button = document.createElement('button');
        Object.assign(button.style, { flex: '1', margin: '4px' });
        button.onclick = () => { bar.dataset.clicked = 'yes'; };
        bar.append(button);
      }
      document.documentElement.append(bar);
    });
    await hour.dot();
    const clear = await until('the strip below the bar', () => place(page), (now) => now !== null && now.y >= 44);
    assert.ok(clear && Math.abs(clear.x - width / 2) <= 3, 'it is still under the lens');
    await browser.display.click(await page.onScreen({ x: width / 2, y: 21 }));
    await until('the click to reach the bar', () => page.evaluate(() => document.querySelector('#clicked-bar')?.getAttribute('data-clicked') === 'yes'));
    await browser.key(keys.glance);
    await hour.shownWords();
    await isAt(page, width / 2, clear.y);
    await browser.key(keys.notNow);
    await hour.nothing();

    // Something that can be clicked as a whole, such as a person's picture, is not a toolbar.
    await page.evaluate(() => {
      const bar = /** @type {HTMLElement} */ (document.querySelector('#clicked-bar'));
      bar.replaceChildren();
      Object.assign(bar.style, { height: '90vh', cursor: 'pointer' });
    });
    await hour.dot();
    await isAt(page, width / 2, 10);
    await page.evaluate(() => document.querySelector('#clicked-bar')?.remove());
  });
});

// Firefox then gives pages the size of their window in place of the screen's.
inBrowser('firefox', 'the place of the strip, where pages may not know the screen', (test) => {
  test('is kept, whatever size the window has', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    await hour.dot();
    await drag(page, { x: 300, y: 200 });
    await until('it to be kept', () => kept(page), isMoved);
    const seen = await place(page);
    const size = () => page.evaluate(() => `${screen.width} ${screen.height}`);
    const before = await size();
    const share = async (/** @type {{x: number} | null} */ seen) => (seen?.x ?? 0) / (await viewport(page)).width;
    const where = await share(seen);
    await browser.display.resizeWindow(800, 700);
    await until('another screen, as the page sees it', size, (now) => now !== before);
    const isThere = () => until('the strip at its place', () => place(page).then(share), (now) => Math.abs(now - where) < 0.03);
    await isThere();
    await (await hour.end()).click('button', say('done'));
    await closePopup(browser);
    await (await start(browser, page, choices)).dot();
    await isThere();
    await browser.display.resizeWindow(1280, 900);
  });
}, { preferences: { 'privacy.resistFingerprinting': true } });
