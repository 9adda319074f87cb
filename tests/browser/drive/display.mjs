// @ts-check
// A screen, keyboard and mouse as a person would use them: a separate X server with a window manager. An extension's
// keyboard commands fire only on real X key events, so every key and every click goes through here.

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readScreen, toPng } from './picture.mjs';

/** @typedef {{x: number, y: number}} Point */
/** @typedef {Awaited<ReturnType<typeof openDisplay>>} Display */

const run = promisify(execFile);

/**
 * Starts an X server on a free display number. Positions and sizes are in CSS pixels; `scale` is the number of screen
 * pixels per CSS pixel, as on a high-density screen.
 */
export async function openDisplay({ width = 1280, height = 900, scale = 1 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'screen-'));
  const screen = ['-screen', '0', `${width * scale}x${height * scale}x24`, '-fbdir', folder];
  // However this process ends, the X server ends with it, and so does everything on that screen.
  const server = spawn('setpriv', ['--pdeathsig', 'KILL', 'Xvfb', '-displayfd', '3', ...screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const env = { ...process.env, DISPLAY: `:${await displayNumber(server)}` };
  const manager = spawn('openbox', [], { env, stdio: 'ignore' });
  await new Promise((resolve, reject) => manager.once('spawn', resolve).once('error', reject));

  /** @param {...(string | number)} args */
  const xdotool = (...args) => run('xdotool', args.map(String), { env });
  /** @param {number[]} places */
  const dots = (...places) => places.map((place) => Math.round(place * scale));
  const picture = () => readScreen(join(folder, 'Xvfb_screen0'));

  return {
    env,
    width,
    height,
    scale,
    /** Presses and releases a key or a chord, as in `alt+shift+k`, `Tab`, `Return`. @param {string} chord */
    key: (chord) => xdotool('key', '--clearmodifiers', chord),
    /** The same while a mouse button is held, which `key` would release. @param {string} chord */
    keyHeld: (chord) => xdotool('key', chord),
    /**
     * Presses keys by their places on the keyboard, the last while the others are held, and lets go of them: what they
     * are depends on the layout.
     * @param {...number} codes as X has them
     */
    keysAt(...codes) {
      const held = codes.slice(0, -1);
      return xdotool(...held.flatMap((code) => ['keydown', code]), 'key', codes.at(-1) ?? 0, ...held.toReversed().flatMap((code) => ['keyup', code]));
    },
    /** Sets the keyboard layouts, and what switches between them. @param {string} layouts @param {string} [option] */
    async layouts(layouts, option) {
      await run('setxkbmap', ['-option'], { env });
      await run('setxkbmap', [layouts, ...(option ? ['-option', option] : [])], { env });
    },
    /** Types a text key by key. @param {string} text */
    type: (text) => xdotool('type', '--delay', 5, text),
    /** Moves the mouse. @param {Point} to */
    move: ({ x, y }) => xdotool('mousemove', ...dots(x, y)),
    /** A left click. @param {Point} at */
    click: ({ x, y }) => xdotool('mousemove', ...dots(x, y), 'click', 1),
    /**
     * Drags with the left button, in a few steps so that the page sees it move.
     * @param {Point} from
     * @param {Point} to
     */
    drag(from, to, steps = 8) {
      const at = (/** @type {number} */ part) => dots(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
      const moves = Array.from({ length: steps }, (_, step) => ['mousemove', ...at((step + 1) / steps), 'sleep', 0.02]);
      return xdotool('mousemove', ...at(0), 'mousedown', 1, ...moves.flat(), 'mouseup', 1);
    },
    /** Presses the left button and holds it. @param {Point} at */
    hold: ({ x, y }) => xdotool('mousemove', ...dots(x, y), 'mousedown', 1),
    /** Moves the mouse by this distance, in a few steps. @param {Point} by */
    moveBy({ x, y }, steps = 5) {
      const move = ['mousemove_relative', '--', ...dots(x / steps, y / steps), 'sleep', 0.02];
      return xdotool(...Array.from({ length: steps }, () => move).flat());
    },
    /** Releases the left button. */
    letGo: () => xdotool('mouseup', 1),
    /** Makes the window in front this large. @param {number} wide @param {number} high */
    resizeWindow: (wide, high) => xdotool('getactivewindow', 'windowsize', '--sync', ...dots(wide, high)),
    /** The current picture on the screen, pixel by pixel. */
    picture,
    /** The same as a PNG file. @param {string} path */
    screenshot: async (path) => writeFile(path, toPng(await picture())),
    async close() {
      const gone = new Promise((done) => server.once('exit', done));
      server.kill('SIGKILL');
      await gone;
      manager.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The free display number that the server has chosen. Fails if the server gives up.
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>}
 */
function displayNumber(server) {
  return new Promise((resolve, reject) => {
    let text = '';
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`The X server stopped with code ${code}.`)));
    server.stdio[3]?.on('data', (part) => {
      text += part;
      if (text.endsWith('\n')) resolve(text.trim());
    });
  });
}
