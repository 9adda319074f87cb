// @ts-check
// Zips that are small, and the same bytes each time. Zopfli looks for the shortest form that deflate allows, a
// sixteenth less than usual, and takes seconds; so what it made of a file is kept from one build to the next.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const kept = 'target/attune/deflated';
/** 1 January 1980, the earliest day that a zip can hold. */
const day = 1 << 5 | 1;
/** Made on Unix, where the rights of a file stand in the upper half: readable by all, writable by its owner. */
const unix = 3 << 8;
const rights = (0o100644 << 16) >>> 0;
/** What a reader must know: folders and deflate. */
const version = 20;
const deflated = 8;
const namesInUtf8 = 1 << 11;
/** What stands around the deflated bytes of a gzip. */
const gzipHead = 10;
const gzipEnd = 8;

/** @param {(number | [number, 4])[]} fields each of 2 bytes, or of 4 */
function record(...fields) {
  const bytes = fields.map((field) => {
    const [number, size] = Array.isArray(field) ? field : [field, 2];
    const buffer = Buffer.alloc(size);
    buffer.writeUIntLE(number, 0, size);
    return buffer;
  });
  return Buffer.concat(bytes);
}

/**
 * Each file as a gzip, which holds what a zip wants: the deflated bytes, and at its end checksum and size.
 * @param {string[]} paths
 */
async function gzips(paths) {
  await mkdir(kept, { recursive: true });
  const made = [];
  for (const path of paths) {
    const bytes = await readFile(path);
    const gzip = join(kept, `${createHash('sha256').update(bytes).digest('hex')}.gz`);
    if (!existsSync(gzip)) {
      // Under a name of its own until it is whole.
      const raw = join(kept, String(process.pid));
      await writeFile(raw, bytes);
      execFileSync('zopfli', [raw]);
      await rename(`${raw}.gz`, gzip);
      await rm(raw);
    }
    made.push(await readFile(gzip));
  }
  return made;
}

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
  const files = await gzips(names.map((name) => join(folder, name)));
  /** @type {Buffer[]} */
  const contents = [];
  /** @type {Buffer[]} */
  const list = [];
  let at = 0;
  for (const [index, file] of files.entries()) {
    const name = Buffer.from(names[index]);
    const data = file.subarray(gzipHead, -gzipEnd);
    const [checksum, size] = [file.readUInt32LE(file.length - 8), file.readUInt32LE(file.length - 4)];
    const facts = record(version, namesInUtf8, deflated, 0, day, [checksum, 4], [data.length, 4], [size, 4], name.length, 0);
    const content = [Buffer.from('PK\x03\x04'), facts, name, data];
    contents.push(...content);
    list.push(Buffer.from('PK\x01\x02'), record(unix | version), facts, record(0, 0, 0, [rights, 4], [at, 4]), name);
    at += Buffer.concat(content).length;
  }
  const listed = Buffer.concat(list);
  const end = record(0, 0, files.length, files.length, [listed.length, 4], [at, 4], 0);
  return Buffer.concat([...contents, listed, Buffer.from('PK\x05\x06'), end]);
}
