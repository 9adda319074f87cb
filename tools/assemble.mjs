// @ts-check
// Assembles dist/chromium and dist/firefox from extension/, the rendered icons and the wasm modules. Prints the sizes
// and checks them against the budgets.
//
// The files of the background become one: browsers start it many times in an hour, and each file would add half a
// millisecond. Nothing else is bundled, and nothing is shortened.
//
//   node tools/assemble.mjs FOLDER    the folder with wasm/ from the build; gets parts/, the background in its files

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { build } from 'esbuild';
import { manifestFor } from './manifest.mjs';
import { version } from './version.mjs';
import { zip } from './zip.mjs';

const kilobyte = 1024;
const budgets = { background: 150 * kilobyte, zip: 1024 * kilobyte };
const iconSizes = [16, 32, 48, 128];
const browsers = /** @type {const} */ (['chromium', 'firefox']);
const modules = /** @type {const} */ (['background', 'pages', 'options']);

const [, , made] = process.argv;
const require = createRequire(import.meta.url);
/** @type {string[]} */
const report = [];
/** @type {string[]} */
const problems = [];

/** @param {string} name @param {number} size @param {number} [budget] */
function weigh(name, size, budget) {
  const of = budget ? ` of ${budget / kilobyte}` : '';
  report.push(`  ${name.padEnd(20)} ${(size / kilobyte).toFixed(1).padStart(7)} KB${of}`);
  if (budget && size > budget) problems.push(`${name} is ${size} bytes, and its budget is ${budget}.`);
}

for (const name of modules) {
  const wasm = await readFile(`${made}/wasm/${name}_bg.wasm`);
  weigh(`${name} wasm`, wasm.length);
  weigh(`${name} wasm, gzip`, gzipSync(wasm, { level: 9 }).length, name === 'background' ? budgets.background : undefined);
  for (const path of [process.cwd(), homedir()])
    if (wasm.includes(path)) problems.push(`${name} wasm holds a path of this machine, ${path}.`);
}

await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
const drawing = await readFile('extension/icons/attune.svg', 'utf8');
const icons = iconSizes.map((size) => ({
  name: `icons/attune-${size}.png`,
  png: new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render().asPng(),
}));

const parts = `${made}/parts`;
await rm(parts, { recursive: true, force: true });
await cp('extension', parts, { recursive: true });
await cp(`${made}/wasm`, `${parts}/wasm`, { recursive: true });
const bundled = await build({
  entryPoints: [`${parts}/background.js`],
  bundle: true,
  format: 'esm',
  target: 'es2023',
  charset: 'utf8',
  write: false,
});

/** What is in the bundle is not shipped again. @param {string} path */
const isShipped = (path) => !basename(path).startsWith('.') && path !== 'extension/background';

const source = JSON.parse(await readFile('extension/manifest.json', 'utf8'));
for (const browser of browsers) {
  const folder = `dist/${browser}`;
  await rm(folder, { recursive: true, force: true });
  await cp('extension', folder, { recursive: true, filter: isShipped });
  await writeFile(`${folder}/background.js`, bundled.outputFiles[0].contents);
  await mkdir(`${folder}/wasm`, { recursive: true });
  for (const file of ['background_bg.wasm', 'pages.js', 'pages_bg.wasm', 'options.js', 'options_bg.wasm'])
    await cp(`${made}/wasm/${file}`, `${folder}/wasm/${file}`);
  for (const { name, png } of icons) await writeFile(`${folder}/${name}`, png);
  await writeFile(`${folder}/manifest.json`, `${JSON.stringify(manifestFor(source, browser, await version()), null, 2)}\n`);
  weigh(`${browser} zip`, (await zip(folder)).length, budgets.zip);
}

console.log(report.join('\n'));
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
} else {
  await writeFile('dist/sizes.txt', `${report.join('\n')}\n`);
}
