// @ts-check
// Opens a browser with Attune in it, beside a call to try it on. With a display, the browser stays open until the
// person closes it; without one, this starts a session as a person would, takes a screenshot and ends.
//
//   node tools/run.mjs chromium|firefox

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer from 'puppeteer-core';
import { chromiumCallFlags, firefoxCallPreferences } from '../tests/calls/flags.mjs';
import { startCalls } from '../tests/calls/server.mjs';
import { browserPath, chromiumFlags } from './browsers.mjs';

const browserName = process.argv[2] === 'firefox' ? 'firefox' : 'chromium';
const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
  || process.platform === 'darwin' || process.platform === 'win32';
const picture = 'dist/run.png';
const folder = resolve('dist', browserName);

/**
 * Pins Attune's button to the toolbar, where Chromium hides it at first. Chromium derives the id of an unpacked
 * extension from the folder's path.
 * @param {string} profile
 */
async function pin(profile) {
  const letters = [...createHash('sha256').update(folder).digest('hex').slice(0, 32)];
  const id = letters.map((letter) => String.fromCharCode(97 + Number.parseInt(letter, 16))).join('');
  await mkdir(join(profile, 'Default'));
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify({ extensions: { pinned_extensions: [id] } }));
}

/** @param {string} profile an empty folder */
async function launch(profile) {
  const common = { executablePath: browserPath(browserName), headless: !hasDisplay, userDataDir: profile };
  if (browserName === 'firefox')
    return puppeteer.launch({
      ...common, browser: 'firefox', defaultViewport: null, extraPrefsFirefox: hasDisplay ? {} : firefoxCallPreferences,
    });
  await pin(profile);
  return puppeteer.launch({
    ...common,
    pipe: true,
    enableExtensions: true,
    defaultViewport: hasDisplay ? null : { width: 1280, height: 720 },
    // With a display, the browser looks like a person's own, without the automation bar.
    ignoreDefaultArgs: hasDisplay ? ['--enable-automation'] : [],
    args: [...chromiumFlags, ...(hasDisplay ? ['--window-size=1280,860'] : chromiumCallFlags)],
  });
}

/**
 * Starts a session through the popup, as a person does, and takes a screenshot of the call with the strip.
 * @param {import('puppeteer-core').Browser} browser
 * @param {string} id of the extension
 * @param {import('puppeteer-core').Page} call
 */
async function showSession(browser, id, call) {
  const extension = (await browser.extensions()).get(id);
  if (!extension) throw new Error('The browser did not take the extension.');
  const opened = browser.waitForTarget((target) => target.url().endsWith('/session.html'));
  await extension.triggerAction(call);
  const popup = await (await opened).asPage();
  await popup.locator('::-p-aria([name="Start beside this call"][role="button"])').click();
  const strip = await call.waitForFrame((frame) => frame.url().endsWith('/strip.html'));
  // Nothing is due at the start of an hour. The glance key shows the time left, but no driver can press a browser's
  // command key, so this sends the strip's message for it.
  await strip.evaluate(() => void chrome.runtime.sendMessage({ to: 'background', say: { take: { input: 'glance', tab: null } } }));
  await strip.waitForFunction(() => document.body.innerText.trim() !== ''
    && document.getAnimations().every((animation) => animation.playState !== 'running'));
  await call.bringToFront();
  await call.screenshot({ path: picture });
}

const profile = await mkdtemp(join(tmpdir(), 'attune-run-'));
const calls = await startCalls();
try {
  const browser = await launch(profile);
  const closed = new Promise((done) => browser.once('disconnected', done));
  const [call = await browser.newPage()] = await browser.pages();
  const id = await browser.installExtension(folder);
  // The welcome page opens after the install and stays in its own tab behind the call. Firefox does not report it.
  if (browserName === 'chromium') {
    await browser.waitForTarget((target) => target.url().endsWith('/welcome.html'));
    await call.bringToFront();
  }
  await call.goto(`${calls.url}/plain/`);
  await call.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA);

  if (hasDisplay) {
    console.log('The call is open. Press Attune in the toolbar (in Firefox it may be under the puzzle piece), choose, and press Start.');
    console.log('In the other tab is what a person sees first after the install. Close the browser to end.');
    await closed;
  } else if (browserName === 'firefox') {
    await call.screenshot({ path: picture });
    await browser.close();
    console.log(`No display: Firefox took the extension, and the call is in ${picture}.`);
    console.log('Only a person can press a toolbar button in Firefox; without BROWSER=firefox a session is started.');
  } else {
    await showSession(browser, id, call);
    await browser.close();
    console.log(`No display: a session was started in a headless browser. The call with the strip is in ${picture}`);
  }
} finally {
  await calls.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 3 });
}
