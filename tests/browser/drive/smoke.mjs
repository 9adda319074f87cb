// @ts-check
// Checks that the drivers themselves work, with any extension of Attune's shape, and prints what they see.
//
//   node tests/browser/drive/smoke.mjs dist/chromium chromium [folder for pictures]

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startCalls } from '../../calls/server.mjs';
import { launch, until } from './index.mjs';

const [, , extension = 'dist/chromium', name = 'chromium', pictures] = process.argv;
const calls = await startCalls();
const browser = await launch(name === 'firefox' ? 'firefox' : 'chromium', { extension });

/** @param {string} what @param {unknown} [seen] */
const say = (what, seen = '') => console.log(`${what.padEnd(24)} ${typeof seen === 'string' ? seen : JSON.stringify(seen)}`);
/** @param {string} file @param {{screenshot(path: string): Promise<void>}} of */
const picture = async (file, of) => pictures && of.screenshot(join(pictures, `${name}-${file}.png`));
/** How far ahead the clock of a document or of the background is, in whole minutes. @param {number} now */
const ahead = (now) => Math.round((now - Date.now()) / 60_000);
const clock = () => Date.now();

try {
  say('browser', await browser.version());
  const page = await browser.open(`${calls.url}/both/`);
  const videos = () => page.evaluate(() => [...document.querySelectorAll('video')].map((video) => video.currentTime));
  await until('the call', videos, (times) => times.length === 2 && times.every((time) => time > 0), 20_000);

  await browser.pressToolbarButton(page);
  const popup = await browser.popup();
  say('popup shows', await popup.text());
  say('popup tells', await popup.outline());
  say('popup, axe', await popup.axe());
  const focus = await popup.focused();
  await browser.key('Tab');
  say('focus, before and after', [focus, await until('the focus to move', () => popup.focused(), (now) => now !== focus)]);
  await popup.look({ colorScheme: 'dark' });
  await picture('popup', popup);
  await picture('screen', browser);
  await popup.click('button', /^Start/);

  const strip = await page.strip();
  await popup.closed().catch(() => say('popup stays open'));
  await browser.key('alt+shift+k');
  say('strip shows', await until('the strip to show something', () => strip.text()));
  say('strip tells', await strip.outline());
  say('strip, axe', await strip.axe());
  await picture('strip', strip);
  await picture('page', page);

  const before = await videos();
  browser.shiftClock(10 * 60_000);
  assert.deepEqual([ahead(await page.evaluate(clock)), ahead(await strip.evaluate(clock))], [10, 10]);
  await browser.nudge(page);
  await until('the videos to play on', videos, (times) => times.every((time, index) => time > before[index] + 0.5));
  say('clock moved', 'the call plays on');

  await browser.killWorker();
  await browser.key('alt+shift+k');
  await until('the key to wake the background', () => browser.workerRuns());
  assert.equal(ahead(await browser.inWorker(clock)), 10);
  say('background', 'killed, woken by a key, by the moved clock');

  await browser.updateExtension();
  await until('the old strip to go', () => strip.text(), (text) => text === '');
  say('extension updated', (await page.hasStrip()) ? 'the strip is out of sight' : 'the strip is gone');

  const kept = () => chrome.storage.local.get();
  const first = await browser.open(browser.extensionUrl('session.html'));
  const stored = Object.keys(await first.evaluate(kept));
  await browser.kill();
  await browser.relaunch();
  const again = await browser.open(browser.extensionUrl('session.html'));
  assert.deepEqual(Object.keys(await again.evaluate(kept)), stored);
  assert.equal(ahead(await again.evaluate(clock)), 10);
  say('browser killed', `and started again; still stored: ${stored.join(', ')}`);

  say('problems', await browser.problems());
} finally {
  await browser.close();
  await calls.close();
}
