// @ts-check
// Whatever is stopped, reloaded, filled up or moved during a session: it continues where it was, and each answer counts
// once.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { badge, closePopup, dotName, inEachBrowser, keys, minute, openPopup, say, second, start } from './steps.mjs';

/** @typedef {import('./steps.mjs').Hour} Hour */
/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

/** A selector that matches the strip's element in a page and nothing else. */
const host = 'div[popover="manual"]:empty';

/** How many strips are in a page, seen or not. @param {Page} page */
const strips = (page) => page.evaluate((selector) => document.querySelectorAll(selector).length, host);

/** The log in the picture of a session that has ended: cue and outcome. @param {Surface} popup */
const log = (popup) =>
  popup.evaluate(() =>
    [...document.querySelectorAll('#entries tr')].map((row) => [...row.children].map((cell) => cell.textContent).slice(1)),
  );

/** What the popup says in small print about the running hour. @param {Surface} popup */
const soFar = async (popup) => {
  const [, minutes, length, cues] = (await popup.reads(/\d+ of \d+ min · (\d+|no) cue/)).match(/(\d+) of (\d+) min · (\d+|no) cue/) ?? [];
  return { minutes: Number(minutes), length: Number(length), cues: Number(cues) || 0 };
};

/** The minutes left according to a text. @param {string} text */
const told = (text) => Number(text.match(/(\d+) min left/)?.[1]);

/** The minutes left that the glance key shows when nothing is due. @param {Hour} hour */
async function minutesLeft(hour) {
  await hour.browser.key(keys.glance);
  return told(await (await hour.strip()).reads(/\d min left/));
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
      // Pressed at the very moment when the background is stopped, a key counts once or not at all.
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
        await (await hour.strip()).reads('Cues paused for 5 min');
      }
      await page.reload();
      if (name === 'firefox') {
        // The permission to inject went with the page. The badge says so, and a key or the button brings the strip
        // back.
        await until('the badge to call', () => badge(browser), (text) => text === '!');
        assert.equal(await page.hasStrip(), false);
        if (during === 'nothing') {
          await browser.key(keys.glance);
        } else {
          await openPopup(browser, page);
          await closePopup(browser);
        }
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
        await popup.reads('Cues paused for 5 more min');
        await popup.click('button', 'Resume cues');
        await closePopup(browser);
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
    await closePopup(browser);
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
    await closePopup(browser);
  });

  test('a clock that steps back an hour', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    const cue = await hour.words();
    await browser.key(keys.glance);
    await hour.nothing();
    const before = await minutesLeft(hour);

    browser.shiftClock(-60 * minute);
    await browser.nudge(page);
    await hour.look(5 * second);
    await hour.nothing();
    const after = await minutesLeft(hour);
    assert.ok(before - 1 <= after && after <= before, `${before} minutes left before, ${after} after`);
    // The hour continues at its pace: the next cue is due within three minutes, not within sixty-three.
    const now = browser.now();
    const next = await hour.words();
    assert.ok(browser.now() - now < 3 * minute);
    await browser.key(keys.notNow);
    await hour.nothing();
    const ended = await hour.end();
    assert.deepEqual(await log(ended), [[cue, 'did it'], [next, 'not now']]);
    await ended.reads(/^Attune \d minutes? /);
  });

  test('a computer that sleeps for 25 minutes', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '90', prompts: 'Trainee' });
    /** @type {string[][]} */
    const done = [];

    /** @type {[answer: string, went: boolean, answer: (strip: Surface) => Promise<void>][]} */
    const sleeps = [
      ['yes, by key', true, () => browser.key(keys.glance)],
      ['no, by key', false, () => browser.key(keys.notNow)],
      ['yes, by mouse', true, (strip) => strip.click('button', 'Yes')],
      ['no, by mouse', false, (strip) => strip.click('button', 'No')],
    ];
    for (const [what, went, answer] of sleeps) {
      const cue = await hour.words();
      await browser.key(keys.glance);
      done.push([cue, 'did it']);
      await hour.nothing();
      // Something due in a moment would be over before the lid is closed.
      const { wake_at: soon } = await hour.look();
      if ((soon ?? 0) - browser.now() < 30 * second) await hour.look(35 * second);
      const before = await minutesLeft(hour);
      await hour.look(5 * second);
      await hour.nothing();

      // Nothing has woken Attune in these minutes, and cues were due.
      const { wake_at: due } = await hour.look();
      const awake = Math.max(0, (due ?? 0) - browser.now()) / minute;
      browser.shiftClock(25 * minute);
      await browser.nudge(page);
      const strip = await hour.strip();
      await strip.reads('Still in session?');
      await strip.find('group', /^Your computer was asleep for 2[0-5] min\. Did the session continue\?$/);
      await answer(strip);
      const after = told(await strip.reads(/\d min left/));
      // The time before Attune was next due counts as part of the session, because nobody can have noticed it.
      const passed = went ? 25 : awake;
      // Both are in whole minutes, and some seconds pass between them.
      assert.ok(Math.abs(before - passed - after) <= 1.2, `${what}: ${before} minutes left before, ${after} after`);

      // No burst: everything due in the meantime is dropped, and a minute of quiet comes first.
      assert.deepEqual((await hour.look(50 * second)).strip, 'clear', what);
      await hour.nothing();
    }

    const popup = await hour.popup();
    assert.equal((await soFar(popup)).cues, done.length);
    await closePopup(browser);
    browser.shiftClock(25 * minute);
    await browser.nudge(page);
    const again = await hour.popup();
    await again.reads(/Your computer was asleep for 2[0-5] min\. Did the session continue\?/);
    await again.click('button', 'No, don’t count that time');
    await until('the question to go', () => again.has('button', 'Yes, it continued'), (there) => !there);
    await closePopup(browser);
    const ended = await hour.end();
    assert.deepEqual(await log(ended), done);
  });

  test('a session that was left running and ended automatically goes on after all', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Quiet' });
    await hour.pass(109 * minute);
    browser.shiftClock(1.5 * minute);
    const popup = await hour.popup();
    await popup.reads(say('by_itself'));
    assert.ok(!(await page.hasStrip()));
    assert.deepEqual(await popup.axe(), []);
    await popup.click('button', say('go_on'));
    const strip = await page.strip();
    await strip.reads(/^6\d min over$/);
    await closePopup(browser);
    const ended = await hour.end();
    assert.ok(!(await ended.has('button', say('go_on'))), 'this end was chosen');
  });

  test('a disk that is full', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    const sorry = 'The last change couldn’t be saved, perhaps because the disk is full. The session continues as long as the browser is open.';

    // An extension may store as much as there is room for, so the browser's refusal is simulated.
    await browser.inWorker(() => {
      Object.assign(chrome.storage, { kept: chrome.storage.local.set });
      chrome.storage.local.set = () => Promise.reject(new Error('The disk is full.'));
    });

    const cue = await hour.words();
    const popup = await hour.popup();
    await popup.reads(sorry);
    await popup.reads('1 cue so far');
    await closePopup(browser);
    await hour.strip();
    const next = await hour.words();
    await browser.key(keys.glance);
    await hour.nothing();
    await (await hour.popup()).reads(sorry);
    await closePopup(browser);

    await browser.inWorker(() => { chrome.storage.local.set = /** @type {any} */ (chrome.storage).kept; });
    const third = await hour.words();
    await browser.key(keys.notNow);
    await hour.nothing();
    const calm = await hour.popup();
    await calm.reads('3 cues so far');
    assert.ok(!(await calm.text()).includes('couldn’t be saved'));
    await closePopup(browser);

    await stop(browser);
    const ended = await hour.end();
    assert.deepEqual(await log(ended), [[cue, 'faded'], [next, 'did it'], [third, 'not now']]);
  });

  test('a saved state that cannot be read', async ({ browser, openCall, open }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    await hour.dot();
    const own = await open(browser.extensionUrl('decks/en.json'));
    // Builds before the first release stored texts.
    const earlier = {
      engine: 'attune snapshot, 2\nchoices\t50\t2\tstandard\nmemory\t3\nend',
      settings: 'H4sIAAAAAAAAA6tWUEpU0lFQSgFTqUpWUCYQAwCP1bnDFgAAAA==',
      look: 'large 80 strong',
      place: 'places 1\nplace\t1280\t900\t5000\t0',
      emergency: '[["Crisis line","111"]]',
      starts: 'https://meet.example/*',
    };
    for (const garbage of [{ session: { version: 1, running: 'yes' } }, { session: { version: 2 } }, { engine: 'attune snapshot, 2' }, earlier]) {
      await own.evaluate(async (garbage) => {
        await chrome.storage.local.remove('unreadable');
        await chrome.storage.local.set(garbage);
      }, garbage);
      await stop(browser);
      const popup = await openPopup(browser, page);
      await popup.reads('Attune couldn’t read its saved data and has started fresh.');
      await popup.find('button', 'Start beside this call');
      await closePopup(browser);
      assert.deepEqual(await own.evaluate(() => chrome.storage.local.get('unreadable').then(({ unreadable }) => unreadable)), garbage);
      await until('the strip to leave the page', () => page.hasStrip(), (there) => !there);
      await until('the badge to be empty', () => badge(browser), (text) => text === '');
    }
    // It works as before, and does not mention it once the background starts again.
    const again = await start(browser, page, { minutes: '50' });
    const cue = await again.words();
    await stop(browser);
    await browser.key(keys.glance);
    await again.nothing();
    const ended = await again.end();
    assert.ok(!(await ended.text()).includes('couldn’t read its saved data'));
    assert.deepEqual(await log(ended), [[cue, 'did it']]);
  });

  test('an update of the extension', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    const cue = await hour.card();
    const strip = await hour.strip();
    const box = /** @type {{width: number, height: number}} */ (await strip.box('.card'));
    const corner = await strip.onScreen({ x: 0, y: 0 });
    const inPage = await page.onScreen({ x: 0, y: 0 });
    const beneath = { x: corner.x - inPage.x + box.width / 2, y: corner.y - inPage.y + box.height / 2 };

    await browser.updateExtension();
    const clicks = () => page.evaluate(() => Number(document.documentElement.dataset.clicks ?? 0));
    await page.evaluate(() => addEventListener('click', () => {
      const { dataset } = document.documentElement;
      dataset.clicks = String(Number(dataset.clicks ?? 0) + 1);
    }));
    const under = () => page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.matches('video'), beneath);
    await until('the old strip to be out of sight', under);
    await page.clickAt(beneath);
    await until('the click to reach the page', clicks, (count) => count === 1);

    const popup = await openPopup(browser, page);
    await popup.reads(cue);
    await page.strip();
    await (await page.strip()).find('heading', cue);
    assert.equal(await strips(page), 1);
    await closePopup(browser);
    await browser.key(keys.glance);
    await hour.nothing();
    const next = await hour.words();
    await browser.key(keys.notNow);
    await hour.nothing();
    const ended = await hour.end();
    assert.deepEqual(await log(ended), [[cue, 'did it'], [next, 'not now']]);
    await until('no strip', () => strips(page), (count) => count === 0);
  });

  test('a tab that is closed', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    const cue = await hour.words();
    await browser.key(keys.glance);
    await hour.nothing();
    const other = await openCall('both/');
    await page.close();
    await until('the badge to call', () => badge(browser), (text) => text === '!');

    const popup = await openPopup(browser, other);
    await popup.reads(say('place_nowhere'));
    assert.equal((await soFar(popup)).cues, 1);
    assert.equal(await other.hasStrip(), false);
    await popup.click('button', 'Bring the strip to this tab');
    hour.page = other;
    await other.strip();
    await until('the offer to go', () => popup.has('button', 'Bring the strip to this tab'), (there) => !there);
    await until('the badge to show minutes', () => badge(browser), (text) => /^\d+$/.test(text));
    await closePopup(browser);

    const next = await hour.words();
    await browser.key(keys.glance);
    await hour.nothing();
    const ended = await hour.end();
    assert.deepEqual(await log(ended), [[cue, 'did it'], [next, 'did it']]);
  });

  test('a strip that is wanted in another tab', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, { minutes: '50', prompts: 'Standard' });
    const cue = await hour.card();
    const other = await openCall('csp/');
    const popup = await openPopup(browser, other);
    await popup.reads('The strip is in another tab.');
    await popup.click('button', 'Bring the strip to this tab');
    const strip = await other.strip();
    await closePopup(browser);
    await strip.find('heading', cue);
    await until('the strip to leave the first tab', () => strips(page), (count) => count === 0);
    hour.page = other;
    await browser.key(keys.glance);
    await hour.nothing();
    const ended = await hour.end();
    assert.deepEqual(await log(ended), [[cue, 'did it']]);
  });
});
