// @ts-check
// A tab: the page in it, and the strip beside the call there.

import { Surface } from './surface.mjs';
import { until } from './until.mjs';

/** @typedef {import('./surface.mjs').Way} Way */

/**
 * What a browser implements for a tab: access to its page and to the strip there.
 * @typedef {Way & {url(): Promise<string>, goto(url: string): Promise<unknown>, reload(): Promise<unknown>,
 *   crash(): Promise<unknown>, bringToFront(): Promise<void>, close(): Promise<void>, strip(): Promise<Way | null>}} Tab
 */

export class Page extends Surface {
  /** @param {Tab} tab @param {import('./display.mjs').Display} display */
  constructor(tab, display) {
    super(tab, display);
    this.tab = tab;
  }

  url() {
    return this.tab.url();
  }

  /** @param {string} url */
  async goto(url) {
    await this.tab.goto(url);
  }

  async reload() {
    await this.tab.reload();
  }

  /** Kills the page's process. What is left is the browser's own page about that. */
  async crash() {
    await this.tab.crash();
  }

  /** Brings the tab to the front and waits until the page knows that it is visible. */
  async bringToFront() {
    await this.tab.bringToFront();
    await until('the page to be seen', () => this.evaluate(() => !document.hidden));
  }

  close() {
    return this.tab.close();
  }

  /** Whether the strip's frame is in the page, visible or not. */
  async hasStrip() {
    return (await this.tab.strip()) !== null;
  }

  /** The strip in this tab, once it is there and loaded. @param {number} [timeout] ms */
  async strip(timeout) {
    // Look for it each time: the page may remove a frame while it loads, and then there is a new one.
    const loaded = async () => {
      const way = await this.tab.strip();
      const strip = way && new Surface(way, this.display);
      return (await strip?.evaluate(() => document.readyState === 'complete')) ? strip : null;
    };
    return /** @type {Surface} */ (await until('the strip to be there and loaded', loaded, undefined, timeout));
  }
}
