// @ts-check
// The options: what is turned off, reworded, added or tuned there applies in the next session; every step can be
// undone, and nothing is lost if it cannot be stored.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { fill, hears, kept, openOptions, pick, shipped, turnTo, views } from './options.mjs';
import { choose, chosen, closePopup, inEachBrowser, minute, openPopup, say, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */

const [lean, nod, tilt] = shipped.prompts;
const profile = (/** @type {string} */ id) => shipped.profiles.find((/** @type {{id: string}} */ one) => one.id === id);

/** What can be practised, as the popup offers it. @param {Browser} browser @param {Page} page */
async function skills(browser, page) {
  const popup = await openPopup(browser, page);
  const found = await popup.evaluate(() => [...document.querySelectorAll('#intention option')].map((one) => one.textContent));
  await closePopup(browser);
  return found;
}

inEachBrowser('settings', (test) => {
  test('settings that cannot be read are set aside, and the options say so', async ({ browser, open }) => {
    const own = await open(browser.extensionUrl('decks/en.json'));
    const damaged = { settings: { version: 1, usual: 'short' }, look: 'large', place: { version: 9 }, emergency: { version: 1 } };
    await own.evaluate((damaged) => chrome.storage.local.set(damaged), damaged);
    const options = await openOptions({ browser, open }, 'prompts');
    await options.reads(say('options_afresh'));
    await options.click('switch', nod.cue);
    await hears(options, say('options_turned_off', nod.cue));
    await kept(options);
    const { settings, unreadable } = await own.evaluate(() => /** @type {Promise<any>} */ (chrome.storage.local.get()));
    assert.equal(Object.values(settings.changes).length, 1);
    assert.deepEqual(unreadable.settings, damaged.settings);
    await options.reload();
    assert.ok(!(await options.text()).includes(say('options_afresh')));
  });

  test('a prompt that is off does not come, and a reworded one comes reworded', async ({ browser, open, openCall }) => {
    const page = await openCall('plain/');
    const options = await openOptions({ browser, open }, 'prompts');
    await options.reads(say('options_prompts_on_other', shipped.prompts.length, shipped.prompts.length));
    await options.click('switch', nod.cue);
    await hears(options, say('options_turned_off', nod.cue));
    await options.click('button', new RegExp(`^${lean.cue}`));
    await fill(browser, options, say('field_cue'), 'Come a little closer');
    await fill(browser, options, say('field_from'), '9', 'spinbutton');
    await options.click('button', say('save'));
    await hears(options, say('options_saved', lean.cue));
    await options.find('button', new RegExp(`^Come a little closer ${say('when_turn', 9, 40)} · ${say('channel_video_only')} · ${say('row_changed')}`));
    let offered = await skills(browser, page);
    assert.ok(offered.includes('Come a little closer') && !offered.includes(lean.cue) && !offered.includes(nod.cue), String(offered));

    // One step back, and another.
    await options.bringToFront();
    await options.click('button', say('undo'));
    await hears(options, say('options_undone'));
    offered = await skills(browser, page);
    assert.ok(offered.includes(lean.cue) && !offered.includes(nod.cue));
    await options.bringToFront();
    await options.click('button', say('undo'));
    await until('it to be on', () => options.all('switch', nod.cue), ([one]) => one?.checked === true);
    await kept(options);
    assert.ok((await skills(browser, page)).includes(nod.cue));
  });

  test('an impossible value is reported beside the field, and changes nothing', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'prompts');
    await options.click('button', new RegExp(`^${lean.cue}`));
    await fill(browser, options, say('field_cue'), 'A cue that is far too long');
    await fill(browser, options, say('field_to'), '3', 'spinbutton');
    await options.click('button', say('save'));
    await options.reads(`Cue: ${say('form_text_long', 26, 24)}`);
    await options.reads(say('form_window_from_start'));
    assert.equal(await options.focused(), `textbox ${say('field_cue')}`);
    assert.deepEqual(await options.axe(), []);
    const stored = () => options.evaluate(async () => Object.keys(await chrome.storage.local.get('settings')));
    assert.deepEqual(await stored(), []);
    await browser.key('Escape');
    await until('the form to close', () => options.has('textbox', say('field_cue')), (there) => !there);
    assert.match(await options.focused(), new RegExp(lean.cue));
    await options.find('button', new RegExp(`^${lean.cue} ${say('when_turn', lean.timing.from_min, lean.timing.to_min)} · ${say('channel_video_only')}$`));
  });

  test('an own prompt asks for an own item, and both go together', async ({ browser, open, openCall }) => {
    const options = await openOptions({ browser, open }, 'checklist');
    await options.click('button', say('options_new_item'));
    await fill(browser, options, say('field_item_label'), 'Tea made');
    await pick(options, say('field_phase'), say('phase_opening'));
    await options.click('button', say('save'));
    await hears(options, say('options_added'));
    await turnTo(options, 'options_prompts_title');
    await options.click('button', say('options_new_prompt'));
    await fill(browser, options, say('field_cue'), 'Drink some tea');
    await pick(options, say('field_trigger'), say('trigger_item'));
    await pick(options, say('field_item'), 'Tea made');
    await pick(options, say('field_priority'), say('priority_5'));
    await pick(options, say('channel'), say('channel_video_only'));
    await fill(browser, options, say('field_from'), '0', 'spinbutton');
    await fill(browser, options, say('field_to'), '50', 'spinbutton');
    await options.click('button', say('save'));
    await options.find('switch', 'Drink some tea');
    await options.reads(new RegExp(`Drink some tea [^·]* · ${say('channel_video_only')}`));
    await kept(options);

    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', kind: 'Ongoing', prompts: 'Standard' });
    let cue = '';
    for (let seen = 0; seen < 20 && cue !== 'Drink some tea'; seen++) {
      cue = await hour.words();
      await browser.key('alt+shift+k');
      await hour.nothing();
    }
    assert.equal(cue, 'Drink some tea');

    await options.bringToFront();
    await turnTo(options, 'options_checklist');
    await options.click('button', /^Tea made/);
    await options.click('button', say('options_delete'));
    await hears(options, say('options_deleted', 'Tea made'));
    await turnTo(options, 'options_prompts_title');
    await options.reads(say('options_prompts_on_other', shipped.prompts.length, shipped.prompts.length));
    await browser.key('ctrl+z');
    await hears(options, say('options_undone'));
    await options.reads(say('options_prompts_on_other', shipped.prompts.length + 1, shipped.prompts.length + 1));
  });

  test('a profile is tuned within bounds, and the hour ahead follows', async ({ browser, open, openCall }) => {
    const options = await openOptions({ browser, open }, 'pacing');
    const sum = () => options.evaluate(() => document.querySelector('#ahead-sum')?.textContent ?? '');
    const before = await until('an hour ahead', sum, (text) => text !== '');
    const field = (/** @type {string} */ name) => options.evaluate((name) => {
      const input = /** @type {HTMLInputElement} */ (document.querySelector(`form[data-id=standard] [name=${name}]`));
      input.scrollIntoView({ block: 'center' });
      input.focus();
      input.select();
    }, name);
    await field('timed_per_50_min');
    await browser.type('99');
    await browser.key('Tab');
    await options.reads(say('form_out_of_range', 99, 0, 25));
    await field('timed_per_50_min');
    await browser.type('0');
    await browser.key('Tab');
    await hears(options, say('options_saved', profile('standard').label));
    assert.notEqual(await until('another hour', sum, (text) => text !== before), before);
    const page = await openCall('plain/');
    let popup = await openPopup(browser, page);
    await choose(popup, { minutes: '50', prompts: 'Standard' });
    await popup.reads(say('budget_none', 50));
    await closePopup(browser);
    await options.bringToFront();
    await options.click('button', say('options_as_deck'));
    await hears(options, say('options_back_as_deck', profile('standard').label));
    popup = await openPopup(browser, page);
    await popup.reads(say('budget_other', profile('standard').timed_per_50_min, 50));
    await closePopup(browser);
  });

  test('what Start offers is what is set, otherwise what was chosen last', async ({ browser, open, openCall }) => {
    const options = await openOptions({ browser, open }, 'start');
    await pick(options, say('minutes'), '90');
    await hears(options, say('options_usual_done'));
    await pick(options, say('session_kind'), say('kind_first'));
    await kept(options);
    await pick(options, say('prompts'), profile('quiet').label);
    await kept(options);
    const page = await openCall('plain/');
    let popup = await openPopup(browser, page);
    assert.deepEqual(await chosen(popup), [say('kind_first'), '90', profile('quiet').label]);
    await choose(popup, { minutes: '25', kind: 'Early', prompts: 'Trainee' });
    await popup.click('button', say('start'));
    await popup.closed();
    popup = await openPopup(browser, page);
    await popup.click('button', say('end'));
    await popup.click('button', say('end_now'));
    await popup.click('button', say('done'));
    await closePopup(browser);
    popup = await openPopup(browser, page);
    assert.deepEqual(await chosen(popup), [say('kind_first'), '90', profile('quiet').label]);
    await closePopup(browser);
    await options.bringToFront();
    await pick(options, say('minutes'), say('options_as_last'));
    await kept(options);
    popup = await openPopup(browser, page);
    assert.deepEqual(await chosen(popup), [say('kind_first'), '25', profile('quiet').label]);
    await closePopup(browser);

    await options.bringToFront();
    await turnTo(options, 'options_all');
    await options.click('button', say('options_reset'));
    await hears(options, say('options_reset_done'));
    popup = await openPopup(browser, page);
    assert.deepEqual(await chosen(popup), [say('kind_early'), '25', 'Trainee']);
    await closePopup(browser);
  });

  test('two pages agree, and a change in one is not undone in the other', async ({ browser, open }) => {
    const one = await openOptions({ browser, open }, 'prompts');
    const other = await openOptions({ browser, open }, 'prompts');
    await other.click('switch', lean.cue);
    await hears(other, say('options_turned_off', lean.cue));
    await one.bringToFront();
    await until('the other page to follow', () => one.all('switch', lean.cue), ([it]) => it?.checked === false);
    await one.click('switch', nod.cue);
    await hears(one, say('options_turned_off', nod.cue));
    await one.reads(say('options_prompts_on_other', shipped.prompts.length - 2, shipped.prompts.length));
    await other.bringToFront();
    await other.reads(say('options_prompts_on_other', shipped.prompts.length - 2, shipped.prompts.length));
  });

  test('if nothing can be stored, the page says so and shows what is stored', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'prompts');
    await options.evaluate(() => {
      const real = chrome.storage.local.set;
      chrome.storage.local.set = () => {
        chrome.storage.local.set = real;
        return Promise.reject(new Error('The disk is full.'));
      };
    });
    await options.click('switch', lean.cue);
    await hears(options, say('options_full'));
    await until('it to be on', () => options.all('switch', lean.cue), ([it]) => it?.checked === true);
    await options.click('switch', lean.cue);
    await hears(options, say('options_turned_off', lean.cue));
  });

  test('what another version made of the settings is made again after an update', async ({ browser, open, openCall }) => {
    const options = await openOptions({ browser, open }, 'prompts');
    await options.click('switch', lean.cue);
    await hears(options, say('options_turned_off', lean.cue));
    await options.evaluate(() => chrome.storage.local.set({ settled: { version: '0.0.1', deck: { format: 'attune-deck/0' }, offer: {} } }));
    await options.close();
    await browser.updateExtension();
    const page = await openCall('plain/');
    await until('the deck to be made anew', async () => !(await skills(browser, page)).includes(lean.cue));
  });

  test('settings follow from one computer to the other if that is wanted', async ({ browser, open, openCall }) => {
    const options = await openOptions({ browser, open }, 'prompts');
    const carried = () => options.evaluate(() => chrome.storage.sync.get());
    await options.click('switch', lean.cue);
    await hears(options, say('options_turned_off', lean.cue));
    assert.deepEqual(await carried(), {});
    await turnTo(options, 'options_all');
    await options.click('switch', say('options_sync'));
    await options.reads(say('sync_on'));
    const items = await until('settings to be sent', carried, (found) => Object.keys(found).length > 1);
    const old = await options.evaluate(() => chrome.storage.local.get());
    assert.deepEqual(Object.keys(items).filter((key) => !key.startsWith('settings')), []);

    // Another computer: nothing is set there, and sync delivers the items one by one, the first one last.
    await options.evaluate(async () => {
      await chrome.storage.sync.clear();
      await chrome.storage.local.clear();
      await chrome.storage.local.set({ sync: true });
    });
    await browser.killWorker();
    const page = await openCall('plain/');
    assert.ok((await skills(browser, page)).includes(lean.cue));
    for (const [key, item] of Object.entries(items).reverse())
      await options.evaluate(([key, item]) => chrome.storage.sync.set({ [key]: item }), [key, /** @type {string} */ (item)]);
    await until('the settings to be there', () => options.evaluate(() => chrome.storage.local.get('settings')), (found) => JSON.stringify(found.settings) === JSON.stringify(old.settings));
    await until('the engine to follow', async () => !(await skills(browser, page)).includes(lean.cue));

    // Turned on where there are other settings already, it asks first.
    await options.evaluate(() => chrome.storage.local.clear());
    await options.close();
    const third = await openOptions({ browser, open }, 'prompts');
    await third.click('switch', nod.cue);
    await hears(third, say('options_turned_off', nod.cue));
    await turnTo(third, 'options_all');
    await third.click('switch', say('options_sync'));
    await third.reads(say('sync_found'));
    assert.deepEqual(await third.evaluate(() => chrome.storage.sync.get()), items);
    await third.click('button', say('options_sync_take'));
    await hears(third, say('sync_taken'));
    await turnTo(third, 'options_prompts_title');
    await until('the other settings', () => third.all('switch', lean.cue), ([it]) => it?.checked === false);
    assert.equal((await third.find('switch', nod.cue)).checked, true);

    // Once it is turned off again, the page says what was sent, and it can be taken back.
    await turnTo(third, 'options_all');
    await third.click('switch', say('options_sync'));
    await third.reads(say('sync_left'));
    assert.notDeepEqual(await third.evaluate(() => chrome.storage.sync.get()), {});
    await third.click('button', say('options_sync_forget'));
    await until('the copy to be gone', () => third.evaluate(() => chrome.storage.sync.get()), (found) => Object.keys(found).length === 0);
    await until('nothing to be left to say', () => third.text(), (text) => !text.includes(say('sync_left')));
    await turnTo(third, 'options_prompts_title');
    assert.equal((await third.find('switch', lean.cue)).checked, false);
  });

  test('whatever the clocks say, a change on another computer counts, and none is lost without a word', async ({ browser, open }) => {
    const day = 24 * 60 * minute;
    /**
     * Runs a function in one of Attune's pages, which is closed again.
     * @template {(...args: any[]) => any} F
     * @param {F} fn
     * @param {Parameters<F>} args
     * @returns {Promise<Awaited<ReturnType<F>>>}
     */
    const inPage = async (fn, ...args) => {
      const page = await open(browser.extensionUrl('session.html'));
      const answer = await page.evaluate(fn, ...args);
      await page.close();
      return answer;
    };
    /** Makes this the other computer, with what it has stored. @param {Record<string, unknown>} local */
    const become = async (local) => {
      await inPage(async (/** @type {Record<string, unknown>} */ local) => {
        await chrome.storage.local.clear();
        await chrome.storage.local.set(local);
      }, local);
      await browser.killWorker();
    };
    /** @param {{cue: string}} prompt @param {boolean} [on] */
    const turn = async (prompt, on = false) => {
      const options = await openOptions({ browser, open }, 'prompts');
      await options.click('switch', prompt.cue);
      await hears(options, say(on ? 'options_turned_on' : 'options_turned_off', prompt.cue));
      await options.close();
    };
    const stores = () => inPage(async () => ({ local: await chrome.storage.local.get(), carried: await chrome.storage.sync.get() }));
    /** Sync brings what another computer has sent: it is there already, as it was sent from here. @param {Record<string, unknown>} items */
    const arrive = (items) => inPage(async (/** @type {Record<string, unknown>} */ items) => {
      await chrome.storage.sync.clear();
      await chrome.storage.sync.set(items);
    }, items);
    const isOff = async (/** @type {{cue: string}} */ prompt) => {
      const options = await openOptions({ browser, open }, 'prompts');
      const { checked } = await options.find('switch', prompt.cue);
      await options.close();
      return !checked;
    };

    // The first computer's clock is a day ahead.
    browser.shiftClock(day);
    await turn(lean);
    const options = await openOptions({ browser, open }, 'all');
    await options.click('switch', say('options_sync'));
    await options.reads(say('sync_on'));
    await until('settings to be sent', stores, ({ carried }) => Object.keys(carried).length > 1);
    await options.close();
    const first = await stores();
    browser.shiftClock(-day);
    await become({ welcomed: true, sync: true });
    await arrive(first.carried);
    await until('the second computer to follow', () => isOff(lean));
    await turn(nod);
    await until('its change to be sent', stores, ({ carried }) => carried.settings !== first.carried.settings);
    const second = await stores();
    await become(first.local);
    await arrive(second.carried);
    await until('the first computer to follow', () => isOff(nod));

    // Both change something before they hear of each other.
    await turn(lean, true);
    await arrive(second.carried);
    const here = await stores();
    await become(second.local);
    await turn(tilt);
    const there = await stores();
    await become(here.local);
    await arrive(there.carried);
    const asked = await openOptions({ browser, open }, 'prompts');
    await asked.reads(say('sync_apart'));
    assert.equal((await asked.find('switch', lean.cue)).checked, true, 'its own change is still there');
    await turnTo(asked, 'options_all');
    await asked.reads(say('sync_found'));
    await asked.click('button', say('options_sync_keep'));
    await hears(asked, say('sync_kept'));
    await asked.reads(say('sync_on'));
    const kept = await until('the answer to be sent', stores, ({ carried }) => carried.settings !== there.carried.settings);
    await asked.close();
    assert.deepEqual([await isOff(lean), await isOff(tilt)], [false, false]);
    await become(there.local);
    await arrive(kept.carried);
    await until('the second computer to take the answer', async () => !(await isOff(tilt)));
  });

  test('works from the keyboard alone', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'prompts');
    const to = async (/** @type {string} */ thing) => {
      for (let steps = 0; steps < 20 && (await options.focused()) !== thing; steps++) {
        const before = await options.focused();
        await browser.key('Tab');
        await until('the focus to move', () => options.focused(), (focused) => focused !== before);
      }
      assert.equal(await options.focused(), thing);
    };
    await to(`link ${say('options_checklist')}`);
    await browser.key('Return');
    await until('the heading to have the focus', () => options.focused(), (focused) => focused === `heading ${say('options_checklist')}`);
    const item = shipped.checklist[0];
    await to(`switch ${item.label}`);
    await browser.key('space');
    await hears(options, say('options_turned_off', item.label));
    assert.equal(await options.focused(), `switch ${item.label}`);
    await browser.key('ctrl+z');
    await hears(options, say('options_undone'));
    await browser.key('Tab');
    await until('the row to have the focus', () => options.focused(), (focused) => focused.startsWith(`button ${item.label}`));
    await browser.key('Return');
    await until('the form to be open', () => options.focused(), (focused) => focused === `textbox ${say('field_item_label')}`);
    await browser.key('ctrl+a');
    await browser.type('My door is shut');
    await browser.key('Return');
    await hears(options, say('options_saved', item.label));
    await until('the row to have the focus', () => options.focused(), (focused) => focused.startsWith('button My door is shut'));
  });

  test('axe finds nothing in any view, light and dark', async ({ browser, open }) => {
    for (const view of views) {
      const options = await openOptions({ browser, open }, view);
      if (view === 'prompts' || view === 'checklist')
        await options.click('button', say(view === 'prompts' ? 'options_new_prompt' : 'options_new_item'));
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await options.look({ colorScheme });
        assert.deepEqual(await options.axe(), [], `${view}, ${colorScheme}`);
      }
      await options.close();
    }
  });
});
