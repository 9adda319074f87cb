// @ts-check
// The options: a supervisor's deck comes in, is used for a session and goes out the same; a broken one changes nothing.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from './drive/index.mjs';
import { closePopup, inEachBrowser, openPopup, say, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Page} Page */

const spanish = readFileSync('tests/decks/es.json', 'utf8');
const { title, prompts } = JSON.parse(spanish);
const shipped = JSON.parse(readFileSync('extension/decks/en.json', 'utf8')).title;
const cues = prompts.map((/** @type {{cue: string}} */ { cue }) => cue);

/** Drops a file on a page. @param {Page} page @param {string} name @param {string} text */
const drop = (page, name, text) =>
  page.evaluate(([name, text]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name, { type: 'application/json' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, [name, text]);

/** @param {Page} page */
const news = (page) => page.evaluate(() => document.querySelector('#news')?.textContent ?? '');

/** What the browser is handed as a file when a button is clicked. @param {Page} page @param {string} button */
async function exported(page, button) {
  await page.evaluate(() => {
    const real = URL.createObjectURL;
    URL.createObjectURL = (/** @type {Blob} */ blob) => {
      void blob.text().then((text) => { document.documentElement.dataset.exported = text; });
      return real.call(URL, blob);
    };
  });
  await page.click('button', button);
  return until('a file', () => page.evaluate(() => document.documentElement.dataset.exported), (text) => text !== undefined);
}

inEachBrowser('options', (test) => {
  test('a deck in Spanish comes in, is used for a session, and goes out the same', async ({ browser, openCall, open }) => {
    const options = await open(browser.extensionUrl('options.html'));
    await options.reads(shipped);
    await drop(options, 'es.json', spanish);
    await options.reads(say('options_imported', title));
    await options.click('radio', new RegExp(title));
    await options.reads(say('options_chosen', title));
    await options.reads(cues[0]);
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
    const options = await open(browser.extensionUrl('options.html'));
    await options.reads(shipped);
    const stored = () => options.evaluate(async () => JSON.stringify(await chrome.storage.local.get(['shelf', 'deck'])));
    const before = await stored();
    await drop(options, 'broken.json', spanish.replaceAll('"cue"', '"cure"'));
    await options.reads(/“broken.json” was not taken in/);
    await options.reads('prompts[0].cue');
    await options.reads(say('deck_missing'));
    await drop(options, 'cut.json', spanish.slice(0, 500));
    await options.reads(/“cut.json” was not taken in/);
    assert.equal(await stored(), before);
    await options.close();
    const popup = await hour.popup();
    await popup.reads('1 cue so far');
    assert.ok((await popup.text()).includes(cue) || (await hour.look()).popup.running.marks[0].cue === cue);
    await closePopup(browser);
  });

  test('a deck that is deleted can be brought back', async ({ browser, open }) => {
    const options = await open(browser.extensionUrl('options.html'));
    await options.reads(shipped);
    await drop(options, 'es.json', spanish);
    await options.reads(say('options_imported', title));
    await options.click('radio', new RegExp(title));
    await options.reads(say('options_chosen', title));
    await options.click('button', say('options_delete_named', title));
    await options.reads(say('options_deleted', title));
    await until('the shipped deck to be in use', () => options.all('radio', new RegExp(shipped)), ([radio]) => radio?.checked === true);
    await options.click('button', say('undo'));
    await until('it to be back', () => news(options), (text) => text === say('options_back', title));
    const [radio] = await options.all('radio', new RegExp(title));
    assert.equal(radio.checked, true);
    await drop(options, 'again.json', spanish);
    await options.reads(say('options_there', 'again.json'));
  });

  test('a prompt that is never to come can be brought back', async ({ browser, openCall, open }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    const cue = await hour.card();
    await hour.answer(say('never'));
    const options = await open(browser.extensionUrl('options.html'));
    await options.reads(shipped);
    await options.evaluate(() => document.querySelector('#resting-title')?.scrollIntoView());
    await options.reads(say('resting_never'));
    await options.click('button', say('options_allow_named', cue));
    await options.reads(say('options_none_resting'));
  });

  test('axe finds nothing, light and dark', async ({ browser, open }) => {
    const options = await open(browser.extensionUrl('options.html'));
    await options.reads(shipped);
    await drop(options, 'broken.json', spanish.replaceAll('"cue"', '"cure"'));
    await options.reads('prompts[0].cue');
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await options.look({ colorScheme });
      assert.deepEqual(await options.axe(), []);
    }
  });
});
