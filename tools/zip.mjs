// @ts-check
// Zips that are the same bytes whenever the files are the same.

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** The earliest day that a zip can hold, in the local time that a zip is in. */
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
  const files = await Promise.all(names.map(async (name) => [name, new Uint8Array(await readFile(join(folder, name)))]));
  return zipSync(Object.fromEntries(files), { level: 9, mtime });
}
