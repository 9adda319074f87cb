// @ts-check
// The pacing rules written a second time, in another language, come to the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreeWithGoldenFiles, agreeWithWasm } from '../agreement.mjs';

test('the plain implementation writes every golden hour as it is checked in', async () => {
  assert.ok((await agreeWithGoldenFiles()) > 0);
});

test('the plain implementation and the engine show the same at every step of some hundred hours', async () => {
  await agreeWithWasm();
});
