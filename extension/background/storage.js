// @ts-check
// What chrome.storage.local holds: plain objects, so that they can be read in the browser's own tools.

/** @typedef {import('../wasm/background.js').Offer} Offer */
/** @typedef {{version: string, deck: unknown, offer: Offer}} Settled what a version of Attune made of the settings */

/**
 * The part of it that the background reads and writes. The pages keep `place` and `emergency` for themselves.
 * @typedef {object} Stored
 * @property {unknown} [memory] what the engine keeps from session to session
 * @property {unknown} [session] the session at hand
 * @property {unknown} [settings]
 * @property {Settled} [settled]
 * @property {unknown} [look] how the strip looks
 * @property {string[]} [starts] the sites on which sessions start automatically, as match patterns
 * @property {boolean} [sync] whether settings are taken over from other computers; by default what the policy says
 * @property {boolean} [welcomed] whether the welcome page was shown
 * @property {Record<string, unknown>} [unreadable] what could not be read, by key, for someone who can make sense of it
 */

/** @template {keyof Stored} Key @param {Key[]} keys @returns {Promise<Pick<Stored, Key>>} */
export const load = (...keys) => chrome.storage.local.get(keys);

/** @param {Partial<Stored>} items */
export const save = (items) => chrome.storage.local.set(items);

/** Puts what could not be read where nothing reads it, beside what was set aside before. @param {Record<string, unknown>} items */
export async function setAside(items) {
  const { unreadable } = await load('unreadable');
  const before = typeof unreadable === 'object' ? unreadable : {};
  await save({ unreadable: { ...before, ...items } });
  await chrome.storage.local.remove(Object.keys(items).filter((key) => key !== 'unreadable'));
}

/** Where builds before the first release stored texts. All of these are small. */
const small = ['memory', 'session', 'engine', 'settled', 'look', 'place', 'emergency', 'starts'];

/**
 * Reads what the engine continues with. If a build before the first release has stored it, every text of that build is
 * set aside.
 * @returns {Promise<{memory?: unknown, session?: unknown, settled?: Settled, old: boolean}>} `old`: whether it was
 */
export async function recall() {
  const stored = await chrome.storage.local.get(small).catch(() => ({}));
  if (!Object.values(stored).some(isOld)) return { .../** @type {Stored} */ (stored), old: false };
  try {
    const more = await load('settings', 'unreadable');
    const texts = Object.entries({ ...stored, ...more }).filter(([, value]) => typeof value === 'string');
    await setAside(Object.fromEntries(texts));
    // What that build made of the settings is an object of texts.
    await chrome.storage.local.remove('settled');
  } catch {
    // Without room on the disk, it stays where it is.
  }
  return { old: true };
}

/** @param {any} value */
const isOld = (value) => [value, value?.offer, value?.deck].some((part) => typeof part === 'string');
