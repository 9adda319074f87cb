// @ts-check
// Runs the checks, shows their output, and counts passes and failures.
//
//   node tools/test.mjs all|core|wasm|lint|browser
//
// The tests in browsers wait some of the time, so as many of their files run side by side as there are processors, and at
// least two. If everything is to be checked, what only calculates runs beside them, with a lower priority.

import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

/**
 * A suite is one command. `count` reads the numbers of passed and failed tests from its output; without `count`, the
 * command is one check, which passes if it exits with 0.
 * @typedef {{passed: number, failed: number}} Count
 * @typedef {{name: string, command: string[], env?: Record<string, string>, count?: (output: string) => Count,
 *   mayBeEmpty?: true, judge?: (output: string) => Promise<string[]>}} Suite
 */

const wasm = ['--target', 'wasm32-unknown-unknown', '--workspace', '--exclude', 'attune'];
const bin = 'node_modules/.bin';
/** Does not wait for a file whose failed tests left something open, and limits how long any file runs. */
const nodeTest = ['node', '--test', '--test-reporter=spec', '--test-force-exit', `--test-timeout=${20 * 60_000}`];
/** Each file of tests has its own browser, profile and screen. */
const sideBySide = `--test-concurrency=${Math.max(2, availableParallelism())}`;

/** @param {string} folder @param {RegExp} pattern */
async function files(folder, pattern) {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => pattern.test(name)).sort();
}

/** @param {string} output @param {RegExp} passed @param {RegExp} failed */
const sum = (output, passed, failed) => {
  /** @param {RegExp} pattern */
  const total = (pattern) => [...output.matchAll(pattern)].reduce((all, match) => all + Number(match[1]), 0);
  return { passed: total(passed), failed: total(failed) };
};
/** @param {string} output */
const cargoCount = (output) => sum(output, /^test result: .*?(\d+) passed;/gm, /^test result: .*? (\d+) failed;/gm);
/** @param {string} output */
const nextestCount = (output) => sum(output, /^\s*Summary .*? (\d+) passed/gm, /^\s*Summary .*? (\d+) (?:failed|timed out)/gm);
/** @param {string} output */
const nodeCount = (output) => sum(output, /^ℹ pass (\d+)$/gm, /^ℹ (?:fail|cancelled) (\d+)$/gm);

/**
 * What web-ext objects to: every error, and each warning that no page of the docs explains.
 * @param {string} output
 */
async function lintProblems(output) {
  const { errors, warnings } = JSON.parse(output.slice(output.indexOf('{')));
  const docs = await Promise.all((await files('docs', /\.md$/)).map((name) => readFile(`docs/${name}`, 'utf8')));
  /** @param {{code: string}} warning */
  const explained = ({ code }) => docs.some((text) => text.includes(code));
  return [...errors, ...warnings.filter((/** @type {{code: string}} */ warning) => !explained(warning))]
    .map(({ code, message, file, line }) => `${code}: ${message}${file ? ` (${file}:${line ?? 1})` : ''}`);
}

/** @returns {Promise<Record<string, Suite[]>>} */
async function parts() {
  const nextest = await succeeds(['cargo', 'nextest', '--version']);
  return {
    core: [
      nextest
        ? { name: 'core', command: ['cargo', 'nextest', 'run', '--no-fail-fast', '--no-tests=pass'], count: nextestCount }
        : { name: 'core', command: ['cargo', 'test', '--no-fail-fast', '--lib', '--tests'], count: cargoCount },
      { name: 'examples in docs', command: ['cargo', 'test', '--quiet', '--doc'], count: cargoCount, mayBeEmpty: true },
    ],
    wasm: [{
      name: 'core in wasm',
      command: ['cargo', 'test', ...wasm, '--test', '*'],
      env: { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: 'wasm-bindgen-test-runner', CHROMEDRIVER: await programPath('chromedriver') },
      count: cargoCount,
    }],
    lint: [
      { name: 'format', command: ['cargo', 'fmt', '--all', '--check'] },
      { name: 'clippy', command: ['cargo', 'clippy', '--all-targets', '--', '-D', 'warnings'] },
      { name: 'clippy, wasm', command: ['cargo', 'clippy', ...wasm, '--all-targets', '--', '-D', 'warnings'] },
      { name: 'types', command: [`${bin}/tsc`, '--project', 'tsconfig.json'] },
      {
        name: 'web-ext',
        command: [`${bin}/web-ext`, 'lint', '--source-dir', 'dist/firefox', '--output', 'json', '--no-config-discovery'],
        env: { NO_UPDATE_NOTIFIER: '1' },
        judge: lintProblems,
      },
      await nodeSuite('shell', 'tests/shell'),
    ],
    browser: [
      await nodeSuite('tools', 'tools'),
      await nodeSuite('plain rules', 'bench/plain'),
      await nodeSuite('call pages', 'tests/calls'),
      await nodeSuite('browser', 'tests/browser'),
    ],
  };
}

/**
 * All node tests of a folder. For a folder without any, node gets a file that does not exist, and fails.
 * @param {string} name
 * @param {string} folder
 * @returns {Promise<Suite>}
 */
async function nodeSuite(name, folder) {
  const found = await files(folder, /\.test\.mjs$/);
  const paths = (found.length > 0 ? found : ['some.test.mjs']).map((file) => `${folder}/${file}`);
  return { name, command: [...nodeTest, sideBySide, ...paths], count: nodeCount };
}

/** @param {string} name */
async function programPath(name) {
  let path = '';
  await run({ name, command: ['sh', '-c', `command -v ${name}`] }, (text) => { path += text; });
  return path.trim();
}

/** @param {string[]} command */
async function succeeds(command) {
  return (await run({ name: '', command }, () => {})).code === 0;
}

/**
 * @param {Suite} suite
 * @param {(text: string) => void} show
 * @returns {Promise<{code: number, output: string}>}
 */
function run({ command: [program, ...rest], env }, show) {
  return new Promise((done) => {
    let output = '';
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => { output += text; show(text); });
    child.on('error', (problem) => { output += problem.message; show(`${problem.message}\n`); });
    child.on('close', (code) => done({ code: code ?? 1, output: stripVTControlCharacters(output) }));
  });
}

/** @param {Suite} suite @param {(text: string) => void} show @returns {Promise<Count>} */
async function result(suite, show) {
  show(`\n== ${suite.name}: ${suite.command.join(' ')}\n`);
  const { code, output } = await run(suite, suite.judge ? () => {} : show);
  if (suite.judge) {
    const problems = await suite.judge(output).catch(() => [output]);
    if (problems.length > 0) show(`${problems.join('\n')}\n`);
    return { passed: problems.length === 0 ? 1 : 0, failed: problems.length };
  }
  if (!suite.count) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const { passed, failed } = suite.count(output);
  const empty = passed + failed === 0 && !suite.mayBeEmpty;
  if (empty) show('No test ran here, which counts as a failure.\n');
  // A command that failed without naming a failed test (it may not have compiled) counts as one failure.
  const silent = empty || (code !== 0 && failed === 0);
  return { passed, failed: silent ? failed + 1 : failed };
}

/** A suite that gives way to whatever else wants to run. @param {Suite} suite @returns {Suite} */
const patient = (suite) => ({
  ...suite,
  command: ['nice', '-n', '10', ...suite.command],
  env: { ...suite.env, WASM_BINDGEN_TEST_TIMEOUT: '300' },
});

/**
 * Runs suites one after the other.
 * @param {Suite[]} suites
 * @param {boolean} live whether their output is shown as it comes, or that of each when it has ended
 */
async function lane(suites, live) {
  /** @type {(Count & {name: string, seconds: number})[]} */
  const rows = [];
  for (const suite of suites) {
    const start = Date.now();
    let told = '';
    const count = await result(suite, (text) => {
      told += text;
      // Whole lines, because the other lane writes, too.
      const end = live ? told.lastIndexOf('\n') + 1 : 0;
      process.stdout.write(told.slice(0, end));
      told = told.slice(end);
    });
    process.stdout.write(told);
    rows.push({ name: suite.name, ...count, seconds: (Date.now() - start) / 1000 });
  }
  return rows;
}

const [, , wanted = 'all'] = process.argv;
const all = await parts();
if (wanted !== 'all' && !all[wanted]) throw new Error(`There is no part ${wanted}.`);
const beside = [...all.lint, ...all.core, ...all.wasm].map(patient);
const lanes = wanted === 'all' ? [lane(beside, false), lane(all.browser, true)] : [lane(all[wanted], true)];
const rows = (await Promise.all(lanes)).flat();

console.log('');
for (const { name, passed, failed, seconds } of rows)
  console.log(`  ${name.padEnd(16)} ${String(passed).padStart(4)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(7)} s`);
const total = rows.reduce((all, row) => ({ passed: all.passed + row.passed, failed: all.failed + row.failed }), { passed: 0, failed: 0 });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
