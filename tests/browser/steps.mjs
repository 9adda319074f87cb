// @ts-check
// What a person does with Attune, step by step, the same in both browsers:
//
//   inEachBrowser('a session', (test) => {
//     test('a cue comes, and is answered', async ({ browser, calls, openCall }) => {
//       const page = await openCall('plain/');
//       const hour = await start(browser, page);
//       await hour.words();
//       await browser.key(keys.glance);
//       await hour.nothing();
//     });
//   });
//
// Each test begins with nothing stored and no session, and fails if a page, a frame or the background has an error.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startCalls } from '../calls/server.mjs';
import { launch, until } from './drive/index.mjs';
import { say } from './words.mjs';

export { say };

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Problem} Problem */
/** @typedef {import('./drive/index.mjs').Surface} Surface */
/** @typedef {'chromium' | 'firefox'} Name */
/** @typedef {{strip: any, popup: any, wake_at: number | null}} View */
/** @typedef {{minutes?: string, kind?: string, prompts?: string}} Choices as the popup names them */

/** The extension's default keys. */
export const keys = { glance: 'alt+shift+k', notNow: 'alt+shift+l', hold: 'alt+shift+m', hide: 'alt+shift+j' };

/** The colours of a system with few of them: Windows' contrast themes, and Firefox's own setting for it. */
export const fewColours = {
  flags: ['--force-high-contrast'],
  preferences: { 'browser.display.document_color_use': 2, 'ui.useAccessibilityTheme': 1 },
};

/** The name of the strip's dot. */
export const dotName = say('strip_dot');

export const second = 1000;
export const minute = 60 * second;

/** A session that is not woken for three minutes has slept. A jump of the clock stays well below that. */
const nap = 2.5 * minute;

// --- tests -----------------------------------------------------------------------------------------------------------

/**
 * What a test is given.
 * @typedef {object} Room
 * @property {Browser} browser
 * @property {Name} name of the browser
 * @property {string} calls where the call pages are, without a slash at the end
 * @property {(path: string) => Promise<Page>} openCall opens a call page by its path, such as `csp/`, and waits for
 *   the call
 * @property {(url: string) => Promise<Page>} open opens any address in a tab that is closed after the test
 */

/**
 * Defines tests once for each browser. The tests of one browser share it, one after another.
 * @param {string} title
 * @param {(test: (what: string, body: (room: Room) => Promise<void>, expects?: (problem: Problem) => boolean) => void, name: Name) => void} define
 *   `expects` says which errors are part of the test
 * @param {Omit<Parameters<typeof launch>[1], 'extension'>} [options] for `launch`
 */
export function inEachBrowser(title, define, options = {}) {
  for (const name of /** @type {const} */ (['chromium', 'firefox'])) inBrowser(name, title, define, options);
}

/**
 * Defines tests for one browser.
 * @param {Name} name
 * @param {Parameters<typeof inEachBrowser>} args
 */
export function inBrowser(name, ...[title, define, options = {}]) {
  describe(`${title}, in ${name}`, () => {
    /** @type {Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof startCalls>>} */
    let calls;
    const start = async () => {
      browser = await launch(name, { extension: `dist/${name}`, ...options });
    };
    before(async () => {
      calls = await startCalls();
      await start();
    });
    after(async () => {
      await browser?.close();
      await calls?.close();
    });
    let isTidy = true;
    define((what, body, expects = () => false) => test(what, { timeout: 180_000 }, async () => {
      // Whatever a test left in disorder, or still does after its time was up, must not affect the next one.
      if (!isTidy) await browser.close().then(start);
      isTidy = false;
      await inRoom(browser, calls.url, { what, body, expects }, () => { isTidy = true; });
    }), name);
  });
}

/**
 * @param {Browser} browser
 * @param {string} calls
 * @param {{what: string, body: (room: Room) => Promise<void>, expects: (problem: Problem) => boolean}} test
 * @param {() => void} tidied called once everything is back as before
 */
async function inRoom(browser, calls, { what, body, expects }, tidied) {
  const before = (await browser.problems()).length;
  /** @type {Page[]} */
  const pages = [];
  const open = async (/** @type {string} */ url) => {
    const page = await browser.open(url);
    pages.push(page);
    return page;
  };
  const openCall = async (/** @type {string} */ path) => {
    const page = await open(`${calls}/${path}?frames=8`);
    await callIsUp(page);
    return page;
  };
  try {
    await body({ browser, name: browser.name, calls, open, openCall });
    assert.deepEqual((await browser.problems()).slice(before).filter((problem) => !expects(problem)), []);
  } catch (problem) {
    const pictures = process.env.PICTURES;
    if (pictures) await browser.screenshot(join(pictures, `${browser.name} ${what.replaceAll('/', ' ')}.png`));
    throw problem;
  } finally {
    for (const page of pages) await page.close().catch(() => {});
    await forget(browser);
    tidied();
  }
}

/**
 * Ends whatever is running and forgets what is stored, as if Attune had just been installed.
 * @param {Browser} browser
 */
export async function forget(browser) {
  await browser.closePanel();
  if (await browser.popupIsOpen()) await closePopup(browser);
  const page = await browser.open(browser.extensionUrl('session.html'));
  await page.evaluate(async () => {
    for (const input of ['end', 'dismiss']) await chrome.runtime.sendMessage({ to: 'background', say: { take: { input, tab: null } } });
    await chrome.storage.local.clear();
    await chrome.storage.sync.clear();
    await chrome.storage.local.set({ welcomed: true }); // otherwise a restarted Chromium shows its welcome page again
  });
  await page.close();
  await browser.killWorker();
}

/** Waits until both people on a call page are moving. @param {Page} page */
export async function callIsUp(page) {
  const times = () => page.evaluate(() => [...document.querySelectorAll('video')].map((video) => video.currentTime));
  await until('the call', times, (all) => all.length === 2 && all.every((time) => time > 0), 30_000);
}

/** Enlarges a page with the keyboard, as a person does. @param {Page} page @param {number} least */
export async function zoom(page, least) {
  const dots = () => page.evaluate(() => devicePixelRatio);
  for (let steps = 0; (await dots()) < least; steps++) {
    assert.ok(steps < 20, 'the page can be enlarged');
    const before = await dots();
    await page.display.key('ctrl+plus');
    await until('the page to be enlarged', dots, (now) => now > before);
  }
}

/** Shows a page in its own size again. @param {Page} page */
export async function unzoom(page) {
  await page.bringToFront();
  await page.display.key('ctrl+0');
  await until('the page to be as it was', () => page.evaluate(() => devicePixelRatio), (now) => now === 1);
}

// --- a session -------------------------------------------------------------------------------------------------------

/**
 * Presses the toolbar button beside a page and waits until the popup shows what it has.
 * @param {Browser} browser
 * @param {Page} page
 */
export async function openPopup(browser, page) {
  await browser.pressToolbarButton(page);
  const popup = await browser.popup();
  await until('the popup to be filled', () => popup.evaluate(() => document.querySelector('#stage > *') !== null));
  return popup;
}

/**
 * What is chosen before Start: kind, minutes and profile, by their names.
 * @param {import('./drive/index.mjs').Surface} popup
 */
export async function chosen(popup) {
  await popup.find('button', say('start'));
  const checked = async () => (await popup.all('radio')).filter(({ checked }) => checked).map(({ name }) => name);
  return until('what is chosen', checked, (names) => names.length === 3);
}

/**
 * Opens the side panel with the popup's button, and waits until it shows what it has.
 * @param {Browser} browser
 * @param {Page} page
 */
export async function openPanel(browser, page) {
  const popup = await openPopup(browser, page);
  await popup.click('button', say('panel_open'));
  const panel = await browser.panel();
  await until('the panel to be filled', () => panel.evaluate(() => document.querySelector('#stage > *') !== null));
  await popup.closed();
  return panel;
}

/** Closes the popup with the Escape key. @param {Browser} browser */
export async function closePopup(browser) {
  await browser.key('Escape');
  await until('the popup to close', () => browser.popupIsOpen(), (open) => !open);
}

/**
 * Starts a session beside a page as a person does: the toolbar button, the choices, Start.
 * @param {Browser} browser
 * @param {Page} page
 * @param {Choices} [choices] what to choose; what is left out stays as the popup has it
 */
export async function start(browser, page, choices = {}) {
  const popup = await openPopup(browser, page);
  await choose(popup, choices);
  await popup.click('button', say('start'));
  const hour = new Hour(browser, page);
  const drawn = async () => (await hour.strip()).evaluate(() => document.querySelector('#strip > *') !== null);
  await until('the strip to be drawn', async () => (await drawn()) || (await hour.look()).strip === 'clear');
  await popup.closed();
  return hour;
}

/** @param {Surface} popup @param {Choices} choices */
export async function choose(popup, { kind, minutes, prompts }) {
  for (const name of [kind, minutes, prompts]) {
    if (name === undefined) continue;
    if ((await popup.find('radio', name)).checked) continue;
    await popup.click('radio', name);
    await until(`${name} to be chosen`, async () => (await popup.all('radio', name))[0]?.checked);
  }
}

/** A running session, and the page with its call. */
export class Hour {
  /** @param {Browser} browser @param {Page} page */
  constructor(browser, page) {
    this.browser = browser;
    this.page = page;
  }

  /** The current strip: a page that moves it may have reloaded it. */
  strip() {
    return this.page.strip();
  }

  popup() {
    return openPopup(this.browser, this.page);
  }

  /**
   * Moves the clock by this much, and makes the strip ask what is new. Timers that are already set do not notice a
   * moved clock: this replaces the timer that would have fired.
   * @param {number} [ms] less than three minutes, which would be a sleep
   * @returns {Promise<View>}
   */
  async look(ms = 0) {
    if (ms) this.browser.shiftClock(ms);
    const strip = await this.strip();
    return strip.evaluate(async () => {
      const { state } = await chrome.runtime.sendMessage({ to: 'background', say: { take: { input: 'look', tab: null } } });
      return /** @type {View} */ (state.view);
    });
  }

  /** Lets this much time pass, awake. @param {number} ms */
  async pass(ms) {
    for (let left = ms; left > 0; left -= nap) await this.look(Math.min(left, nap));
  }

  /** Lets time pass until a cue is due, and returns the dot that says so, with its place. */
  async dot() {
    for (let jumps = 0; jumps < 60; jumps++) {
      const { strip, wake_at: next } = await this.look();
      if (strip.dot) return (await this.strip()).find('button', dotName);
      const wait = (next ?? Infinity) - this.browser.now();
      this.browser.shiftClock(Math.min(Math.max(wait, 0) + 10, nap));
    }
    throw new Error('No cue has come.');
  }

  /** Lets time pass until a cue is due, brings its words with the glance key, and returns them. */
  async words() {
    await this.dot();
    await this.browser.key(keys.glance);
    return this.shownWords();
  }

  /** Waits for words on the strip, and returns them. */
  async shownWords() {
    const strip = await this.strip();
    const all = async () => (await strip.all('button')).filter(({ name }) => name !== dotName);
    return (await until('words on the strip', all, (buttons) => buttons.length === 1))[0].name;
  }

  /**
   * Lets time pass until a cue is due, and opens its card with a click on the dot, or on the words, which are gone in
   * seconds; returns the cue.
   * @param {'dot' | 'words'} [on]
   */
  async card(on = 'dot') {
    const strip = await this.strip();
    if (on === 'words') await strip.click('button', await this.words());
    else {
      await this.dot();
      await strip.click('button', dotName);
    }
    await strip.find('button', say('did_it'));
    return strip.evaluate(() => document.querySelector('.card .words')?.textContent ?? '');
  }

  /**
   * Clicks an answer on the card that is open, and waits until the card is gone.
   * @param {string} answer such as `Not now`
   */
  async answer(answer) {
    const strip = await this.strip();
    await strip.click('button', new RegExp(`^${answer}`));
    await until('the card to go', () => strip.has('group', say('answers')), (there) => !there);
  }

  /** Waits until nothing of the strip is visible, and nothing takes a click. */
  async nothing() {
    const strip = await this.strip();
    await until('an empty strip', () => strip.evaluate(() => document.querySelector('#strip > *') === null));
    await until('no frame on screen', () => strip.way.clip(), (clip) => clip === null);
  }

  /** Ends the session in the popup; returns the popup with the picture of the hour. */
  async end() {
    const popup = await this.popup();
    await popup.click('button', say('end'));
    await popup.click('button', say('end_now'));
    await popup.find('button', say('done'));
    return popup;
  }
}

/** What the toolbar button's badge says. The background must run. @param {Browser} browser */
export function badge(browser) {
  return browser.inWorker(() => chrome.action.getBadgeText({}));
}
