// @ts-check
// Drives and watches a Chromium with one or more extensions from outside.

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer from 'puppeteer-core';
import { browserPath, chromiumFlags } from '../tools/browsers.mjs';

/** @import { Frame, Page } from 'puppeteer-core' */
/** @import { Input } from '../target/attune/wasm/background.js' */

/**
 * @param {{extensions: string[], env?: Record<string, string>, flags?: string[]}} how
 */
export async function openChromium({ extensions, env = {}, flags = [] }) {
  const profile = await mkdtemp(join(tmpdir(), 'attune-bench-'));
  const browser = await puppeteer.launch({
    executablePath: browserPath('chromium'),
    userDataDir: profile,
    pipe: true,
    enableExtensions: true,
    env: { ...process.env, ...env },
    args: [...chromiumFlags, ...flags],
  });
  const ids = [];
  for (const folder of extensions) {
    const id = await browser.installExtension(resolve(folder));
    ids.push(id);
    if (!existsSync(join(folder, 'welcome.html'))) continue;
    // The page that opens after an install does not belong in the measurement.
    const welcome = await browser.waitForTarget((target) => target.url() === `chrome-extension://${id}/welcome.html`);
    await (await welcome.asPage()).close();
  }
  const session = await browser.target().createCDPSession();

  return {
    ids,
    /** @param {string} url */
    async open(url) {
      const page = await browser.newPage();
      await page.goto(url);
      return page;
    },
    /**
     * Opens an extension's popup beside a page, waits until it is ready, and presses Start.
     * @param {string} id @param {Page} page
     * @returns {Promise<{at: number, closePopup: () => Promise<void>}>} `at` is when the browser received the click, in
     *   milliseconds since the Unix epoch
     */
    async pressStart(id, page) {
      // The baselines have a popup.html.
      const urls = ['session.html', 'popup.html'].map((page) => `chrome-extension://${id}/${page}`);
      const opened = browser.waitForTarget((target) => urls.includes(target.url()));
      await (await browser.extensions()).get(id)?.triggerAction(page);
      const popup = await (await opened).asPage();
      const start = await popup.waitForSelector('#start:enabled', { visible: true });
      if (!start) throw new Error('The popup has no Start.');
      const pressed = start.evaluate(
        (button) => new Promise((done) => {
          const tell = (/** @type {Event} */ event) => done(performance.timeOrigin + event.timeStamp);
          button.addEventListener('click', tell, { capture: true, once: true });
        }),
      );
      await start.click();
      const at = /** @type {number} */ (await pressed);
      // Attune's popup closes by itself.
      return { at, closePopup: () => popup.close().catch(() => {}) };
    },
    /** The processor time of all browser processes so far, in seconds. */
    async cpuSeconds() {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    },
    /** Stops the background worker, as the browser does after half a minute without work. */
    async stopWorker() {
      const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'service_worker' }] });
      for (const { targetId } of targetInfos) await session.send('Target.closeTarget', { targetId });
    },
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The frame with an extension's page in it. @param {Page} page @param {string} id @param {string} path */
export function frameOf(page, id, path) {
  return page.waitForFrame((frame) => frame.url() === `chrome-extension://${id}/${path}`);
}

/** Sends inputs to the background without waiting for the answers. @param {Frame} strip @param {Input[]} inputs */
export async function send(strip, ...inputs) {
  await strip.evaluate((inputs) => {
    for (const input of inputs) void chrome.runtime.sendMessage({ to: 'background', say: { take: { input, tab: null } } });
  }, inputs);
}

/** A page that does nothing, so that the noise of a call does not hide what is measured. */
export async function servePage() {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>A page</title><p>A page that does nothing.');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
