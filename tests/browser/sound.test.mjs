// @ts-check
// Sessions with sound only: chosen before Start, or switched to by button and by key when the picture goes. Nothing then
// needs a picture, and back on video everything is as it was.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from './drive/index.mjs';
import { inEachBrowser, keys, minute, openPanel, say, second, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Surface} Surface */
/** @typedef {{cue: string, label: string, trigger?: string, phase?: string, channels?: string[]}} Row */

/** @type {{prompts: Row[], checklist: Row[]}} */
const deck = JSON.parse(readFileSync(new URL('../../extension/decks/en.json', import.meta.url), 'utf8'));
const onlyFor = (/** @type {Row[]} */ rows, /** @type {string} */ channel) => rows.filter(({ channels }) => channels?.join() === channel);
const pictures = onlyFor(deck.prompts, 'video').map(({ cue }) => cue);
const voices = onlyFor(deck.prompts, 'sound').map(({ cue }) => cue);
const framing = onlyFor(deck.checklist, 'video').map(({ label }) => label);

/** The skills that can be practised. @param {Surface} surface */
const skills = (surface) => surface.evaluate(() =>
  [...document.querySelectorAll('#intention option')].filter((one) => !(/** @type {HTMLOptionElement} */ (one).hidden)).map(({ textContent }) => textContent ?? ''));

inEachBrowser('sound only', (test) => {
  test('is chosen at Start: neither skills, nor items, nor cues need a picture', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const panel = await openPanel(browser, page);
    await panel.click('radio', say('kind_ongoing'));
    await panel.find('checkbox', framing[0]);
    assert.ok((await skills(panel)).includes(pictures[0]));
    await panel.click('checkbox', say('channel_sound'));
    await until('the items for it', async () => !(await panel.has('checkbox', framing[0])));
    const offered = await skills(panel);
    assert.deepEqual(offered.filter((skill) => pictures.includes(skill)), []);
    assert.ok(offered.includes(voices[0]));
    await panel.click('checkbox', say('channel_sound'));
    await panel.find('checkbox', framing[0]);
    await panel.click('checkbox', say('channel_sound'));
    await panel.click('button', say('start'));
    await panel.find('button', say('video_on'));
  });

  test('begins when the picture goes, and ends when it is back', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Rehearsal' });
    const panel = await openPanel(browser, page);
    /** Lets time pass until one of these cues comes, and looks at every one that does. */
    const comes = async (/** @type {string[]} */ wanted, /** @type {string[]} */ never) => {
      for (let jumps = 0; jumps < 120; jumps++) {
        const { popup } = await hour.look(15 * second);
        const { cue } = popup.running.cue ?? {};
        assert.ok(!never.includes(cue), cue);
        if (wanted.includes(cue)) return;
        if (cue) await browser.key(keys.notNow);
      }
      assert.fail('none of them came');
    };
    await hour.pass(5 * minute);
    await comes(pictures, voices);
    const strip = await hour.strip();
    await panel.click('button', say('sound_on'));
    await strip.reads(say('notice_sound'));
    assert.equal((await hour.look()).popup.running.cue, null, 'what needs a picture has gone');
    await comes(voices, pictures);
    await browser.key(keys.notNow);

    // By its key in the panel, and by a key that works everywhere.
    await panel.clickAt({ x: 8, y: 8 });
    await browser.key('s');
    await panel.find('button', say('sound_on'));
    await strip.reads(say('notice_video'));
    await browser.setKey('sound', 'Alt+Shift+6');
    await page.bringToFront();
    await browser.key('alt+shift+6');
    await strip.reads(say('notice_sound'));
    await browser.killWorker();
    assert.equal((await hour.look()).popup.running.channel, 'sound', 'and stays after the worker was stopped');
    browser.shiftClock(second);
    await browser.key('alt+shift+6');
    await strip.reads(say('notice_video'));
    await comes(pictures, voices);
  });
});
