// @ts-check
// One way to drive both browsers, so that a test is written once:
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
// Keys and clicks are real ones on a screen of the test's own; what is read is what is drawn, or what assistive
// technology is told. A key takes effect a moment after it was pressed: wait for what it does.

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
 * What each of the two browsers brings.
 * @typedef {object} Engine
 * @property {'chromium' | 'firefox'} name
 * @property {() => Promise<string>} version
 * @property {(path: string) => string} extensionUrl
 * @property {() => Promise<Problem[]>} problems
 * @property {(url: string) => Promise<Tab>} openTab
 * @property {(url: string) => Promise<Tab | null>} tabAt the tab that has loaded this address, whoever opened it
 * @property {(url: string) => Promise<Tab>} openWindow opens a window with one tab
 * @property {(url: string) => Promise<Tab | null>} windowWith what is in the window beside the first that shows this address
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
 * @param {string} [options.profile] folder of the profile; without it a fresh one, removed at the end
 * @param {number} [options.width] of the screen, in CSS pixels; the browser's window fills it
 * @param {number} [options.height]
 * @param {number} [options.scale] dots of the screen for one CSS pixel; 2 makes sharp pictures
 * @param {boolean} [options.welcome] leaves the page open that comes after an install, which is closed else
 * @param {string[]} [options.flags] more flags for Chromium
 * @param {string} [options.policies] folder that Chromium takes for that of the machine's administrator
 * @param {boolean} [options.realScreen] whether what is shared is the test's own screen, in Chromium, where the browser then
 *   asks for what, and makes up no camera; else it makes up a screen and asks nobody
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
    // Nobody's hands are on the keyboard before the page has come that would take the focus from what they are on.
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
  }

  version() {
    return this.engine.version();
  }

  /** Opens a tab and waits until its page has loaded. Pages of the extension can be opened, too. @param {string} url */
  async open(url) {
    return new Page(await this.engine.openTab(url), this.display);
  }

  /** Opens a browser window of its own, with one tab in it, in front of the others. @param {string} url */
  async openWindow(url) {
    return new Page(await this.engine.openWindow(url), this.display);
  }

  /** The page of the floating window, once it is there and filled. */
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

  /** What is in the window that stays on top, once it is there. */
  async onTop() {
    return new Page(/** @type {Tab} */ (await until('the window on top', () => this.engine.windowWith('about:blank'))), this.display);
  }

  /** Whether there is a window that stays on top. */
  async isOnTop() {
    return (await this.engine.windowWith('about:blank')) !== null;
  }

  /** The page that opens by itself after the install, once it is there. */
  async welcome() {
    const tab = await until('the welcome page', () => this.engine.tabAt(this.extensionUrl('welcome.html')));
    return new Page(/** @type {Tab} */ (tab), this.display);
  }

  /** The address of a file of the extension. @param {string} path */
  extensionUrl(path) {
    return this.engine.extensionUrl(path);
  }

  /** Presses the extension's button while this tab is in front, which gives the extension the right to it. @param {Page} page */
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

  /** Gives a command a key, such as `Alt+Shift+U`, as a person does in the browser's own settings. @param {string} command @param {string} key */
  async setKey(command, key) {
    await this.engine.setKey(command, key);
  }

  popupIsOpen() {
    return this.engine.popupIsOpen();
  }

  /** Presses a key or a chord on the real keyboard, as in `Tab`, `Return` or `alt+shift+k`. @param {string} chord */
  async key(chord) {
    await this.display.key(chord);
  }

  /** Types on the real keyboard. @param {string} text */
  async type(text) {
    await this.display.type(text);
  }

  /** Moves the wall clock of the whole browser, forward or back. Timers that are armed do not notice. @param {number} ms */
  shiftClock(ms) {
    this.clock.shift(ms);
  }

  /** What `Date.now()` says in the browser. */
  now() {
    return this.clock.now();
  }

  /** Looks at another tab and back again, as people do: everything in the page learns that it is seen anew. @param {Page} page */
  async nudge(page) {
    await this.engine.lookAway();
    await until('the page to be out of sight', () => page.evaluate(() => document.hidden));
    await page.bringToFront();
  }

  /** Whether the background runs at this moment. Both browsers stop it when it is idle. */
  workerRuns() {
    return this.engine.workerRuns();
  }

  /**
   * Runs a function in the background. It waits until the background runs, but does not wake it.
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
    await this.engine.killWorker();
    await until('the background to stop', () => this.workerRuns(), (runs) => !runs);
  }

  /** Loads the extension's folder anew while tabs stay open, as an update does. */
  updateExtension() {
    return this.engine.updateExtension();
  }

  /** Kills the browser, with no chance to save anything. */
  kill() {
    return this.engine.kill();
  }

  /** Starts the browser again on the same profile and with the same clock. Its tabs are not brought back. */
  relaunch() {
    return this.engine.relaunch();
  }

  /** What the person sees: the whole screen, as a PNG. @param {string} path */
  screenshot(path) {
    return this.display.screenshot(path);
  }

  /** Errors of pages, frames and the background so far. Not those that a page catches. */
  problems() {
    return this.engine.problems();
  }

  /** Ends the browser, also one that has stopped answering: without its screen it does not live on. */
  async close() {
    const patience = new Promise((done) => setTimeout(done, 10_000).unref());
    await Promise.race([this.engine.close(), patience]).catch(() => {});
    await this.tidy();
  }
}
