// @ts-check
// The keys: what the options say about them, sets for the left hand and for one hand alone, and that each of them
// works.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from './drive/index.mjs';
import { openOptions } from './options.mjs';
import { Hour, callIsUp, closePopup, inBrowser, inEachBrowser, keys, openPopup, say, second, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

/** The commands, and the sets of keys, as in the source. */
const source = readFileSync('src/settings/keys.rs', 'utf8');
const commands = [...source.matchAll(/\("([\w-]+)", "(key_\w+)"\)/g)].map(([, command, does]) => ({ command, does: say(does) }));
const sets = Object.fromEntries([...source.matchAll(/name: "(\w+)",\s+keys: \[([^\]]*)\]/g)].map(([, name, list]) => {
  const told = [...list.matchAll(/"([^"]*)"/g)].map(([, key]) => key);
  assert.equal(told.length, commands.length, `the keys of ${name}`);
  return [name, Object.fromEntries(commands.map(({ command }, index) => [command, told[index]]))];
}));

/** A key as `browser.key` takes it. @param {string} key */
const chord = (key) => key.replace('Alt', 'alt').replace('Shift', 'shift').replace(/Page/, 'Page_').replace(/\b[A-Z]$/, (letter) => letter.toLowerCase());

/** A key as it is called. @param {string} key */
const called = (key) => key.replace('Page', 'Page ');

/** What the list of keys shows: what each does, its current key, and its new one. @param {Page} page */
const listed = (page) => page.evaluate(() => [...document.querySelectorAll('#keys-list li')].map((row) => {
  const [does, now, next] = ['.does', '.now kbd', '.next:not([hidden]) kbd'].map((part) => row.querySelector(part)?.textContent ?? '');
  return { does, now, next };
}));

/**
 * Waits until the list shows the keys of a set, and what another set would change about them.
 * @param {Page} page
 * @param {Record<string, string>} now
 * @param {Record<string, string>} [chosen]
 */
async function lists(page, now, chosen = now) {
  const none = say('key_none');
  const rows = commands.map(({ command, does }) => ({
    does, now: called(now[command]) || none, next: chosen[command] === now[command] ? '' : called(chosen[command]) || none,
  }));
  await until('the list of keys', () => listed(page), (all) => JSON.stringify(all) === JSON.stringify(rows));
}

/** The keys as set in the browser. @param {Page} page @returns {Promise<Record<string, string>>} */
const real = async (page) =>
  page.evaluate(async () => Object.fromEntries((await chrome.commands.getAll()).map(({ name, shortcut }) => [name, shortcut])));

/**
 * Presses a key until the focus is on something.
 * @param {Browser} browser
 * @param {Page} page
 * @param {string} key
 * @param {string} what
 */
async function goTo(browser, page, key, what) {
  for (let steps = 0; steps < 30; steps++) {
    const before = await page.focused();
    if (before === what) return;
    await browser.key(key);
    await until('the focus to move', () => page.focused(), (focused) => focused !== before);
  }
  throw new Error(`${what} is not to be reached`);
}

/** The first keys that the popup lists, by what they do. @param {Browser} browser @param {Page} page */
async function inPopup(browser, page) {
  const popup = await openPopup(browser, page);
  await popup.click('summary', say('keys'));
  const rows = await until('the keys', () => popup.evaluate(() =>
    [...document.querySelectorAll('#keys-list li')].map(({ children }) => [...children].map(({ textContent }) => textContent))));
  await closePopup(browser);
  return Object.fromEntries(rows.map(([key, does]) => [does, key]));
}

inBrowser('firefox', 'keys', (test) => {
  test('a set is chosen and used from the keyboard alone, works in a session, and is taken back', async ({ browser, openCall, open }) => {
    const options = await openOptions({ browser, open }, 'keys');
    await lists(options, sets.came);
    await options.reads(say('keys_in_use'));
    assert.equal(await options.has('button', say('keys_use')), false, 'nothing to change');
    await goTo(browser, options, 'Tab', `radio ${say('keys_came_hand')}`);
    await goTo(browser, options, 'Right', `radio ${say('keys_left_hand')}`);
    await lists(options, sets.came, sets.left);
    assert.deepEqual(await real(options), sets.came, 'a look changes nothing');
    await goTo(browser, options, 'Tab', `button ${say('keys_use')}`);
    await browser.key('Return');
    await lists(options, sets.left);
    await options.reads(say('keys_in_use'));
    assert.deepEqual(await real(options), sets.left);
    // The button that was pressed is gone; the focus moves on to the one that undoes it.
    await until('the focus', () => options.focused(), (focused) => focused === `button ${say('undo')}`);

    const page = await openCall('plain/');
    const shown = await inPopup(browser, page);
    for (const { command, does } of commands) assert.equal(shown[does], sets.left[command], does);
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await hour.dot();
    await browser.key(keys.glance);
    assert.ok((await hour.look()).strip.dot, 'the old key does nothing');
    await browser.key(chord(sets.left.glance));
    await (await hour.strip()).click('button', await hour.shownWords());
    await (await hour.strip()).find('button', say('did_it'));
    const hints = await (await hour.strip()).text();
    for (const command of ['glance', 'not-now']) assert.ok(hints.replaceAll('\u200b', '').includes(sets.left[command]), hints);
    await browser.key(chord(sets.left['not-now']));
    await hour.nothing();

    await options.bringToFront();
    await options.click('button', say('undo'));
    await lists(options, sets.came, sets.left);
    assert.deepEqual(await real(options), sets.came);
    await options.click('button', say('keys_use'));
    await lists(options, sets.left);
    await options.click('radio', say('keys_came_hand'));
    await options.click('button', say('keys_use'));
    await lists(options, sets.came);
    assert.deepEqual(await real(options), sets.came);
    await page.bringToFront();
    await hour.dot();
    await browser.key(keys.glance);
    await hour.shownWords();
  });
});

inBrowser('chromium', 'keys', (test) => {
  test('a set says what to press on the page of the browser, which a button opens, and the list follows', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'keys');
    await lists(options, sets.came);
    await options.click('radio', say('keys_one_hand'));
    await lists(options, sets.came, sets.one);
    await options.reads(say('keys_how'));
    assert.equal(await options.has('button', say('keys_use')), false, 'an extension may not');
    await options.click('button', say('keys_page'));
    const there = await until('the page of the browser', () => browser.engine.tabAt('chrome://extensions/shortcuts'));
    await there?.close();

    // The person presses one of them there, and the rest.
    const settings = await open('chrome://extensions/shortcuts');
    await settings.click('button', /^Edit shortcut Show the cue/);
    await browser.key(chord(sets.one.glance));
    await until('the key to be set', async () => (await settings.outline()).includes(sets.one.glance.replaceAll('+', ' + ')));
    await options.bringToFront();
    await lists(options, { ...sets.came, glance: sets.one.glance }, sets.one);
    for (const { command } of commands)
      if (sets.one[command] !== sets.came[command] && command !== 'glance') await browser.setKey(command, sets.one[command]);
    await options.bringToFront();
    await lists(options, sets.one);
    await options.reads(say('keys_in_use'));
    assert.equal((await options.text()).includes(say('keys_how')), false);

    // Chromium has other names for some keys than a manifest.
    for (const { command } of commands) await browser.setKey(command, sets.any[command]);
    await options.bringToFront();
    await options.click('radio', say('keys_any_hand'));
    await lists(options, sets.any);
    await options.reads(say('keys_in_use'));
  });
});

/** Places on the keyboard: what is there on one from the United States. */
const places = { alt: 64, shift: 50, k: 45, up: 111 };

/**
 * Sets the layout of the keyboard, and waits until the browser has it.
 * @param {Browser} browser
 * @param {Page} page
 * @param {[layouts: string, option?: string]} layouts
 * @param {number[]} pressed
 * @param {string} key what comes of pressing that
 */
async function setLayouts(browser, page, layouts, pressed, key) {
  await page.evaluate(() => addEventListener('keydown', (event) => { document.documentElement.dataset.key = event.key; }, true));
  await browser.display.layouts(...layouts);
  await until(`the layout ${layouts[0]}`, async () => {
    await browser.display.keysAt(...pressed);
    return page.evaluate(() => document.documentElement.dataset.key);
  }, (last) => last === key);
}

inEachBrowser('a key that is tried', (test, name) => {
  test('says that it works, or why not, where it is listed', async ({ browser, open }) => {
    const { alt, shift, k, up } = places;
    const asks = say('keys_try', sets.came.glance);
    try {
      for (const where of ['welcome.html#2', 'options.html#keys']) {
        const page = await open(browser.extensionUrl(where));
        await page.reads(asks);
        await browser.key(keys.glance);
        await page.reads(say('keys_try_works', sets.came.glance));
        await browser.key(keys.notNow);
        await page.reads(say('keys_try_works', sets.came['not-now']));
        await browser.display.keysAt(alt, k);
        await page.reads(say('keys_try_other', 'Alt+K'));
        await setLayouts(browser, page, ['us,ru', 'grp:alt_shift_toggle'], [alt, shift], 'GroupNext');
        await browser.display.keysAt(alt, shift, k);
        await page.reads(say('keys_try_switched'));
        // Chromium finds the letter by its place on a keyboard that has no other.
        await setLayouts(browser, page, ['ru'], [k], 'л');
        await browser.display.keysAt(alt, shift, k);
        await page.reads(name === 'firefox' ? say('keys_try_letters', 'Л') : say('keys_try_works', sets.came.glance));
        await browser.setKey('glance', sets.any.glance);
        await browser.nudge(page);
        await page.reads(say('keys_try', sets.any.glance));
        await browser.display.keysAt(alt, up);
        await page.reads(say('keys_try_works', sets.any.glance));
        await setLayouts(browser, page, ['us'], [k], 'k');
        await browser.setKey('glance', sets.came.glance);
      }
    } finally {
      await browser.display.layouts('us');
    }
  });

  test('does nothing to a session that runs', async ({ browser, open, openCall }) => {
    const hour = await start(browser, await openCall('plain/'), { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const options = await open(browser.extensionUrl('options.html#keys'));
    await options.reads(say('keys_try', sets.came.glance));
    await browser.key(keys.hold);
    await options.reads(say('keys_try_works', sets.came.hold));
    assert.equal((await hour.look()).popup.running.silence, 'none');
  });
});

inEachBrowser('in a window without a toolbar', (test) => {
  test('the key for a glance opens Attune, which starts beside the call', async ({ browser, calls, openCall }) => {
    const first = await openCall('plain/');
    const url = `${calls}/plain/?room=2&frames=8`;
    await first.evaluate((url) => {
      const button = document.createElement('button');
      button.textContent = 'Open in a window';
      button.style = 'position: fixed; left: 40%; top: 40%; z-index: 9';
      button.onclick = () => open(url, '', 'popup,width=1000,height=760');
      document.body.append(button);
    }, url);
    await first.click('button', 'Open in a window');
    const call = await browser.windowAt(url);
    await callIsUp(call);
    await call.bringToFront();
    await browser.key(keys.glance);
    const [tab] = await until('the tab of the call', () => browser.inWorker(async () => {
      const windows = await chrome.windows.getAll({ populate: true, windowTypes: ['popup'] });
      return windows.flatMap(({ tabs = [] }) => tabs.map(({ id }) => id));
    }), (all) => all.length === 2);
    const attune = await browser.windowAt(browser.extensionUrl(`session.html#tab-${tab}`));
    assert.equal(await attune.has('button', say('panel_open')), false, 'there is no panel beside it');
    // It closes when something else gets the keyboard. Its own list of skills, which may be drawn as a window, is not that.
    await attune.click('combobox', say('intention'));
    await browser.key('Down');
    await browser.key('Return');
    await until('a skill to be chosen', () => attune.evaluate(() => /** @type {HTMLSelectElement} */ (document.querySelector('#intention')).value));
    await attune.click('button', say('start'));
    const hour = new Hour(browser, call);
    await hour.dot();
    await browser.key(keys.glance);
    await hour.shownWords();
    await call.close();
  });
});

inEachBrowser('every key of the sets', (test) => {
  test('is a press away from where keys are listed', async ({ browser, open }) => {
    for (const list of ['session.html', 'session.html#panel', 'welcome.html#2']) {
      const page = await open(browser.extensionUrl(list));
      if (list !== 'welcome.html#2') await page.click('summary', say('keys'));
      await page.click('button', say('keys_change'));
      const view = await until(`the keys from ${list}`, () => browser.engine.tabAt(browser.extensionUrl('options.html#keys')));
      await view?.close();
    }
  });

  test('reaches Attune in a call, and not the browser', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const isSilent = async () => (await hour.look()).popup.running.silence !== 'none';
    const all = new Set(Object.values(sets).flatMap((set) => Object.values(set)).filter((key) => key !== ''));
    for (const { command } of commands) await browser.setKey(command, '');
    for (const key of all) {
      await browser.setKey('hold', key);
      await page.bringToFront();
      for (const silent of [true, false]) {
        // Within a second, it would be the same press.
        browser.shiftClock(second);
        await browser.key(chord(key));
        await until(`${key} to be heard`, isSilent, (is) => is === silent);
      }
      assert.ok(await page.evaluate(() => !document.hidden), `${key} leaves the call in front`);
    }
  });
});
