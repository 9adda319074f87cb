// @ts-check
// The English texts that ship, as people read them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** @type {Record<string, {message: string, placeholders?: Record<string, {content: string}>}>} */
const messages = JSON.parse(readFileSync(new URL('../../extension/_locales/en/messages.json', import.meta.url), 'utf8'));

/**
 * The text of a message, its placeholders filled in as `chrome.i18n` does.
 * @param {string} key
 * @param {(string | number)[]} args for $1, $2, …
 */
export function say(key, ...args) {
  const { message, placeholders = {} } = messages[key] ?? {};
  assert.ok(message, `there is no message ${key}`);
  const contents = new Map(Object.entries(placeholders).map(([name, { content }]) => [name.toLowerCase(), content]));
  const numbered = message.replace(/\$([\w@]+)\$/g, (_, name) => contents.get(name.toLowerCase()) ?? '');
  return numbered.replace(/\$(\d)/g, (_, number) => String(args[number - 1]));
}
