// @ts-check
// The options: a supervisor's deck is imported, used for a session and exported unchanged; a broken one changes
// nothing.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { drop, exported, fill, hears, openOptions, shipped, spanish, turnTo } from './options.mjs';
import { closePopup, inEachBrowser, minute, say, start } from './steps.mjs';

const { title, prompts } = JSON.parse(spanish);
const cues = prompts.map((/** @type {{cue: string}} */ { cue }) => cue);

inEachBrowser('decks', (test) => {
  test('a deck in Spanish is imported, used for a session, and exported unchanged', async ({ browser, openCall, open }) => {
    const options = await openOptions({ browser, open }, 'decks');
    await drop(options, 'es.json', spanish);
    await hears(options, say('options_imported', title));
    await options.click('radio', new RegExp(title));
    await hears(options, say('options_chosen', title));
    await turnTo(options, 'options_prompts_title');
    await options.reads(cues[0]);
    await turnTo(options, 'options_decks');
    assert.equal(await exported(options, say('options_export_named', title)), spanish);

    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', kind: 'First' });
    for (let seen = 0; seen < 3; seen++) {
      const cue = await hour.words();
      assert.ok(cues.includes(cue), cue);
      await browser.key('alt+shift+k');
      await hour.nothing();
    }
    await hour.end();
    await closePopup(browser);
  });

  test('a broken deck is refused with every place, and nothing changes', async ({ browser, openCall, open }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50' });
    const cue = await hour.words();
    const options = await openOptions({ browser, open }, 'decks');
    const stored = () => options.evaluate(async () => JSON.stringify(await chrome.storage.local.get(['settings', 'settled'])));
    const before = await stored();
    await drop(options, 'broken.json', spanish.replaceAll('"cue"', '"cure"'));
    await options.reads(/“broken.json” wasn’t imported/);
    await options.reads('prompts[0].cue');
    await options.reads(say('deck_missing'));
    await drop(options, 'cut.json', spanish.slice(0, 500));
    await options.reads(/“cut.json” wasn’t imported/);
    await drop(options, 'deck.docx', Buffer.from('PK\x03\x04'));
    await options.reads(/“deck.docx” wasn’t imported/);
    await options.reads(say('deck_is_packed'));
    assert.ok(!(await options.text()).includes('cut.json'), 'what was wrong with the file before is gone');
    assert.equal(await stored(), before);
    await options.close();
    const popup = await hour.popup();
    await popup.reads('1 cue so far');
    assert.ok((await popup.text()).includes(cue) || (await hour.look()).popup.running.marks[0].cue === cue);
    await closePopup(browser);
  });

  test('a deck that PowerShell or Notepad wrote in UTF-16 is imported', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'decks');
    await drop(options, 'es.json', Buffer.from(`\ufeff${spanish}`, 'utf16le'));
    await hears(options, say('options_imported', title));
    assert.equal(await exported(options, say('options_export_named', title)), spanish);
  });

  test('a deck that is deleted can be brought back', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'decks');
    await drop(options, 'es.json', spanish);
    await hears(options, say('options_imported', title));
    await options.click('radio', new RegExp(title));
    await hears(options, say('options_chosen', title));
    await options.click('button', say('options_delete_named', title));
    await hears(options, say('options_deleted', title));
    await until('the shipped deck to be in use', () => options.all('radio', new RegExp(shipped.title)), ([radio]) => radio?.checked === true);
    await options.click('button', say('undo'));
    await hears(options, say('options_undone'));
    const [radio] = await options.all('radio', new RegExp(title));
    assert.equal(radio.checked, true);
    await drop(options, 'again.json', spanish);
    await options.reads(say('options_there', 'again.json'));
  });

  test('a prompt answered never can be brought back', async ({ browser, openCall, open }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    const cue = await hour.card();
    await hour.answer(say('never'));
    const options = await openOptions({ browser, open }, 'resting');
    await options.reads(say('resting_never'));
    await options.click('button', say('options_allow_named', cue));
    await options.reads(say('options_none_resting'));
  });

  test('a prompt that rests says until when, and can be brought back', async ({ browser, openCall, open }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    const cue = await hour.words();
    await (await hour.end()).click('button', say('done'));
    await closePopup(browser);
    // As if the answers of many sessions had sent it to rest today.
    const prompt = shipped.prompts.find((/** @type {{cue: string}} */ one) => one.cue === cue);
    const today = browser.now();
    const options = await openOptions({ browser, open }, 'resting');
    await options.evaluate(async ([id, since]) => {
      const { memory } = /** @type {any} */ (await chrome.storage.local.get('memory'));
      memory.prompts[id].fading = { recent: 0, stage: 3, since };
      await chrome.storage.local.set({ memory });
    }, /** @type {[string, number]} */ ([prompt.id, today]));
    await browser.killWorker();
    await options.reload();
    const day = new Date(today + 14 * 24 * 60 * minute).toLocaleDateString('en', { day: 'numeric', month: 'long' });
    await options.reads(say('options_resting_until', say('resting_done_anyway'), day));
    await options.click('button', say('options_allow_named', cue));
    await options.reads(say('options_none_resting'));
  });

  test('once half of the prompts have faded, it is said before the next session', async ({ browser, openCall, open }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    await (await hour.end()).click('button', say('done'));
    await closePopup(browser);
    // As if the therapist had answered “already” to half of them, session after session.
    const turns = shipped.prompts.filter((/** @type {{trigger: string}} */ { trigger }) => trigger === 'timer');
    const half = turns.slice(0, Math.ceil(turns.length / 2)).map((/** @type {{id: string}} */ { id }) => id);
    const options = await openOptions({ browser, open }, 'resting');
    await options.evaluate(async ([ids, since]) => {
      const { memory } = /** @type {any} */ (await chrome.storage.local.get('memory'));
      const fading = { recent: 0, stage: 1, since };
      for (const id of ids) memory.prompts[id] = { last: 1, never: false, fading };
      await chrome.storage.local.set({ memory });
    }, /** @type {[string[], number]} */ ([half, browser.now()]));
    await options.close();
    await browser.killWorker();
    const popup = await hour.popup();
    await popup.reads(say('resting_most', `${half.length}`, `${turns.length}`));
    await popup.click('button', say('options_resting'));
    await until('the prompts that rest', () => browser.engine.tabAt(browser.extensionUrl('options.html#resting')));
  });

  test('a deck with its changes is compared with the one that came with Attune', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'prompts');
    await options.click('switch', shipped.prompts[0].cue);
    await hears(options, say('options_turned_off', shipped.prompts[0].cue));
    await turnTo(options, 'options_decks');
    await options.reads(say('options_with_changes'));
    await options.click('button', say('options_compare_named', shipped.title));
    await options.reads(say('compare_sum_one', 1));
    await options.reads(`${shipped.prompts[0].cue} ${say('compare_removed')}`);
    const changed = JSON.parse(await exported(options, say('options_export_changed_named', shipped.title)));
    assert.deepEqual(changed.prompts, shipped.prompts.slice(1));
    await drop(options, 'es.json', spanish);
    await hears(options, say('options_imported', title));
    await options.click('button', say('options_compare_named', title));
    await options.reads(say('compare_title', title));
  });

  test('a deck of 10,000 prompts is imported, searched, and used', async ({ browser, openCall, open }) => {
    const large = structuredClone(shipped);
    large.title = 'Ten thousand';
    const cues = large.prompts.filter((/** @type {{trigger: string}} */ { trigger }) => trigger === 'timer');
    for (let number = large.prompts.length; number < 10_000; number++)
      large.prompts.push({ ...cues[number % cues.length], id: `more.${number}`, cue: `Cue number ${number}` });
    const text = JSON.stringify(large);
    const options = await openOptions({ browser, open }, 'decks');
    await drop(options, 'large.json', text);
    await hears(options, say('options_imported', large.title));
    await options.click('radio', new RegExp(large.title));
    await hears(options, say('options_chosen', large.title));
    assert.equal(await exported(options, say('options_export_named', large.title)), text);
    await turnTo(options, 'options_prompts_title');
    await options.reads(say('options_prompts_on_other', 10_000, 10_000));
    const rows = () => options.evaluate(() => document.querySelectorAll('#prompts-rows > li').length);
    assert.equal(await rows(), 100);
    await options.click('button', say('options_more_other', 9_900));
    await until('more rows', rows, (count) => count === 200);
    await options.evaluate(() => scrollTo(0, 0));
    await fill(browser, options, say('options_search'), 'number 9999', 'searchbox');
    await options.reads(say('options_found_one', 1, 10_000));
    await options.click('switch', 'Cue number 9999');
    await hears(options, say('options_turned_off', 'Cue number 9999'));

    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50' });
    const names = new Set(large.prompts.map((/** @type {{cue: string}} */ { cue }) => cue));
    const cue = await hour.words();
    assert.ok(names.has(cue), cue);
    await hour.end();
    await closePopup(browser);
  });
});
