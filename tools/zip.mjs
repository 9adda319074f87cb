// @ts-check
// Zips that are byte for byte the same whenever the files are the same.

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** The earliest date that a zip can store; zips use local time. */
const mtime = new Date(1980, 0, 1);

/**
 * A zip of a folder. Its bytes depend only on the names and contents of the files.
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
