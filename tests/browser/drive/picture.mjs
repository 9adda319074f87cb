// @ts-check
// Reads the X server's screen from the file in which the server keeps it (XWD, 4 bytes per pixel), and writes PNG.

import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';

/** @typedef {{width: number, height: number, colour: (x: number, y: number) => [number, number, number]}} Picture */

/**
 * @param {string} path of the XWD file
 * @returns {Promise<Picture>} red, green and blue of each pixel, 0 to 255
 */
export async function readScreen(path) {
  const file = await readFile(path);
  const field = (/** @type {number} */ index) => file.readUInt32BE(index * 4);
  const [header, width, height, line, colours] = [0, 4, 5, 12, 19].map(field);
  const start = header + colours * 12;
  return {
    width,
    height,
    colour(x, y) {
      const at = start + y * line + x * 4;
      return [file[at + 2], file[at + 1], file[at]];
    },
  };
}

/** @param {Picture} picture */
export function toPng({ width, height, colour }) {
  const rows = Buffer.alloc(height * (1 + width * 3)); // each row begins with its filter; 0 is none
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (1 + width * 3) + 1 + x * 3);
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2], 8); // 8 bits per channel, three channels
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** @param {string} type @param {Buffer} data */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
