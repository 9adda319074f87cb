// @ts-check
// Whatever is stopped, reloaded, filled up or moved on during a session: it goes on where it was, and what was answered
// is there once.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { badge, closePopup, dotName, inEachBrowser, keys, minute, openPopup, second, start } from './steps.mjs';

/** @typedef {import('./steps.mjs').Hour} Hour */
/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

/** What an extension page, and nothing else, calls the strip's element in a page. */
const host = 'div[popover="manual"]:empty';

/** How many strips are in a page, seen or not. @param {Page} page */
const strips = (page) => page.evaluate((selector) => document.querySelectorAll(selector).length, host);

/** The log in the picture of a session that has ended: cue and outcome. @param {Surface} popup */
const log = (popup) =>
  popup.evaluate(() => [...document.querySelectorAll('#entries tr')].map(({ children: [, cue, outcome] }) => [cue.textContent, outcome.textContent]));

/** What the popup says in small letters about the running hour. @param {Surface} popup */
const soFar = async (popup) => {
  const [, minutes, length, cues] = (await popup.reads(/\d+ of \d+ min · (\d+|no) cue/)).match(/(\d+) of (\d+) min · (\d+|no) cue/) ?? [];
  return { minutes: Number(minutes), length: Number(length), cues: Number(cues) || 0 };
};

/** The minutes left that the glance key shows when nothing is due. @param {Hour} hour */
async function minutesLeft(hour) {
  await hour.browser.key(keys.glance);
  const text = await (await hour.strip()).reads('min left');
  return Number.parseInt(text);
}

/** Kills the background while it runs. @param {Browser} browser */
async function stop(browser) {
  assert.ok(await browser.workerRuns(), 'there is something to stop');
  await browser.killWorker();
}

inEachBrowser('resilience', (test) => {
  test('20 stops of the background, 5 reloads and a killed browser, in one session', async ({ browser, name, openCall }) => {
    let page = await openCall('plain/');
    const pressed = browser.now();
    let hour = await start(browser, page, { minutes: '50', prompts: 'Trainee' });
    const began = browser.now();
    /** Cue and outcome of everything that has come. @type {string[][]} */
    const done = [];

    const timeIsRight = async () => {
      // The hour began between the two readings of the clock.
      const bounds = [pressed, began].map((at) => Math.ceil(50 - (browser.now() - at) / minute));
      const left = await minutesLeft(hour);
      assert.ok(bounds[0] <= left && left <= bounds[1] + 1, `${left} is one of ${bounds}`);
    };

    /** @type {[how: string, outcome: string, answer: () => Promise<unknown>][]} */
    const rounds = [
      ['words', 'did it', () => browser.key(keys.glance)],
      ['card', 'not now', () => browser.key(keys.notNow)],
      ['card', 'already doing it', () => hour.answer('Already do')],
      ['words', 'not now', () => browser.key(keys.notNow)],
      // Pressed at the very moment at which the background is stopped, a key counts once or not at all.
      ['card', 'did it', async () => {
        await Promise.all([browser.key(keys.glance), browser.killWorker()]);
        if ((await hour.look()).strip.card) await browser.key(keys.glance);
      }],
    ];
    for (const [how, outcome, answer] of rounds) {
      await stop(browser); // before the cue
      await hour.dot();
      await stop(browser); // with the dot on screen
      await browser.key(keys.glance);
      const cue = await hour.shownWords();
      if (how === 'card') {
        const strip = await hour.strip();
        await strip.click('button', cue);
        await strip.find('button', /^Did it/);
      }
      await stop(browser); // with the words or the card on screen
      await answer();
      await hour.nothing();
      done.push([cue, outcome]);
      await stop(browser); // after the cue
      await timeIsRight();
    }

    for (const during of ['nothing', 'dot', 'card', 'hold', 'nothing']) {
      await hour.nothing();
      let cue = '';
      if (during === 'dot') await hour.dot();
      if (during === 'card') cue = await hour.card();
      if (during === 'hold') {
        await browser.key(keys.hold);
        await (await hour.strip()).reads('Quiet for 5 min');
      }
      await page.reload();
      if (name === 'firefox') {
        // The right to inject went with the page. The badge says so, and a key or the button brings the strip back.
        await until('the badge to call', () => badge(browser), (text) => text === '!');
        assert.equal(await page.hasStrip(), false);
        if (during === 'nothing') await browser.key(keys.glance);
        else await closePopup(browser, await openPopup(browser, page));
      }
      const strip = await page.strip();
      assert.equal(await strips(page), 1);
      await until('the badge to show minutes', () => badge(browser), (text) => /^\d+$/.test(text));
      if (during === 'dot') {
        await strip.find('button', dotName);
        await browser.key(keys.glance);
        cue = await hour.shownWords();
      }
      if (during === 'card') await strip.find('heading', cue);
      if (during === 'hold') {
        const popup = await hour.popup();
        await popup.reads('Quiet for 5 more min');
        await popup.click('button', 'Cues on again');
        await closePopup(browser, popup);
      }
      if (cue) {
        await browser.key(keys.glance);
        done.push([cue, 'did it']);
      }
      await hour.nothing();
    }
    await timeIsRight();

    const cue = await hour.card();
    await browser.kill();
    await browser.relaunch();
    page = await openCall('plain/');
    assert.equal(await page.hasStrip(), false);
    const popup = await openPopup(browser, page);
    hour.page = page;
    await (await page.strip()).find('heading', cue);
    assert.deepEqual((await soFar(popup)).cues, done.length + 1);
    await closePopup(browser, popup);
    await browser.key(keys.notNow);
    done.push([cue, 'not now']);
    await hour.nothing();
    await timeIsRight();

    const next = await hour.words();
    await browser.key(keys.glance);
    done.push([next, 'did it']);
    await hour.nothing();
    const ended = await hour.end();
    assert.deepEqual(await log(ended), done);
    await ended.click('button', 'Done');
    await ended.find('button', 'Start beside this call');
    await closePopup(browser, ended);
  });
});
