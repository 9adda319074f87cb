// @ts-check
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { until } from '../browser/drive/until.mjs';
import { openBrowser, part } from './chrome.mjs';

const { createFloat, WINDOW } = await part('float');
const { createHome, whyClosed } = await part('home');

let browser = openBrowser();
let changed = 0;
beforeEach(() => {
  browser = openBrowser();
  changed = 0;
});

const create = () => {
  const float = createFloat();
  return { float, home: createHome({ float, changed: () => { changed += 1; } }) };
};

test('the strip moves, and the tab it leaves is told that the session goes on', async () => {
  const { home } = create();
  const [first, second] = [browser.addTab(), browser.addTab()];
  assert.equal(await home.seenFrom(first), 'nowhere');
  assert.equal(await home.mount(first), true);
  assert.deepEqual([await home.seenFrom(first), await home.seenFrom(second), home.tab], ['here', 'elsewhere', first]);
  assert.equal(await home.mount(second), true);
  assert.deepEqual(browser.tab(first).orders.at(-1), { leave: { moved: true } });
  assert.equal(changed, 2);
  await home.mount(second);
  assert.equal(changed, 2, 'it was there already');
});

test('the end of a session also takes the guards from tabs that the strip has left', async () => {
  const { home } = create();
  const [first, second] = [browser.addTab(), browser.addTab()];
  await home.mount(first);
  await home.mount(second);
  await home.unmount();
  for (const tab of [first, second]) assert.deepEqual(browser.tab(tab).orders.at(-1), { leave: { moved: false } });
  assert.deepEqual([home.place, browser.session], [undefined, {}]);
});

test('if nothing can be injected, the strip stays where it is', async () => {
  const { home } = create();
  const [open, shut] = [browser.addTab(), browser.addTab({ open: false })];
  await home.mount(open);
  assert.equal(await home.mount(shut), false);
  assert.deepEqual([await whyClosed(open), await whyClosed(shut), await whyClosed(99), await whyClosed(WINDOW)], [null, 'blocked', 'own', null]);
  assert.equal(home.place, open);
});

test('the strip comes back only to the tab that has lost it', async () => {
  const { home } = create();
  const [tab, other] = [browser.addTab(), browser.addTab()];
  await home.mount(tab);
  browser.tab(tab).strip = false;
  await home.comeBack(other);
  await home.comeBack(undefined);
  assert.equal(await home.seenFrom(tab), 'nowhere');
  await home.comeBack(tab);
  assert.equal(await home.seenFrom(tab), 'here');
});

test('a strip that cannot be seen counts as lost, until it can', async () => {
  const { home } = create();
  const tab = browser.addTab();
  await home.prove();
  await home.mount(tab);
  const before = changed;
  await home.prove();
  assert.deepEqual([home.isLost, changed], [false, before]);
  browser.tab(tab).seen = false;
  await home.prove();
  await home.prove();
  assert.deepEqual([home.isLost, await home.seenFrom(tab), changed], [true, 'nowhere', before + 1]);
  browser.tab(tab).seen = true;
  await home.prove();
  assert.deepEqual([home.isLost, await home.seenFrom(tab), changed], [false, 'here', before + 2]);
  browser.tab(tab).strip = false; // the tab has crashed
  await home.prove();
  assert.equal(home.isLost, true);
});

test('a worker that was stopped knows where the strip is, and whether it was lost', async () => {
  const before = create();
  const tab = browser.addTab();
  await before.home.mount(tab);
  browser.tabs.delete(tab);
  await before.home.onLeaving(tab);
  assert.deepEqual([before.home.isLost, changed], [true, 2]);
  const after = create();
  await after.home.recall();
  assert.deepEqual([after.home.place, after.home.isLost], [tab, true]);
});

test('only the strip’s own page is listened to when it goes, and only until it is there again', async () => {
  const { home } = create();
  const tab = browser.addTab();
  await home.onLeaving(tab);
  await home.mount(tab);
  await home.onLeaving(tab + 1);
  assert.equal(browser.chrome.tabs.onUpdated.size, 0);
  await home.onLeaving(tab);
  assert.equal(browser.chrome.tabs.onUpdated.size, 1);
  browser.chrome.tabs.onUpdated.emit(tab + 1, { status: 'complete' });
  browser.chrome.tabs.onRemoved.emit(tab + 1);
  assert.equal(browser.chrome.tabs.onUpdated.size, 1);
  browser.chrome.tabs.onRemoved.emit(tab);
  await until('nobody to listen', () => browser.chrome.tabs.onUpdated.size + browser.chrome.tabs.onRemoved.size === 0);
  assert.equal(home.isLost, true);
});

test('the floating window is opened once, comes to the front, and is lost when it is closed', async () => {
  const { home, float } = create();
  await home.mount(WINDOW);
  await home.mount(WINDOW);
  const { windows } = browser.seen;
  assert.deepEqual([windows.length, windows[1].change], [2, { focused: true, state: 'normal' }]);
  assert.deepEqual([float.tab, home.tab, await home.seenFrom(1)], [windows[0], undefined, 'floating']);
  browser.tabs.delete(windows[0]);
  await home.onLeaving(undefined); // Firefox does not say which tab it was
  assert.deepEqual([home.isLost, await home.seenFrom(WINDOW)], [true, 'nowhere']);
});

test('of two floating windows the newer one counts', async () => {
  const { float } = create();
  await float.open();
  const [old] = browser.seen.windows;
  const url = 'chrome-extension://attune/float.html';
  const restored = browser.addTab({ url });
  await float.meet({ tab: { id: 7 }, url: 'chrome-extension://attune/session.html' });
  assert.equal(float.tab, old);
  await float.meet({ tab: { id: restored }, url });
  assert.deepEqual([float.tab, browser.tabs.has(old), browser.session.floating], [restored, false, restored]);
  await float.close();
  assert.deepEqual([float.tab, browser.tabs.has(restored), browser.session], [undefined, false, {}]);
});
