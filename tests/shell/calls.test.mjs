// @ts-check
// Calls that notice.js notices, up to the hint, the Start or the question that follows.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { until } from '../browser/drive/until.mjs';
import { openBrowser } from './chrome.mjs';

/** @type {import('../../target/attune/wasm/background.js').Input} */
const start = { start: { choices: { minutes: 50, kind: 'ongoing', profile: 'standard' }, seed: 1 } };
const site = 'https://call.example/*';
const clock = Date.now;

let browser = openBrowser();
let tab = 0;
beforeEach(async () => {
  browser = openBrowser();
  tab = browser.addTab();
  browser.allow(site);
  await browser.wake();
});
afterEach(() => { Date.now = clock; });

/** A frame of the call's page says what plays. @param {'none' | 'still' | 'plays'} media */
const say = (media, id = tab, origin = 'https://call.example') =>
  browser.connect(`call ${media}`, { tab: { id }, frameId: 0, origin });
const view = async () => (await browser.ask({ take: { input: 'look', tab: null } })).state.view;
const beside = async () => (await browser.ask({ take: { input: 'look', tab } })).state.beside.call;

const starts = () => /** @type {string[]} */ (browser.local.starts);

/** Time passes while the worker sleeps, and the alarm wakes it. @param {number} seconds */
async function pass(seconds) {
  const now = clock() + seconds * 1000;
  Date.now = () => now;
  await browser.wake();
  browser.chrome.alarms.onAlarm.emit({ name: 'calls' });
}

test('a call is hinted at in its tab until it has ended, even if the worker was stopped', async () => {
  say('plays');
  await until('the hint', () => browser.seen.badge[tab] === '●');
  assert.deepEqual(await beside(), { on: true, site: [site], allowed: true });
  assert.equal(typeof browser.session.calls, 'object');
  await browser.wake();
  assert.deepEqual(await beside(), { on: true, site: [site], allowed: true });
  say('none');
  await until('an alarm', () => browser.seen.alarms.calls);
  await pass(11);
  await until('the hint to be gone', () => browser.seen.badge[tab] === null);
  assert.equal((await beside()).on, false);
  await until('no alarm', () => !('calls' in browser.seen.alarms));
});

test('the hint goes while a session runs, and no session starts automatically then', async () => {
  browser.local.starts = [site];
  const other = browser.addTab();
  await browser.ask({ take: { input: start, tab: other } });
  say('plays');
  await until('the call', async () => (await beside()).on);
  assert.notEqual(browser.seen.badge[tab], '●');
  assert.equal(browser.tab(tab).strip, false);
});

test('a session starts automatically on a site where that is wanted, and where its strip can be', async () => {
  browser.local.starts = ['https://other.example/*', site];
  browser.tab(tab).open = false;
  say('plays');
  await until('the call', async () => (await beside()).on);
  assert.ok((await view()).popup.ready);
  const open = browser.addTab();
  say('plays', open);
  await until('the session', async () => (await view()).popup.running);
  assert.ok(browser.tab(open).strip);
});

test('on other sites, none starts automatically', async () => {
  browser.local.starts = ['https://other.example/*'];
  say('plays');
  await until('the call', async () => (await beside()).on);
  assert.ok((await view()).popup.ready);
});

test('whether the session is over is asked for the call beside the strip, and for no other', async () => {
  const other = browser.addTab();
  for (const id of [tab, other]) say('plays', id);
  await until('both calls', async () => [tab, other].every((id) => browser.seen.badge[id] === '●'));
  await browser.ask({ take: { input: start, tab } });
  say('none', other);
  await until('an alarm', () => browser.seen.alarms.calls);
  await pass(11);
  await until('the other call to be over', () => !('calls' in browser.seen.alarms));
  assert.equal((await view()).popup.running.over, false);
  say('none');
  await until('an alarm', () => browser.seen.alarms.calls);
  await pass(22);
  await until('the question', async () => (await view()).popup.running.over);
});

test('a report that takes longer to check is not newer than the one after it', async () => {
  const { contains } = browser.chrome.permissions;
  let checked = /** @type {(value: void) => void} */ (() => {});
  browser.chrome.permissions.contains = async (/** @type {any} */ what) => {
    await new Promise((done) => { checked = done; });
    return contains(what);
  };
  const told = [say('plays'), say('none')];
  await until('the check', async () => {
    checked();
    return told.every(([answer]) => answer === 'heard');
  });
  assert.deepEqual(/** @type {any} */ (browser.session.calls)[0].frames, []);
});

test('a page that may no longer be looked at is told to stop', async () => {
  browser.allow();
  const told = say('plays');
  await until('it to be told', () => told.length === 1);
  assert.deepEqual(told, ['end']);
  assert.equal((await beside()).on, false);
  say('none'); // may always be said
  say('plays', tab, 'null');
  browser.connect('pair', { tab: { id: tab } });
});

test('a site that is allowed is looked at from then on, also in pages that are open', async () => {
  const { permissions, runtime } = browser.chrome;
  permissions.onAdded.emit({ origins: [site] });
  await until('the page to be looked at', () => browser.seen.scripts.some((/** @type {any} */ { files }) => files?.includes('notice.js')));
  assert.deepEqual(browser.seen.registered.map((/** @type {any} */ { id, matches }) => [id, matches]), [['notice', [site]]]);
  runtime.onStartup.emit();
  runtime.onInstalled.emit({ reason: 'update' });
  await until('it to be registered again', () => browser.seen.registered.length === 1);
  browser.local.starts = [site, 'https://other.example/*'];
  browser.allow('https://other.example/*');
  permissions.onRemoved.emit({ origins: [site] });
  await until('it to be forgotten', () => starts().length === 1);
  assert.deepEqual(browser.local.starts, ['https://other.example/*']);
  browser.allow();
  permissions.onRemoved.emit({});
  await until('nothing to be registered', () => browser.seen.registered.length === 0 && starts().length === 0);
});

test('calls stored in another form are ignored', async () => {
  browser.session.calls = 'attune calls, 1';
  await browser.wake();
  assert.equal((await beside()).on, false);
});
