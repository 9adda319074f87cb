// @ts-check
// Popup and strip for everybody: for people who need contrast, size or calm, who use only the keyboard, or who listen
// to a screen reader.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { openOptions, shipped, views } from './options.mjs';
import { enlarge, faint, misfits } from './sight.mjs';
import { viewport } from './hang.mjs';
import { closePopup, dotName, fewColours, Hour, inEachBrowser, keys, minute, openPanel, openPopup, say, second, start, unzoom, zoom } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

/** What can be pressed, ticked, chosen or typed in. */
const operable = ['button', 'radio', 'checkbox', 'combobox', 'spinbutton', 'textbox', 'link', 'summary'];

/** Everything that can be operated, as a screen reader announces it, in order. @param {Surface} surface */
async function controls(surface) {
  const things = (await surface.way.things()).filter(({ role }) => operable.includes(role));
  return things.map(({ role, name, checked }) => `${role} ${name}${checked ? ', checked' : ''}`);
}

/**
 * Presses a key and waits until the focus is there, and visible.
 * @param {Browser} browser
 * @param {Surface} surface
 * @param {string} key
 * @param {string} what role and name
 */
async function moves(browser, surface, key, what) {
  await browser.key(key);
  await isFocused(surface, what);
}

/** @param {Surface} surface @param {string} what role and name */
async function isFocused(surface, what) {
  await until(`the focus on ${what}`, () => surface.focused(), (now) => now === what);
  assert.ok(await surface.evaluate(showsFocus), `the focus on ${what} is to be seen`);
}

/** Whether what has the focus, or what represents it, has a ring around it. Runs in the document. */
function showsFocus() {
  const focused = document.activeElement;
  if (!focused?.matches(':focus-visible')) return false;
  return [focused, focused.nextElementSibling].some((element) => {
    const { outlineStyle, outlineWidth, outlineColor } = element ? getComputedStyle(element) : new CSSStyleDeclaration();
    return outlineStyle === 'solid' && Number.parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor);
  });
}

inEachBrowser('surfaces', (test) => {
  test('axe finds nothing, in light and in dark', async ({ browser, calls, openCall, open }) => {
    const page = await openCall('plain/');
    let colorScheme = /** @type {'light' | 'dark'} */ ('light');
    /** @param {Surface} surface @param {string} what @param {() => Promise<unknown>} [stay] */
    const clean = async (surface, what, stay = async () => {}) => {
      // The strip looks the same in both, and gets the look from the page around it.
      const looker = surface === strip ? page : surface;
      for (let schemes = 0; schemes < 2; schemes++) {
        await looker.look({ colorScheme });
        await stay();
        assert.deepEqual(await surface.axe(), [], `${what}, ${colorScheme}`);
        if (schemes === 0) colorScheme = colorScheme === 'light' ? 'dark' : 'light';
      }
    };

    let strip = /** @type {Surface | undefined} */ (undefined);
    let popup = await openPopup(browser, page);
    await popup.click('summary', 'Shortcuts and options');
    await popup.reads('Alt+Shift+K');
    await clean(popup, 'ready, with the keys');
    await popup.click('summary', 'Shortcuts and options');
    await popup.click('radio', 'Other length');
    await popup.click('spinbutton');
    await browser.key('ctrl+a');
    await browser.type('400\t');
    await popup.reads('Enter a whole number of minutes, 5 to 180.');
    const [edge, words] = await popup.evaluate(() => {
      const style = (/** @type {string} */ id) => getComputedStyle(/** @type {Element} */ (document.getElementById(id)));
      return [style('length').borderTopColor, style('length-problem').color];
    });
    assert.equal(edge, words, 'the field has the colour of what is said about it');
    await clean(popup, 'a length that cannot be');
    await closePopup(browser);

    const pdf = await open(`${calls}/pdf`);
    popup = await openPopup(browser, pdf);
    await popup.reads('Not on this page');
    await clean(popup, 'a page that is closed to extensions');
    await closePopup(browser);
    await page.bringToFront();

    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    strip = await hour.strip();
    await clean(strip, 'notice', async () => {
      await browser.key(keys.glance);
      await strip?.reads('50 min left');
    });
    popup = await hour.popup();
    await popup.reads('no cues yet');
    await clean(popup, 'running');
    await closePopup(browser);

    // A clock that steps back stands still for a moment, so that nothing fades while it is being checked.
    const stay = () => hour.look(-10 * second);
    await hour.dot();
    await clean(strip, 'dot', stay);
    await strip.find('button', dotName);
    await browser.key(keys.glance);
    const cue = await hour.shownWords();
    await clean(strip, 'words', stay);
    await strip.click('button', cue);
    await strip.find('button', 'Did it');
    await clean(strip, 'card', stay);
    await strip.find('button', 'Did it');

    popup = await hour.popup();
    await popup.find('heading', cue);
    await popup.click('summary', /^Checklist/);
    await popup.find('checkbox', 'Identity confirmed');
    await clean(popup, 'running, with a cue and the checklist', stay);
    await popup.click('button', 'Never');
    await popup.reads('won’t come up again');
    await clean(popup, 'a prompt that is banned');
    await popup.click('button', '5 min');
    await popup.reads('Cues paused for 5 more min');
    await clean(popup, 'held');
    await popup.click('button', 'Resume cues');
    await popup.find('button', '5 min');
    await popup.click('button', 'Silence everything');
    await popup.reads('All cues are off.');
    await clean(popup, 'crisis');
    await popup.click('button', 'Resume cues');
    await popup.click('button', 'Pause');
    await popup.reads('Paused.');
    await clean(popup, 'paused');
    await popup.click('button', 'Resume');
    await popup.click('button', 'Hide the strip');
    await popup.reads('The strip is hidden');
    await clean(popup, 'hidden');
    await popup.click('button', 'Show the strip');
    await popup.find('button', 'Hide the strip');
    await closePopup(browser);

    browser.shiftClock(10 * minute);
    await browser.nudge(page);
    await strip.reads('Still in session?');
    await clean(strip, 'question');
    popup = await hour.popup();
    await popup.reads('Your computer was asleep for');
    await popup.click('button', 'End session');
    await clean(popup, 'two questions');
    await popup.click('button', 'End now');
    await popup.find('button', 'Done');
    await clean(popup, 'ended');
    await popup.look({});
    await closePopup(browser);
    await page.look({});
  });

  test('the popup, from the keyboard alone', async ({ browser, name, openCall, open }) => {
    // At first, there is no key for the popup. The person sets one, in the browser's own way.
    if (name === 'chromium') {
      const settings = await open('chrome://extensions/shortcuts');
      await settings.click('button', /^Edit shortcut Activate the extension/);
      await browser.key('alt+shift+u');
      await until('the key to be set', async () => (await settings.outline()).includes('Alt + Shift + U'));
      await settings.close();
    }
    if (name === 'firefox') {
      const own = await open(browser.extensionUrl('session.html'));
      await own.evaluate(() => /** @type {any} */ (chrome.commands).update({ name: '_execute_action', shortcut: 'Alt+Shift+U' }));
      await own.close();
    }
    const page = await openCall('plain/');

    const press = async () => {
      await browser.key('alt+shift+u');
      const popup = await browser.popup();
      await until('the popup to be filled', () => popup.evaluate(() => document.querySelector('#stage > *') !== null));
      return popup;
    };
    const ready = await press();
    /** @param {string} key @param {string} what */
    const to = (key, what) => moves(browser, ready, key, what);
    await isFocused(ready, 'button Start beside this call');
    assert.deepEqual(await controls(ready), [
      'checkbox Sound only', 'radio First', 'radio Early', 'radio Ongoing, checked',
      'radio 25', 'radio 45', 'radio 50, checked', 'radio 60', 'radio 90', 'radio Other length',
      'radio Quiet', 'radio Standard, checked', 'radio Trainee', 'radio Rehearsal',
      'combobox To practise', 'summary Ready check, 0 of 16',
      'button Start beside this call', 'button Start in a floating window', 'summary Notice calls on this site',
      'button Side panel', 'summary Shortcuts and options',
    ]);
    await to('shift+Tab', 'summary Ready check, 0 of 16');
    await to('shift+Tab', 'combobox To practise');
    await to('shift+Tab', 'radio Standard');
    await to('Right', 'radio Trainee');
    await ready.reads('supervised');
    await to('shift+Tab', 'radio 50');
    await to('Right', 'radio 60');
    await to('Right', 'radio 90');
    await to('Right', 'radio Other length');
    await to('shift+Tab', 'radio Ongoing');
    await to('Left', 'radio Early');
    await to('Left', 'radio First');
    await to('shift+Tab', 'checkbox Sound only');
    await to('Tab', 'radio First');
    await to('Tab', 'radio Other length');
    await to('Tab', 'spinbutton Minutes, 5 to 180');
    await browser.key('ctrl+a');
    await browser.type('200');
    // An impossible value is reported when Enter asks for it, and the field gets the focus.
    await browser.key('Return');
    await ready.reads('Enter a whole number of minutes, 5 to 180.');
    await isFocused(ready, 'spinbutton Minutes, 5 to 180');
    await browser.key('ctrl+a');
    await browser.type('55');
    await to('Tab', 'radio Trainee');
    await to('Tab', 'combobox To practise');
    await to('Tab', 'summary Ready check, 0 of 19');
    await to('Tab', 'button Start beside this call');
    await to('Tab', 'button Start in a floating window');
    await to('Tab', 'summary Notice calls on this site');
    await to('Tab', 'button Side panel');
    await to('Tab', 'summary Shortcuts and options');
    await browser.key('space');
    await ready.reads(`Alt+Shift+U ${say('key_open')}`);
    await to('Tab', 'button Change shortcuts');
    await to('Tab', 'button Options');
    await to('Tab', 'button Show me around');
    await to('shift+Tab', 'button Options');
    await to('shift+Tab', 'button Change shortcuts');
    await to('shift+Tab', 'summary Shortcuts and options');
    await to('shift+Tab', 'button Side panel');
    await to('shift+Tab', 'summary Notice calls on this site');
    await to('shift+Tab', 'button Start in a floating window');
    await to('shift+Tab', 'button Start beside this call');
    await browser.key('Return');
    await ready.closed();

    const hour = new Hour(browser, page);
    await hour.card();
    const running = await press();
    await running.find('button', 'Never');
    const before = await controls(running);
    const [tally] = before.filter((control) => control.startsWith('summary Checklist'));
    assert.deepEqual(before, [
      'button Pause', 'button +5 min, to 60 minutes in total',
      'button Did it', 'button Already do', 'button Not now', 'button Never',
      'button 5 min', 'button 10 min', 'button Until the end', 'button Silence everything',
      tally, 'button Sound only from here', 'button I’m sharing my screen', 'button Hide the strip', 'button End session',
      'button Move the strip to a floating window', 'button Side panel', 'summary Shortcuts and options',
    ]);
    assert.match(tally, /^summary Checklist, 0 of \d+$/);
    // Tab goes through all of them, in reading order.
    for (const control of before) await moves(browser, running, 'Tab', control);
    for (const control of before.slice(10, -1).reverse()) await moves(browser, running, 'shift+Tab', control);
    await browser.key('Return');
    const [first] = await until('the checklist', () => running.all('checkbox'));
    await moves(browser, running, 'Tab', `checkbox ${first.name}`);
    await browser.key('space');
    await running.reads(/Checklist, 1 of \d+/);
    assert.equal((await running.all('checkbox', first.name))[0].checked, true);
    await moves(browser, running, 'Tab', `summary More about “${first.name}”`);
    await browser.key('space');
    await until('what the item means', () => running.all('paragraph'), (all) => all.length > 0);
    await moves(browser, running, 'shift+Tab', `checkbox ${first.name}`);
    await browser.key('space');
    await running.reads(/Checklist, 0 of \d+/);
    await browser.key('Escape');
    await running.closed();

    // If a button goes away when it is pressed, the focus is on what has taken its place.
    const last = await press();
    const forth = async (/** @type {string} */ what) => {
      for (let steps = 0; (await last.focused()) !== what; steps++) {
        assert.ok(steps < 20, `${what} is within reach`);
        const before = await last.focused();
        await browser.key('Tab');
        await until('the focus to move', () => last.focused(), (now) => now !== before);
      }
    };
    await forth('button 5 min');
    await browser.key('Return');
    await isFocused(last, 'button Resume cues');
    await browser.key('Return');
    await isFocused(last, 'button 5 min');
    await forth('button End session');
    await browser.key('Return');
    await isFocused(last, 'button Keep going');
    await moves(browser, last, 'Tab', 'button End now');
    await browser.key('Return');
    await last.find('button', 'Done');
    await forth('button Done');
    await browser.key('Return');
    await isFocused(last, 'button Start beside this call');
    await browser.key('Escape');
    await last.closed();
  });

  test('the strip, from the keyboard alone', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await page.evaluate(() =>
      addEventListener('keydown', ({ key }) => {
        const { dataset } = document.documentElement;
        dataset.keys = `${dataset.keys ?? ''} ${key}`;
      }));
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const strip = await hour.strip();
    /** Goes from the call's last button to the strip. @param {string} what */
    const reach = async (what) => {
      await page.evaluate(() => document.getElementById('leave')?.focus());
      await moves(browser, strip, 'Tab', what);
    };
    const answers = ['button Did it', 'button Already do', 'button Not now', 'button Never', 'button Close'];

    const came = [];
    for (const [key, outcome] of [['d', 'did it'], ['a', 'already doing it'], ['n', 'not now'], ['Escape', 'faded']]) {
      await hour.dot();
      await reach(`button ${dotName}`);
      await browser.key('Return');
      const cue = (await until('the card', () => strip.all('heading'), (all) => all.length > 1))[1].name;
      await isFocused(strip, 'button Did it');
      await strip.reads(/Did it D Already do A Not now N Never V/);
      if (key === 'd') {
        assert.deepEqual(await controls(strip), answers);
        assert.ok(await strip.has('group', 'Your answer'));
        for (const answer of answers.slice(1)) await moves(browser, strip, 'Tab', answer);
      }
      await browser.key(key);
      await hour.nothing();
      came.push([cue, outcome]);
      // The keyboard belongs to the call again.
      await browser.key('x');
      const pressed = () => page.evaluate(() => document.documentElement.dataset.keys);
      await until('the key to reach the call', pressed, (text) => text?.endsWith(' x'));
      await page.evaluate(() => { document.documentElement.dataset.keys = ''; });
    }
    const ended = await hour.end();
    const entries = await ended.evaluate(() =>
      [...document.querySelectorAll('#entries tr')].map((row) => [...row.children].map((cell) => cell.textContent).slice(1)));
    assert.deepEqual(entries, came);
  });

  test('little motion if little is wanted', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const strip = await hour.strip();
    const moved = () => strip.evaluate(() => Number(document.documentElement.dataset.moved ?? 0));
    await strip.evaluate(() => {
      const { dataset } = document.documentElement;
      const count = () => { dataset.moved = String(Number(dataset.moved ?? 0) + 1); };
      document.addEventListener('animationstart', count);
      document.addEventListener('transitionrun', count);
    });
    for (const reducedMotion of [false, true]) {
      await page.look({ reducedMotion });
      const sees = () => strip.evaluate(() => matchMedia('(prefers-reduced-motion)').matches);
      await until('the strip to be told', sees, (now) => now === reducedMotion);
      const before = await moved();
      await hour.card();
      await browser.key(keys.glance);
      await hour.nothing();
      if (reducedMotion) assert.equal(await moved(), before);
      else assert.ok((await moved()) > before, 'the strip fades in and out');
    }
    const popup = await hour.popup();
    const moving = () => popup.evaluate(() =>
      [...document.querySelectorAll('*')].map((element) => getComputedStyle(element))
        .filter(({ animationName, transitionDuration }) => animationName !== 'none' || transitionDuration !== '0s').length);
    assert.equal(await moving(), 0);
    await closePopup(browser);
    await page.look({});
  });

  test('the keys that the popup lists are those that work', async ({ browser, name, openCall, open }) => {
    const page = await openCall('plain/');
    const list = async () => {
      const popup = await openPopup(browser, page);
      await popup.click('summary', 'Shortcuts and options');
      const rows = await until('the keys', () => popup.evaluate(() =>
        [...document.querySelectorAll('#keys-list li')].map(({ children }) => [...children].map(({ textContent }) => textContent))));
      await closePopup(browser);
      return Object.fromEntries(rows.map(([key, does]) => [does, key]));
    };
    const before = await list();
    const all = await browser.inWorker(() => chrome.commands.getAll());
    const inBrowser = ['glance', 'not-now', 'hold', 'hide'].map((command) => all.find((one) => one.name === command)?.shortcut);
    assert.deepEqual(Object.values(before).slice(0, 4), inBrowser);
    assert.equal(before['not now'], 'Alt+Shift+L');

    if (name === 'chromium') {
      const settings = await open('chrome://extensions/shortcuts');
      await settings.click('button', /^Edit shortcut Not now/);
      await browser.key('alt+shift+y');
      await until('the key to be set', async () => (await settings.outline()).includes('Alt + Shift + Y'));
      await settings.close();
      await page.bringToFront();
    } else {
      await browser.inWorker(() => /** @type {any} */ (chrome.commands).update({ name: 'not-now', shortcut: 'Alt+Shift+Y' }));
    }
    assert.deepEqual(await list(), { ...before, 'not now': 'Alt+Shift+Y' });
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const cue = await hour.card();
    await (await hour.strip()).reads('Alt+​Shift+​Y');
    await browser.key('alt+shift+l');
    assert.ok((await hour.look()).strip.card, 'the old key does nothing');
    await browser.key('alt+shift+y');
    await hour.nothing();
    const ended = await hour.end();
    await ended.reads(`${cue} not now`);
  });
});

/** Whether what stays at the bottom covers a part of the footer, at the very end of the page. */
function footerIsHidden() {
  scrollTo(0, document.body.scrollHeight);
  const [bar, footer] = ['.bottom', 'footer'].map((one) => document.querySelector(one)?.getBoundingClientRect());
  scrollTo(0, 0);
  return !bar || !footer || bar.bottom > footer.top;
}

inEachBrowser('surfaces, in letters of at least 24 px', (test) => {
  test('no line lies on another, and every button can be read', async ({ browser, openCall, open }) => {
    const page = await openCall('plain/');
    /** @param {Surface} surface @param {string} what */
    const fits = (surface, what) => until(`${what} to fit`, () => surface.evaluate(misfits), (all) => all.length === 0, 5000);
    const ready = await openPopup(browser, page);
    const size = await ready.evaluate(() => [...document.querySelectorAll('.quiet')].map((one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return range.getClientRects()[0]?.height ?? 0;
    }));
    assert.ok(Math.max(...size) >= 24, 'the browser draws large letters');
    await fits(ready, 'what to choose');
    await closePopup(browser);
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const strip = await hour.strip();
    await hour.words();
    await fits(strip, 'the words');
    await strip.click('button', await hour.shownWords());
    await until('the card', () => strip.evaluate(() => document.querySelector('.card') !== null));
    await strip.evaluate(() => document.querySelector('.answers button')?.scrollIntoView());
    await strip.find('button', 'Did it');
    await fits(strip, 'the card');
    const running = await hour.popup();
    await fits(running, 'a running session');
    await running.click('button', 'End session');
    await running.click('button', /^End now/);
    await running.find('button', 'Done');
    await fits(running, 'a session that has ended');
    await closePopup(browser);
    for (const where of ['welcome.html#1', 'welcome.html#2', 'options.html#prompts', 'options.html#keys']) {
      const own = await open(browser.extensionUrl(where));
      await until(`${where} to be drawn`, () => own.evaluate(() => document.documentElement.lang !== '' && document.body.innerText.length > 200));
      await fits(own, where);
    }
  });
}, { flags: ['--blink-settings=minimumFontSize=24'], preferences: { 'font.minimum-size.x-western': 24 } });

inEachBrowser('surfaces, in few colours and in large', (test) => {
  test('what is chosen, drawn or marked stands out in forced colours', async ({ browser, name, openCall }) => {
    const page = await openCall('plain/');
    // Firefox takes the background of what is chosen from this machine's theme, which is paler than a contrast theme.
    const rules = { 'color-contrast': { enabled: name === 'chromium' } };
    const ready = await openPopup(browser, page);
    assert.ok(await ready.evaluate(() => matchMedia('(forced-colors: active)').matches));
    assert.deepEqual(await ready.axe({ rules }), []);
    assert.deepEqual(await ready.evaluate(faint), []);
    const grounds = await ready.evaluate(() => [...document.querySelectorAll('.choice')].map((choice) => {
      const [input, label] = choice.children;
      return { checked: /** @type {HTMLInputElement} */ (input).checked, ground: getComputedStyle(label).backgroundColor };
    }));
    const chosen = new Set(grounds.filter(({ checked }) => checked).map(({ ground }) => ground));
    const others = new Set(grounds.filter(({ checked }) => !checked).map(({ ground }) => ground));
    assert.deepEqual([chosen.size, others.size, new Set([...chosen, ...others]).size], [1, 1, 2]);
    await closePopup(browser);

    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const strip = await hour.strip();
    await hour.dot();
    assert.deepEqual(await strip.evaluate(faint), []);
    await browser.key(keys.glance);
    await strip.click('button', await hour.shownWords());
    await strip.find('button', 'Did it');
    assert.deepEqual(await strip.evaluate(faint), []);
    assert.deepEqual(await strip.axe({ rules }), []);
    const edges = await strip.evaluate(() =>
      [...document.querySelectorAll('.card, .answers button')].map((element) => getComputedStyle(element).borderTopStyle));
    assert.deepEqual(new Set(edges), new Set(['solid']));
    const running = await hour.popup();
    await running.find('button', 'Did it');
    assert.deepEqual(await running.evaluate(faint), []);
    assert.deepEqual(await running.axe({ rules }), []);
    await closePopup(browser);
  });

  test('texts fit at 200 %, and when they are a third longer', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    /** @param {Surface} popup @param {string} what */
    const fits = async (popup, what) => {
      for (const [zoom, longer] of /** @type {[number, boolean][]} */ ([[2, false], [1, true], [2, true]])) {
        await popup.evaluate(enlarge, zoom, longer);
        // The browser sizes its window to fit its contents.
        const how = `${zoom * 100} %${longer ? ', with longer texts' : ''}`;
        await until(`${what} to fit at ${how}`, () => popup.evaluate(misfits), (all) => all.length === 0, 5000);
      }
    };
    const ready = await openPopup(browser, page);
    await ready.click('radio', 'Other length');
    await ready.click('summary', 'Shortcuts and options');
    await ready.reads('Alt+Shift+K');
    await fits(ready, 'what to choose');
    await closePopup(browser);

    await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const hour = new Hour(browser, page);
    const strip = await hour.strip();
    // The page at 200 %, as a person zooms it, and the strip with it. Its texts are longer from the next cue on.
    await zoom(page, 2);
    await strip.evaluate(() => {
      const get = chrome.i18n.getMessage;
      chrome.i18n.getMessage = (key, args) => {
        const text = get(key, args);
        return key === 'strip_dot' ? text : `${text} ${text.slice(0, Math.round(text.length * 0.3))}`;
      };
      // The templates had their texts when the page was opened.
      for (const { content } of document.querySelectorAll('template'))
        for (const part of /** @type {NodeListOf<HTMLElement>} */ (content.querySelectorAll('[data-i18n]')))
          part.textContent = chrome.i18n.getMessage(/** @type {string} */ (part.dataset.i18n));
    });
    await hour.words();
    await until('the words to fit', () => strip.evaluate(misfits), (all) => all.length === 0, 5000);
    await strip.evaluate(() => document.querySelector('button')?.click());
    await strip.find('button', 'Did it Di');
    await until('the card to fit', () => strip.evaluate(misfits), (all) => all.length === 0, 5000);

    const running = await hour.popup();
    await running.click('summary', /^Checklist/);
    await running.click('button', 'End session');
    await fits(running, 'a running session');
    await running.click('button', /^End now/);
    await running.find('button', 'Done');
    await fits(running, 'a session that has ended');
    await closePopup(browser);
    await unzoom(page);
  });

  test('at 400 %, a card scrolls, and its answers can be reached', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await zoom(page, 4);
    const strip = await hour.strip();
    await hour.words();
    await until('the words to fit', () => strip.evaluate(misfits), (all) => all.length === 0, 5000);
    await strip.evaluate(() => document.querySelector('button')?.click());
    await until('the card', () => strip.evaluate(() => document.querySelector('.card') !== null));
    const { width, height } = await viewport(page);
    const size = await until('the card to have its size', () => strip.evaluate(() => ({
      frame: [innerWidth, innerHeight], card: document.querySelector('.card')?.getBoundingClientRect().height ?? 0,
    })), ({ frame, card }) => Math.abs(frame[1] - card) < 2);
    assert.ok(size.frame[0] <= width && size.frame[1] <= height, `${size.frame} in ${width}, ${height}`);
    assert.deepEqual(await strip.evaluate(misfits), []);
    // Whoever goes there with the keyboard or the wheel sees each of them, and can press it.
    for (const answer of ['did_it', 'already', 'not_now', 'never', 'close'])
      await until(`${answer} to be in reach`, () => strip.evaluate((answer) => {
        const button = /** @type {HTMLElement} */ (document.querySelector(`[data-do=${answer}]`));
        button.focus();
        const { left, right, top, bottom } = button.getBoundingClientRect();
        const whole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
        return whole && button.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
      }, answer));
    assert.equal(await strip.evaluate(() => getComputedStyle(/** @type {Element} */ (document.querySelector('.card'))).overflowY), 'auto');
    await unzoom(page);
  });

  test('the side panel fits when it is narrow, at 200 %, and in forced colours', async ({ browser, name, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    const rules = { 'color-contrast': { enabled: name === 'chromium' } };
    /** @param {string} what */
    const fits = async (what) => {
      assert.deepEqual(await panel.evaluate(faint), [], what);
      assert.deepEqual(await panel.axe({ rules }), [], what);
      assert.equal(await panel.evaluate(footerIsHidden), false, what);
      // Firefox starts with a sidebar of 240 px, of which 200 % leave 120.
      for (const zoom of name === 'chromium' ? [1, 1.4, 2] : [1]) {
        await panel.evaluate(enlarge, zoom, false);
        await until(`${what} to fit at ${zoom * 100} %`, () => panel.evaluate(misfits), (all) => all.length === 0, 5000);
      }
      await panel.evaluate(enlarge, 1, false);
    };
    await panel.click('summary', 'Emergency card');
    await panel.click('button', 'Add a number');
    await fits('the ready check');
    await panel.click('button', 'Start beside this call');
    await panel.find('button', 'Pause');
    await new Hour(browser, page).dot();
    await panel.find('button', 'Did it');
    await panel.click('summary', /so far$/);
    await fits('a running hour');
    await panel.click('button', 'Silence everything');
    await panel.reads('All cues are off.');
    await fits('a crisis');
    await panel.click('button', 'End session');
    await panel.click('button', 'End now');
    await panel.find('button', 'Done');
    await fits('an hour that has ended');
  });

  test('every view of the options fits at 200 %, with longer texts, and in forced colours', async ({ browser, name, open }) => {
    const rules = { 'color-contrast': { enabled: name === 'chromium' } };
    for (const view of views) {
      const options = await openOptions({ browser, open }, view);
      if (view === 'prompts') await options.click('button', new RegExp(`^${shipped.prompts[0].cue}`));
      if (view === 'checklist') await options.click('button', say('options_new_item'));
      assert.deepEqual(await options.evaluate(faint), [], view);
      assert.deepEqual(await options.axe({ rules }), [], view);
      for (const [zoom, longer] of /** @type {[number, boolean][]} */ ([[1, false], [2, false], [1, true], [2, true]])) {
        await options.evaluate(enlarge, zoom, longer);
        const how = `${view} to fit at ${zoom * 100} %${longer ? ', with longer texts' : ''}`;
        await until(how, () => options.evaluate(misfits), (all) => all.length === 0, 5000);
      }
      await options.close();
    }
  });
}, fewColours);
