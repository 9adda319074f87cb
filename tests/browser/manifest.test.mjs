// @ts-check
// The manifest keeps the promises of the README, and the shipped manifests match their source. No browser is needed
// here.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { version } from '../../tools/version.mjs';
import { keys } from './steps.mjs';

/** @param {string} path @returns {Promise<any>} */
const json = async (path) => JSON.parse(await readFile(path, 'utf8'));

const source = await json('extension/manifest.json');
const shipped = { chromium: await json('dist/chromium/manifest.json'), firefox: await json('dist/firefox/manifest.json') };
const every = Object.entries({ 'the source': source, ...shipped });
const readme = await readFile('README.md', 'utf8');

/**
 * The rows of the first table under a heading, each as a list of cells, without the header.
 * @param {string} heading
 */
function table(heading) {
  const [, section = ''] = readme.split(new RegExp(`^## ${heading}$`, 'm'));
  const [lines] = section.split(/^## /m)[0].match(/^(?:\|.*\n)+/m) ?? [''];
  return lines.trim().split('\n').slice(2).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

/** Pages, scripts and styles that ship. */
async function sources() {
  const names = (await readdir('extension')).filter((name) => /\.(js|html|css)$/.test(name));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(`extension/${name}`, 'utf8') })));
}

test('README gives a reason for each permission, and for no other', () => {
  const rows = table('Permissions');
  for (const [name, manifest] of every) {
    const known = rows.map(([permission]) => permission.replaceAll('`', ''));
    // Firefox does not have this permission, and the README says so.
    const listed = known.filter((permission) => name !== 'firefox' || permission !== 'sidePanel');
    assert.deepEqual(listed.toSorted(), manifest.permissions.toSorted(), name);
    assert.equal(new Set(listed).size, listed.length, 'one row each');
  }
  for (const [permission, reason] of rows) assert.ok(reason.split(' ').length >= 3, `${permission} has a reason`);
});

test('no site is opened to Attune at install, and nothing but single sites can be asked for later', () => {
  for (const [name, manifest] of every) {
    for (const key of ['host_permissions', 'optional_permissions', 'content_scripts', 'externally_connectable'])
      assert.equal(manifest[key], undefined, `${name}: ${key}`);
    assert.deepEqual(manifest.optional_host_permissions, ['https://*/*', 'http://*/*'], name);
    // A pattern among the permissions would be a host permission, too.
    for (const permission of manifest.permissions) assert.match(permission, /^[a-zA-Z]+$/, name);
  }
});

test('README names the default keys', () => {
  const inReadme = table('In a session').map(([key]) => key);
  for (const [name, manifest] of every) {
    const suggested = Object.values(manifest.commands).map((command) => command.suggested_key?.default).filter(Boolean);
    assert.deepEqual(suggested, inReadme, name);
    assert.ok(suggested.length <= 4, 'Chromium refuses more');
    // Taken by Chromium itself, or by Firefox's menus.
    for (const key of suggested) assert.match(key, /^Alt\+Shift\+[DGIJKLMOQUY]$/, name);
  }
  assert.deepEqual(inReadme.map((key) => key.toLowerCase()), Object.values(keys), 'the keys that the tests press');
});

test('extension pages load their own files and reach nothing else', async () => {
  for (const [name, manifest] of every) {
    const policy = manifest.content_security_policy.extension_pages;
    const rules = Object.fromEntries(policy.split(';').map((/** @type {string} */ rule) => {
      const [directive, ...values] = rule.trim().split(/\s+/);
      return [directive, values.join(' ')];
    }));
    assert.equal(rules['default-src'], "'none'", name);
    assert.equal(rules['connect-src'], "'self'", name);
    assert.equal(rules['script-src'], "'self' 'wasm-unsafe-eval'", name);
    for (const [directive, values] of Object.entries(rules))
      assert.match(values, /^('self'|'none'|'wasm-unsafe-eval'| )+$/, `${name}: ${directive}`);
    assert.equal(manifest.content_security_policy.sandbox, undefined, name);
  }
  for (const { name, text } of await sources()) {
    assert.doesNotMatch(text, /\b(https?|wss?|ftp):\/\/(?!www\.w3\.org\/)/, `${name} names another address`);
    assert.doesNotMatch(text, /\b(XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection|getUserMedia)\b/, name);
  }
});

test('every text that a manifest or a page names is there', async () => {
  const texts = await json('extension/_locales/en/messages.json');
  const named = [JSON.stringify(source).matchAll(/__MSG_(\w+)__/g)];
  for (const { text } of await sources()) named.push(text.matchAll(/data-i18n(?:-label)?="(\w+)"/g));
  for (const { text } of await sources()) named.push(text.matchAll(/getMessage\('(\w+)'/g));
  const names = named.flatMap((matches) => [...matches].map(([, name]) => name));
  assert.ok(names.length > 50, 'they are found');
  for (const name of names) assert.ok(texts[name]?.message, name);
});

test('what ships is the source, less what only the other browser knows', async () => {
  const chromium = structuredClone(source);
  delete chromium.browser_specific_settings;
  delete chromium.background.scripts;
  delete chromium.sidebar_action;
  const firefox = structuredClone(source);
  delete firefox.minimum_chrome_version;
  delete firefox.background.service_worker;
  delete firefox.side_panel;
  delete firefox.storage;
  firefox.permissions = firefox.permissions.filter((/** @type {string} */ name) => name !== 'sidePanel');
  delete firefox.web_accessible_resources[0].use_dynamic_url;
  assert.deepEqual(shipped.chromium, { ...chromium, version: await version() });
  assert.deepEqual(shipped.firefox, { ...firefox, version: await version() });
});

for (const name of /** @type {const} */ (['chromium', 'firefox']))
  test(`everything that the manifest for ${name} names is shipped`, async () => {
    const manifest = shipped[name];
    const paths = [
      ...Object.values(manifest.icons), ...Object.values(manifest.action.default_icon), manifest.action.default_popup,
      manifest.side_panel?.default_path ?? manifest.sidebar_action.default_panel,
      manifest.background.service_worker ?? manifest.background.scripts[0],
      ...manifest.web_accessible_resources.flatMap((/** @type {{resources: string[]}} */ { resources }) => resources),
      `_locales/${manifest.default_locale}/messages.json`,
    ];
    assert.ok(paths.length >= 10);
    for (const path of paths) assert.ok((await readFile(`dist/${name}/${path.split('#')[0]}`)).length > 0, path);
  });

test('what can be pressed in the popup can be pressed in the side panel', async () => {
  const page = await readFile('extension/session.html', 'utf8');
  const only = [...page.matchAll(/ data-(?:only|open)="(\w+)"/g)].map(([, surface]) => surface);
  assert.deepEqual(new Set(only), new Set(['popup', 'panel']));
  const buttons = [...page.matchAll(/<[^>]* data-do="(\w+)"[^>]*>/g)].map(([tag, deed]) => ({ deed, only: tag.includes(' data-only="popup"') }));
  const ofPanel = buttons.filter(({ only }) => !only).map(({ deed }) => deed);
  assert.ok(ofPanel.length > 20);
  const missing = buttons.map(({ deed }) => deed).filter((deed) => deed !== 'panel' && !ofPanel.includes(deed));
  assert.deepEqual(missing, []);
});

test('a page can find out about the strip only, and about nothing by guessing', () => {
  const [strip, ...others] = source.web_accessible_resources;
  assert.deepEqual(others, []);
  assert.deepEqual(strip.resources, ['strip.html']);
  assert.equal(shipped.chromium.web_accessible_resources[0].use_dynamic_url, true);
});
