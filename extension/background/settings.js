// @ts-check
// Settings are written by the options, by the browser's policy and by its sync. The wasm of the options makes of them what
// the engine goes on with; it is loaded for nothing else.

import openOptions, { newer, settle as make } from '../wasm/options.js';
import { readDeck } from './files.js';
import { load, save } from './storage.js';

/** @typedef {import('./storage.js').Settled} Settled */
/** @typedef {ReturnType<typeof createSettings>} Settings */

/**
 * What the browser's policy says. Firefox has no storage for it where there is no policy.
 * @returns {Promise<{locked?: unknown, sync?: unknown}>}
 */
const policy = () => chrome.storage.managed.get().catch(() => ({}));

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 */
export function createSettings({ session }) {
  const { version } = chrome.runtime.getManifest();
  /** It is made by one after another, so that what was set last counts. */
  let making = Promise.resolve();

  /** Makes what the engine goes on with, stores it, and hands it over. */
  function settle() {
    const made = making.then(remake);
    making = made.then(() => {}, () => {});
    return made;
  }

  async function remake() {
    // What cannot be read is set aside first.
    await session.ready;
    const [{ settings }, managed] = await Promise.all([load('settings'), policy()]);
    if (settings === undefined && Object.keys(managed).length === 0) {
      await chrome.storage.local.remove(['settled', 'look']);
      return session.adopt();
    }
    const [shipped] = await Promise.all([readDeck(), openOptions()]);
    const { look, deck, offer } = await make(settings, managed, shipped);
    const settled = { version, deck, offer };
    // The strip reads how it is to look by itself, before it is drawn.
    await save({ settled, look });
    return session.adopt(settled);
  }

  /** Takes over what another computer has set, where the therapist or the clinic wants that. */
  async function follow() {
    const [{ sync }, managed] = await Promise.all([load('sync'), policy()]);
    const locked = Array.isArray(managed.locked) && managed.locked.includes('sync');
    if (!(locked ? managed.sync : (sync ?? managed.sync))) return;
    const [items, { settings }] = await Promise.all([chrome.storage.sync.get(), load('settings'), openOptions()]);
    const found = await newer(items, settings);
    if (found === undefined) return;
    await save({ settings: found });
    await settle();
  }

  /** Makes again what another version has made of the settings. @param {Settled} [settled] */
  async function renew(settled) {
    if (settled !== undefined && settled.version !== version) await settle();
  }

  return { settle, follow, renew };
}
