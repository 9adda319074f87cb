// @ts-check
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** The earliest time that a zip can hold, in local time, since that is what zips hold. */
const mtime = new Date(1980, 0, 1);

/**
 * A zip of a folder that depends on nothing but the names and the contents of its files.
 * @param {string} folder
 * @returns {Promise<Uint8Array>}
 */
export async function zip(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .sort();
  /** @type {import('fflate').Zippable} */
  const files = {};
  for (const name of names) files[name] = await readFile(join(folder, name));
  return zipSync(files, { level: 9, mtime, os: 3, attrs: 0o644 << 16 });
}
