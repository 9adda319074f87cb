// @ts-check
// The pacing rules, written a second time in another language, give the same results.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreeWithGoldenFiles, agreeWithWasm } from '../agreement.mjs';

test('the plain implementation writes every golden hour as it is checked in', async () => {
  assert.ok((await agreeWithGoldenFiles()) > 0);
});

test('the plain implementation and the engine show the same at every step of some hundred hours', async (t) => {
  const { hours, happened } = await agreeWithWasm();
  t.diagnostic(`${hours} hours, in which ${JSON.stringify(happened)}`);
  for (const [kind, times] of Object.entries(happened)) assert.ok(times >= 5, `hardly ever: ${kind} (${times})`);
});
