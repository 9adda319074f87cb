// @ts-check
// Firefox: its chrome scope reads, the display presses keys and clicks.
//
// The extension is installed permanently, with a fixed internal address: the profile has a pointer file to its folder,
// so the extension is there from the first moment of every start. Firefox ESR allows that for an unsigned extension.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { browserPath } from '../../../tools/browsers.mjs';
import { firefoxCallPreferences } from '../../calls/flags.mjs';
import * as inside from './firefox-inside.mjs';
import { openMarionette } from './marionette.mjs';
import { seenPart } from './surface.mjs';
import { until } from './until.mjs';

/** @typedef {import('./marionette.mjs').Marionette} Marionette */
/** @typedef {import('./surface.mjs').Way} Way */

const HOST = '5a7c1e64-0d0b-4f0e-9a65-2f6f0c1d7e11';
const STRIP = `moz-extension://${HOST}/strip.html`;

const PREFERENCES = {
  ...firefoxCallPreferences,
  'marionette.port': 0, // a free one
  'browser.shell.checkDefaultBrowser': false,
  'browser.aboutwelcome.enabled': false,
  'browser.startup.page': 0,
  'layout.frame_rate': 20, // the machine has much else to do
  'browser.sessionstore.resume_from_crash': false,
  'toolkit.startup.max_resumed_crashes': -1,
  'termsofuse.bypassNotification': true,
  'ui.key.menuAccessKeyFocuses': false, // otherwise Alt moves the keyboard focus to the menu bar
  'focusmanager.testmode': false, // otherwise a popup gets no keys before the first Tab
  'services.settings.server': 'data:,', // no downloads
  'xpinstall.signatures.required': false,
  'extensions.autoDisableScopes': 0,
  'extensions.startupScanScopes': 15,
  // The only way to see what pages and extensions log with console.error.
  'devtools.console.stdout.content': true,
};

/** @param {import('./index.mjs').Setup} setup @returns {Promise<import('./index.mjs').Engine>} */
export async function startFirefox({ display, env, extension, profile, addon, preferences }) {
  mkdirSync(join(profile, 'extensions'), { recursive: true });
  writeFileSync(join(profile, 'extensions', addon), extension);
  const all = {
    ...PREFERENCES,
    'extensions.webextensions.uuids': JSON.stringify({ [addon]: HOST }),
    'layout.css.devPixelsPerPx': String(display.scale),
    ...preferences,
  };
  const lines = Object.entries(all).map((pair) => `user_pref(${pair.map((part) => JSON.stringify(part)).join(', ')});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));

  /** @type {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} */
  let child;
  /** @type {Marionette} */
  let browser;
  let home = '';
  /** @type {import('./index.mjs').Problem[]} */
  const problems = [];

  async function start() {
    const portFile = join(profile, 'MarionetteActivePort');
    rmSync(portFile, { force: true });
    const size = ['--width', String(display.width), '--height', String(display.height)];
    const args = ['--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile, ...size];
    child = spawn(browserPath('firefox'), args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    createInterface({ input: child.stdout }).on('line', (line) => {
      // Console values are logged as literals; a bare word at the start names the part of the browser that logs.
      const [, text] = line.match(/^console\.error: (?!\w+: )(.*)/) ?? [];
      if (text) problems.push({ kind: 'console', text, url: '' });
    });
    const port = await until('Firefox to listen', () => Number(readFileSync(portFile, 'utf8')), undefined, 60_000);
    browser = await openMarionette(port);
    await browser.chrome(inside.collectProblems);
    await browser.chrome(inside.waitForExtension, addon);
    home = await browser.chrome(inside.firstTab);
  }
  await start();

  const gather = async () => {
    problems.push(...(await browser.chrome(inside.takeProblems)));
    return problems;
  };
  const stop = async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
    browser.close();
  };

  return {
    name: 'firefox',
    version: () => browser.chrome(() => `Firefox/${Services.appinfo.version}`),
    extensionUrl: (path) => `moz-extension://${HOST}/${path}`,
    problems: gather,
    async openTab(url) {
      const tab = tabOf(browser, await browser.chrome(inside.openTab));
      await tab.goto(url);
      return tab;
    },
    async tabAt(url) {
      const panel = await browser.chrome(inside.tabAt, url);
      return panel ? tabOf(browser, panel) : null;
    },
    async openWindow(url) {
      await browser.chrome(inside.openWindow, url);
      const id = await until('the window', () => browser.chrome(inside.contentOfOther, url));
      return windowOf(browser, id);
    },
    async windowWith(url) {
      const id = await browser.chrome(inside.contentOfOther, url);
      return id ? windowOf(browser, id) : null;
    },
    lookAway: () => browser.chrome(inside.selectTab, home),
    pressToolbarButton: async (tab) => {
      const { window = 0 } = /** @type {{window?: number}} */ (/** @type {unknown} */ (tab));
      await display.click(await browser.chrome(inside.toolbarButton, addon, window));
    },
    setKey: (command, key) => browser.chrome(inside.setKey, addon, command, key),
    popupIsOpen: async () => (await browser.chrome(inside.openPopup, addon)) !== 0,
    async popup() {
      const id = await until('the popup', () => browser.chrome(inside.openPopup, addon));
      const way = wayInto(browser, { id });
      await until('the popup to be drawn', () => way.evaluate(() => document.readyState === 'complete' && innerWidth > 0));
      return { ...way, isOpen: async () => (await browser.chrome(inside.openPopup, addon)) === id };
    },
    async panel() {
      const id = await until('the sidebar', () => browser.chrome(inside.openSidebar, addon));
      const way = wayInto(browser, { id });
      await until('the sidebar to be drawn', () => way.evaluate(() => document.readyState === 'complete' && innerWidth > 0));
      return { ...way, isOpen: async () => (await browser.chrome(inside.openSidebar, addon)) === id };
    },
    async closePanel() {
      await browser.chrome(inside.closeSidebar);
      await until('the sidebar to close', () => browser.chrome(inside.sidebarIsAway));
      await until('its page to go', () => browser.chrome(inside.openSidebar, addon), (open) => open === 0);
    },
    workerRuns: () => browser.chrome(inside.backgroundRuns, addon),
    async inWorker(fn, args) {
      await until('the background', () => browser.chrome(inside.backgroundRuns, addon));
      return wayInto(browser, { background: addon }).evaluate(fn, args);
    },
    killWorker: () => browser.chrome(inside.stopBackground, addon),
    updateExtension: () => browser.chrome(inside.reloadExtension, addon),
    async kill() {
      await gather();
      await stop();
    },
    relaunch: start,
    close: stop,
  };
}

/**
 * The only tab of a window besides the first, identified by the browsing context of its page, which must not change.
 * @param {Marionette} browser
 * @param {number} id
 */
function windowOf(browser, id) {
  const main = wayInto(browser, { id });
  const no = () => Promise.reject(new Error('This page stays.'));
  return {
    ...main,
    window: id,
    isOpen: () => browser.chrome(inside.isThere, id),
    url: () => main.evaluate(() => location.href),
    goto: no,
    reload: no,
    crash: no,
    bringToFront: () => browser.chrome(inside.raise, id),
    close: () => browser.chrome(inside.closeOther, id),
    strip: () => stripIn(browser, main, () => browser.chrome(inside.frameBelow, id, STRIP)),
  };
}

/**
 * The strip's frame in a document, if there is one.
 * @param {Marionette} browser
 * @param {ReturnType<typeof wayInto>} main
 * @param {() => Promise<number>} find
 */
async function stripIn(browser, main, find) {
  const id = await find();
  if (!id) return null;
  // Firefox ignores transforms when it reports the place of a frame in another process. The page around it knows the
  // place.
  /** @param {Function} fn */
  const ofFrame = (fn) => main.asBrowser(`(id) => (${fn})((${inside.frameElement})(id))`, [id]);
  return {
    ...wayInto(browser, { id }),
    isOpen: () => browser.chrome(inside.isThere, id),
    clip: () => ofFrame(seenPart),
    capture: async () => main.capture(await ofFrame(inside.boxOf)),
    async corner() {
      const [window, frame] = await Promise.all([main.corner(), ofFrame(inside.boxOf)]);
      return { x: window.x + frame.x, y: window.y + frame.y };
    },
  };
}

/**
 * One tab, identified by its panel, because its browsing context may change with every page.
 * @param {Marionette} browser
 * @param {string} panel
 */
function tabOf(browser, panel) {
  const main = wayInto(browser, { panel });
  /** @param {string | null} url */
  async function load(url) {
    const old = await browser.chrome(inside.startToLoad, panel, url);
    const loaded = await until(`${url ?? 'the page'} to load`, () => browser.chrome(inside.hasLoaded, panel, old));
    if (loaded.startsWith('about:neterror')) throw new Error(`${url} did not load.`);
  }
  return {
    ...main,
    url: () => browser.chrome(inside.addressOf, panel),
    goto: load,
    reload: () => load(null),
    async crash() {
      process.kill(await browser.chrome(inside.processOf, panel), 'SIGKILL');
      await until('the page to crash', () => browser.chrome(inside.hasCrashed, panel));
    },
    bringToFront: () => browser.chrome(inside.selectTab, panel),
    close: () => browser.chrome(inside.closeTab, panel),
    strip: () => stripIn(browser, main, () => browser.chrome(inside.findFrame, panel, STRIP)),
  };
}

/**
 * @param {Marionette} browser
 * @param {import('./marionette.mjs').Where} where
 * @returns {Way & {asBrowser: (fn: Function | string, args?: unknown[]) => Promise<any>}}
 */
function wayInto(browser, where) {
  /** @param {Function | string} fn @param {unknown[]} [args] */
  const asBrowser = (fn, args = []) =>
    browser.inDocument(where, `return (${fn}).apply(null, arguments)`, args, 'system');
  return {
    evaluate: (fn, args = []) => browser.inDocument(where, `return (${fn}).apply(null, arguments)`, args),
    run: (source) => browser.inDocument(where, source, []),
    asBrowser,
    things: () => asBrowser(inside.accessibleThings),
    boxOf: async (thing) => thing.box,
    corner: () => asBrowser(() => ({ x: /** @type {any} */ (window).mozInnerScreenX, y: /** @type {any} */ (window).mozInnerScreenY })),
    clip: () => asBrowser(() => ({ x: 0, y: 0, width: window.innerWidth, height: window.innerHeight })),
    capture: async (box) => Buffer.from(await browser.capture(where, box), 'base64'),
    look: ({ colorScheme, reducedMotion }) =>
      browser.chrome(inside.setLook, { dark: 0, light: 1 }[colorScheme], Number(reducedMotion)),
    print: (on) => asBrowser((/** @type {boolean} */ paper) => {
      /** @type {any} */ (window).browsingContext.mediumOverride = paper ? 'print' : '';
    }, [on]),
    isOpen: () => true,
  };
}
