// @ts-check
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { zip } from './zip.mjs';

/** @type {Record<string, string>} */
const texts = { 'b/ünder.txt': 'lean in a little '.repeat(9), 'a.txt': 'one', 'empty.txt': '' };

test('another reader finds in a zip what was put there, and the same folder makes the same bytes', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'attune-zip-'));
  t.after(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'b'));
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);

  const packed = await zip(folder);
  const found = Object.entries(unzipSync(packed)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
  assert.deepEqual(found, Object.entries(texts).sort());
  assert.deepEqual(await zip(folder), packed);
});
