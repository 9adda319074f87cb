// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { openBrowser, part } from './chrome.mjs';

const { createShares } = await part('shares');

let browser = openBrowser();
/** What the session was told. @type {boolean[]} */
let told = [];
let session = { ready: Promise.resolve(), isRunning: true, isShared: false, take: async (/** @type {any} */ _input) => {} };
beforeEach(() => {
  browser = openBrowser();
  told = [];
  session = {
    ready: Promise.resolve(),
    isRunning: true,
    isShared: false,
    async take({ share_detected: on }) {
      told.push(on);
      session.isShared = on;
    },
  };
});

/** @param {number} id */
const from = (id) => ({ tab: { id } });

test('two frames may share at once, and the last of them ends it', async () => {
  const shares = createShares({ session });
  const tab = browser.addTab({ shares: 1 });
  assert.equal(await shares.notice(from(tab), true), true);
  browser.tab(tab).shares = 2;
  assert.equal(await shares.notice(from(tab), true), true);
  browser.tab(tab).shares = 1;
  assert.equal(await shares.notice(from(tab), false), true);
  browser.tab(tab).shares = 0;
  assert.equal(await shares.notice(from(tab), false), false);
  assert.deepEqual(told, [true, true, true, false]);
});

test('a tab that the strip has left may still share', async () => {
  const shares = createShares({ session });
  const [left, here] = [browser.addTab({ shares: 1 }), browser.addTab()];
  await shares.notice(from(left), true);
  assert.equal(await shares.notice(from(here), false), true);
});

test('a share that begins while the frames are asked about another is not over', async () => {
  const shares = createShares({ session });
  const tab = browser.addTab();
  const both = [shares.notice(from(tab), false), shares.notice(from(tab), true)];
  await Promise.all(both);
  assert.equal(session.isShared, true);
});

test('without a session nothing is noticed, nor from where there is no tab', async () => {
  const shares = createShares({ session });
  assert.equal(await shares.notice({}, true), false);
  assert.equal(await shares.notice(undefined, true), false);
  session.isRunning = false;
  assert.equal(await shares.notice(from(browser.addTab()), true), false);
  await shares.forget();
  assert.deepEqual(told, []);
});

test('what was shared has ended with the browser', async () => {
  const shares = createShares({ session });
  await shares.forget();
  assert.deepEqual(told, [false]);
});
