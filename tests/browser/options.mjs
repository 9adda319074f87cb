// @ts-check
// What a person does on the options page, step by step, the same in both browsers.

import { readFileSync } from 'node:fs';
import { until } from './drive/index.mjs';
import { say } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./steps.mjs').Room} Room */

/** A supervisor's deck. */
export const spanish = readFileSync('tests/decks/es.json', 'utf8');
/** The deck that ships. */
export const shipped = JSON.parse(readFileSync('extension/decks/en.json', 'utf8'));

/** The views, by what comes after the `#` in the address. */
export const views = /** @type {const} */ (['prompts', 'checklist', 'pacing', 'start', 'strip', 'keys', 'sites', 'decks', 'resting', 'all']);

/**
 * Opens one view of the options, and waits until it is drawn.
 * @param {Pick<Room, 'browser' | 'open'>} room
 * @param {typeof views[number]} view
 */
export async function openOptions({ browser, open }, view) {
  const page = await open(browser.extensionUrl(`options.html#${view}`));
  await until('the options', () => page.evaluate(() => document.querySelector('nav [aria-current]') !== null));
  return page;
}

/** Goes to another view by its name beside the page. @param {Page} page @param {string} name a message key */
export async function turnTo(page, name) {
  await page.click('link', say(name));
  await page.find('heading', say(name));
}

/** Drops a file on a page. @param {Page} page @param {string} name @param {string | Buffer} content */
export const drop = (page, name, content) =>
  page.evaluate(([name, content]) => {
    const dataTransfer = new DataTransfer();
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    dataTransfer.items.add(new File([bytes], name, { type: 'application/json' }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, [name, Buffer.from(content).toString('base64')]);

/** Waits until the page reports what was just done, and has stored it. @param {Page} page @param {string} words */
export async function hears(page, words) {
  const news = () => page.evaluate(() => document.querySelector('#news')?.textContent ?? '');
  await until(`the news ${words}`, news, (text) => text === words);
  await kept(page);
}

/** Waits until storage and engine have received everything. @param {Page} page */
export const kept = (page) =>
  until('it to be kept', () => page.evaluate(() => !document.documentElement.hasAttribute('aria-busy')));

/** What the browser gets as a file when a button is clicked. @param {Page} page @param {string} button */
export async function exported(page, button) {
  await page.evaluate(() => {
    delete document.documentElement.dataset.exported;
    const real = URL.createObjectURL;
    URL.createObjectURL = (/** @type {Blob} */ blob) => {
      URL.createObjectURL = real;
      void blob.text().then((text) => { document.documentElement.dataset.exported = text; });
      return real.call(URL, blob);
    };
  });
  await page.click('button', button);
  // What is undefined in Firefox arrives as null.
  const file = await until('a file', () => page.evaluate(() => document.documentElement.dataset.exported), (text) => typeof text === 'string');
  return /** @type {string} */ (file);
}

/**
 * Replaces what is in a field.
 * @param {Room['browser']} browser
 * @param {Page} page
 * @param {string} field
 * @param {string} text
 */
export async function fill(browser, page, field, text, role = 'textbox') {
  await page.click(role, field);
  await until(`${field} to have the keyboard`, () => page.focused(), (focused) => focused === `${role} ${field}`);
  await browser.key('ctrl+a');
  if (text === '') await browser.key('BackSpace');
  else await browser.type(text);
  const value = () => page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).value);
  await until(`${field} to say ${text}`, value, (found) => found === text);
}

/**
 * Picks an entry from a list of choices. The browser draws the list itself, outside the page.
 * @param {Page} page @param {string} list its name @param {string} choice its words
 */
export async function pick(page, list, choice) {
  await page.find('combobox', list);
  await page.evaluate(([list, choice]) => {
    const named = (/** @type {HTMLSelectElement} */ select) =>
      select.getAttribute('aria-label') === list || select.closest('label')?.querySelector('span')?.textContent === list;
    const shown = [...document.querySelectorAll('select')].find((select) => select.checkVisibility() && named(select));
    const option = [...(shown?.options ?? [])].find(({ textContent }) => textContent === choice);
    if (!shown || !option) throw new Error(`no ${choice} in ${list}`);
    shown.value = option.value;
    shown.dispatchEvent(new Event('change', { bubbles: true }));
  }, [list, choice]);
}
