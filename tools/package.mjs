// @ts-check
// Makes the zips for the two stores, byte for byte the same whenever the files are the same, and a zip of the sources
// for the stores' reviewers.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { version } from './version.mjs';
import { zip } from './zip.mjs';

const number = await version();

/** @param {string} file */
async function show(file) {
  const bytes = await readFile(file);
  const sum = createHash('sha256').update(bytes).digest('hex');
  console.log(`${sum}  ${file}  ${(bytes.length / 1024).toFixed(1)} KB`);
}

for (const browser of ['chromium', 'firefox']) {
  const file = `dist/attune-${browser}-${number}.zip`;
  await writeFile(file, await zip(`dist/${browser}`));
  await show(file);
}

const changed = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim();
if (changed) console.log('Not everything is committed: the source zip holds the last commit.');
const sources = `dist/attune-source-${number}.zip`;
execFileSync('git', ['archive', '--format=zip', `--prefix=attune-${number}/`, '-o', sources, 'HEAD']);
await show(sources);
