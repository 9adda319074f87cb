// @ts-check
// While a screen is shared, nothing of Attune is in the picture; and a page cannot tell that somebody looks after that.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { closePopup, inBrowser, inEachBrowser, keys, minute, openPanel, openPopup, say, second, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */
/** @typedef {import('./steps.mjs').Hour} Hour */

/** Makes the page one colour, so that whatever else is in a picture of it is seen, and keeps what it is given. @param {Page} page */
const plain = (page) => page.evaluate(() => {
  document.querySelector('main')?.remove();
  document.documentElement.style.background = document.body.style.background = 'rgb(20, 90, 160)';
  Object.assign(self, { kept: MediaDevices.prototype.getDisplayMedia });
});

/**
 * Shares this tab, and keeps the stream. With `kept`, by the function that the page had before Start.
 * @param {Page} page
 * @param {'now' | 'kept'} [by]
 */
const share = (page, by = 'now') => page.evaluate(async (by) => {
  const options = /** @type {any} */ ({ video: true, preferCurrentTab: true });
  const ask = by === 'kept' ? /** @type {any} */ (self).kept : MediaDevices.prototype.getDisplayMedia;
  const stream = await ask.call(navigator.mediaDevices, options);
  // The track's own frames, from the very first on: no element, no delay.
  const reader = new /** @type {any} */ (self).MediaStreamTrackProcessor({ track: stream.getVideoTracks()[0] }).readable.getReader();
  Object.assign(self, { stream, reader });
}, by);

/** Ends what `share` has begun, as a page does. @param {Page} page */
const stopSharing = (page) => page.evaluate(() => {
  for (const track of /** @type {any} */ (self).stream.getTracks()) track.stop();
});

/**
 * Draws the next captured frames, and counts in each the points of its upper part that are not of the page's colour. The
 * page blinks at its lower edge meanwhile, so that there are new frames to capture.
 * @param {Page} page
 * @param {number} frames
 */
const strange = (page, frames) => page.evaluate(async (frames) => {
  const blink = document.body.appendChild(document.createElement('i'));
  blink.style.cssText = 'position:fixed;left:0;bottom:0;width:20px;height:20px';
  const { reader } = /** @type {any} */ (self);
  const counts = [];
  for (let number = 0; number < frames; number++) {
    blink.style.background = number % 2 ? 'black' : 'white';
    const { value: frame } = await reader.read();
    const canvas = new OffscreenCanvas(frame.displayWidth, Math.round(frame.displayHeight / 2));
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(frame, 0, 0);
    frame.close();
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    // The page's own colour, as the capture has it: at its left edge nothing else ever is.
    const [red, green, blue] = data.subarray(data.length / 2, data.length / 2 + 3);
    if (!(blue > green && green > red)) throw new Error(`not the page's blue but ${red} ${green} ${blue}`);
    let odd = 0;
    for (let at = 0; at < data.length; at += 4)
      if (Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) > 60) odd += 1;
    counts.push(odd);
  }
  blink.remove();
  return counts;
}, frames);

/** What the engine says of a share. @param {Hour} hour */
const isShared = async (hour) => (await hour.look()).popup.running.sharing;
/** @param {Hour} hour */
const shared = (hour) => until('the share to be noticed', () => isShared(hour));
/** @param {Hour} hour */
const over = (hour) => until('the end of the share', () => isShared(hour), (on) => !on);

const choices = { kind: 'Ongoing', minutes: '50', prompts: 'Trainee' };

inBrowser('chromium', 'a shared tab', (test) => {
  test('has nothing of the strip in 50 frames, through cues that are due all the time', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await hour.card();
    await page.bringToFront();
    await share(page);
    // The very first frames: the card was there when the page asked.
    assert.deepEqual((await strange(page, 10)).filter(Boolean), []);
    await shared(hour);
    const before = (await hour.look()).popup.running.marks.length;
    for (let round = 0; round < 4; round++) {
      await hour.pass(4 * minute);
      for (const key of [keys.glance, keys.notNow, keys.hold, keys.hold, keys.glance]) await browser.key(key);
      assert.equal((await hour.look()).strip, 'clear');
      assert.deepEqual((await strange(page, 10)).filter(Boolean), []);
    }
    assert.equal((await hour.look()).popup.running.marks.length, before, 'nothing came in sixteen minutes');

    await stopSharing(page);
    await over(hour);
    assert.equal((await hour.look(50 * second)).strip, 'clear');
    await hour.nothing();
    await hour.dot();
  });

  test('has the strip in it where nobody guards it: the measurement can tell', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await hour.card();
    await page.bringToFront();
    await share(page, 'kept');
    const counts = await strange(page, 10);
    assert.ok(counts.every((count) => count > 1000), String(counts));
    assert.equal(await isShared(hour), false, 'a function kept from before Start, and no video, is a hole');

    // Her own word closes it.
    const popup = await openPopup(browser, page);
    await popup.click('button', say('share'));
    await popup.reads(say('sharing_on'));
    await closePopup(browser);
    await hour.nothing();
    assert.deepEqual((await strange(page, 20)).slice(10).filter(Boolean), []);
    await stopSharing(page);
  });

  test('is noticed a moment later where the page shows it to itself', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await share(page, 'kept');
    await page.evaluate(() => {
      const video = Object.assign(document.createElement('video'), { srcObject: /** @type {any} */ (self).stream, muted: true });
      const shadow = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      void video;
      const seen = Object.assign(document.createElement('video'), { srcObject: /** @type {any} */ (self).stream, muted: true });
      shadow.append(seen);
      document.body.append(video);
      return Promise.all([video.play(), seen.play()]);
    });
    await shared(hour);
    await stopSharing(page);
    await over(hour);
  });

  test('goes on in a copy, and ends with the last of them', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await share(page);
    await shared(hour);
    await page.evaluate(() => {
      const { stream } = /** @type {any} */ (self);
      Object.assign(self, { copy: stream.getVideoTracks()[0].clone() });
      stream.getVideoTracks()[0].stop();
    });
    // Longer than the guard waits between two looks: it says nothing, because the copy goes on.
    await page.evaluate(async () => { for (let frame = 0; frame < 150; frame++) await new Promise(requestAnimationFrame); });
    assert.equal(await isShared(hour), true);
    await page.evaluate(() => /** @type {any} */ (self).copy.stop());
    await over(hour);
  });

  test('is over when the page goes, and when the page is refused', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    await page.evaluate(() => navigator.mediaDevices.getDisplayMedia({ video: false }).catch(() => {}));
    await over(hour);
    await share(page);
    await shared(hour);
    await page.reload();
    await page.strip();
    await over(hour);
  });

  test('may pass through wrappers that the page has put around it, before and after', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await page.evaluate(() => {
      const wrap = (/** @type {string} */ name) => {
        const inner = MediaDevices.prototype.getDisplayMedia;
        const log = /** @type {any} */ (self).log ??= [];
        MediaDevices.prototype.getDisplayMedia = async function (options) {
          log.push(name);
          return inner.call(this, options);
        };
      };
      Object.assign(self, { wrap });
      wrap('before');
    });
    const hour = await start(browser, page, choices);
    await page.evaluate(() => /** @type {any} */ (self).wrap('after'));
    await share(page);
    await shared(hour);
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (self).log), ['after', 'before']);
    await stopSharing(page);
    await over(hour);
    await hour.end().then((popup) => popup.click('button', say('done')));
    await closePopup(browser);
    // What the page has put around it still works after the end.
    await share(page);
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (self).log), ['after', 'before', 'after', 'before']);
    await stopSharing(page);
  });
}, { flags: ['--auto-accept-this-tab-capture'] });
