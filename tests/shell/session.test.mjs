// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { openBrowser, part } from './chrome.mjs';

const { createSession } = await part('session');
const start = { start: { choices: { minutes: 50, kind: 'ongoing', profile: 'standard' }, seed: 1 } };

let browser = openBrowser();
beforeEach(() => { browser = openBrowser(); });

/** A session whose strip is in a tab. @param {() => void} [taken] */
function create(taken = () => {}) {
  const tab = browser.addTab();
  const home = { tab, place: tab, isLost: false, recall: async () => {}, unmount: async () => {}, prove: async () => {} };
  return { tab, home, session: createSession({ home, taken }) };
}

test('inputs are taken one after another, so that an older save never overwrites a newer one', async () => {
  const { session } = create();
  await session.take(start);
  const { set } = browser.areas.local;
  /** @type {(() => void)[]} */
  const waiting = [];
  let begun = 0;
  browser.areas.local.set = async (items) => {
    begun += 1;
    await new Promise((done) => waiting.push(() => done(undefined)));
    await set(items);
  };
  const first = session.take({ pause: true });
  const second = session.take({ pause: false });
  while (waiting.length === 0) await new Promise(setImmediate);
  assert.equal(begun, 1, 'the second waits until the first is saved');
  waiting.pop()?.();
  await first;
  const afterFirst = structuredClone(browser.local.session);
  while (waiting.length === 0) await new Promise(setImmediate);
  waiting.pop()?.();
  await second;
  assert.notDeepEqual(browser.local.session, afterFirst);
});

test('a save that fails is reported until one works again, which saves everything', async () => {
  const { session } = create();
  await session.take('look');
  const { set } = browser.areas.local;
  browser.areas.local.set = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
  const { effects } = await session.take({ start: { ...start.start, choices: { ...start.start.choices, minutes: 90 } } });
  assert.ok(effects.save?.memory && effects.save.session, 'both records have changed');
  assert.equal(session.stateAfter(await session.take('look')).saved, false);
  assert.equal(/** @type {any} */ (browser.local).memory?.choices.minutes === 90, false);
  browser.areas.local.set = set;
  assert.equal(session.stateAfter(await session.take({ pause: true })).saved, true);
  const { memory, session: stored } = /** @type {any} */ (browser.local);
  assert.equal(memory.choices.minutes, 90);
  assert.ok(stored.running);
});

test('an alarm that is null is cleared, and one that has not changed is left alone', async () => {
  const { session } = create();
  browser.seen.alarms.wake = 5;
  const { effects } = await session.take('look');
  assert.equal(effects.alarm, null, 'null, and not absent');
  assert.ok(!('wake' in browser.seen.alarms));
  await session.take(start);
  const { wake } = browser.seen.alarms;
  assert.ok(wake > Date.now() + 5000);
  browser.seen.alarms.wake = 7;
  await session.take('look');
  assert.equal(browser.seen.alarms.wake, 7);
});

test('something that is not an input is refused, and the next one is taken', async () => {
  const { session } = create();
  const refused = session.take({ sing: true });
  const taken = session.take(start);
  await assert.rejects(refused);
  assert.ok((await taken).view.popup.running);
  assert.ok(session.isRunning);
});

test('surfaces are told after everything else is done', async () => {
  const { session } = create(() => {
    assert.ok(browser.local.session, 'saved');
    assert.deepEqual(browser.seen.said, [], 'not told yet');
  });
  const { view } = await session.take(start);
  assert.deepEqual(browser.seen.said.map((/** @type {any} */ { to, say }) => [to, say.view]), [['surfaces', view]]);
});

test('the strip’s page is told once that a screen is shared, and once that none is', async () => {
  const { session, tab } = create();
  await session.take(start);
  for (const share_detected of [true, true, false, false]) {
    await session.take({ share_detected });
    assert.equal(session.isShared, share_detected);
  }
  assert.deepEqual(browser.tab(tab).orders, [{ cover: true }, { cover: false }]);
});

test('if storage cannot be read, the engine starts fresh', async () => {
  browser.areas.local.get = () => Promise.reject(new Error('The disk is broken.'));
  const { session } = create();
  assert.ok((await session.take('look')).view.popup.ready);
});

test('a session that ends takes its strip along', async () => {
  let unmounted = 0;
  const { session, home } = create();
  home.unmount = async () => void (unmounted += 1);
  await session.take('look');
  assert.equal(unmounted, 0, 'none has run');
  await session.take(start);
  await session.take('end');
  assert.equal(unmounted, 1);
  assert.equal(session.isRunning, false);
});

test('another offer is adopted in the turn of its input', async () => {
  const { session } = create();
  const { view } = await session.adopt({ version: '1', deck: null, offer: { minutes: 25 } });
  assert.equal(view.popup.ready.minutes, 25);
});
