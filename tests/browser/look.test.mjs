// @ts-check
// The strip looks as the therapist wants it, and hangs where they say that their camera is.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { drag, isAt, isMoved, kept as place, viewport } from './hang.mjs';
import { hears, kept, openOptions } from './options.mjs';
import { dotName, inEachBrowser, keys, minute, say, second, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

const choices = { kind: 'Ongoing', minutes: '50', prompts: 'Standard' };
const cue = say('welcome_cue');

/** The name of a lens in the picture. @param {'top' | 'bottom'} edge @param {string} along */
const lens = (edge, along) => say('lens_at', say(`lens_${edge}`), say(`lens_${along}`));

/** Chooses how a cue looks. @param {Page} options @param {string} choice a message key */
async function choose(options, choice) {
  await options.click('radio', say(choice));
  await hears(options, say('look_done'));
}

/** How the strip's words are drawn. @param {Surface} strip */
const drawn = (strip) => strip.evaluate(() => {
  const { fontSize, backgroundColor, color } = getComputedStyle(/** @type {Element} */ (document.querySelector('.pill:not(.leaving)')));
  return { fontSize, backgroundColor, color };
});

/** What a screen reader is told about the strip. @param {Surface} strip */
const said = async (strip) => strip.evaluate(() => {
  const live = /** @type {HTMLElement} */ (document.querySelector('[role=status]'));
  return live.checkVisibility() ? live.textContent : null;
});

inEachBrowser('the look of the strip', (test) => {
  test('the strip hangs from the chosen lens, in the options and in the session', async ({ browser, open, openCall }) => {
    const options = await openOptions({ browser, open }, 'strip');
    const { width, height } = await viewport(options);
    const sample = await options.strip();
    await sample.find('button', cue);
    await isAt(options, width / 2, 10);
    await options.reads(lens('top', 'middle'));
    assert.equal((await options.find('radio', lens('top', 'middle'))).checked, true);

    await options.click('radio', lens('top', 'right'));
    await isAt(options, 10 + (width - 20) * 0.6667, 10);
    await options.reads(lens('top', 'right'));
    await browser.key('Right');
    await options.reads(lens('top', 'far_right'));
    await until('the strip at the edge', async () => (await sample.way.corner()).x > (await options.onScreen({ x: width * 0.7, y: 0 })).x);

    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const { width: across } = await viewport(page);
    await hour.dot();
    await isAt(page, across - 10 - 11, 10);

    // Where it is dragged in the session shows in the picture, and no lens is chosen.
    await drag(page, { x: 300, y: height * 0.4 });
    await options.bringToFront();
    await options.reads(say('lens_other'));
    assert.ok((await options.all('radio')).every(({ name, checked }) => !name.startsWith(say('lens_top')) || !checked));
  });

  test('the strip of the options is dragged, moved by keys and opened; the picture follows', async ({ browser, open }) => {
    const options = await openOptions({ browser, open }, 'strip');
    const { width } = await viewport(options);
    const strip = await options.strip();
    await strip.find('button', cue);
    await drag(options, { x: 500, y: 320 });
    await isAt(options, 500, 320 - 17);
    await options.reads(say('lens_other'));
    const there = await until('it to be kept', () => place(options), isMoved);

    // Escape puts it back while it is held.
    await browser.display.hold(await options.onScreen({ x: 500, y: 320 }));
    await browser.display.moveBy({ x: 30, y: 30 });
    await browser.display.moveBy({ x: 60, y: 60 });
    await isAt(options, 590, 320 - 17 + 90);
    await browser.display.keyHeld('Escape');
    await isAt(options, 500, 320 - 17);
    await browser.display.letGo();
    assert.equal(await place(options), there);

    // A click opens the card, and once closed the cue is back. What is tried here leaves nothing behind.
    await strip.click('button', cue);
    await strip.reads(say('welcome_cue_text'));
    await strip.click('button', new RegExp(`^${say('never')}`));
    await strip.find('button', cue);
    for (let tabs = 0; !(await strip.focused()).startsWith('button'); tabs++) {
      assert.ok(tabs < 60, 'the strip can be reached with the Tab key');
      await browser.key('Tab');
    }
    await browser.key('shift+Home');
    await isAt(options, width / 2, 10);
    await options.reads(lens('top', 'middle'));
  });

  test('large, strong and lighter: at once, in the session too, and undone', async ({ browser, open, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    await hour.words();
    const strip = await hour.strip();
    const before = await drawn(strip);
    assert.deepEqual([before.fontSize, before.backgroundColor], ['15px', 'rgba(24, 27, 31, 0.9)']);

    const options = await openOptions({ browser, open }, 'strip');
    const sample = await options.strip();
    await sample.find('button', cue);
    await choose(options, 'look_large');
    await choose(options, 'look_strong');
    await options.click('radio', '70 %');
    await hears(options, say('look_done'));
    const after = { fontSize: '20px', backgroundColor: 'rgba(0, 0, 0, 0.7)', color: 'rgb(255, 255, 255)' };
    await until('the sample to follow', () => drawn(sample), (now) => JSON.stringify(now) === JSON.stringify(after));
    // The session's words may be gone by now; the next ones are large.
    await page.bringToFront();
    await hour.pass(minute);
    await hour.words();
    assert.deepEqual(await drawn(await hour.strip()), after);
    await until('the words to be seen whole', async () => {
      const [seen, box] = [await strip.way.clip(), await strip.box('.layer:not(.leaving)')];
      return seen && box && box.width <= seen.width && box.height <= seen.height;
    });
    await browser.key(keys.notNow);
    await hour.card();
    assert.deepEqual(await strip.axe(), []);

    await options.bringToFront();
    for (let steps = 0; steps < 3; steps++) {
      await options.click('button', say('undo'));
      await kept(options);
    }
    await until('the sample to be as it was', () => drawn(sample), (now) => JSON.stringify(now) === JSON.stringify(before));
    assert.equal((await options.find('radio', say('look_line'))).checked, true);
  });

  test('with the dot only, words wait for a glance', async ({ browser, open, openCall }) => {
    const options = await openOptions({ browser, open }, 'strip');
    const sample = await options.strip();
    await sample.find('button', cue);
    await choose(options, 'look_dot');
    await sample.find('button', dotName);

    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    await hour.dot();
    // Words would come after twenty seconds.
    const { strip } = await hour.look(45 * second);
    assert.ok('dot' in /** @type {object} */ (strip), JSON.stringify(strip));
    await browser.key(keys.glance);
    await hour.shownWords();

    // Words come by themselves again, also in the running session.
    await browser.key(keys.notNow);
    await options.bringToFront();
    await choose(options, 'look_line');
    await page.bringToFront();
    await hour.dot();
    const next = await hour.look(45 * second);
    assert.ok('words' in /** @type {object} */ (next.strip), JSON.stringify(next.strip));
  });

  test('a screen reader announces cues only if the therapist wants it', async ({ browser, open, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const strip = await hour.strip();
    await hour.words();
    assert.equal(await said(strip), null);
    await browser.key(keys.notNow);

    const options = await openOptions({ browser, open }, 'strip');
    await options.click('switch', say('look_aloud'));
    await hears(options, say('look_done'));
    await page.bringToFront();
    await hour.dot();
    await until('the dot to be said', () => said(strip), (text) => text === say('strip_due'));
    await browser.key(keys.glance);
    const words = await hour.shownWords();
    await until('the cue to be said', () => said(strip), (text) => text === words);
    await until('it to be a status', () => strip.has('status'));
    await browser.key(keys.notNow);
    await until('nothing more to be said', () => said(strip), (text) => text === '');
  });
});
