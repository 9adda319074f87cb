// @ts-check
// Call pages that make it hard: strict headers, styles that hide strangers, scripts that remove them, full screen,
// dialogs. The strip is visible and works on all of them, and none of them notices more than that one element is there.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { isOnScreen, layer } from './screen.mjs';
import { dotName, Hour, inEachBrowser, keys, minute, openPopup, say, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

const standard = { kind: 'Ongoing', minutes: '50', prompts: 'Standard' };

/** For some seconds, Firefox shows over the strip that a page is in full screen. Chromium shows it briefly, too. */
const options = { preferences: { 'full-screen-api.warning.timeout': 0, 'full-screen-api.transition-duration.enter': '0 0' } };

/** One cue from the dot to its answer: seen on the screen, opened and answered with the mouse. @param {Hour} hour */
async function takesACue({ browser, page }) {
  const hour = new Hour(browser, page);
  const cue = await hour.words();
  const strip = await hour.strip();
  await isOnScreen(browser, strip);
  await strip.click('button', cue);
  await strip.find('button', say('did_it'));
  await isOnScreen(browser, strip);
  await hour.answer(say('did_it'));
  await hour.nothing();
}

/** What the page can see of Attune: the one element that it did not make. */
const hostIn = (/** @type {Page} */ page) =>
  page.evaluate(() => {
    const host = document.querySelector('[popover]');
    return host && {
      parent: host.parentElement?.id || host.parentElement?.localName,
      attributes: host.getAttributeNames(),
      children: host.childNodes.length,
      open: host.shadowRoot !== null,
      frames: window.length,
    };
  });

/** @param {Page} page @param {string} parent id or name of the element that should hold the strip */
const stripMoves = (page, parent) => until(`the strip in ${parent}`, () => hostIn(page), (host) => host?.parent === parent);

inEachBrowser('pages', (test, name) => {
  for (const [profile, what] of [
    ['plain', 'no headers of its own'],
    ['csp', "default-src 'none' and Trusted Types"],
    ['isolated', 'COOP and COEP'],
    ['both', 'strict CSP, Trusted Types, COOP and COEP'],
  ])
    test(`with ${what}`, async ({ browser, openCall }) => {
      const page = await openCall(`${profile}/`);
      const isolated = profile === 'isolated' || profile === 'both';
      assert.equal(await page.evaluate(() => crossOriginIsolated), isolated);
      const hour = await start(browser, page, standard);
      await takesACue(hour);
      await (await hour.end()).reads(`Confirm who is here ${say('outcome_did_it')}`);
    });

  for (const page of ['plain/hide-unknown.html', 'both/hide-everything.html'])
    test(`${page}: a page that hides what it did not make`, async ({ browser, openCall }) => {
      const hour = await start(browser, await openCall(page), standard);
      await takesACue(hour);
    });

  test('a page that removes what it did not make, once a second', async ({ browser, openCall }) => {
    const page = await openCall('csp/remove-unknown.html');
    const hour = await start(browser, page, { ...standard, prompts: 'Quiet' });
    const removed = () => page.evaluate(() => Number(document.documentElement.dataset.removed ?? 0));
    browser.shiftClock(2.2 * minute); // the first cue comes before that
    for (let times = 0; times < 3; times++) {
      const before = await removed();
      await until('the page to remove the strip', removed, (now) => now > before);
      await until('the dot', async () => {
        const strip = await page.strip(500);
        return (await strip.has('button', dotName)) && strip.way.clip();
      });
    }
    const text = async () => (await page.strip(500)).text();
    await browser.key(keys.glance);
    await until('the words', text, (words) => words === 'Confirm who is here');
    await browser.key(keys.glance);
    await until('the words to go', text, (words) => words === '');
    await (await hour.end()).reads(`Confirm who is here ${say('outcome_did_it')}`);
    // A session that has ended does not come back.
    await until('the strip to go', () => page.hasStrip(), (there) => !there);
    const before = await removed();
    await page.evaluate(() => document.documentElement.append(document.createElement('stranger-element')));
    await until('the page to remove something else', removed, (now) => now > before);
    assert.equal(await hostIn(page), null);
  });

  test('in full screen, and after it', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, standard);
    await page.click('button', 'Full screen');
    await until('full screen', () => page.evaluate(() => document.fullscreenElement?.id === 'stage' && innerHeight === screen.height));
    await stripMoves(page, 'stage');
    await takesACue(hour);
    await page.click('button', 'Full screen');
    await until('the window', () => page.evaluate(() => !document.fullscreenElement && innerHeight < screen.height));
    await stripMoves(page, 'html');
    await takesACue(hour);
  });

  test('over a modal dialog, and after it', async ({ browser, openCall }) => {
    const page = await openCall('both/');
    const hour = await start(browser, page, standard);
    const boxOfDialog = () => page.box('dialog');
    await page.click('button', 'Settings');
    await stripMoves(page, 'dialog');
    const field = () => page.evaluate(() => document.activeElement === document.querySelector('#name') && document.hasFocus());
    await until('the dialog to have the keyboard', field);
    const before = await boxOfDialog();
    await takesACue(hour);
    assert.deepEqual(await boxOfDialog(), before);
    await browser.key('ctrl+a');
    await browser.type('Robin');
    const typed = () => /** @type {HTMLInputElement} */ (document.querySelector('#name')).value;
    await until('the name in the field', () => page.evaluate(typed), (value) => value === 'Robin');
    await page.click('button', 'Close');
    await stripMoves(page, 'html');
    await takesACue(hour);
  });

  test('a page that goes to another room without loading', async ({ browser, openCall }) => {
    const page = await openCall('csp/');
    const hour = await start(browser, page, standard);
    await page.evaluate(() => Object.assign(window, { host: document.querySelector('[popover]') }));
    await page.click('button', 'Next room');
    await page.reads('Room 2');
    await takesACue(hour);
    const same = () => /** @type {any} */ (window).host === document.querySelector('[popover]');
    assert.ok(await page.evaluate(same));
  });

  test('nothing on the page moves', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const boxes = () =>
      page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        const own = [...document.querySelectorAll('html, body, body *')].filter((element) => !element.hasAttribute('popover'));
        const places = own.map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return `${element.localName}#${element.id} ${x} ${y} ${width} ${height}`;
        });
        return [`${scrollWidth} ${scrollHeight} ${innerWidth} ${innerHeight}`, ...places];
      });
    const before = await boxes();
    assert.ok(before.length > 15);
    const hour = await start(browser, page, standard);
    assert.deepEqual(await boxes(), before);
    await hour.dot();
    assert.deepEqual(await boxes(), before);
    await hour.card();
    assert.deepEqual(await boxes(), before);
    await hour.answer(say('not_now'));
    await hour.words();
    assert.deepEqual(await boxes(), before);
    await hour.end();
    await until('the strip to go', () => page.hasStrip(), (there) => !there);
    assert.deepEqual(await boxes(), before);
  });

  test('clicks right beside the strip reach the page', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { ...standard, prompts: 'Quiet' });
    const strip = await hour.strip();

    /** Clicks on small buttons that touch the strip on all sides, and in its round corners. */
    async function clicksAround() {
      const { x, y, width, height } = await layer(strip);
      const corner = await page.way.corner();
      const size = 8;
      const sides = [[x - size, y + height / 2], [x + width, y + height / 2], [x + width / 2, y - size], [x + width / 2, y + height]];
      const corners = [[x + 1, y + 1], [x + width - 2, y + 1], [x + 1, y + height - 2], [x + width - 2, y + height - 2]];
      const before = await page.evaluate((places, side) => {
        const stage = /** @type {HTMLElement} */ (document.querySelector('#stage'));
        for (const old of stage.querySelectorAll('.beside')) old.remove();
        for (const [left, top] of places) {
          const button = document.createElement('button');
          button.className = 'beside';
          const box = { position: 'absolute', left: `${left}px`, top: `${top}px`, width: `${side}px`, height: `${side}px` };
          Object.assign(button.style, box, { padding: 0, borderRadius: 0, zIndex: 9 });
          button.onclick = () => void (button.dataset.clicks = String(Number(button.dataset.clicks ?? 0) + 1));
          stage.append(button);
        }
        return Number(stage.dataset.clicks ?? 0);
      }, sides.map(([left, top]) => [left - corner.x, top - corner.y]), size);
      for (const [left, top] of sides) await browser.display.click({ x: left + size / 2, y: top + size / 2 });
      for (const [left, top] of corners) await browser.display.click({ x: left, y: top });
      const clicks = () =>
        page.evaluate(() => {
          const buttons = [...document.querySelectorAll('.beside')];
          const stage = /** @type {HTMLElement} */ (document.querySelector('#stage'));
          return [...buttons.map((button) => Number(button.getAttribute('data-clicks'))), Number(stage.dataset.clicks)];
        });
      // Four on the buttons, which the stage notices too, and four in the corners.
      await until('every click to arrive', clicks, (all) => all.join() === [1, 1, 1, 1, before + 8].join());
    }

    await hour.dot();
    await clicksAround();
    await strip.find('button', dotName);
    await browser.key(keys.glance);
    const cue = await hour.shownWords();
    await clicksAround();
    assert.equal(await strip.text(), cue);
    await strip.click('button', cue);
    await strip.find('button', say('did_it'));
    await until('the words to have gone', () => strip.evaluate(() => document.querySelectorAll('.layer').length === 1));
    await clicksAround();
    await strip.find('button', say('did_it'));
    await hour.answer(say('did_it'));
    await hour.nothing();
  });

  test('the page sees one element that tells nothing', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await page.evaluate(() => {
      /** @type {string[]} */
      const changes = [];
      const told = (/** @type {Node} */ node) => /** @type {Element} */ (node).outerHTML ?? node.nodeValue;
      const tell = (/** @type {MutationRecord[]} */ records) => {
        for (const { type, target, attributeName, addedNodes, removedNodes } of records) {
          if (type !== 'childList') changes.push(`${type} ${attributeName ?? ''} ${target.nodeName}`);
          for (const node of addedNodes) changes.push(`added to ${target.nodeName}: ${told(node)}`);
          for (const node of removedNodes) changes.push(`removed from ${target.nodeName}: ${told(node)}`);
        }
      };
      const observer = new MutationObserver(tell);
      observer.observe(document, { attributes: true, childList: true, characterData: true, subtree: true });
      Object.assign(window, { changes: () => [...changes, ...(tell(observer.takeRecords()), [])] });
    });
    const changes = () => page.evaluate(() => /** @type {any} */ (window).changes());
    const added = 'added to HTML: <div popover="manual"></div>';
    const hour = await start(browser, page, standard);
    const first = await changes();
    assert.deepEqual(first, [added]);
    assert.deepEqual(await hostIn(page), { parent: 'html', attributes: ['popover'], children: 0, open: false, frames: 0 });

    await hour.card();
    await hour.answer(say('not_now'));
    await hour.words();
    await browser.key(keys.glance);
    await hour.nothing();
    await browser.key(keys.hold);
    await (await hour.strip()).reads(say('notice_hold', 5));
    assert.deepEqual(await changes(), first);
    assert.deepEqual(await hostIn(page), { parent: 'html', attributes: ['popover'], children: 0, open: false, frames: 0 });

    await hour.end();
    await until('the strip to go', () => page.hasStrip(), (there) => !there);
    assert.deepEqual(await changes(), [...first, added.replace('added to', 'removed from')]);
  });

  const own = { chromium: 'chrome://version/', firefox: 'about:config' }[name];
  // Firefox does not say why nothing may be done in its viewer.
  const pdf = { chromium: 'closed_document', firefox: 'closed_blocked' }[name];
  for (const [what, address, why] of [["one of the browser's own pages", own, 'closed_own'], ['a PDF', '/pdf', pdf]])
    test(`${what}: the popup says that the strip cannot be here, and offers Start only in a window`, async ({ browser, calls, open }) => {
      const page = await open(address.startsWith('/') ? calls + address : address);
      const popup = await openPopup(browser, page);
      await popup.find('heading', say('closed'));
      await popup.reads(say(why));
      await popup.reads(say(why === 'closed_blocked' ? 'closed_managed_do' : 'closed_do'));
      assert.equal(await popup.has('button', say('start')), false);
      assert.equal(await popup.has('button', say('float_start')), true);
    });
}, options);
