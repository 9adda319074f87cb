// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { openBrowser } from './chrome.mjs';

/** @type {import('../../target/attune/wasm/background.js').Input} */
const start = { start: { choices: { minutes: 50, kind: 'ongoing', profile: 'standard' }, seed: 1 } };

let browser = openBrowser();
let tab = 0;
/** A content script in the call's page. */
let content = {};
beforeEach(async () => {
  browser = openBrowser();
  tab = browser.addTab();
  content = { tab: { id: tab }, frameId: 0, url: 'https://call.example/room', origin: 'https://call.example' };
  await browser.wake();
});

const view = async () => (await browser.ask({ take: { input: 'look', tab: null } })).state.view;

test('a content script may say that a screen is shared, and nothing else', async () => {
  assert.equal(await browser.ask({ take: { input: start, tab } }, content), undefined);
  assert.ok((await view()).popup.ready);
  await browser.ask({ take: { input: start, tab } });
  for (const say of /** @type {any[]} */ (['keys', 'settle', { mount: tab }, { take: { input: 'end', tab: null } }, null, 7, undefined, {}]))
    assert.equal(await browser.ask(say, content), undefined);
  assert.ok((await view()).popup.running);
  assert.deepEqual(await browser.ask({ share: true }, content), { shared: true });
  assert.equal((await view()).popup.running.sharing, true);
});

test('messages for others are left alone', async () => {
  for (const message of [{ to: 'surfaces', say: {} }, { to: 'content', say: 'confirm_strip' }, { to: 'nobody' }, null, 'look'])
    assert.equal(await browser.send(message, { url: 'chrome-extension://attune/session.html' }), undefined);
});

test('a page of another extension or site with a similar address is not one of Attune’s', async () => {
  for (const url of ['chrome-extension://attune-2/session.html', 'https://chrome-extension/attune/session.html', undefined])
    assert.equal(await browser.ask('keys', { url }), undefined);
});

test('the shortcuts are listed, empty if there is none', async () => {
  assert.deepEqual(await browser.ask('keys'), { keys: { glance: 'Alt+Shift+K', hide: '' } });
});

test('what cannot be done is reported, with the reason', async () => {
  const { failed } = await browser.ask(/** @type {any} */ ({ take: { input: { sing: true }, tab: null } }));
  assert.match(failed, /sing/);
});

test('a Start that the engine refuses is reported, and leaves no strip behind', async () => {
  const choices = { minutes: 50, kind: /** @type {const} */ ('ongoing'), profile: 'nobody’s' };
  const { state } = await browser.ask({ take: { input: { start: { choices, seed: 1 } }, tab } });
  assert.equal(typeof state.problem.key, 'string');
  assert.deepEqual([state.beside.strip, browser.tab(tab).strip], ['nowhere', false]);
});

test('a closed tab is neither a place nor an obstacle', async () => {
  const { state } = await browser.ask({ take: { input: 'look', tab: 99 } });
  assert.deepEqual(state.beside, { strip: 'nowhere', closed: 'own', call: { on: false, site: [], allowed: false } });
});

test('nothing that is missing is absent', async () => {
  const { state } = await browser.ask({ take: { input: 'look', tab: null } });
  assert.deepEqual(Object.keys(state).sort(), ['afresh', 'beside', 'problem', 'saved', 'view']);
  assert.deepEqual([state.problem, state.beside, state.view.wake_at], [null, null, null]);
});

test('a request to settle the settings is answered with the state', async () => {
  const { state } = await browser.ask('settle');
  assert.ok(state.view.popup.ready);
  assert.equal(state.beside, null);
});

test('a session goes on where another tab asks for the strip', async () => {
  await browser.ask({ take: { input: start, tab } });
  const other = browser.addTab();
  const { state } = await browser.ask({ mount: other });
  assert.deepEqual([state.beside.strip, browser.tab(other).strip, browser.tab(tab).strip], ['here', true, false]);
  assert.deepEqual(browser.tab(tab).orders.at(-1), { leave: { moved: true } });
});
