// @ts-check
// Takes pictures of everything that Attune shows, for people to look at: in dist/pictures, and with `readme` also the
// README's picture, docs/attune.png.
//
//   node tools/pictures.mjs [chromium|firefox] [readme|panel] [forced]
//
// `forced` uses the forced colours of a high-contrast system.

import { mkdir, writeFile } from 'node:fs/promises';
import { launch, until } from '../tests/browser/drive/index.mjs';
import { callIsUp, choose, closePopup, dotName, fewColours, Hour, keys, minute, openPanel, openPopup, say } from '../tests/browser/steps.mjs';
import { startCalls } from '../tests/calls/server.mjs';

/** @typedef {import('../tests/browser/drive/index.mjs').Surface} Surface */
/** @typedef {import('../tests/browser/drive/index.mjs').Page} Page */

const name = process.argv.includes('firefox') ? 'firefox' : 'chromium';
const onlyPanel = process.argv.includes('panel');
const forReadme = process.argv.includes('readme');
const forced = process.argv.includes('forced');
const folder = `dist/pictures/${name}${forced ? '-forced' : ''}`;
const schemes = /** @type {const} */ (['light', 'dark']);

await mkdir(folder, { recursive: true });
const calls = await startCalls();
const browser = await launch(name, { extension: `dist/${name}`, width: 1280, height: 860, scale: 2, ...(forced ? fewColours : {}) });

/** Waits until all fades are over. @param {Surface} surface */
async function atRest(surface) {
  await until('it to come to rest', () => surface.evaluate(() => document.getAnimations().every(({ playState }) => playState !== 'running')));
}

/** Takes a popup in its current state, in light and dark. @param {Surface} popup @param {string} title */
async function takePopup(popup, title) {
  for (const colorScheme of schemes) {
    await popup.look({ colorScheme });
    await atRest(popup);
    await popup.screenshot(`${folder}/popup-${title}-${colorScheme}.png`);
  }
  await popup.look({});
}

/** Takes the welcome page in its current state, in light and dark. @param {Page} page @param {string} title */
async function takeWelcome(page, title) {
  for (const colorScheme of schemes) {
    await page.look({ colorScheme });
    await atRest(page);
    await page.screenshot(`${folder}/welcome-${title}-${colorScheme}.png`);
  }
  await page.look({});
}

/**
 * Takes the area around the strip, over the call and over white and black pages.
 * @param {Page} page
 * @param {string} title
 */
async function takeStrip(page, title) {
  const strip = await page.strip();
  for (const beneath of ['white', 'black', 'call']) {
    await page.evaluate((colour) => {
      const stage = document.getElementById('stage');
      if (stage) stage.style.visibility = colour === 'call' ? '' : 'hidden';
      document.body.style.background = colour === 'call' ? '' : colour;
    }, beneath);
    await atRest(strip);
    const box = { x: (await page.evaluate(() => innerWidth)) / 2 - 220, y: 0, width: 440, height: 280 };
    await writeFile(`${folder}/strip-${title}-${beneath}.png`, await page.way.capture(box));
  }
}

/**
 * Opens the popup beside a page, passes it to `body`, and closes it.
 * @param {Page} page
 * @param {(popup: Surface) => Promise<void>} body
 */
async function withPopup(page, body) {
  const popup = await openPopup(browser, page);
  await body(popup);
  await closePopup(browser);
}

/**
 * Takes the side panel in light and dark; if it can be resized, also narrow and wide, at full height.
 * @param {Surface} panel
 * @param {string} title
 */
async function takePanel(panel, title) {
  for (const colorScheme of forced ? /** @type {const} */ (['light']) : schemes) {
    await panel.look({ colorScheme });
    await atRest(panel);
    await panel.screenshot(`${folder}/panel-${title}-${colorScheme}.png`);
    for (const width of panel.way.resize ? [320, 400] : []) {
      await panel.way.resize?.({ width, height: 700 });
      await until('the new width', () => panel.evaluate(() => innerWidth), (now) => now === width);
      const height = await panel.evaluate(() => document.documentElement.scrollHeight);
      await panel.way.resize?.({ width, height });
      await until('the new height', () => panel.evaluate(() => innerHeight), (now) => now === height);
      // Elements fixed to the bottom settle a frame later.
      await panel.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await panel.screenshot(`${folder}/panel-${title}-${colorScheme}-${width}.png`);
      await panel.way.resize?.(null);
    }
  }
  await panel.look({});
}

/** The side panel, from the ready check to the end. @param {Page} page */
async function takePanels(page) {
  const panel = await openPanel(browser, page);
  await panel.evaluate(() => { Math.random = () => 0.25; });
  await choose(panel, { kind: 'First' });
  for (const item of ['My room is private', 'Camera at eye level']) {
    await panel.click('checkbox', item);
    await until('the tick', async () => (await panel.find('checkbox', item)).checked);
  }
  await panel.click('summary', say('item_more', 'My room is private'));
  await takePanel(panel, '01-ready');
  await choose(panel, { kind: 'Ongoing', prompts: 'Trainee' });
  await panel.evaluate(() => {
    const intention = /** @type {HTMLSelectElement} */ (document.querySelector('#intention'));
    intention.selectedIndex = 1;
  });
  // Another tab, to which nobody has given Attune access.
  const other = await browser.open(`${calls.url}/plain/?other`);
  await panel.click('button', say('start'));
  await panel.reads(say('refused'));
  await takePanel(panel, '02-refused');
  await other.close();
  await page.bringToFront();
  await panel.click('button', say('start'));
  await panel.reads('50 min left');
  await takePanel(panel, '03-running');
  const hour = new Hour(browser, page);
  for (let cues = 0; cues < 6; cues++) {
    await hour.words();
    await browser.key(keys.glance);
    await hour.nothing();
  }
  await browser.key(keys.hold);
  await panel.reads(/Cues paused for/);
  await hour.pass(5 * minute);
  await hour.dot();
  await panel.find('button', say('did_it'));
  await panel.click('summary', /so far/);
  await takePanel(panel, '04-cue');
  await panel.click('summary', /so far/);
  await panel.click('button', /Call froze/);
  await panel.reads('You pressed');
  await takePanel(panel, '05-moment');
  await browser.screenshot(`${folder}/panel-screen.png`);
  await panel.click('button', say('did_it'));
  await panel.click('button', say('crisis'));
  await panel.reads(say('crisis_on'));
  await takePanel(panel, '06-crisis-empty');
  await panel.click('summary', say('card'));
  for (const [who, number] of [['Crisis line', '0800 111 0 111'], ['Supervisor, M.', '+43 660 555 01 23'], ['Ambulance', '144']]) {
    await panel.click('button', say('card_add'));
    await browser.type(`${who}\t${number}\t`);
    await until('the number', () => panel.evaluate(() => document.querySelector('#numbers')?.textContent), (text) => text?.includes(number));
  }
  await takePanel(panel, '07-crisis');
  await panel.click('button', say('card_remove', 'Ambulance'));
  await panel.reads(say('card_removed', 'Ambulance'));
  await takePanel(panel, '08-card-removed');
  await panel.click('button', say('undo'));
  await panel.click('summary', say('card'));
  await withPopup(page, (popup) => takePopup(popup, '16-crisis-card'));
  await panel.click('button', say('crisis_off'));
  await panel.click('button', say('end'));
  await panel.click('button', say('end_now'));
  await panel.find('button', say('done'));
  await takePanel(panel, '09-ended');
  await panel.click('button', say('done'));
  await panel.find('button', say('start'));
}

try {
  const welcome = await browser.open(browser.extensionUrl('welcome.html'));
  for (const title of ['1-promise', '2-keys', '3-try']) {
    await welcome.evaluate((fragment) => void (location.hash = fragment), title[0]);
    await welcome.reads(`${title[0]} of 3`);
    if (title === '3-try') await (await welcome.strip()).find('button', dotName);
    await takeWelcome(welcome, title);
  }
  const tried = await welcome.strip();
  await browser.key('k');
  await tried.click('button', 'Lean in a little');
  await tried.find('button', 'Never');
  await atRest(tried);
  await takeWelcome(welcome, '4-card');
  // The three pages side by side, each as narrow as a phone.
  await welcome.evaluate(() => {
    const frames = ['1', '2', '3'].map((fragment) => {
      const frame = document.createElement('iframe');
      frame.src = `welcome.html#${fragment}`;
      Object.assign(frame.style, { width: '360px', height: '1040px', border: '0', outline: '1px solid gray' });
      return frame;
    });
    Object.assign(document.body.style, { display: 'flex', gap: '40px', padding: '12px', maxWidth: 'none', zoom: '0.72' });
    document.body.replaceChildren(...frames);
  });
  const dot = await welcome.strip();
  // A scaled-down page takes no clicks, so look for the dot in the document.
  await until('the dot', () => dot.evaluate(() => document.querySelector('.dot') !== null));
  await atRest(dot);
  await until('the frames to come to rest', () => welcome.evaluate(() =>
    [...document.querySelectorAll('iframe')].every((frame) => frame.contentDocument?.getAnimations().length === 0)));
  await takeWelcome(welcome, 'narrow');
  await welcome.close();

  const page = await browser.open(`${calls.url}/plain/`);
  await callIsUp(page);
  if (!onlyPanel) await takeAll(page);
  await takePanels(page);
} finally {
  await browser.close();
  await calls.close();
}

/** The popup and the strip, through a whole session. @param {Page} page */
async function takeAll(page) {

  await withPopup(page, async (popup) => {
    await takePopup(popup, '01-ready');
    await popup.click('summary', 'Shortcuts and options');
    await popup.reads('show the cue');
    await takePopup(popup, '02-keys');
    await popup.click('summary', 'Shortcuts and options');
    await popup.click('radio', 'Other length');
    await popup.reads('Minutes, 5 to 180');
    await takePopup(popup, '03-another-length');
    await popup.click('spinbutton');
    await browser.key('ctrl+a');
    await browser.type('400\t');
    await popup.reads('whole number of minutes');
    await takePopup(popup, '04-wrong-length');
  });
  const pdf = await browser.open(`${calls.url}/pdf`);
  await withPopup(pdf, (popup) => takePopup(popup, '05-closed'));
  await pdf.close();
  await page.bringToFront();

  // Always the same session: the seed is fixed.
  const popup = await openPopup(browser, page);
  await popup.evaluate(() => { Math.random = () => 0.25; });
  await choose(popup, { minutes: '50', prompts: 'Trainee' });
  await popup.click('button', 'Start beside this call');
  await popup.closed();
  const hour = new Hour(browser, page);
  await hour.strip();
  await until('the key to be heard', () => browser.key(keys.glance).then(() => hour.look()), ({ strip }) => strip.notice);
  await takeStrip(page, '1-notice');
  await withPopup(page, (popup) => takePopup(popup, '06-running'));

  await hour.dot();
  await takeStrip(page, '2-dot');
  for (let cues = 0; (await hour.words()) !== 'Lean in a little'; cues++) {
    if (cues > 30) throw new Error('The cue of the picture has not come.');
    await browser.key(keys.glance);
    await hour.nothing();
  }
  if (forReadme) {
    await atRest(await hour.strip());
    const box = { x: (await page.evaluate(() => innerWidth)) / 2 - 480, y: 0, width: 960, height: 600 };
    await writeFile('docs/attune.png', await page.way.capture(box));
  }
  await takeStrip(page, '3-words');

  await browser.key(keys.glance);
  await hour.nothing();
  await hour.card();
  await takeStrip(page, '4-card');
  await withPopup(page, async (popup) => {
    await takePopup(popup, '07-cue');
    await popup.click('summary', /^Checklist/);
    await takePopup(popup, '08-checklist');
  });
  await browser.key(keys.hold);
  await (await hour.strip()).reads('Cues paused for');
  await takeStrip(page, '5-hold');
  await withPopup(page, async (popup) => {
    await takePopup(popup, '09-held');
    await popup.click('button', 'Silence everything');
    await popup.reads('All cues are off');
    await takePopup(popup, '10-crisis');
    await popup.click('button', 'Resume cues');
    await popup.find('button', 'Silence everything');
    await popup.click('button', 'Pause');
    await popup.reads('Paused');
    await takePopup(popup, '11-paused');
    await popup.click('button', 'Resume');
    await popup.find('button', 'Pause');
    await popup.click('button', 'Hide the strip');
    await popup.reads('The strip is hidden');
    await takePopup(popup, '12-hidden');
    await popup.click('button', 'Show the strip');
    await popup.find('button', 'Hide the strip');
    await popup.click('button', 'End session');
    await takePopup(popup, '13-sure');
  });
  await browser.key(keys.hold);
  await hour.pass(5 * minute);
  browser.shiftClock(12 * minute);
  await browser.nudge(page);
  await (await hour.strip()).reads('Still in session?');
  await takeStrip(page, '6-question');
  await withPopup(page, async (popup) => {
    await takePopup(popup, '14-question');
    await popup.click('button', 'Yes, it continued');
    await popup.click('button', 'End session');
    await popup.click('button', 'End now');
    await popup.find('button', 'Done');
    await takePopup(popup, '15-ended');
    await popup.click('button', 'Done');
  });
}
