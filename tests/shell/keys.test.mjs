// @ts-check
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { beforeEach, test } from 'node:test';
import { openBrowser, part } from './chrome.mjs';

const { createKeys } = await part('keys');
const { commands } = JSON.parse(await readFile('extension/manifest.json', 'utf8'));
const WINDOW = -1;

/** What happened, in order. @type {unknown[]} */
let done = [];
let session = { isRunning: true, take: async (/** @type {unknown} */ input) => void done.push(input) };
let windows = { type: 'normal', opened: /** @type {string | undefined} */ (undefined) };
let home = { place: /** @type {number | undefined} */ (undefined), comeBack: async (/** @type {unknown} */ tab) => void done.push({ back: tab }) };
beforeEach(() => {
  openBrowser();
  windows = { type: 'normal', opened: undefined };
  Object.assign(chrome.windows, {
    get: async () => ({ type: windows.type }),
    create: async (/** @type {{url: string}} */ { url }) => { windows.opened = url; },
  });
  done = [];
  session.isRunning = true;
  home.place = 5;
});

test('every command of the manifest is an input', async () => {
  session.isRunning = false;
  const keys = createKeys({ session, home });
  for (const command of Object.keys(commands).filter((name) => name !== '_execute_action')) await keys.onCommand(command, { id: 5 });
  assert.deepEqual(done, ['glance', 'not_now', 'hold_key', 'hide_key', 'sharing_key', 'sound_key', 'moment_key', 'crisis_key']);
});

test('a key brings back the strip to the tab in which it is pressed', async () => {
  await createKeys({ session, home }).onCommand('hold', { id: 5 });
  assert.deepEqual(done, ['hold_key', { back: 5 }]);
});

test('where keys are tried, they do nothing to a session, except those that silence it', async () => {
  const keys = createKeys({ session, home });
  for (const page of ['welcome.html#2', 'options.html#keys'])
    for (const command of ['glance', 'not-now', 'hold', 'moment-1']) await keys.onCommand(command, { id: 5, url: chrome.runtime.getURL(page) });
  assert.deepEqual(done, []);
  for (const command of ['hide', 'sharing', 'crisis']) await keys.onCommand(command, { id: 5, url: chrome.runtime.getURL('options.html#keys') });
  await keys.onCommand('hold', { id: 5, url: chrome.runtime.getURL('options.html#prompts') });
  assert.deepEqual(done, ['hide_key', 'sharing_key', 'crisis_key', 'hold_key'].flatMap((input) => [input, { back: 5 }]));
});

test('before a session, a glance opens a window only where there is no toolbar', async () => {
  session.isRunning = false;
  const keys = createKeys({ session, home });
  await keys.onCommand('glance', { id: 5, windowId: 1 });
  assert.equal(windows.opened, undefined);
  windows.type = 'popup';
  await keys.onCommand('hold', { id: 5, windowId: 1 });
  await keys.onCommand('glance', { id: 6, windowId: 1, url: chrome.runtime.getURL('float.html') });
  assert.equal(windows.opened, undefined, 'only a glance, and only beside a call');
  await keys.onCommand('glance', { id: 5, windowId: 1 });
  assert.equal(windows.opened, chrome.runtime.getURL('session.html#tab-5'));
});

test('only a glance brings the floating window to the front', async () => {
  home.place = WINDOW;
  const keys = createKeys({ session, home });
  await keys.onCommand('glance', { id: 5 });
  await keys.onCommand('not-now', { id: 5 });
  await keys.onCommand('hide', undefined);
  assert.deepEqual(done, ['glance', { back: WINDOW }, 'not_now', { back: 5 }, 'hide_key', { back: undefined }]);
});
