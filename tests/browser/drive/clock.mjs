// @ts-check
// Moves the wall clock of one whole browser: `Date.now()` in its pages, frames and workers, including those that start
// later. clock.c explains how. Every machine that builds Rust has a C compiler.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export function createClock() {
  const folder = mkdtempSync(join(tmpdir(), 'clock-'));
  const path = join(folder, 'offset');
  const file = openSync(path, 'w+');
  let offset = 0;

  /** @param {number} ms */
  function shift(ms) {
    offset += Math.round(ms);
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(offset));
    writeSync(file, bytes, 0, 8, 0); // in place: the browser has mapped this file
  }
  shift(0);

  return {
    env: { LD_PRELOAD: library(), TEST_CLOCK_FILE: path },
    /** Moves the clock forward or back by this many ms. */
    shift,
    /** The current time as the browser sees it. */
    now: () => Date.now() + offset,
    close() {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The compiled clock.c, built on first use. */
function library() {
  const source = fileURLToPath(new URL('clock.c', import.meta.url));
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12);
  const path = join(tmpdir(), `clock-${hash}.so`);
  if (!existsSync(path)) {
    const fresh = `${path}.${process.pid}`;
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-Wall', '-o', fresh, source, '-ldl']);
    renameSync(fresh, path);
  }
  return path;
}
