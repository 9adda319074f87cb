// @ts-check
// The page that opens after the install: once, three screens, the real keys, and a strip to try that leaves no trace.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { enlarge, faint, misfits } from './sight.mjs';
import { dotName, inEachBrowser, keys, openPopup, say } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

const headings = { 1: say('welcome_promise'), 2: say('welcome_keys'), 3: say('welcome_try') };
const cue = say('welcome_cue');

/** Waits until a screen is shown, completely and alone. @param {Page} page @param {1 | 2 | 3} number */
async function shows(page, number) {
  await page.reads(say('welcome_progress', number, 3));
  const shown = async () => (await page.all('heading')).map(({ name }) => name).filter((name) => Object.values(headings).includes(name));
  await until('one screen to be shown', shown, (all) => all.length === 1 && all[0] === headings[number]);
  assert.ok((await page.evaluate(() => document.title)).startsWith(headings[number]));
  await until('the screen to have faded in', () => page.evaluate(() => document.getAnimations().length === 0));
}

/**
 * Presses a key until the focus is on something.
 * @param {Browser} browser
 * @param {Surface} page
 * @param {string} what role and name
 */
async function tabTo(browser, page, what) {
  for (let steps = 0; (await page.focused()) !== what; steps++) {
    assert.ok(steps < 12, `${what} is within reach`);
    const before = await page.focused();
    await browser.key('Tab');
    await until('the focus to move', () => page.focused(), (now) => now !== before);
  }
}

/** Waits until the page shows this step, with the key in it. @param {Page} page @param {string} step */
const says = (page, step) => page.reads(say(`welcome_try_${step}`, 'Alt+Shift+K'));

/**
 * Opens the screen with the strip to try, and waits for its dot.
 * @param {{browser: Browser, open: (url: string) => Promise<Page>}} room
 */
async function tryIt({ browser, open }) {
  const page = await open(browser.extensionUrl('welcome.html#3'));
  await says(page, 'dot');
  const strip = await page.strip();
  await strip.find('button', dotName);
  return { page, strip };
}

/** What Attune has stored, as text. @param {Page} page one of its own pages */
const stored = (page) => page.evaluate(async () => JSON.stringify(await chrome.storage.local.get()));

inEachBrowser('the welcome page', (test, name) => {
  test('comes after the install, and never again', async ({ browser, open }) => {
    const page = await browser.welcome();
    await shows(page, 1);
    await page.close();
    const isBack = () => browser.engine.tabAt(browser.extensionUrl('welcome.html'));
    // The background answers in order, so by then it has done everything that it does at its start.
    const answered = async () => {
      const own = await open(browser.extensionUrl('session.html'));
      const { state } = await own.evaluate(() => chrome.runtime.sendMessage({ to: 'background', say: { take: { input: 'look', tab: null } } }));
      assert.ok(state.view.popup.ready);
    };
    await browser.updateExtension();
    await answered();
    assert.equal(await isBack(), null);
    await browser.kill();
    await browser.relaunch();
    await answered();
    assert.equal(await isBack(), null);
  });

  test('three screens, from the keyboard alone', async ({ browser, open }) => {
    const page = await open(browser.extensionUrl('welcome.html'));
    await shows(page, 1);
    await page.bringToFront();
    for (const [control, next] of /** @type {[string, 1 | 2 | 3][]} */ ([
      [`link ${say('welcome_next')}`, 2],
      [`link ${say('welcome_next')}`, 3],
      [`link ${say('welcome_back')}`, 2],
    ])) {
      await tabTo(browser, page, control);
      await browser.key('Return');
      await shows(page, next);
      // Screen reader users hear the new screen from the top.
      assert.equal(await page.focused(), `heading ${headings[next]}`);
    }
    // An arrow is for reading on, and does not turn the screen.
    await browser.key('Right');
    await tabTo(browser, page, `button ${say('keys_change')}`);
    await shows(page, 2);
    for (const [key, number] of /** @type {[string, 1 | 2 | 3][]} */ ([['alt+Left', 3], ['alt+Left', 2], ['alt+Left', 1], ['alt+Right', 2]])) {
      await browser.key(key);
      await shows(page, number);
      assert.equal(await page.focused(), `heading ${headings[number]}`);
    }
    await tabTo(browser, page, `button ${say('welcome_skip')}`);
    const tabs = () => browser.engine.tabAt(browser.extensionUrl('welcome.html#2'));
    assert.ok(await tabs());
    await browser.key('Return');
    await until('the page to close', tabs, (tab) => tab === null);
  });

  test('lists the keys as they are, also after they were changed', async ({ browser, open }) => {
    const page = await open(browser.extensionUrl('welcome.html#2'));
    await page.bringToFront();
    await shows(page, 2);
    const told = () =>
      page.evaluate(() => [...document.querySelectorAll('#keys-list li')].map((row) => [...row.children].map((part) => part.textContent)));
    const real = () =>
      page.evaluate(async () => Object.fromEntries((await chrome.commands.getAll()).map(({ name, shortcut }) => [name, shortcut])));
    /** @param {Record<string, string | undefined>} now */
    const rows = (now) => [
      [now.glance, say('welcome_key_glance')],
      [now['not-now'], say('welcome_key_not_now')],
      [now.hold, say('welcome_key_hold')],
      [now.hide, say('welcome_key_hide')],
      [now._execute_action || say('key_none'), say('welcome_key_open')],
    ];
    const before = await real();
    assert.deepEqual(before, { glance: 'Alt+Shift+K', 'not-now': 'Alt+Shift+L', hold: 'Alt+Shift+M', hide: 'Alt+Shift+J', sharing: '', sound: '', 'moment-1': '', crisis: '', _execute_action: '' });
    await until('the keys', told, (all) => JSON.stringify(all) === JSON.stringify(rows(before)));

    // The person gives the popup a key, in the browser's own way, and comes back.
    const settings = await open(name === 'chromium' ? 'chrome://extensions/shortcuts' : browser.extensionUrl('session.html'));
    if (name === 'chromium') {
      await settings.click('button', /^Edit shortcut Activate the extension/);
      await browser.key('alt+shift+u');
      await until('the key to be set', async () => (await settings.outline()).includes('Alt + Shift + U'));
    } else {
      await settings.evaluate(() => /** @type {any} */ (chrome.commands).update({ name: '_execute_action', shortcut: 'Alt+Shift+U' }));
    }
    await page.bringToFront();
    await until('the new key', told, (all) => JSON.stringify(all) === JSON.stringify(rows({ ...before, _execute_action: 'Alt+Shift+U' })));

    const pinned = await page.evaluate(async () => (await chrome.action.getUserSettings()).isOnToolbar);
    assert.equal(pinned, name === 'firefox', 'Chromium hides a new button, Firefox shows it');
    await page.reads(say(pinned ? 'welcome_pinned' : 'welcome_pin'));
  });

  test('the strip to try: by key, by mouse, by letter and from inside, and nothing is stored', async ({ browser, open, openCall }) => {
    const { page, strip } = await tryIt({ browser, open });
    // The background receives the key, too, and has nothing to save.
    await page.evaluate(() => chrome.runtime.sendMessage({ to: 'background', say: { take: { input: 'glance', tab: null } } }));
    const before = await stored(page);
    assert.equal(JSON.parse(before).session, undefined);
    const again = async () => {
      await page.click('button', say('welcome_try_again'));
      await says(page, 'dot');
      await strip.find('button', dotName);
    };
    const nothing = () => until('an empty strip', () => strip.evaluate(() => document.querySelector('#strip > *') === null));

    await browser.key(keys.glance);
    await says(page, 'words');
    await strip.find('button', cue);
    await browser.key(keys.glance);
    await says(page, 'over');
    await nothing();

    await again();
    await strip.click('button', dotName);
    await says(page, 'card');
    await strip.reads(say('welcome_cue_text'));
    await strip.find('button', say('never'));
    await strip.click('button', new RegExp(`^${say('already')}`));
    await says(page, 'over');

    await again();
    await browser.key('k');
    await strip.click('button', cue);
    await says(page, 'card');
    await browser.key(keys.notNow);
    await says(page, 'over');

    // From the keyboard alone, into the strip and out of it again.
    await page.click('link', say('welcome_back'));
    await shows(page, 2);
    await page.click('link', say('welcome_next'));
    await shows(page, 3);
    await says(page, 'dot');
    await strip.find('button', dotName);
    await until('the focus in the strip', async () => {
      if ((await strip.focused()) === `button ${dotName}`) return true;
      await browser.key('Tab');
      return false;
    });
    await browser.key('k');
    await says(page, 'words');
    await until('the words to have the focus', () => strip.focused(), (now) => now === `button ${cue}`);
    await browser.key('Return');
    await says(page, 'card');
    await browser.key('v');
    await says(page, 'over');
    await until('the focus to come back', () => page.focused(), (now) => now === `button ${say('welcome_try_again')}`);

    assert.equal(await stored(page), before);
    const popup = await openPopup(browser, await openCall('plain/'));
    await popup.find('button', say('start'));
  });

  // Firefox does not report what an extension's page loads from the extension. The same policy applies there:
  // manifest.test.mjs.
  if (name === 'chromium')
    test('loads nothing but its own files', async ({ browser, open }) => {
      const { page } = await tryIt({ browser, open });
      /** @type {string[]} */
      const loaded = [];
      const { page: told } = /** @type {{page: import('puppeteer-core').Page}} */ (/** @type {unknown} */ (page.tab));
      told.on('request', (request) => void loaded.push(request.url()));
      await page.reload();
      await says(page, 'dot');
      await (await page.strip()).click('button', dotName);
      await says(page, 'card');
      for (const file of ['welcome.css', 'strip.css', 'wasm/pages_bg.wasm']) assert.ok(loaded.includes(browser.extensionUrl(file)), file);
      assert.deepEqual(loaded.filter((address) => !address.startsWith(browser.extensionUrl(''))), []);
    });

  test('axe finds nothing, in light and in dark', async ({ browser, open }) => {
    const { page, strip } = await tryIt({ browser, open });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.look({ colorScheme });
      for (const number of /** @type {const} */ ([1, 2, 3])) {
        await page.evaluate((fragment) => void (location.hash = fragment), String(number));
        await shows(page, number);
        assert.deepEqual(await page.axe(), [], `screen ${number}, ${colorScheme}`);
      }
      await says(page, 'dot');
      await strip.find('button', dotName);
      await browser.key('k');
      await strip.find('button', cue);
      assert.deepEqual(await strip.axe(), [], `words, ${colorScheme}`);
      await strip.click('button', cue);
      await strip.find('button', say('never'));
      assert.deepEqual(await strip.axe(), [], `card, ${colorScheme}`);
      assert.deepEqual(await page.axe(), [], `around the card, ${colorScheme}`);
    }
    await page.look({});
  });
}, { welcome: true });

const fewColours = {
  flags: ['--force-high-contrast'],
  preferences: { 'browser.display.document_color_use': 2, 'ui.useAccessibilityTheme': 1 },
};

inEachBrowser('the welcome page, in few colours, in large and in narrow', (test, name) => {
  test('all of it is seen', async ({ browser, open }) => {
    const { page } = await tryIt({ browser, open });
    const rules = { 'color-contrast': { enabled: name === 'chromium' } }; // as in surfaces.test.mjs
    for (const number of /** @type {const} */ ([1, 2, 3])) {
      await page.evaluate((fragment) => void (location.hash = fragment), String(number));
      await shows(page, number);
      assert.deepEqual(await page.evaluate(faint), []);
      assert.deepEqual(await page.axe({ rules }), []);
    }
  });

  test('texts fit at 200 %, and at 400 %, and when they are a third longer', async ({ browser, open }) => {
    const { page, strip } = await tryIt({ browser, open });
    const width = () => page.evaluate(() => innerWidth);
    for (const narrow of [700, 340]) {
      for (let steps = 0; (await width()) > narrow; steps++) {
        assert.ok(steps < 12, 'the page can be enlarged');
        const before = await width();
        await browser.key('ctrl+plus');
        await until('the page to be enlarged', width, (now) => now < before);
      }
      for (const number of /** @type {const} */ ([1, 2, 3])) {
        await page.evaluate((fragment) => void (location.hash = fragment), String(number));
        await page.reads(say('welcome_progress', number, 3));
        await until(`screen ${number} to fit at ${narrow}`, () => page.evaluate(misfits), (all) => all.length === 0, 5000);
      }
      await until('the dot alone', () => strip.evaluate(() => document.querySelector('#strip > :only-child')?.matches('.dot')));
      // On an enlarged page, a driver's click misses its target.
      await strip.evaluate(() => document.querySelector('button')?.click());
      await says(page, 'card');
      const seen = () => page.evaluate(() => {
        const [card, call] = ['#strip', '.call'].map((one) => /** @type {Element} */ (document.querySelector(one)).getBoundingClientRect());
        return card.width > 100 && card.left >= call.left && card.right <= call.right && card.bottom <= call.bottom;
      });
      await until('the card to be seen as a whole', seen);
    }
    for (const number of /** @type {const} */ ([1, 2, 3])) {
      await page.evaluate((fragment) => void (location.hash = fragment), String(number));
      await page.reads(say('welcome_progress', number, 3));
      await page.evaluate(enlarge, 1, true);
      await until(`screen ${number} to fit with longer texts`, () => page.evaluate(misfits), (all) => all.length === 0, 5000);
    }
    await browser.key('ctrl+0');
    await until('the page to be as it was', width, (now) => now > 700);
  });
}, fewColours);
