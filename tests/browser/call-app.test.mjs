// @ts-check
// A real call app, with Attune beside one of its two people: from Start to End, the call continues as if Attune were
// not there. The other person is in a separate browser.

import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import puppeteer from 'puppeteer-core';
import { browserPath, chromiumFlags } from '../../tools/browsers.mjs';
import { startEasyrtc } from '../calls/easyrtc.mjs';
import { chromiumCallFlags } from '../calls/flags.mjs';
import { until } from './drive/index.mjs';
import { inEachBrowser, keys, say, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {{frames: number[], decoded: number[], times: number[], connection: string[], events: string[]}} State */

/**
 * Watches the two videos of a call, and its connection, from now on. Runs in the page.
 * @param {string[]} selectors
 */
function watch(selectors) {
  const videos = selectors.map((selector) => /** @type {HTMLVideoElement} */ (document.querySelector(selector)));
  const frames = videos.map(() => 0);
  /** @type {string[]} */
  const events = [];
  videos.forEach((video, index) => {
    const count = () => {
      frames[index]++;
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
    // Not `resize`: a busy machine sends a smaller picture.
    for (const name of ['pause', 'ended', 'emptied', 'error'])
      video.addEventListener(name, () => events.push(`${name} of ${video.id}`));
  });
  const { easyrtc } = /** @type {any} */ (window);
  const other = easyrtc.getRoomOccupantsAsArray('default').find((/** @type {string} */ id) => id !== easyrtc.myEasyrtcid);
  /** @type {RTCPeerConnection} */
  const peer = easyrtc.getPeerConnectionByUserId(other);
  peer.addEventListener('negotiationneeded', () => events.push('negotiationneeded'));
  peer.addEventListener('iceconnectionstatechange', () => {
    const { iceConnectionState: now } = peer;
    if (now !== 'connected' && now !== 'completed') events.push(now);
  });
  const state = () => ({
    frames: [...frames],
    decoded: videos.map((video) => video.getVideoPlaybackQuality().totalVideoFrames),
    times: videos.map((video) => (video.paused ? -1 : video.currentTime)),
    connection: [peer.connectionState, easyrtc.getConnectStatus(other)],
    events,
  });
  Object.assign(window, { callState: state });
}

/** @param {Page} page @returns {Promise<State>} */
const state = (page) => page.evaluate(() => /** @type {any} */ (window).callState());

inEachBrowser('a real call app', (test, name) => {
  /** @type {Awaited<ReturnType<typeof startEasyrtc>>} */
  let app;
  /** @type {import('puppeteer-core').Browser} */
  let others;
  before(async () => {
    app = await startEasyrtc();
    others = await puppeteer.launch({ executablePath: browserPath('chromium'), args: [...chromiumFlags, ...chromiumCallFlags] });
  });
  afterEach(async () => {
    for (const page of await others.pages()) await page.close();
  });
  after(async () => {
    await others?.close();
    await app?.close();
  });

  /** @type {['multiparty' | 'simple', string[]][]} */
  const demos = [['multiparty', ['#box0', '#box1']], ['simple', ['#selfVideo', '#callerVideo']]];
  for (const [demo, videos] of demos)
    test(`${demo}: the call goes on undisturbed`, async ({ browser, open }) => {
      const page = await open(app[demo]);
      await until('the camera', () => page.evaluate((/** @type {string} */ selector) => {
        const { currentTime } = /** @type {HTMLVideoElement} */ (document.querySelector(selector));
        return currentTime > 0;
      }, videos[0]), undefined, 30_000);
      const other = await others.newPage();
      await other.goto(app[demo]);
      // In one of the two, people call with a button.
      if (demo === 'simple') await (await other.waitForSelector('#otherClients button'))?.click();
      const bothPlay = () =>
        page.evaluate((selectors) => selectors.every((/** @type {string} */ selector) => {
          const { currentTime, videoWidth } = /** @type {HTMLVideoElement} */ (document.querySelector(selector));
          return currentTime > 0.5 && videoWidth > 0;
        }), videos);
      await until('the call', bothPlay, undefined, 30_000);
      await page.evaluate(watch, videos);

      /** Waits for new frames in both videos. @param {string} what has just happened */
      const goesOn = async (what) => {
        const before = await state(page);
        const now = await until(`ten new frames in both videos, after ${what}`, () => state(page), ({ frames }) =>
          frames.every((count, index) => count >= before.frames[index] + 10));
        assert.ok(now.times.every((time, index) => time > before.times[index]), `${now.times} after ${before.times}`);
        // Firefox counts no decoded frames for a call.
        if (name === 'chromium') assert.ok(now.decoded.every((count, index) => count > before.decoded[index]));
        assert.deepEqual(now.connection, ['connected', 'is connected'], what);
        assert.deepEqual(now.events, [], what);
      };

      await goesOn('joining');
      const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
      await goesOn('Start');
      await hour.dot();
      await goesOn('the dot');
      await hour.card();
      await goesOn('the card');
      await hour.answer(say('already'));
      await goesOn('an answer by mouse');
      await hour.words();
      await browser.key(keys.glance);
      await hour.nothing();
      await goesOn('an answer by key');
      const popup = await hour.end();
      await goesOn('the end');
      await popup.click('button', say('done'));
      await until('the strip to go', () => page.hasStrip(), (there) => !there);
      await goesOn('the strip has gone');
      // The other person has noticed nothing either.
      const there = await other.evaluate((selector) => {
        const { paused, ended, readyState } = /** @type {HTMLVideoElement} */ (document.querySelector(selector));
        return { paused, ended, readyState };
      }, videos[1]);
      assert.deepEqual(there, { paused: false, ended: false, readyState: 4 });
    });
});
