// @ts-check
// The call pages without Attune: other tests can blame Attune only if the calls themselves work.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { browserPath, chromiumFlags } from '../../tools/browsers.mjs';
import { startEasyrtc } from './easyrtc.mjs';
import { chromiumCallFlags, firefoxCallPreferences } from './flags.mjs';
import { enterRoom, startJanus } from './janus.mjs';
import { profiles, startCalls } from './server.mjs';

/** @typedef {import('puppeteer-core').Page} Page */

const launch = {
  chromium: () => puppeteer.launch({ executablePath: browserPath('chromium'), args: [...chromiumFlags, ...chromiumCallFlags] }),
  firefox: () => puppeteer.launch({
    browser: 'firefox', executablePath: browserPath('firefox'), extraPrefsFirefox: firefoxCallPreferences,
  }),
};

/**
 * Waits for five new frames in a video, which a frozen or black one never shows.
 * @param {Page} page
 * @param {string} selector
 */
async function seesFrames(page, selector) {
  await page.waitForFunction(async (wanted) => {
    const video = document.querySelector(wanted);
    if (!(video instanceof HTMLVideoElement) || !video.srcObject) return false;
    for (let frames = 0; frames < 5; frames++) await new Promise((done) => video.requestVideoFrameCallback(done));
    return true;
  }, { timeout: 20_000 }, selector);
}

for (const name of /** @type {const} */ (['chromium', 'firefox']))
  describe(`calls in ${name}`, () => {
    /** @type {import('puppeteer-core').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof startCalls>>} */
    let calls;
    /** @type {string[]} */
    let errors;
    /** @type {Page[]} */
    const opened = [];
    before(async () => {
      browser = await launch[name]();
      calls = await startCalls();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((page) => page.close()));
    });
    after(async () => {
      await browser?.close();
      await calls?.close();
    });

    /** @param {string} url */
    async function open(url) {
      errors = [];
      const page = await browser.newPage();
      opened.push(page);
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
      await page.goto(url);
      return page;
    }

    for (const profile of Object.keys(profiles))
      test(`the call comes up under the headers of ${profile}`, async () => {
        const page = await open(`${calls.url}/${profile}/`);
        await seesFrames(page, '#remote');
        await seesFrames(page, '#self');
        assert.equal(await page.evaluate(() => crossOriginIsolated), profile === 'isolated' || profile === 'both');
        const scripted = await page.evaluate(() => {
          const script = document.createElement('script');
          try {
            script.textContent = 'document.title = "inline"';
            document.head.append(script);
          } catch {
            return 'refused by Trusted Types';
          }
          return document.title;
        });
        if (profile === 'csp' || profile === 'both') assert.notEqual(scripted, 'inline');
        else assert.deepEqual([scripted, errors], ['inline', []]);
      });

    test('every button does what it says, and counts', async () => {
      const page = await open(`${calls.url}/plain/`);
      await seesFrames(page, '#remote');
      for (const id of ['mute', 'camera', 'sound', 'fullscreen']) {
        await page.click(`#${id}`);
        await page.waitForSelector(`#${id}[aria-pressed="true"][data-clicks="1"]`);
      }
      await page.waitForFunction(() => document.fullscreenElement?.id === 'stage');
      await page.click('#fullscreen');
      await page.waitForFunction(() => document.fullscreenElement === null);
      await page.click('#settings');
      await page.waitForSelector('dialog:modal');
      await page.click('#close-dialog');
      await page.waitForSelector('dialog:not([open])');
      await page.click('#next-room');
      await page.waitForFunction(() => location.pathname === '/plain/room/2' && document.body.innerText.includes('Room 2'));
      await seesFrames(page, '#remote');
      await page.click('#leave');
      await page.waitForSelector('#rejoin', { visible: true });
      await page.click('#rejoin');
      await seesFrames(page, '#remote');
      await page.reload();
      await seesFrames(page, '#remote');
      assert.deepEqual(errors, []);
    });

    for (const variant of ['hide-unknown', 'hide-everything'])
      test(`${variant} hides what the page did not make, and nothing else`, async () => {
        const page = await open(`${calls.url}/csp/${variant}.html`);
        await seesFrames(page, '#remote');
        const heights = await page.evaluate(() => [document.documentElement, document.body].map((parent) => {
          const stranger = document.createElement('div');
          stranger.textContent = 'A stranger';
          parent.append(stranger);
          return stranger.getBoundingClientRect().height;
        }));
        assert.deepEqual(heights, [0, 0]);
        await page.waitForSelector('#leave', { visible: true });
      });

    test('remove-unknown removes strangers, and nothing else', async () => {
      const page = await open(`${calls.url}/csp/remove-unknown.html`);
      await page.evaluate(() => document.documentElement.append(document.createElement('stranger-element')));
      await page.waitForFunction(() => document.documentElement.dataset.removed === '1');
      assert.equal(await page.$('stranger-element'), null);
      await seesFrames(page, '#remote');
    });

    test('open-easyrtc, everyone with everyone', async (t) => {
      const app = await startEasyrtc();
      t.after(() => app.close());
      const one = await open(app.multiparty);
      await seesFrames(one, '#box0'); // two who arrive together call each other
      const two = await open(app.multiparty);
      for (const page of [two, one]) {
        await page.bringToFront();
        await seesFrames(page, '#box0');
        await seesFrames(page, '#box1');
      }
    });

    test('open-easyrtc, by calling', async (t) => {
      const app = await startEasyrtc();
      t.after(() => app.close());
      const one = await open(app.simple);
      await seesFrames(one, '#selfVideo');
      const two = await open(app.simple);
      await (await two.waitForSelector('#otherClients button'))?.click();
      for (const page of [two, one]) {
        await page.bringToFront();
        await seesFrames(page, '#selfVideo');
        await seesFrames(page, '#callerVideo');
      }
    });

    test('Janus, through a server', async (t) => {
      const app = await startJanus();
      t.after(() => app.close());
      const pages = [await open(app.url), await open(app.url)];
      for (const page of pages) {
        await page.bringToFront();
        await enterRoom(page);
      }
      for (const page of pages) {
        await page.bringToFront();
        await seesFrames(page, '#videolocal video');
        await seesFrames(page, '#videoremote1 video');
      }
    });
  });

test('the PDF is one', async (t) => {
  const calls = await startCalls({ headers: { 'x-test': 'yes' } });
  t.after(() => calls.close());
  const answer = await fetch(`${calls.url}/pdf`);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  assert.equal(answer.headers.get('x-test'), 'yes');
  const text = await answer.text();
  const table = Number(/startxref\n(\d+)\n/.exec(text)?.[1]);
  assert.equal(text.slice(table, table + 4), 'xref');
  for (const [index, [, offset]] of [...text.matchAll(/^(\d{10}) 00000 n $/gm)].entries())
    assert.ok(text.slice(Number(offset)).startsWith(`${index + 1} 0 obj`));
});
