// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, part } from './chrome.mjs';

const { createSettings } = await part('settings');

/** Settings with a session, and what that session was given. */
function create() {
  /** @type {any[]} */
  const adopted = [];
  const session = {
    ready: Promise.resolve(),
    adopt: async (/** @type {unknown} */ settled) => void adopted.push(settled),
  };
  return { adopted, settings: createSettings({ session }) };
}

test('if nothing is set and no clinic has a policy, what was made before goes', async () => {
  for (const firefox of [false, true]) {
    const browser = openBrowser({ firefox, local: { settled: { version: '0.9', deck: null, offer: {} }, look: {}, sync: true } });
    const { adopted, settings } = create();
    await settings.settle();
    assert.deepEqual(adopted, [undefined]);
    assert.deepEqual(browser.local, { sync: true });
  }
});

test('a clinic’s policy becomes what Start offers, and is stored with the version that made it', async () => {
  const browser = openBrowser({ managed: { minutes: 25, locked: ['minutes'] }, version: '3.2.1' });
  const { adopted, settings } = create();
  await settings.settle();
  const { settled, look } = /** @type {any} */ (browser.local);
  assert.deepEqual([settled.version, settled.deck, settled.offer.minutes], ['3.2.1', null, 25]);
  assert.equal(typeof look, 'object');
  assert.deepEqual(adopted, [settled]);
});

test('what is set last counts', async () => {
  const browser = openBrowser({ managed: { minutes: 25 } });
  const { adopted, settings } = create();
  const first = settings.settle();
  const second = settings.settle();
  await first;
  Object.assign(browser.areas.managed.items, { minutes: 90 });
  await Promise.all([second, settings.settle()]);
  assert.equal(adopted.at(-1).offer.minutes, 90);
  assert.deepEqual(browser.local.settled, adopted.at(-1));
});

test('one that fails is reported, and the next one works', async () => {
  const browser = openBrowser({ managed: { minutes: 25 } });
  const { set } = browser.areas.local;
  browser.areas.local.set = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
  const { adopted, settings } = create();
  await assert.rejects(settings.settle(), /QUOTA/);
  assert.deepEqual(adopted, []);
  browser.areas.local.set = set;
  await settings.settle();
  assert.equal(adopted.length, 1);
});

test('only what another version has made is made again', async () => {
  openBrowser({ version: '2.0.0' });
  const { adopted, settings } = create();
  await settings.renew(undefined);
  await settings.renew({ version: '2.0.0' });
  assert.deepEqual(adopted, []);
  await settings.renew({ version: '1.0.0' });
  assert.equal(adopted.length, 1);
});

test('sync is followed if the therapist or the clinic wants that, and a lock decides', async () => {
  /** @type {[Record<string, unknown>, Record<string, unknown> | undefined, boolean][]} */
  const cases = [
    [{}, undefined, false],
    [{ sync: true }, undefined, true],
    [{}, { sync: true }, true],
    [{ sync: false }, { sync: true }, false],
    [{ sync: false }, { sync: true, locked: ['sync'] }, true],
    [{ sync: true }, { sync: false, locked: ['sync'] }, false],
    [{ sync: true }, { locked: ['sync'] }, false],
  ];
  for (const [local, managed, followed] of cases) {
    const browser = openBrowser({ local, managed });
    let asked = 0;
    browser.areas.sync.get = async () => {
      asked += 1;
      return {};
    };
    const { adopted, settings } = create();
    await settings.follow();
    assert.equal(asked === 1, followed, JSON.stringify([local, managed]));
    assert.deepEqual(adopted, [], 'there is nothing newer');
  }
});
