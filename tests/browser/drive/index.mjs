// @ts-check
// One driver for both browsers, so that each test is written once:
//
//   const browser = await launch('chromium', { extension: 'dist/chromium' });   // or 'firefox'
//   const page = await browser.open(url);
//   await browser.pressToolbarButton(page);
//   const popup = await browser.popup();
//   await popup.click('button', 'Start beside this call');
//   await popup.closed();
//   const strip = await page.strip();
//   browser.shiftClock(5 * 60_000);
//   await browser.nudge(page);
//   await browser.key('alt+shift+k');
//   await strip.reads('Lean in a little');
//   await browser.close();
//
// Keys and clicks are real ones on the test's own screen. Tests read what is drawn or what assistive technology gets. A
// key takes effect a moment after it was pressed, so wait for its effect.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startChromium } from './chromium.mjs';
import { createClock } from './clock.mjs';
import { openDisplay } from './display.mjs';
import { startFirefox } from './firefox.mjs';
import { Page } from './page.mjs';
import { Surface } from './surface.mjs';
import { until } from './until.mjs';

export { Page, Surface, until };

/** @typedef {import('./page.mjs').Tab} Tab */
/** @typedef {import('./surface.mjs').Way} Way */
/** @typedef {{kind: string, text: string, url: string}} Problem */
/** @typedef {{display: import('./display.mjs').Display, env: NodeJS.ProcessEnv, extension: string, profile: string,
 *   popup: string, panel: string, addon: string, flags: string[], policies?: string, realScreen?: boolean,
 *   preferences: Record<string, unknown>}} Setup */

/**
 * What each of the two browsers implements.
 * @typedef {object} Engine
 * @property {'chromium' | 'firefox'} name
 * @property {() => Promise<string>} version
 * @property {(path: string) => string} extensionUrl
 * @property {() => Promise<Problem[]>} problems
 * @property {(url: string) => Promise<Tab>} openTab
 * @property {(url: string) => Promise<Tab | null>} tabAt the tab that has loaded this address, no matter who opened it
 * @property {(url: string) => Promise<Tab>} openWindow opens a window with one tab
 * @property {(url: string) => Promise<Tab | null>} windowWith the page with this address in a window besides the first
 * @property {() => Promise<void>} lookAway shows another tab
 * @property {(tab: Tab) => Promise<unknown>} pressToolbarButton
 * @property {(command: string, key: string) => Promise<unknown>} setKey
 * @property {() => Promise<boolean>} popupIsOpen
 * @property {() => Promise<Way>} popup
 * @property {() => Promise<Way>} panel
 * @property {() => Promise<unknown>} closePanel
 * @property {() => Promise<boolean>} workerRuns
 * @property {(fn: Function, args: unknown[]) => Promise<any>} inWorker
 * @property {() => Promise<void>} killWorker
 * @property {() => Promise<void>} updateExtension
 * @property {() => Promise<void>} kill
 * @property {() => Promise<void>} relaunch
 * @property {() => Promise<void>} close
 */

/**
 * @param {'chromium' | 'firefox'} name
 * @param {object} options
 * @param {string} options.extension folder of the unpacked extension
 * @param {string} [options.profile] folder of the profile; by default a fresh one, removed at the end
 * @param {number} [options.width] of the screen, in CSS pixels; the browser's window fills it
 * @param {number} [options.height]
 * @param {number} [options.scale] screen pixels per CSS pixel; 2 makes sharp pictures
 * @param {boolean} [options.welcome] leaves the welcome page open, which is closed by default
 * @param {string[]} [options.flags] more flags for Chromium
 * @param {string} [options.policies] folder that Chromium uses as the machine's policy folder
 * @param {boolean} [options.realScreen] whether Chromium shares the test's own screen, asks what to share, and has no
 *   fake camera; by default it shares a fake screen without asking
 * @param {Record<string, unknown>} [options.preferences] more preferences for Firefox
 */
export async function launch(name, { width, height, scale, welcome = false, flags = [], preferences = {}, ...options }) {
  const extension = resolve(options.extension);
  const manifest = JSON.parse(readFileSync(join(extension, 'manifest.json'), 'utf8'));
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), `${name}-profile-`));
  const display = await openDisplay({ width, height, scale });
  const clock = createClock();
  const tidy = async () => {
    await display.close();
    clock.close();
    if (!options.profile) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const setup = {
    display,
    env: { ...display.env, ...clock.env },
    extension,
    profile,
    popup: manifest.action?.default_popup,
    panel: manifest.side_panel?.default_path,
    addon: manifest.browser_specific_settings?.gecko?.id,
    flags,
    policies: options.policies,
    realScreen: options.realScreen,
    preferences,
  };
  try {
    const browser = new Browser(await (name === 'chromium' ? startChromium(setup) : startFirefox(setup)), display, clock, tidy);
    // Closes the welcome page first, because it would take the keyboard focus from the test.
    if (!options.profile && existsSync(join(extension, 'welcome.html')) && !welcome) await (await browser.welcome()).close();
    return browser;
  } catch (problem) {
    await tidy();
    throw problem;
  }
}

export class Browser {
  /**
   * @param {Engine} engine
   * @param {import('./display.mjs').Display} display
   * @param {ReturnType<typeof createClock>} clock
   * @param {() => Promise<void>} tidy
   */
  constructor(engine, display, clock, tidy) {
    this.engine = engine;
    this.display = display;
    this.clock = clock;
    this.tidy = tidy;
    this.name = engine.name;
    /** The last key. */
    this.pressed = '';
  }

  version() {
    return this.engine.version();
  }

  /** Opens a tab and waits until its page has loaded. Pages of the extension can be opened, too. @param {string} url */
  async open(url) {
    return new Page(await this.engine.openTab(url), this.display);
  }

  /** Opens a new browser window with one tab, in front of the others. @param {string} url */
  async openWindow(url) {
    return new Page(await this.engine.openWindow(url), this.display);
  }

  /** The page at this address that opens in a window of its own, once it has loaded. @param {string} url */
  async windowAt(url) {
    return new Page(/** @type {Tab} */ (await until(`a window with ${url}`, () => this.engine.windowWith(url))), this.display);
  }

  /** The page of the floating window, once it is open and filled. */
  async floating() {
    const tab = await until('the floating window', () => this.engine.windowWith(this.extensionUrl('float.html')));
    const page = new Page(/** @type {Tab} */ (tab), this.display);
    await until('the floating window to be filled', () =>
      page.evaluate(() => document.documentElement.lang !== '' && document.querySelector('#row[hidden], #says[hidden]') !== null));
    return page;
  }

  /** Whether the floating window is open. */
  async floatingIsOpen() {
    return (await this.engine.windowWith(this.extensionUrl('float.html'))) !== null;
  }

  /** The content of the always-on-top window, once it is open. */
  async onTop() {
    return new Page(/** @type {Tab} */ (await until('the window on top', () => this.engine.windowWith('about:blank'))), this.display);
  }

  /** Whether an always-on-top window is open. */
  async isOnTop() {
    return (await this.engine.windowWith('about:blank')) !== null;
  }

  /** The page that opens by itself after the install, once it is open. */
  async welcome() {
    const tab = await until('the welcome page', () => this.engine.tabAt(this.extensionUrl('welcome.html')));
    return new Page(/** @type {Tab} */ (tab), this.display);
  }

  /** The address of a file of the extension. @param {string} path */
  extensionUrl(path) {
    return this.engine.extensionUrl(path);
  }

  /**
   * Presses the extension's button while this tab is in front, which gives the extension access to the tab.
   * @param {Page} page
   */
  async pressToolbarButton(page) {
    await page.bringToFront();
    await this.engine.pressToolbarButton(page.tab);
  }

  /** The popup, once it is open and drawn. */
  async popup() {
    return new Surface(await this.engine.popup(), this.display);
  }

  /** The browser's side panel, or sidebar, once it is open and drawn. */
  async panel() {
    return new Surface(await this.engine.panel(), this.display);
  }

  /** Closes the side panel, if it is open. */
  async closePanel() {
    await this.engine.closePanel();
  }

  /**
   * Sets the shortcut of a command, such as `Alt+Shift+U`, as a person does in the browser's settings.
   * @param {string} command
   * @param {string} key
   */
  async setKey(command, key) {
    await this.engine.setKey(command, key);
  }

  popupIsOpen() {
    return this.engine.popupIsOpen();
  }

  /**
   * Presses a key or a chord on the real keyboard, as in `Tab`, `Return` or `alt+shift+k`. Attune takes a shortcut that
   * comes again within a second for the same press. A person is slower, and here the clock moves.
   * @param {string} chord
   */
  async key(chord) {
    if (chord === this.pressed && chord.startsWith('alt+')) this.shiftClock(1_000);
    this.pressed = chord;
    await this.display.key(chord);
  }

  /** Types on the real keyboard. @param {string} text */
  async type(text) {
    await this.display.type(text);
  }

  /**
   * Moves the wall clock of the whole browser, forward or back. Timers that are already set do not notice.
   * @param {number} ms
   */
  shiftClock(ms) {
    this.clock.shift(ms);
  }

  /** What `Date.now()` says in the browser. */
  now() {
    return this.clock.now();
  }

  /**
   * Switches to another tab and back, as people do, so that the page gets the event of becoming visible.
   * @param {Page} page
   */
  async nudge(page) {
    await this.engine.lookAway();
    await until('the page to be out of sight', () => page.evaluate(() => document.hidden));
    await page.bringToFront();
  }

  /** Whether the background is running now. Both browsers stop it when it is idle. */
  workerRuns() {
    return this.engine.workerRuns();
  }

  /**
   * Runs a function in the background. Waits until the background is running, but does not wake it.
   * @template {(...args: any[]) => any} F
   * @param {F} fn
   * @param {Parameters<F>} args
   * @returns {Promise<Awaited<ReturnType<F>>>}
   */
  inWorker(fn, ...args) {
    return this.engine.inWorker(fn, args);
  }

  /** Stops the background at once. The next event starts it again, with nothing in its memory. */
  async killWorker() {
    // An event that was already on its way starts it again.
    await until('the background to stop', async () => {
      await this.engine.killWorker();
      return this.workerRuns();
    }, (runs) => !runs);
  }

  /** Reloads the extension's folder while tabs stay open, as an update does. */
  updateExtension() {
    return this.engine.updateExtension();
  }

  /** Kills the browser, with no chance to save anything. */
  kill() {
    return this.engine.kill();
  }

  /** Restarts the browser with the same profile and the same clock, without its tabs. */
  relaunch() {
    return this.engine.relaunch();
  }

  /** What the person sees: the whole screen, as a PNG. @param {string} path */
  screenshot(path) {
    return this.display.screenshot(path);
  }

  /** The uncaught errors of pages, frames and the background so far. */
  problems() {
    return this.engine.problems();
  }

  /** Ends the browser, even one that no longer responds: it cannot outlive its screen. */
  async close() {
    const patience = new Promise((done) => setTimeout(done, 10_000).unref());
    await Promise.race([this.engine.close(), patience]).catch(() => {});
    await this.tidy();
  }
}
