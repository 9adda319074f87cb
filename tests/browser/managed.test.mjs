// @ts-check
// A clinic sets and locks what it must, through the browser's own policy: a file of the machine's administrator.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { until } from './drive/index.mjs';
import { kept, openOptions, shipped, spanish, turnTo } from './options.mjs';
import { chosen, closePopup, inBrowser, inEachBrowser, openPopup, say, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */

const { title, profiles, prompts } = JSON.parse(spanish);
const clinic = 'North Clinic';

const policies = mkdtempSync(join(tmpdir(), 'policies-'));
mkdirSync(join(policies, 'policies', 'managed'), { recursive: true });
after(() => rmSync(policies, { recursive: true, force: true }));

/** Writes the administrator's file. @param {Browser} browser @param {object} policy */
function administer(browser, policy) {
  const [id] = browser.extensionUrl('').replace('chrome-extension://', '').split('/');
  const file = JSON.stringify({ '3rdparty': { extensions: { [id]: policy } } });
  writeFileSync(join(policies, 'policies', 'managed', 'attune.json'), file);
}

/** Waits until Attune knows the policy. @param {import('./drive/index.mjs').Page} page @param {object} policy */
const told = (page, policy) =>
  until('the policy to arrive', () => page.evaluate(() => chrome.storage.managed.get()), (found) => {
    try {
      assert.deepEqual(found, policy);
      return true;
    } catch {
      return false;
    }
  }, 60_000);

inBrowser('chromium', 'a clinic', (test) => {
  test('locks the profile and the deck, and both appear locked', async ({ browser, open, openCall }) => {
    const own = await openOptions({ browser, open }, 'prompts');
    await own.click('switch', shipped.prompts[0].cue);
    await kept(own);
    const policy = { managed_by: clinic, profile: profiles[1].id, deck: spanish, minutes: 45, locked: ['profile', 'deck'] };
    administer(browser, policy);
    await told(own, policy);
    await own.close();

    const options = await openOptions({ browser, open }, 'decks');
    await options.reads(say('clinic_locks', clinic, [say('setting_profile'), say('setting_deck')].join(', ')));
    await options.reads(say('locked_by', clinic));
    const decks = await options.all('radio');
    assert.deepEqual(decks.map(({ name, disabled, checked }) => ({ name: name.slice(0, title.length), disabled, checked })),
      [{ name: title, disabled: true, checked: true }]);
    assert.equal(await options.has('button', say('options_import')), false);
    await turnTo(options, 'options_prompts_title');
    await options.reads(prompts[0].cue);
    assert.ok((await options.all('switch')).every(({ disabled }) => disabled));
    assert.deepEqual(await options.axe(), []);
    await turnTo(options, 'options_start');
    assert.equal((await options.find('combobox', say('prompts'))).disabled, true);
    assert.ok(!(await options.find('combobox', say('minutes'))).disabled);
    const offered = await options.evaluate(() => document.querySelector('#usual-minutes option')?.textContent);
    assert.equal(offered, say('options_as_clinic', 45));

    // Before Start, the profile is locked and everything else is free; the length is the clinic's.
    const page = await openCall('plain/');
    const popup = await openPopup(browser, page);
    await popup.reads(say('locked_here_by', clinic));
    assert.deepEqual(await chosen(popup), [say('kind_ongoing'), '45', profiles[1].label]);
    assert.deepEqual((await popup.all('radio')).filter(({ disabled }) => disabled).map(({ name }) => name), profiles.map((/** @type {{label: string}} */ { label }) => label));
    assert.deepEqual(await popup.axe(), []);
    await closePopup(browser);
    const hour = await start(browser, page, { minutes: '25' });
    const cue = await hour.words();
    assert.ok(prompts.some((/** @type {{cue: string}} */ one) => one.cue === cue), cue);
    assert.equal((await hour.look()).popup.running.profile, profiles[1].label);
    await (await hour.end()).click('button', say('done'));
    await closePopup(browser);

    // Without the policy, the therapist's own settings are back.
    administer(browser, {});
    await told(options, {});
    await until('the therapist’s own settings', async () => {
      const popup = await openPopup(browser, page);
      const labels = (await popup.all('radio')).map(({ name }) => name);
      await closePopup(browser);
      return labels.includes(shipped.profiles[0].label);
    });
    await options.close();
    const again = await openOptions({ browser, open }, 'prompts');
    const changed = await again.find('switch', shipped.prompts[0].cue);
    assert.ok(!changed.checked && !changed.disabled);
  });

  test('is told what is wrong with its policy, and the rest of it counts', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'all');
    const policy = { managed_by: clinic, profile: 'loud', deck: '{"format": "attune-deck/1"}', sync: false, locked: ['profile', 'sync'] };
    administer(browser, policy);
    await told(options, policy);
    await options.reads(say('clinic_locks', clinic, say('setting_sync')));
    await options.reads(say('deck_no_such_id', 'loud'));
    await options.reads(/Mistakes in it: \d+/);
    await options.reads(say('locked_by', clinic));
    const sync = await options.find('switch', say('options_sync'));
    assert.ok(sync.disabled && !sync.checked);
    administer(browser, {});
    await told(options, {});
  });
}, { policies });

// Firefox has no policy that a test could set for one site; this setting has the same effect there.
const blocked = mkdtempSync(join(tmpdir(), 'blocked-'));
mkdirSync(join(blocked, 'policies', 'managed'), { recursive: true });
writeFileSync(join(blocked, 'policies', 'managed', 'sites.json'), JSON.stringify({ ExtensionSettings: { '*': { runtime_blocked_hosts: ['*://127.0.0.1'] } } }));
after(() => rmSync(blocked, { recursive: true, force: true }));

inEachBrowser('a site on which no extension is allowed', (test, name) => {
  test('is called that, and a session starts in the floating window', async ({ browser, openCall }) => {
    const popup = await openPopup(browser, await openCall('plain/'));
    await popup.find('heading', say('closed'));
    await popup.reads(say(name === 'chromium' ? 'closed_policy' : 'closed_blocked'));
    await popup.reads(say('closed_managed_do'));
    await popup.click('button', say('float_start'));
    await browser.floating();
  });
}, { policies: blocked, preferences: { 'extensions.webextensions.restrictedDomains': '127.0.0.1' } });
