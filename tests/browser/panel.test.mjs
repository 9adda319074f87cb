// @ts-check
// The side panel, through the whole arc of an hour: ready check, Start, ticks, moments, a crisis, the end. It is the
// browser's own panel or sidebar, opened by the popup's button.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { until } from './drive/index.mjs';
import { badge, choose, closePopup, dotName, Hour, inEachBrowser, keys, minute, openPanel, openPopup, say, second, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

/**
 * @type {{prompts: {cue: string, text: string, moment?: {label: string, crisis?: boolean}}[],
 *   checklist: {label: string, phase: string, applies: string, core?: boolean}[]}}
 */
const deck = JSON.parse(readFileSync(new URL('../../extension/decks/en.json', import.meta.url), 'utf8'));
const before = deck.checklist.filter(({ phase, applies }) => phase === 'before' && applies !== 'when_needed');
const always = before.filter(({ applies }) => applies === 'every');
const moments = deck.prompts.filter(({ moment }) => moment && !moment.crisis);
const [crisis] = deck.prompts.filter(({ moment }) => moment?.crisis);

/** Ticks an item, and waits until the engine has taken it. @param {Surface} surface @param {string} item */
async function tick(surface, item) {
  await surface.click('checkbox', item);
  await until(`${item} to be ticked`, async () => (await surface.find('checkbox', item)).checked);
}

/** Starts an hour from the panel. @param {Browser} browser @param {Page} page @param {Surface} panel */
async function startFromPanel(browser, page, panel) {
  await choose(panel, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
  await panel.click('button', say('start'));
  await panel.reads('50 min left');
  return new Hour(browser, page);
}

/** Gives the panel the keyboard, in a place where no key does anything yet. @param {Surface} panel */
async function focus(panel) {
  const title = await panel.box('#left');
  assert.ok(title);
  await panel.clickAt({ x: title.x + 4, y: title.y + 4 });
}

/** What the panel and the popup say about the same hour. @param {Surface} surface */
const account = (surface) =>
  surface.evaluate(() => ({
    left: document.querySelector('#left')?.textContent,
    soFar: document.querySelector('#so-far')?.textContent,
    tally: document.querySelector('#tally')?.textContent,
    ticks: [...document.querySelectorAll('#items input')].map((input) => /** @type {HTMLInputElement} */ (input).checked),
    cue: document.querySelector('#cue:not([hidden]) h2')?.textContent ?? null,
    silence: document.querySelector('#silence:not([hidden]) p')?.textContent ?? null,
  }));

inEachBrowser('the side panel', (test) => {
  test('follows the hour: ready check, ticks, a moment by key, a crisis, the end', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    await choose(panel, { kind: 'Ongoing' });
    await panel.reads(say('ready_check', 0, always.length));
    await choose(panel, { kind: 'First' });
    await panel.reads(say('ready_check', 0, before.length));
    const [core] = before.filter((item) => item.core);
    await tick(panel, core.label);
    await panel.reads(say('ready_check', 1, before.length));
    const hour = await startFromPanel(browser, page, panel);
    const strip = await hour.strip();
    await strip.reads(/^50 min left$/);

    // A tick in the panel silences the cue that chases the item: the first cue would be "Confirm who is here".
    await tick(panel, 'Identity confirmed');
    for (let time = 0; time < 3 * minute; time += 30 * second) {
      const { popup, strip: line } = await hour.look(30 * second);
      assert.doesNotMatch(JSON.stringify([line, popup.running.cue?.cue]), /Confirm who is here/);
      if (popup.running.cue) await browser.key(keys.notNow);
    }

    // A moment by its digit: its cue and its text appear at once, on both surfaces.
    const digit = 2;
    const { cue, text, moment } = moments[digit - 1];
    await focus(panel);
    await browser.key(String(digit));
    await panel.find('heading', cue);
    await panel.reads(text);
    await strip.find('button', say('did_it'));
    await strip.reads(cue);
    await strip.reads(text);
    await panel.reads(say('why_moment', moment?.label ?? ''));
    await browser.key('d');
    await hour.nothing();
    await until('the cue to leave the panel', () => account(panel), (now) => now.cue === null);

    // The therapist's own numbers, in a crisis, and nothing else.
    await panel.click('summary', say('card'));
    await panel.click('button', say('card_add'));
    await until('the field', () => panel.focused(), (focused) => focused === `textbox ${say('card_label', 1)}`);
    await browser.type('Crisis line\t0800 111 0 111\t');
    await until('the card to be kept', () => panel.evaluate(async () => JSON.stringify((await chrome.storage.local.get('emergency')).emergency)),
      (kept) => kept?.includes('0800 111 0 111'));
    assert.equal(await panel.box('#numbers'), null);
    await panel.click('button', say('crisis'));
    await panel.reads(say('crisis_on'));
    assert.match(await panel.evaluate(() => document.querySelector('#numbers')?.textContent ?? ''), /Crisis line0800 111 0 111/);
    const size = () => panel.evaluate(() => parseFloat(getComputedStyle(document.querySelector('#numbers .digits') ?? document.body).fontSize));
    await until('digits to be read at arm’s length', size, (px) => px >= 20);
    for (let time = 0; time < 6 * minute; time += 2 * minute) {
      assert.equal((await hour.look(2 * minute)).strip, 'clear');
      await hour.nothing();
    }
    await panel.click('button', say('crisis_off'));
    await until('the numbers to go', () => panel.box('#numbers'), (box) => box === null);
    await hour.dot();

    await panel.click('button', say('end'));
    await panel.click('button', say('end_now'));
    await panel.find('button', say('done'));
    await until('the strip to leave the page', () => page.hasStrip(), (there) => !there);
    const after = deck.checklist.find(({ phase }) => phase === 'after');
    assert.ok(after);
    await tick(panel, after.label);
    await panel.click('button', say('done'));
    await panel.find('button', say('start'));
  });

  test('has nothing to press that will move when the rest is there', async ({ browser, open }) => {
    for (const address of ['session.html', 'session.html#panel']) {
      const page = await open(browser.extensionUrl(address));
      await page.find('summary', say('keys'));
      // As it is before the first answer comes, and where none does.
      const seen = await page.evaluate(() => {
        const [stage, silent, keys] = ['#stage', '#silent', '#keys'].map((one) => /** @type {HTMLElement} */ (document.querySelector(one)));
        const rest = [...stage.childNodes];
        stage.replaceChildren();
        const before = keys.checkVisibility({ visibilityProperty: true });
        silent.hidden = false;
        const without = keys.checkVisibility({ visibilityProperty: true });
        silent.hidden = true;
        stage.replaceChildren(...rest);
        return { before, without };
      });
      assert.deepEqual(seen, { before: false, without: true }, address);
    }
  });

  test('and the popup agree at every moment', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    const hour = await startFromPanel(browser, page, panel);
    const popup = await openPopup(browser, page);
    /** @param {string} what @param {(now: Awaited<ReturnType<typeof account>>) => boolean} good */
    const agree = async (what, good) => {
      const both = async () => [await account(popup), await account(panel)];
      await until(`both to agree: ${what}`, both, ([one, other]) => good(one) && JSON.stringify(one) === JSON.stringify(other));
    };
    await agree('nothing yet', ({ cue, silence }) => cue === null && silence === null);
    /**
     * Asks something of a surface as its own listener would hear it: a popup closes when another window is clicked.
     * @param {Surface} surface
     * @param {string} selector
     */
    const press = (surface, selector) => surface.evaluate((one) => /** @type {HTMLElement} */ (document.querySelector(one)).click(), selector);
    await press(panel, '#items input');
    await agree('a tick in the panel', ({ ticks }) => ticks[0]);
    await press(popup, '#items input');
    await agree('unticked in the popup', ({ ticks }) => !ticks[0]);
    await press(panel, '[data-moment]');
    await agree('a moment', ({ cue }) => cue === moments[0].cue);
    await press(popup, '[data-do=did_it]');
    await agree('its answer', ({ cue }) => cue === null);
    await press(popup, '[data-do=hold_5]');
    await agree('a hold', ({ silence }) => silence === say('silence_hold', 5));
    await hour.look(61 * second);
    await agree('a minute later', ({ left, silence }) => left === '49 min left' && silence === say('silence_hold', 4));
    await press(panel, '#speak');
    await press(popup, '#crisis');
    await agree('a crisis', ({ silence }) => silence === say('crisis_on'));
    await press(panel, '#speak');
    await agree('its end', ({ silence }) => silence === null);
    if (await browser.popupIsOpen()) await closePopup(browser);
    await browser.killWorker();
    await press(panel, '#items input');
    await until('the panel to outlive the worker', () => account(panel), ({ ticks }) => ticks[0]);
    await hour.dot();
    await (await hour.strip()).find('button', dotName);
  });

  test('and the strip show what a key of one’s own declares: a moment, a crisis', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    const hour = await startFromPanel(browser, page, panel);
    const strip = await hour.strip();
    const [moment, another] = ['Alt+Shift+U', 'Alt+Shift+Y'];
    await browser.setKey('moment-1', moment);
    await browser.setKey('crisis', another);
    await page.bringToFront();

    /** @param {{cue: string, text: string, moment?: {label: string}}} declared */
    const comes = async ({ cue, text, moment: { label } = { label: '' } }) => {
      await strip.find('button', say('did_it'));
      for (const surface of [strip, panel]) {
        await surface.find('heading', cue);
        await surface.reads(text);
        await surface.reads(say('why_moment', label));
      }
    };
    await browser.key(moment.toLowerCase());
    await comes(moments[0]);
    await browser.key(keys.glance);
    await hour.nothing();
    await until('the cue to leave the panel', () => account(panel), ({ cue }) => cue === null);

    await browser.key(another.toLowerCase());
    await comes(crisis);
    await panel.reads(say('crisis_on'));
    for (const surface of [strip, panel]) assert.equal(await surface.has('button', /^Never/), false, 'it cannot be put away');
    await browser.key(another.toLowerCase());
    await hour.nothing();
    await until('the silence to end', () => account(panel), ({ cue, silence }) => cue === null && silence === null);
  });

  test('puts a moment away, and the options bring it back', async ({ browser, openCall, open }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    const hour = await startFromPanel(browser, page, panel);
    const [first, second] = moments.map(({ cue, moment }) => ({ cue, label: moment?.label ?? '' }));
    const button = (/** @type {string} */ label) => new RegExp(`^${label}`);
    await browser.setKey('moment-1', 'Alt+Shift+U');
    await page.bringToFront();
    await browser.key('alt+shift+u');
    await panel.find('heading', first.cue);
    await panel.click('button', say('never'));
    await panel.reads(say('banned', first.cue));
    await until('its button to go', () => panel.has('button', button(first.label)), (there) => !there);
    await hour.nothing();
    await page.bringToFront();
    await browser.key('alt+shift+u');
    await panel.find('heading', second.cue);
    await browser.key(keys.glance);
    await hour.nothing();

    await browser.closePanel();
    const options = await open(browser.extensionUrl('options.html#resting'));
    await options.find('button', say('options_allow_named', first.cue)); // scrolls to it
    await options.reads(say('resting_never'));
    await options.click('button', say('options_allow_named', first.cue));
    await options.reads(say('options_none_resting'));
    await (await openPanel(browser, page)).find('button', button(first.label));
    await page.bringToFront();
    await browser.key('alt+shift+u');
    await (await hour.strip()).find('heading', first.cue);
  });

  test('hears at once where the strip is', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    const place = () => panel.evaluate(() => document.querySelector('#place:not([hidden]) p')?.textContent ?? null);
    await start(browser, page, { minutes: '50', prompts: 'Standard' });
    await panel.reads('50 min left');
    await until('the strip to be here', place, (words) => words === null);

    const call = await page.tab.url();
    await page.goto('about:blank');
    await until('the strip to be nowhere', place, (words) => words === say('place_nowhere_closed'));
    assert.equal(await badge(browser), '!');
    // A restarted background knows it, too.
    await browser.killWorker();
    await panel.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#items input')).click());
    await until('the tick', () => account(panel), ({ ticks }) => ticks[0]);
    assert.equal(await place(), say('place_nowhere_closed'));
    assert.equal(await badge(browser), '!');

    await page.goto(call);
    await browser.pressToolbarButton(page);
    await until('the strip to be back', place, (words) => words === null);
    await until('the minutes to be back', () => badge(browser), (text) => text === '50');
    await closePopup(browser);
  });

  test('is never answered with an older picture than it was told', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    await startFromPanel(browser, page, panel);
    const older = await panel.evaluate(async () => {
      const told = /** @type {string[]} */ ([]);
      chrome.runtime.onMessage.addListener((message) => void (message.to === 'surfaces' && told.push(JSON.stringify(message.say.view))));
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      let older = 0;
      for (let turn = 0; turn < 20; turn++) {
        // Finding out the state of the tab takes a while, in which something happens.
        const asked = chrome.runtime.sendMessage({ to: 'background', say: { take: { input: 'look', tab: tab.id } } });
        const input = { crisis: turn % 2 === 0 };
        const done = chrome.runtime.sendMessage({ to: 'background', say: { take: { input, tab: null } } });
        const view = JSON.stringify((await asked).state.view);
        if (told.includes(view) && told.at(-1) !== view) older += 1;
        await done;
      }
      return older;
    });
    assert.equal(older, 0);
  });

  test('says what to do if Start has no access to the page', async ({ browser, calls, open, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    const other = await open(`${calls}/plain/?other&frames=8`);
    await panel.click('button', say('start'));
    await panel.reads(say('refused'));
    assert.equal(await other.hasStrip(), false);
    assert.ok(await panel.has('button', say('start')), 'Start is still there');
    // The toolbar button gives access to this page.
    await openPopup(browser, other);
    await closePopup(browser);
    await panel.click('button', say('start'));
    await panel.reads('50 min left');
    await (await other.strip()).reads(/^50 min left$/);
  });

  test('keeps the emergency card, and takes back what was removed', async ({ browser, openCall }) => {
    const panel = await openPanel(browser, await openCall('plain/'));
    await panel.click('summary', say('card'));
    await panel.reads(say('card_about'));
    for (const [line, who, number] of [[1, 'Crisis line', '0800 111 0 111'], [2, 'Ambulance', '144']]) {
      await panel.click('button', say('card_add'));
      await until('the field', () => panel.focused(), (focused) => focused === `textbox ${say('card_label', line)}`);
      await browser.type(`${who}\t${number}\t`);
    }
    const kept = () => panel.evaluate(async () => /** @type {any} */ ((await chrome.storage.local.get('emergency')).emergency));
    const [line, ambulance] = [{ label: 'Crisis line', number: '0800 111 0 111' }, { label: 'Ambulance', number: '144' }];
    await until('both to be kept', kept, (card) => isDeepStrictEqual(card, { version: 1, lines: [line, ambulance] }));
    await panel.click('button', say('card_remove', 'Crisis line'));
    await panel.reads(say('card_removed', 'Crisis line'));
    await until('one to be left', kept, (card) => isDeepStrictEqual(card.lines, [ambulance]));
    await panel.click('button', say('undo'));
    await until('both to be back, in their order', kept, (card) => isDeepStrictEqual(card.lines, [line, ambulance]));
    assert.equal(await panel.has('button', say('undo')), false);
  });

  test('axe finds nothing, in light and in dark, and little moves', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    /** @param {string} what */
    const clean = async (what) => {
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await panel.look({ colorScheme });
        assert.deepEqual(await panel.axe(), [], `${what}, ${colorScheme}`);
      }
      const moving = await panel.evaluate(() => document.getAnimations().length);
      assert.equal(moving, 0, what);
    };
    await panel.click('summary', say('card'));
    await panel.click('button', say('card_add'));
    await panel.click('summary', say('keys'));
    await clean('ready, with the card and the keys');
    const hour = await startFromPanel(browser, page, panel);
    await clean('running');
    await hour.dot();
    await panel.find('button', say('did_it'));
    await panel.click('summary', /so far/);
    await clean('a cue, and what came');
    await panel.click('button', say('crisis'));
    await panel.reads(say('crisis_on'));
    await clean('a crisis');
    await panel.click('button', say('end'));
    await panel.click('button', say('end_now'));
    await panel.find('button', say('done'));
    await clean('ended');
    await panel.look({});
  });

  test('works from the keyboard alone', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    const hour = await startFromPanel(browser, page, panel);
    const items = await panel.all('checkbox');
    assert.ok(items.length > 3);
    /** @param {string} key @param {string} what */
    const moves = async (key, what) => {
      await browser.key(key);
      await until(`the focus on ${what}`, () => panel.focused(), (now) => now === what);
    };
    await focus(panel);
    await moves('t', `checkbox ${items[0].name}`);
    await browser.key('space');
    await until('the tick', async () => (await panel.all('checkbox', items[0].name))[0].checked);
    await moves('Down', `checkbox ${items[1].name}`);
    await moves('Up', `checkbox ${items[0].name}`);
    await moves('t', `checkbox ${items[1].name}`);
    await moves('Tab', `summary ${say('item_more', items[1].name)}`);
    await browser.key('1');
    await panel.find('heading', moments[0].cue);
    await browser.key('n');
    await until('the answer', () => account(panel), ({ cue }) => cue === null);
    await hour.nothing();
    // What is typed into the card is not a shortcut.
    await panel.click('summary', say('card'));
    await panel.click('button', say('card_add'));
    await until('the field', () => panel.focused(), (focused) => focused === `textbox ${say('card_label', 1)}`);
    await browser.type('1t');
    await until('the letters', () => panel.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).value), (text) => text === '1t');
    assert.equal((await account(panel)).cue, null);
  });
});
