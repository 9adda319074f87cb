// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, part } from './chrome.mjs';

const { recall, setAside } = await part('storage');

test('what this version has stored is recalled as it is', async () => {
  const local = { memory: { version: 1 }, session: { version: 1 }, settled: { version: '1.0.0', deck: null, offer: { minutes: 25 } }, starts: [] };
  openBrowser({ local: structuredClone(local) });
  const { memory, session, settled, old } = await recall();
  assert.deepEqual({ memory, session, settled, starts: [], old }, { ...local, old: false });
});

test('nothing is old where nothing is stored', async () => {
  const browser = openBrowser();
  assert.equal((await recall()).old, false);
  assert.deepEqual(browser.local, {});
});

for (const key of ['engine', 'look', 'place', 'emergency', 'starts', 'settled']) {
  test(`a text under ${key} gives an old build away, and takes its settings along`, async () => {
    const browser = openBrowser({ local: { [key]: 'text', settings: 'H4sI', sync: true } });
    assert.deepEqual(await recall(), { old: true });
    assert.deepEqual(browser.local, { sync: true, unreadable: { [key]: 'text', settings: 'H4sI' } });
  });
}

test('what an old build made of its settings goes, because it can be made again', async () => {
  const browser = openBrowser({ local: { settled: { version: '1.0.0', offer: '{}' } } });
  assert.deepEqual(await recall(), { old: true });
  assert.deepEqual(browser.local, { unreadable: {} });
});

test('without room on the disk an old build’s texts stay where they are', async () => {
  const browser = openBrowser({ local: { engine: 'text' } });
  browser.areas.local.set = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
  assert.deepEqual(await recall(), { old: true });
  assert.deepEqual(browser.local, { engine: 'text' });
});

test('what is set aside joins what was set aside before', async () => {
  const browser = openBrowser();
  await setAside({ memory: { version: 7 } });
  await setAside({ session: 'text' });
  assert.deepEqual(browser.local.unreadable, { memory: { version: 7 }, session: 'text' });
});
