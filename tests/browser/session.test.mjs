// @ts-check
// An hour as a therapist has it: Start beside the call, a few cues, answers, silences, the end.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { until } from './drive/index.mjs';
import {
  badge, choose, closePopup, dotName, Hour, inEachBrowser, keys, minute, openPopup, second, start,
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

/** Types a length in place of the one that is there, once its field has the focus. @param {Browser} browser @param {Surface} popup @param {string} minutes */
async function typeMinutes(browser, popup, minutes) {
  await until('the field to have the focus', () => popup.focused(), (focus) => focus === 'spinbutton Minutes, from 5 to 180');
  await browser.key('ctrl+a');
  await browser.type(minutes);
}

inEachBrowser('a session', (test) => {
  test('starts from the toolbar button, and the glance key brings and answers a cue', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const popup = await openPopup(browser, page);
    await choose(popup, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await popup.click('button', 'Start beside this call');
    const strip = await page.strip();
    await strip.reads(/^50 min left$/);
    await popup.closed();
    await badgeSays(browser, '50');

    const hour = new Hour(browser, page);
    assert.equal((await hour.look(5 * second)).strip, 'clear');
    await hour.nothing();

    // A minute later the person looks at another tab and back: the strip itself looks at the clock then.
    browser.shiftClock(minute);
    await browser.nudge(page);
    await strip.find('button', dotName);
    assert.equal(await strip.text(), '');
    assert.ok(await page.evaluate(() => document.hasFocus()), 'the call has the keyboard');
    await browser.key(keys.glance);
    await strip.reads(/^Confirm who is here$/);
    await browser.key(keys.glance);
    await hour.nothing();

    // A glance at nothing tells the time.
    await browser.key(keys.glance);
    await strip.reads(/^49 min left$/);

    const end = await hour.end();
    // In the second minute, as people count.
    assert.deepEqual(await picture(end), [['2', 'Confirm who is here', 'did it']]);
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
    assert.deepEqual(await picture(end), [['2', 'Confirm who is here', 'faded']]);
  });

  test('opens a card that says what, why and how long, and takes four answers', async ({ browser, openCall }) => {
    const hour = await start(browser, await openCall('plain/'), { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const came = [];

    for (const [answer, outcome] of [['Did it', 'did it'], ['Already do', 'already doing it'], ['Never', 'never again']]) {
      const cue = await hour.card();
      came.push([cue, outcome]);
      const strip = await hour.strip();
      const card = await strip.text();
      const { text, say } = deck.prompts.find((prompt) => prompt.cue === cue) ?? {};
      for (const part of [cue, text, say ?? '']) assert.ok(card.includes(/** @type {string} */ (part)), `${part}, in ${card}`);
      assert.match(card, /Minute \d+, and “[^”]+” is not ticked yet\./);
      assert.match(card, /\b4\d min left/);
      for (const name of ['Did it', 'Already do', 'Not now', 'Never', 'Close']) assert.ok(await strip.has('button', name), name);
      await hour.answer(answer);
      if (answer === 'Never') await strip.reads(/^Will not come again$/);
      else await hour.nothing();
    }

    const late = await hour.words();
    came.push([late, 'not now']);
    await browser.key(keys.notNow);
    await hour.nothing();

    const unanswered = await hour.words();
    came.push([unanswered, 'faded']);
    await hour.look(10 * second);
    await hour.nothing();

    const closed = await hour.card();
    came.push([closed, 'faded']);
    const strip = await hour.strip();
    await strip.click('button', 'Close');
    await hour.nothing();

    const popup = await hour.end();
    const lines = await picture(popup);
    assert.deepEqual(lines.map(([, cue, outcome]) => [cue, outcome]), came);
    const minutes = lines.map(([at]) => Number(at));
    assert.deepEqual(minutes, minutes.toSorted((one, other) => one - other));
    await popup.reads('6 cues came.');
  });

  test('is silent on hold, and goes on when the hold is ended', async ({ browser, openCall }) => {
    const hour = await start(browser, await openCall('plain/'), { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    const strip = await hour.strip();
    await browser.key(keys.hold);
    await strip.reads(/^Quiet for 5 min$/);
    await browser.key(keys.hold);
    await strip.reads(/^Cues are on again$/);

    // A hold ends what is shown.
    const cue = await hour.words();
    await browser.key(keys.hold);
    await strip.reads(/^Quiet for 5 min$/);
    assert.equal((await hour.look(5 * second)).strip, 'clear');
    await hour.nothing();
    // The next cue would have come 90 seconds after the first.
    for (let time = 0; time < 4 * minute; time += 30 * second) {
      assert.equal((await hour.look(30 * second)).strip, 'clear');
      assert.equal(await strip.text(), '');
      assert.equal(await strip.has('button'), false);
    }
    await browser.key(keys.hold);
    const dot = await strip.find('button', dotName);
    await strip.clickAt({ x: dot.box.x + dot.box.width / 2, y: dot.box.y + dot.box.height / 2 });
    await strip.find('button', 'Did it');
    await hour.answer('Did it');
    const end = await hour.end();
    const [held, next] = await picture(end);
    assert.deepEqual(held, ['2', cue, 'silenced']);
    assert.equal(next[2], 'did it');
  });

  test('hides at a key and comes back at the same key', async ({ browser, openCall }) => {
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
    // Not even the time is told while it is hidden.
    await browser.key(keys.glance);
    const popup = await hour.popup();
    await popup.reads('The strip is hidden, and no cue comes.');
    await hour.nothing();
    await closePopup(browser);

    await browser.key(keys.hide);
    await strip.reads(/^Back in a minute$/);
    assert.equal((await hour.look(50 * second)).strip, 'clear');
    await hour.dot();
  });

  test('stands still in a pause, and gets five minutes more', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await hour.look(30 * second);
    const popup = await hour.popup();
    await popup.reads('50 min left');
    await popup.click('button', 'Pause');
    await popup.reads('Paused. The time stands still.');
    await badgeSays(browser, 'II');
    for (let time = 0; time < 6 * minute; time += minute) assert.equal((await hour.look(minute)).strip, 'clear');
    await popup.reads('50 min left');
    await popup.click('button', 'Resume');
    await popup.find('button', 'Pause');
    await badgeSays(browser, '50');
    await popup.reads('50 min left');

    await popup.click('button', '+5 min, to 55 minutes in all');
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
    await popup.click('button', 'End session');
    await popup.reads('End this session now?');
    await popup.click('button', 'Keep going');
    await popup.click('button', 'End session');
    await popup.click('button', 'End now');
    await popup.reads('No cue came.');
    await until('the strip to leave the page', () => page.hasStrip(), (there) => !there);
    await badgeSays(browser, '');
    await popup.click('button', 'Done');

    /** @param {Surface} surface */
    const chosen = async (surface) => (await surface.all('radio')).filter(({ checked }) => checked).map(({ name }) => name);
    await popup.find('button', 'Start beside this call');
    assert.deepEqual(await chosen(popup), ['First', '25', 'Trainee']);
    await closePopup(browser);

    await browser.killWorker();
    const again = await openPopup(browser, page);
    await again.find('button', 'Start beside this call');
    assert.deepEqual(await chosen(again), ['First', '25', 'Trainee']);

    // A length of one's own.
    await again.click('radio', 'Another length');
    await again.click('spinbutton', 'Minutes, from 5 to 180');
    await typeMinutes(browser, again, '200');
    await again.click('button', 'Start beside this call');
    await again.reads('A session lasts from 5 to 180 whole minutes.');
    await typeMinutes(browser, again, '37');
    await again.click('button', 'Start beside this call');
    await again.closed();
    const third = await new Hour(browser, page).popup();
    await third.reads('37 min left');
    await third.click('button', 'End session');
    await third.click('button', 'End now');
    await third.click('button', 'Done');
    await third.find('button', 'Start beside this call');
    assert.deepEqual(await chosen(third), ['First', 'Another length', 'Trainee']);
    const length = () => /** @type {HTMLInputElement} */ (document.querySelector('#length')).value;
    assert.equal(await third.evaluate(length), '37');
  });

  test('tells the minutes that are left on the badge', async ({ browser, openCall }) => {
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
    const dot = await hour.dot();
    await typing('b');
    const strip = await hour.strip();
    await strip.clickAt({ x: dot.box.x + dot.box.width / 2, y: dot.box.y + dot.box.height / 2 });
    await strip.find('button', 'Did it');
    await typing('c');
    await hour.answer('Already do');
    await typing('d');
    await hour.words();
    await typing('e');
    await browser.key(keys.glance);
    await hour.nothing();
    await typing('f');
    await hour.card();
    // A click on what is no button of the card takes nothing away either.
    const text = await strip.box('.text');
    assert.ok(text);
    await strip.clickAt({ x: text.x + 5, y: text.y + 5 });
    await typing('g');
    await strip.click('button', 'Close');
    await hour.nothing();
    await typing('h');

    // A button of the page keeps the focus just as well.
    await page.click('button', 'Mute');
    await hour.card();
    await browser.key('space');
    await until('the key to press the button', state, ({ muted }) => muted === '2');
    await hour.answer('Not now');
    await browser.key('space');
    await until('the key to press the button', state, ({ muted, focus }) => muted === '3' && focus === 'mute');
  });
});
