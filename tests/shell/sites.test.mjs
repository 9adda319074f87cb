// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBrowser, part } from './chrome.mjs';

const { allowedOrigins, areAllowed, fits, originsOf, siteAt } = await part('sites');

test('a pattern fits its site, whatever the port and the path, and no other', () => {
  /** @type {[string, string, boolean][]} */
  const cases = [
    ['https://meet.example/*', 'https://meet.example:8443/a/b?c', true],
    ['https://meet.example/*', 'http://meet.example/', false],
    ['https://meet.example/*', 'https://not-meet.example/', false],
    ['https://*.meet.example/*', 'https://meet.example/', true],
    ['https://*.meet.example/*', 'https://a.b.meet.example/', true],
    ['https://*.meet.example/*', 'https://notmeet.example/', false],
    ['*://meet.example/*', 'http://meet.example/', true],
    ['https://*/*', 'https://any.example/', true],
    ['', 'https://any.example/', false],
  ];
  for (const [pattern, address, fit] of cases) assert.equal(Boolean(fits(pattern, new URL(address))), fit, `${pattern} ${address}`);
});

test('an address has an origin if it is a site’s', () => {
  assert.deepEqual(originsOf('https://call.example:8443/room'), ['https://call.example/*']);
  for (const address of ['', 'about:blank', 'chrome://settings', 'file:///etc/passwd', 'null']) assert.deepEqual(originsOf(address), []);
});

test('a known site is asked for as a whole, another one as it is', async () => {
  openBrowser();
  assert.deepEqual(await siteAt('https://call.example/room'), ['https://call.example/*']);
  assert.ok((await siteAt('https://us02web.zoom.us/wc/1')).some((/** @type {string} */ origin) => origin.includes('zoom.us')));
  assert.deepEqual(await siteAt('about:blank'), []);
});

test('only sites are allowed, and nothing else', async () => {
  const browser = openBrowser();
  browser.allow('https://call.example/*', 'file:///*');
  assert.deepEqual(await allowedOrigins(), ['https://call.example/*']);
  assert.deepEqual([await areAllowed(['https://call.example/*']), await areAllowed(['https://other.example/*']), await areAllowed([])], [true, false, false]);
});
