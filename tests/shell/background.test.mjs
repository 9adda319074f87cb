// @ts-check
// The whole background, as the browser runs it: from a message, a key or an alarm to what is stored, shown and sent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../browser/drive/until.mjs';
import { openBrowser } from './chrome.mjs';

/** @import { Input } from '../../target/attune/wasm/background.js' */

/** @type {Input} */
const start = { start: { choices: { minutes: 50, kind: 'ongoing', profile: 'standard' }, seed: 1 } };
const WINDOW = -1;

/** A browser with a call in a tab, and a session beside it. @param {Parameters<typeof openBrowser>[0]} [how] */
async function withSession(how) {
  const browser = openBrowser(how);
  const tab = browser.addTab();
  await browser.wake();
  const { state } = await browser.ask({ take: { input: start, tab } });
  assert.ok(state.view.popup.running);
  return { browser, tab };
}

/** @param {ReturnType<typeof openBrowser>} browser @param {Input} [input] */
const take = async (browser, input = 'look') => (await browser.ask({ take: { input, tab: null } })).state;

for (const firefox of [false, true]) {
  const name = firefox ? 'Firefox' : 'Chromium';

  test(`Start brings the strip to the tab and everything to where it belongs (${name})`, async () => {
    const { browser, tab } = await withSession({ firefox });
    assert.ok(browser.tab(tab).strip);
    assert.ok(browser.seen.alarms.wake > Date.now());
    assert.equal(browser.session.home, tab);
    assert.deepEqual([typeof browser.local.memory, typeof browser.local.session], ['object', 'object']);
    assert.equal(browser.seen.css.has(tab), firefox, 'only Firefox has the rule that makes the strip visible');
    const { state } = await browser.ask({ take: { input: 'look', tab } });
    assert.deepEqual(state.beside, { strip: 'here', closed: null, call: { on: false, site: ['https://call.example/*'], allowed: false } });
    assert.deepEqual([state.problem, state.saved, state.afresh], [null, true, false]);
    // Firefox reaches a frame inside a page only through its tab.
    assert.equal(browser.tab(tab).shown.length > 0, firefox);
    const { to, say } = browser.seen.said.at(-1);
    assert.deepEqual([to, say.home, say.view], ['surfaces', tab, state.view]);
  });
}

test('the alarm is cleared when nothing is to come', async () => {
  const { browser } = await withSession();
  assert.ok('wake' in browser.seen.alarms);
  await take(browser, 'end');
  assert.ok(!('wake' in browser.seen.alarms));
});

test('a worker that was stopped goes on where it was', async () => {
  const { browser, tab } = await withSession();
  const before = await take(browser);
  await browser.wake();
  const after = await take(browser);
  assert.deepEqual(after.view.popup.running.marks, before.view.popup.running.marks);
  assert.equal(after.afresh, false);
  await take(browser, 'end');
  assert.ok(!browser.tab(tab).strip, 'it knows where the strip is');
});

test('of two Starts in two windows one starts, and the second finds a session that runs', async () => {
  const browser = openBrowser();
  const [here, there] = [browser.addTab(), browser.addTab()];
  await browser.wake();
  const both = await Promise.all([here, there].map((tab) => browser.ask({ take: { input: start, tab } })));
  assert.deepEqual(both.map(({ state }) => state.beside.strip), ['here', 'elsewhere']);
  assert.deepEqual([browser.tab(here).strip, browser.tab(there).strip], [true, false]);
});

test('a session is not started where its strip cannot be', async () => {
  const browser = openBrowser();
  const tab = browser.addTab({ open: false });
  await browser.wake();
  const { state } = await browser.ask({ take: { input: start, tab } });
  assert.ok(state.view.popup.ready);
  assert.deepEqual([state.beside.strip, state.beside.closed], ['nowhere', 'blocked']);
});

test('in the floating window a session can always be started, and the strip can move from there', async () => {
  const browser = openBrowser();
  await browser.wake();
  const { state } = await browser.ask({ take: { input: start, tab: WINDOW } });
  assert.equal(state.beside.strip, 'floating');
  const window = browser.seen.windows[0];
  assert.equal(browser.session.floating, window);
  const tab = browser.addTab();
  const moved = await browser.ask({ mount: tab });
  assert.equal(moved.state.beside.strip, 'here');
  assert.ok(!browser.tabs.has(window), 'the window is closed');
});

test('if the strip is lost, the toolbar button and the pages say so, and a key brings it back', async () => {
  const { browser, tab } = await withSession();
  browser.connect('leaving', { tab: { id: tab } });
  await until('somebody to listen', () => browser.chrome.tabs.onUpdated.size);
  Object.assign(browser.tab(tab), { strip: false, open: false }); // a page that nothing may be injected into
  browser.chrome.tabs.onUpdated.emit(tab, { status: 'complete' });
  await until('the badge', () => browser.seen.badge.all === '!');
  assert.equal(browser.seen.titles.all, 'badge_lost');
  assert.equal(browser.seen.said.at(-1).say.home, null);
  assert.equal(browser.chrome.tabs.onUpdated.size, 0, 'nobody listens to page loads any more');

  await browser.wake();
  browser.tab(tab).open = true;
  browser.chrome.commands.onCommand.emit('hide', { id: tab });
  await until('the strip', () => browser.tab(tab).strip);
  await until('the badge', () => browser.seen.badge.all !== '!');
});

test('a page that is reloaded gets its strip back', async () => {
  const { browser, tab } = await withSession();
  browser.tab(tab).strip = false;
  browser.connect('leaving', { tab: { id: tab } });
  await until('somebody to listen', () => browser.chrome.tabs.onUpdated.size);
  browser.chrome.tabs.onUpdated.emit(tab, { status: 'loading' });
  browser.chrome.tabs.onUpdated.emit(tab, { status: 'complete' });
  await until('the strip', () => browser.tab(tab).strip);
  await until('nobody to listen', () => browser.chrome.tabs.onUpdated.size === 0);
});

test('a session that is ended at the strip is summed up in the popup', async () => {
  const { browser } = await withSession();
  await browser.ask({ take: { input: 'end', tab: null } }, { url: 'chrome-extension://attune/strip.html' });
  await until('the popup', () => browser.seen.popups === 1);
});

test('an alarm takes a look, and a start of the browser says that nothing is shared', async () => {
  const { browser } = await withSession();
  await take(browser, { share_detected: true });
  browser.chrome.runtime.onStartup.emit();
  await until('the share to be over', async () => !(await take(browser)).view.popup.running.sharing);
  const pictures = browser.seen.said.length;
  browser.chrome.alarms.onAlarm.emit({ name: 'wake' });
  await until('a picture', () => browser.seen.said.length > pictures);
});

test('what a build before the first release stored as text is set aside and reported, and Start works', async () => {
  const old = {
    engine: 'attune snapshot, 2\nmemory\t1',
    settings: 'H4sIAAAAAAAAA6tWSs7PLShKLS5OTVGyUgIAOQ7qFA==',
    settled: { version: '1.0.0', deck: 'attune deck, 1', offer: '{"minutes":50}' },
    look: 'large dark',
    place: 'attune places, 1',
    emergency: '["Call"]',
    starts: 'https://call.example/*',
    unreadable: 'attune snapshot, 1',
    welcomed: true,
  };
  const browser = openBrowser({ local: structuredClone(old) });
  const tab = browser.addTab();
  await browser.wake();
  browser.chrome.runtime.onInstalled.emit({ reason: 'update' });
  const { engine, settings, look, place, emergency, starts, unreadable } = old;
  assert.equal((await take(browser)).afresh, true);
  assert.deepEqual(browser.local.unreadable, { engine, settings, look, place, emergency, starts, unreadable });
  const { state } = await browser.ask({ take: { input: start, tab } });
  assert.ok(state.view.popup.running);
  assert.deepEqual(Object.keys(browser.local).sort(), ['memory', 'session', 'unreadable', 'welcomed']);

  await browser.wake();
  assert.equal((await take(browser)).afresh, false);
  assert.ok((await take(browser)).view.popup.running);
});

test('a session that cannot be read is set aside and reported, and its strip goes', async () => {
  const { browser, tab } = await withSession();
  const broken = { version: 1, running: 'yes' };
  browser.local.session = broken;
  browser.local.unreadable = { look: 'dark' };
  await browser.wake();
  const state = await take(browser);
  assert.deepEqual([state.afresh, 'ready' in state.view.popup], [true, true]);
  assert.deepEqual(browser.local.unreadable, { session: broken, look: 'dark' });
  assert.ok(!browser.tab(tab).strip);
});

test('a session goes on where only what is kept from session to session cannot be read', async () => {
  const { browser, tab } = await withSession();
  browser.local.memory = { version: 2 };
  await browser.wake();
  const state = await take(browser);
  assert.deepEqual([state.afresh, 'running' in state.view.popup], [true, true]);
  assert.deepEqual(browser.local.unreadable, { memory: { version: 2 } });
  assert.ok(browser.tab(tab).strip);
});

test('what another version made of the settings is ignored', async () => {
  const browser = openBrowser({ local: { settled: { version: '0.9', deck: { format: 99 }, offer: { length: 5 } } } });
  await browser.wake();
  assert.ok((await take(browser)).view.popup.ready);
  await until('it to be gone', () => !('settled' in browser.local));
});

test('the welcome page opens once, and not where a clinic has installed Attune', async () => {
  /** @param {ReturnType<typeof openBrowser>} browser */
  const pages = (browser) => [...browser.tabs.values()].filter(({ url }) => url.endsWith('welcome.html')).length;
  const own = openBrowser();
  await own.wake();
  for (let time = 0; time < 2; time++) {
    own.chrome.runtime.onInstalled.emit({ reason: 'install' });
    await until('the page', () => own.local.welcomed);
    await take(own);
  }
  assert.equal(pages(own), 1);
  const clinic = openBrowser({ installType: 'admin' });
  await clinic.wake();
  clinic.chrome.runtime.onInstalled.emit({ reason: 'install' });
  await take(clinic);
  assert.equal(pages(clinic), 0);
});
