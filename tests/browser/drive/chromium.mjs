// @ts-check
// Chromium: puppeteer-core reads, the display presses keys and clicks.

import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { browserPath, chromiumFlags } from '../../../tools/browsers.mjs';
import { chromiumCallFlags } from '../../calls/flags.mjs';
import { watch, watchWorkers } from './chromium-inside.mjs';
import { seenPart } from './surface.mjs';
import { until } from './until.mjs';

/** @typedef {import('puppeteer-core').Browser} Browser */
/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */
/** @typedef {import('./surface.mjs').Way} Way */

const FLAGS = [
  ...chromiumFlags,
  ...chromiumCallFlags,
  '--test-type', // no automation bar
  '--hide-crash-restore-bubble',
  '--window-position=0,0',
];

/** @param {import('./index.mjs').Setup} setup @returns {Promise<import('./index.mjs').Engine>} */
export async function startChromium({ display, env, extension, profile, popup, panel, flags, policies, realScreen }) {
  /** @type {Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof watchWorkers>>} */
  let workers;
  /** @type {Page} */
  let home;
  let id = '';
  /** @type {import('./index.mjs').Problem[]} */
  const problems = [];
  /** @type {Set<import('puppeteer-core').Target>} */
  const opened = new Set();

  async function start() {
    const size = [`--window-size=${display.width},${display.height}`, `--force-device-scale-factor=${display.scale}`];
    browser = await puppeteer.launch({
      executablePath: policies ? fileURLToPath(new URL('chromium-managed.sh', import.meta.url)) : browserPath('chromium'),
      headless: false,
      pipe: true,
      enableExtensions: true,
      userDataDir: profile,
      env: policies ? { ...env, CHROMIUM: browserPath('chromium'), POLICIES: policies } : env,
      defaultViewport: null,
      ignoreDefaultArgs: ['--enable-automation'],
      // Loaded with the browser, like an installed extension. Branded builds of Chrome ignore this flag. The flags for
      // fake cameras also make a fake screen, which is shared without asking anyone.
      args: [...FLAGS.filter((flag) => !realScreen || !flag.startsWith('--use-fake-')), ...size, `--load-extension=${extension}`, ...flags],
    });
    /** @param {import('./index.mjs').Problem} problem */
    const tell = (problem) => void problems.push(problem);
    await watch(await browser.target().createCDPSession(), tell);
    workers = await watchWorkers(await browser.target().createCDPSession(), tell);
    home = /** @type {Page} */ ((await browser.pages()).find((page) => !page.url().startsWith('chrome-extension:')));
    id = (await until('the extension', async () => {
      const all = [...(await browser.extensions()).values()];
      return all.find(({ path }) => path === extension);
    }))?.id ?? '';
  }
  await start();

  /** Documents of the extension that are not in a tab. @param {string} path */
  const besides = (path) =>
    browser.targets().filter((one) => one.url() === `chrome-extension://${id}/${path}` && !opened.has(one));
  const popups = () => besides(popup);

  /** A side panel does not know its place on the screen, so read it from a mouse event. @param {Page} page */
  async function cornerByMouse(page) {
    await page.evaluate(() => {
      const note = (/** @type {MouseEvent} */ event) =>
        Object.assign(self, { corner: { x: event.screenX - event.clientX, y: event.screenY - event.clientY } });
      Object.assign(self, { corner: null });
      document.addEventListener('mousemove', note, { once: true });
    });
    // Move between two spots, because a mouse that stays put sends no events.
    const [x, y] = [display.width - 60, display.height - 60];
    await display.move({ x, y: y - 20 });
    await display.move({ x, y });
    return until('the mouse over the side panel', () => page.evaluate(() => /** @type {any} */ (self).corner));
  }

  return {
    name: 'chromium',
    version: () => browser.version(),
    extensionUrl: (path) => `chrome-extension://${id}/${path}`,
    problems: async () => problems,
    async openTab(url) {
      const page = await browser.newPage();
      opened.add(page.target());
      await page.goto(url);
      return tabOf(page, () => `chrome-extension://${id}/strip.html`);
    },
    async tabAt(url) {
      const page = (await browser.pages()).find((one) => one.url() === url);
      if (!page || !(await page.evaluate(() => document.readyState === 'complete'))) return null;
      opened.add(page.target());
      return tabOf(page, () => `chrome-extension://${id}/strip.html`);
    },
    async openWindow(url) {
      const page = await browser.newPage({ type: 'window' });
      opened.add(page.target());
      await page.goto(url);
      return tabOf(page, () => `chrome-extension://${id}/strip.html`);
    },
    async windowWith(url) {
      // An empty tab has the same address as the always-on-top window, but no content.
      for (const page of await browser.pages())
        if (page.url() === url && !opened.has(page.target()) && (await page.evaluate(() => document.querySelector('main') !== null)))
          return tabOf(page, () => `chrome-extension://${id}/strip.html`);
      return null;
    },
    lookAway: () => home.bringToFront(),
    async pressToolbarButton(tab) {
      await (await browser.extensions()).get(id)?.triggerAction(/** @type {any} */ (tab).page);
    },
    async setKey(command, key) {
      const page = await browser.newPage();
      await page.goto('chrome://extensions/shortcuts');
      // The same call as the page makes for a key typed into it.
      await page.evaluate(
        (change) => /** @type {any} */ (chrome).developerPrivate.updateExtensionCommand(change),
        { extensionId: id, commandName: command, keybinding: key },
      );
      await page.close();
    },
    popupIsOpen: async () => popups().length > 0,
    async popup() {
      const page = await (await until('the popup', () => popups()[0])).asPage();
      await until('the popup to be drawn', () => page.evaluate(() => document.readyState === 'complete' && innerWidth > 0));
      return wayInto(page.mainFrame(), page, () => page.evaluate(() => ({ x: screenX, y: screenY })));
    },
    async panel() {
      const target = await until('the side panel', () => besides(panel)[0]);
      const page = await target.asPage();
      await until('the side panel to be drawn', () => page.evaluate(() => document.readyState === 'complete' && innerWidth > 0));
      return wayInto(page.mainFrame(), page, () => cornerByMouse(page));
    },
    async closePanel() {
      const [target] = besides(panel);
      if (!target) return;
      await (await target.asPage()).evaluate(() => window.close()).catch(() => {}); // it closes before it can answer
      await until('the side panel to close', () => besides(panel).length, (open) => open === 0);
    },
    workerRuns: async () => workers.run(),
    inWorker: (fn, args) => workers.evaluate(fn, args),
    killWorker: () => workers.stop(),
    async updateExtension() {
      id = await browser.installExtension(extension);
    },
    async kill() {
      const child = browser.process();
      const gone = new Promise((done) => child?.once('exit', done));
      child?.kill('SIGKILL');
      await gone;
    },
    relaunch: start,
    close: () => browser.close(),
  };
}

/**
 * One tab, and the strip's frame in it, which puppeteer sees like any other although it is in a closed shadow root.
 * @param {Page} page
 * @param {() => string} stripUrl
 */
function tabOf(page, stripUrl) {
  // The window's border is equally wide at the left, right and bottom; the rest of the height is the browser's.
  const corner = () =>
    page.evaluate(() => {
      const edge = (outerWidth - innerWidth) / 2;
      return { x: screenX + edge, y: screenY + outerHeight - innerHeight - edge };
    });
  const main = wayInto(page.mainFrame(), page, corner);
  return {
    ...main,
    page,
    url: async () => page.url(),
    goto: (/** @type {string} */ url) => page.goto(url),
    reload: () => page.reload(),
    async crash() {
      const session = await page.createCDPSession();
      const gone = new Promise((done) => page.once('error', done));
      session.send('Page.crash').catch(() => {}); // the page does not answer any more
      await gone;
    },
    bringToFront: () => page.bringToFront(),
    close: () => page.close(),
    async strip() {
      const frame = page.frames().find((one) => one.url().startsWith(stripUrl()));
      if (!frame) return null;
      const element = () => frame.frameElement().catch(() => null); // null: the frame is gone
      const place = async () => {
        const box = await (await element())?.evaluate((one) => {
          const { x, y, width, height } = one.getBoundingClientRect();
          return { x, y, width, height };
        });
        return box ?? { x: 0, y: 0, width: 0, height: 0 };
      };
      const way = wayInto(frame, page, async () => {
        const [window, box] = await Promise.all([corner(), place()]);
        return { x: window.x + box.x, y: window.y + box.y };
      });
      return {
        ...way,
        isOpen: () => !frame.detached,
        clip: async () => (await (await element())?.evaluate(seenPart)) ?? null,
        capture: async () => main.capture(await place()),
      };
    },
  };
}

/**
 * @param {Frame} frame
 * @param {Page} page
 * @param {Way['corner']} corner
 * @returns {Way}
 */
function wayInto(frame, page, corner) {
  return {
    evaluate: (fn, args = []) => frame.evaluate(/** @type {any} */ (fn), ...args),
    run: (source) => frame.evaluate(`${source};undefined`),
    corner,
    isOpen: () => !page.isClosed(),
    async things() {
      /** @type {any[]} */
      const flat = [];
      /** @param {import('puppeteer-core').SerializedAXNode} node */
      const visit = (node) => {
        const role = ROLES.get(node.role) ?? node.role;
        const name = (node.name ?? '').trim();
        if (!SILENT.has(role) && (role !== 'text' || name)) flat.push({ ...node, role, name });
        node.children?.forEach(visit);
      };
      const root = await /** @type {any} */ (frame).accessibility.snapshot({ interestingOnly: false });
      if (root) visit(root);
      return flat;
    },
    async boxOf(thing) {
      const handle = await thing.elementHandle();
      const box = await handle.evaluate((/** @type {Node} */ node) => {
        const element = node instanceof Element ? node : node.parentElement;
        const { x = 0, y = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
        return { x, y, width, height };
      });
      await handle.dispose();
      return box;
    },
    clip: () => frame.evaluate(() => ({ x: 0, y: 0, width: innerWidth, height: innerHeight })),
    async capture(box) {
      const session = await page.createCDPSession();
      const clip = box && { ...box, scale: 1 };
      const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip });
      await session.detach();
      return Buffer.from(data, 'base64');
    },
    resize: (size) => /** @type {any} */ (frame).client.send(
      ...(size ? ['Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 0, mobile: false }] : ['Emulation.clearDeviceMetricsOverride']),
    ),
    print: (on) => page.emulateMediaType(on ? 'print' : undefined),
    look({ colorScheme, reducedMotion }) {
      const features = [
        { name: 'prefers-color-scheme', value: colorScheme },
        { name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference' },
      ];
      // A frame in another process has to be asked separately.
      const clients = new Set([frame, ...frame.childFrames()].map((one) => /** @type {any} */ (one).client));
      return Promise.all([...clients].map((client) => client.send('Emulation.setEmulatedMedia', { features })));
    },
  };
}

// Chromium's own names for roles that web pages call something else, and nodes without meaning of their own.
const ROLES = new Map([
  ['RootWebArea', 'document'], ['StaticText', 'text'], ['image', 'img'], ['DisclosureTriangle', 'summary'],
  ['DisclosureTriangleGrouped', 'summary'],
]);
const SILENT = new Set(['none', 'generic', 'InlineTextBox', 'LineBreak', 'LabelText', 'Legend', 'ListMarker']);
