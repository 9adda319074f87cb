// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, part } from './chrome.mjs';

const { hintAtCalls, showBadge } = await part('toolbar');

test('the badge shows what the session says, and an exclamation mark while the strip is lost', () => {
  const { seen } = openBrowser();
  const badge = { text: '50', title: { key: 'badge_running' } };
  showBadge(badge, false);
  assert.deepEqual([seen.badge.all, seen.titles.all], ['50', 'badge_running']);
  showBadge(badge, true);
  assert.deepEqual([seen.badge.all, seen.titles.all], ['!', 'badge_lost']);
});

for (const firefox of [false, true]) {
  test(`a call is hinted at as long as no session runs (${firefox ? 'Firefox' : 'Chromium'})`, () => {
    const { seen } = openBrowser({ firefox });
    hintAtCalls({ on: [1, 2], off: [3] }, false);
    const none = firefox ? null : '';
    assert.deepEqual(seen.badge, { 1: '●', 2: '●', 3: null });
    assert.deepEqual(seen.titles, { 1: 'call_noticed', 2: 'call_noticed', 3: none });
    hintAtCalls({ on: [1], off: [] }, true);
    assert.deepEqual([seen.badge[1], seen.titles[1]], [null, none]);
  });
}
