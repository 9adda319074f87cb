// @ts-check
// What a person meets in a browser: a document with visible text, and with elements that have a role and a name. The
// same for both browsers; each implements its own access to a document.

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { until } from './until.mjs';

/** @typedef {import('./display.mjs').Point} Point */
/** @typedef {Point & {width: number, height: number}} Box */
/** @typedef {{colorScheme: 'light' | 'dark', reducedMotion: boolean}} Look */
/** @typedef {{role: string, name: string, checked?: boolean | 'mixed', pressed?: boolean | 'mixed', disabled?: boolean,
 *   focused?: boolean, expanded?: boolean}} Thing */

/**
 * Access to a document. Boxes are in its own viewport.
 * @typedef {object} Way
 * @property {(fn: Function | string, args?: unknown[]) => Promise<any>} evaluate runs a function there; plain data in
 *   and out
 * @property {(source: string) => Promise<unknown>} run runs source text there, bypassing the content security policy
 * @property {() => Promise<Thing[]>} things the accessibility tree, flat
 * @property {(thing: any) => Promise<Box>} boxOf where one of these things is drawn
 * @property {() => Promise<Point>} corner where the viewport's top left corner is on the screen
 * @property {() => Promise<Box | null>} clip the part of the viewport that the page around it leaves visible
 * @property {(box?: Box) => Promise<Buffer>} capture a PNG of what is drawn
 * @property {(look: Look) => Promise<unknown>} look
 * @property {(on: boolean) => Promise<unknown>} print draws it as on paper, or on the screen again
 * @property {(size: {width: number, height: number} | null) => Promise<unknown>} [resize] draws it at this size,
 *   or at its own again
 * @property {() => boolean | Promise<boolean>} isOpen
 */

export class Surface {
  /** @param {Way} way @param {import('./display.mjs').Display} display */
  constructor(way, display) {
    this.way = way;
    this.display = display;
  }

  /**
   * Runs a function in the document. Arguments and result are plain data; whatever should stay there goes on `self`.
   * @template {(...args: any[]) => any} F
   * @param {F} fn
   * @param {Parameters<F>} args
   * @returns {Promise<Awaited<ReturnType<F>>>}
   */
  evaluate(fn, ...args) {
    return this.way.evaluate(fn, args);
  }

  async isOpen() {
    return this.way.isOpen();
  }

  /** Waits until it has closed, as a popup does when its work is done. */
  async closed() {
    await until('the surface to close', () => this.isOpen(), (open) => !open);
  }

  /** The text that is visible now: drawn, not transparent, within the viewport. */
  async text() {
    const clip = await this.way.clip();
    return clip ? this.evaluate(visibleText, clip) : '';
  }

  /**
   * Waits until the visible text contains these words, or matches, and returns the whole text.
   * @param {string | RegExp} words
   * @param {number} [timeout] ms
   */
  reads(words, timeout) {
    /** @param {string} text */
    const good = (text) => (words instanceof RegExp ? words.test(text) : text.includes(words));
    return until(`the text ${words}`, () => this.text(), good, timeout);
  }

  /**
   * The visible box of the first element for a CSS selector, in the document's viewport; null if it is not visible.
   * @param {string} selector
   */
  async box(selector) {
    const clip = await this.way.clip();
    return clip && this.evaluate(visibleBox, selector, clip);
  }

  /**
   * The things of a role whose name is, or matches, `name`, as assistive technology gets them.
   * @param {string} role
   * @param {string | RegExp} [name]
   */
  async all(role, name) {
    /** @param {string} text */
    const fits = (text) => name === undefined || (name instanceof RegExp ? name.test(text) : text === name);
    return (await this.way.things()).filter((thing) => thing.role === role && fits(thing.name));
  }

  /** @param {string} role @param {string | RegExp} [name] */
  async has(role, name) {
    return (await this.all(role, name)).length > 0;
  }

  /**
   * Waits until exactly one thing with this role and name is drawn, at rest and visible, and returns it with its place.
   * Scrolls to it if need be.
   * @param {string} role
   * @param {string | RegExp} [name]
   * @param {number} [timeout] ms
   * @returns {Promise<Thing & {box: Box}>}
   */
  async find(role, name, timeout) {
    let before = '';
    const ask = async () => {
      const found = await this.all(role, name);
      if (found.length !== 1) return { found: found.length, there: await this.outline() };
      const box = await this.way.boxOf(found[0]);
      const moves = before !== JSON.stringify(box);
      before = JSON.stringify(box);
      if (moves || !(box.width > 0 && box.height > 0)) return { found: 'moving or not drawn' };
      const clip = await this.way.clip();
      if (clip && holds(clip, box)) {
        // The strip takes no clicks in its first moment, when no person would be ready to click.
        if (role === 'button' && !(await this.evaluate(takesPointer, box))) return { found: 'not to be clicked' };
        return { thing: { ...found[0], box } };
      }
      await this.evaluate(scrollTo, box);
      return { found: 'out of sight' };
    };
    const { thing } = await until(`one ${role} named ${name}`, ask, (answer) => answer.thing, timeout);
    return /** @type {Thing & {box: Box}} */ (thing);
  }

  /**
   * A real click in the middle of the thing with this role and name.
   * @param {string} role
   * @param {string | RegExp} [name]
   * @param {number} [timeout] ms
   */
  async click(role, name, timeout) {
    // A frame that is being resized moves its contents, so measurements from that time are wrong.
    const measure = async () => {
      const before = await this.way.corner();
      const { box } = await this.find(role, name, timeout);
      const { x, y } = await this.way.corner();
      return x === before.x && y === before.y ? { x: x + box.x + box.width / 2, y: y + box.y + box.height / 2 } : null;
    };
    const place = await until(`${role} ${name} to stay in its place`, measure, undefined, timeout);
    await this.display.click(/** @type {Point} */ (place));
  }

  /** A real click at a place in the document's viewport. @param {Point} at */
  async clickAt(at) {
    await this.display.click(await this.onScreen(at));
  }

  /**
   * Drags with the real mouse, from one place in the document's viewport to another.
   * @param {Point} from
   * @param {Point} to
   */
  async drag(from, to) {
    await this.display.drag(await this.onScreen(from), await this.onScreen(to));
  }

  /** A place in the document's viewport, as a place on the screen. @param {Point} at */
  async onScreen({ x, y }) {
    const corner = await this.way.corner();
    return { x: corner.x + x, y: corner.y + y };
  }

  /** Role and name of what has the keyboard focus, as `button Start`; empty if nothing has. */
  async focused() {
    const thing = (await this.way.things()).find((one) => one.focused && one.role !== 'document');
    return thing ? `${thing.role} ${thing.name}` : '';
  }

  /** All things in a few words each, for error messages and debugging. */
  async outline() {
    return (await this.way.things()).map(({ role, name }) => (name ? `${role} "${name}"` : role)).join(', ');
  }

  /**
   * Draws in dark colours, or with reduced motion, from now on.
   * @param {Partial<Look>} look the default is light, with motion
   */
  async look({ colorScheme = 'light', reducedMotion = false }) {
    await this.way.look({ colorScheme, reducedMotion });
    await until('the new look', () => this.evaluate(looksLike, colorScheme, reducedMotion));
  }

  /** Saves a screenshot as a PNG. For a sharp picture, launch the browser with `scale: 2`. @param {string} path */
  async screenshot(path) {
    await writeFile(path, await this.way.capture());
  }

  /** The violations that axe-core finds here, one readable line each. @param {object} [options] for axe.run */
  async axe(options = {}) {
    if (!(await this.evaluate(() => 'axe' in window)))
      await this.way.run(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    return this.evaluate(runAxe, options);
  }
}

/** Whether the middle of `box` is in `clip`. @param {Box} clip @param {Box} box */
function holds(clip, box) {
  const [x, y] = [box.x + box.width / 2 - clip.x, box.y + box.height / 2 - clip.y];
  return x >= 0 && y >= 0 && x < clip.width && y < clip.height;
}

// --- these run inside a document -------------------------------------------------------------------------------------

/** @param {Box} clip */
function visibleText(clip) {
  const words = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = (node.nodeValue ?? '').replace(/\s+/g, ' ').trim();
    if (!text || !node.parentElement?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let { left, top, right, bottom } = range.getBoundingClientRect();
    /** @param {{left: number, top: number, right: number, bottom: number}} box */
    const cut = (box) => {
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    };
    cut({ left: clip.x, top: clip.y, right: clip.x + clip.width, bottom: clip.y + clip.height });
    for (let around = /** @type {Element | null} */ (node.parentElement); around && around !== document.body; around = around.parentElement)
      if (getComputedStyle(around).overflow !== 'visible') cut(around.getBoundingClientRect());
    // Text meant only for assistive technology is commonly clipped to a single pixel.
    if (right - left > 1 && bottom - top > 1) words.push(text);
  }
  return words.join(' ');
}

/** Whether the middle of this box hits something other than the bare page. @param {Box} box */
function takesPointer({ x, y, width, height }) {
  const hit = document.elementFromPoint(x + width / 2, y + height / 2);
  return hit !== null && hit !== document.documentElement && hit !== document.body;
}

/** Scrolls as far as a person could. @param {Box} box */
function scrollTo(box) {
  const fixed = [document.documentElement, document.body].some((one) => getComputedStyle(one).overflowY === 'hidden');
  if (!fixed) window.scrollBy({ top: box.y + box.height / 2 - innerHeight / 2, behavior: 'instant' });
}

/** @param {string} selector @param {Box} clip @returns {Box | null} */
function visibleBox(selector, clip) {
  const element = document.querySelector(selector);
  if (!element?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return null;
  const box = element.getBoundingClientRect();
  const [x, y] = [Math.max(box.left, clip.x), Math.max(box.top, clip.y)];
  const width = Math.min(box.right, clip.x + clip.width) - x;
  const height = Math.min(box.bottom, clip.y + clip.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/**
 * The visible part of a frame, in the frame's own viewport. Runs in the page that contains the frame.
 * @param {Element | null} frame
 */
export function seenPart(frame) {
  if (!frame?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return null;
  const box = frame.getBoundingClientRect();
  const [x, y] = [Math.max(0, -box.left), Math.max(0, -box.top)];
  const width = Math.min(box.right, innerWidth) - box.left - x;
  const height = Math.min(box.bottom, innerHeight) - box.top - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** @param {string} scheme @param {boolean} reduced */
function looksLike(scheme, reduced) {
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return dark === (scheme === 'dark') && matchMedia('(prefers-reduced-motion)').matches === reduced;
}

/** @param {object} options @returns {Promise<string[]>} */
async function runAxe(options) {
  /** @typedef {{id: string, help: string, nodes: {target: string[]}[]}} Violation */
  const { axe } = /** @type {any} */ (window);
  const { violations } = await axe.run(document, { iframes: false, ...options });
  return violations.map((/** @type {Violation} */ { id, help, nodes }) =>
    `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`);
}
