// @ts-check
// An hour as a therapist experiences it: Start beside the call, a few cues, answers, silences, the end.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from './drive/index.mjs';
import {
  chosen, badge, choose, closePopup, dotName, Hour, inEachBrowser, keys, minute, openPopup, say, second, start,
} from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

/** @type {{prompts: {cue: string, text: string, say?: string}[]}} */
const deck = JSON.parse(readFileSync(new URL('../../extension/decks/en.json', import.meta.url), 'utf8'));

/** @param {Browser} browser @param {string} text */
const badgeSays = (browser, text) => until(`the badge ${text}`, () => badge(browser), (now) => now === text);

/** The picture of an hour that has ended: minute, cue and outcome of each line. @param {Surface} popup */
const picture = (popup) =>
  popup.evaluate(() =>
    [...document.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent)),
  );

/**
 * Replaces the length, once its field has the focus.
 * @param {Browser} browser
 * @param {Surface} popup
 * @param {string} minutes
 */
async function typeMinutes(browser, popup, minutes) {
  await until('the field to have the focus', () => popup.focused(), (focus) => focus === `spinbutton ${say('minutes_field', 5, 180)}`);
  await browser.type(minutes);
}

inEachBrowser('a session', (test) => {
  test('starts from the toolbar button, and the glance key brings and answers a cue', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const popup = await openPopup(browser, page);
    await choose(popup, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await popup.click('button', say('start'));
    const strip = await page.strip();
    await strip.reads(/^50 min left$/);
    await popup.closed();
    await badgeSays(browser, '50');

    const hour = new Hour(browser, page);
    assert.equal((await hour.look(5 * second)).strip, 'clear');
    await hour.nothing();

    // Two minutes later, the person looks at another tab and back: then the strip itself checks the clock.
    browser.shiftClock(2.2 * minute);
    await browser.nudge(page);
    await strip.find('button', dotName);
    assert.equal(await strip.text(), '');
    assert.ok(await page.evaluate(() => document.hasFocus()), 'the call has the keyboard');
    await browser.key(keys.glance);
    await strip.reads(/^Confirm who is here$/);
    await browser.key(keys.glance);
    await hour.nothing();

    // A glance without a cue shows the time.
    await browser.key(keys.glance);
    await strip.reads(/^48 min left$/);

    const end = await hour.end();
    // In the third minute, as people count.
    assert.deepEqual(await picture(end), [['3', 'Confirm who is here', say('outcome_did_it')]]);
  });

  test('brings the dot, the words and their end by timers of its own', async ({ browser, openCall }) => {
    const hour = await start(browser, await openCall('plain/'), { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const strip = await hour.strip();
    await hour.look(5 * second);
    /** Moves the clock to shortly before the next thing happens. */
    const nearly = async () => {
      const { wake_at: next } = await hour.look();
      browser.shiftClock(Math.max(0, (next ?? 0) - browser.now() - 1.5 * second));
      await hour.look();
    };
    await nearly();
    await strip.find('button', dotName);
    await nearly();
    await strip.reads(/^Confirm who is here$/);
    await nearly();
    await hour.nothing();
    const end = await hour.end();
    assert.deepEqual(await picture(end), [['2', 'Confirm who is here', say('outcome_faded')]]);
  });

  test('opens a card that says what, why and how long, and takes four answers', async ({ browser, openCall }) => {
    const hour = await start(browser, await openCall('plain/'), { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const came = [];

    for (const [answer, outcome] of [['did_it', 'outcome_did_it'], ['already', 'outcome_already'], ['never', 'outcome_never']]) {
      const cue = await hour.card(came.length === 0 ? 'words' : 'dot');
      came.push([cue, say(outcome)]);
      const strip = await hour.strip();
      const card = await strip.text();
      const { text, say: example } = deck.prompts.find((prompt) => prompt.cue === cue) ?? {};
      for (const part of [cue, text, example ?? '']) assert.ok(card.includes(/** @type {string} */ (part)), `${part}, in ${card}`);
      assert.match(card, /Minute \d+: “[^”]+” isn’t ticked yet\./);
      assert.match(card, /\b4\d min left/);
      for (const name of ['did_it', 'already', 'not_now', 'never', 'close'])
        assert.ok(await strip.has('button', say(name)), name);
      await hour.answer(say(answer));
      if (answer === 'never') await strip.reads(say('notice_never'));
      else await hour.nothing();
    }

    const late = await hour.words();
    came.push([late, say('outcome_not_now')]);
    await browser.key(keys.notNow);
    await hour.nothing();

    const unanswered = await hour.words();
    came.push([unanswered, say('outcome_faded')]);
    await hour.look(10 * second);
    await hour.nothing();

    const closed = await hour.card();
    came.push([closed, say('outcome_faded')]);
    const strip = await hour.strip();
    await strip.click('button', say('close'));
    await hour.nothing();

    const popup = await hour.end();
    const lines = await picture(popup);
    assert.deepEqual(lines.map(([, cue, outcome]) => [cue, outcome]), came);
    const minutes = lines.map(([at]) => Number(at));
    assert.deepEqual(minutes, minutes.toSorted((one, other) => one - other));
    await popup.reads(say('cues_came_other', 6));
  });

  test('is silent on hold, and goes on when the hold is ended', async ({ browser, openCall }) => {
    const hour = await start(browser, await openCall('plain/'), { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const strip = await hour.strip();
    await browser.key(keys.hold);
    await strip.reads(say('notice_hold', 5));
    await browser.key(keys.hold);
    await strip.reads(say('notice_release'));

    // A hold ends what is shown.
    const cue = await hour.words();
    await browser.key(keys.hold);
    await strip.reads(say('notice_hold', 5));
    assert.equal((await hour.look(5 * second)).strip, 'clear');
    await hour.nothing();
    // The next cue would have come two minutes after the first.
    for (let time = 0; time < 4 * minute; time += 30 * second) {
      assert.equal((await hour.look(30 * second)).strip, 'clear');
      assert.equal(await strip.text(), '');
      assert.equal(await strip.has('button'), false);
    }
    await browser.key(keys.hold);
    await strip.click('button', dotName);
    await strip.find('button', say('did_it'));
    await hour.answer(say('did_it'));
    const end = await hour.end();
    const [held, next] = await picture(end);
    assert.deepEqual(held, ['2', cue, say('outcome_silenced')]);
    assert.equal(next[2], say('outcome_did_it'));
  });

  test('hides on a key and comes back on the same key', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const strip = await hour.strip();
    await hour.words();
    await browser.key(keys.hide);
    await hour.nothing();
    for (let time = 0; time < 3 * minute; time += 30 * second) {
      assert.equal((await hour.look(30 * second)).strip, 'clear');
      await hour.nothing();
    }
    // While it is hidden, not even the time is shown.
    await browser.key(keys.glance);
    const popup = await hour.popup();
    await popup.reads(say('hidden_on'));
    await hour.nothing();
    await closePopup(browser);

    await browser.key(keys.hide);
    await strip.reads(say('notice_shown'));
    assert.equal((await hour.look(50 * second)).strip, 'clear');
    await hour.dot();
  });

  test('stands still in a pause, and gets five minutes more', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await hour.look(30 * second);
    const popup = await hour.popup();
    await popup.reads('50 min left');
    await popup.click('button', say('pause'));
    await popup.reads(say('paused_on'));
    await badgeSays(browser, 'II');
    for (let time = 0; time < 6 * minute; time += minute) assert.equal((await hour.look(minute)).strip, 'clear');
    await popup.reads('50 min left');
    await popup.click('button', say('resume'));
    await popup.find('button', say('pause'));
    await badgeSays(browser, '50');
    await popup.reads('50 min left');

    await popup.click('button', say('extend_name', 55));
    await popup.reads('55 min left');
    await badgeSays(browser, '55');
    await hour.look(2 * minute);
    await popup.reads('53 min left');
    await closePopup(browser);
    await hour.dot();
  });

  test('ends in the popup, and the next start remembers what was chosen', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { kind: 'First', minutes: '25', prompts: 'Trainee' });
    const popup = await hour.popup();
    await popup.reads('25 min left');
    await popup.click('button', say('end'));
    await popup.reads(say('end_sure'));
    await popup.click('button', say('keep'));
    await popup.click('button', say('end'));
    await popup.click('button', say('end_now'));
    await popup.reads(say('cues_came_none'));
    await until('the strip to leave the page', () => page.hasStrip(), (there) => !there);
    await badgeSays(browser, '');
    await popup.click('button', say('done'));

    assert.deepEqual(await chosen(popup), ['First', '25', 'Trainee']);
    await closePopup(browser);

    await browser.killWorker();
    const again = await openPopup(browser, page);
    assert.deepEqual(await chosen(again), ['First', '25', 'Trainee']);

    // A custom length.
    await again.click('radio', say('minutes_other'));
    await typeMinutes(browser, again, '200');
    await again.click('button', say('start'));
    await again.reads(say('problem_minutes', 5, 180));
    await browser.key('ctrl+a');
    await typeMinutes(browser, again, '37');
    await again.click('button', say('start'));
    await again.closed();
    const third = await new Hour(browser, page).popup();
    await third.reads('37 min left');
    // A second session on the same page has its strip there, too.
    assert.equal(await third.has('button', say('mount')), false);
    await third.click('button', say('end'));
    await third.click('button', say('end_now'));
    await third.click('button', say('done'));
    await third.find('button', say('start'));
    assert.deepEqual(await chosen(third), ['First', say('minutes_other'), 'Trainee']);
    const length = () => /** @type {HTMLInputElement} */ (document.querySelector('#length')).value;
    assert.equal(await third.evaluate(length), '37');
  });

  test('shows the minutes left on the badge', async ({ browser, openCall }) => {
    const hour = await start(browser, await openCall('plain/'), { kind: 'Ongoing', minutes: '25', prompts: 'Quiet' });
    await badgeSays(browser, '25');
    await hour.pass(5 * minute);
    await badgeSays(browser, '20');
    await hour.pass(15 * minute);
    await badgeSays(browser, '5');
    await hour.pass(2 * minute);
    await badgeSays(browser, '3');
    await hour.pass(4 * minute);
    await badgeSays(browser, '0');
    await (await hour.popup()).reads('1 min over');
  });

  test('leaves the keyboard in the call', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await page.evaluate(() => {
      const notes = document.createElement('input');
      notes.id = 'notes';
      notes.ariaLabel = 'Notes';
      document.querySelector('#bar')?.append(notes);
    });
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await page.click('textbox', 'Notes');
    const state = () =>
      page.evaluate(() => ({
        focus: document.hasFocus() && document.activeElement?.id,
        typed: /** @type {HTMLInputElement} */ (document.querySelector('#notes')).value,
        muted: document.querySelector('#mute')?.getAttribute('data-clicks'),
      }));
    let typed = '';
    /** @param {string} letter */
    const typing = async (letter) => {
      await browser.type(letter);
      typed += letter;
      await until(`${typed} in the page`, state, (now) => now.typed === typed && now.focus === 'notes');
    };
    await typing('a');
    await hour.dot();
    await typing('b');
    const strip = await hour.strip();
    await strip.click('button', dotName);
    await strip.find('button', say('did_it'));
    await typing('c');
    await hour.answer(say('already'));
    await typing('d');
    await hour.words();
    await typing('e');
    await browser.key(keys.glance);
    await hour.nothing();
    await typing('f');
    await hour.card();
    // A click on the card beside its buttons takes nothing away either.
    const text = await strip.box('.text');
    assert.ok(text);
    await strip.clickAt({ x: text.x + 5, y: text.y + 5 });
    await typing('g');
    await strip.click('button', say('close'));
    await hour.nothing();
    await typing('h');

    // A button of the page keeps the focus just as well.
    await page.click('button', 'Mute');
    await hour.card();
    await browser.key('space');
    await until('the key to press the button', state, ({ muted }) => muted === '2');
    await hour.answer(say('not_now'));
    await browser.key('space');
    await until('the key to press the button', state, ({ muted, focus }) => muted === '3' && focus === 'mute');
  });
});
