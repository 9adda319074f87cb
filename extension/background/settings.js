// @ts-check
// Settings are written by the options, by the browser's policy and by its sync. The wasm of the options works out from
// them what the engine needs; the background loads it for nothing else.

import init, { newer, settle as make } from '../wasm/options.js';
import { fileUrl, readDeck } from './files.js';
import { load, save } from './storage.js';

/** @typedef {import('./storage.js').Settled} Settled */
/** @typedef {ReturnType<typeof createSettings>} Settings */

/**
 * What the browser's policy says. Without a policy, Firefox has no storage for it.
 * @returns {Promise<{locked?: unknown, sync?: unknown}>}
 */
const policy = () => chrome.storage.managed.get().catch(() => ({}));

const openOptions = () => init({ module_or_path: fileUrl('wasm/options_bg.wasm') });

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 */
export function createSettings({ session }) {
  const { version } = chrome.runtime.getManifest();
  /** Changes are worked through one after another, so that the last one counts. */
  let making = Promise.resolve();

  /** Works out what the engine needs from the settings, stores it, and hands it over. */
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
    // The strip reads by itself how it should look, before it is drawn.
    await save({ settled, look });
    return session.adopt(settled);
  }

  /** Takes over what another computer has set, if the therapist or the clinic wants that. */
  async function follow() {
    const [{ sync }, managed] = await Promise.all([load('sync'), policy()]);
    const locked = Array.isArray(managed.locked) && managed.locked.includes('sync');
    if (!(locked ? managed.sync : (sync ?? managed.sync))) return;
    const [items] = await Promise.all([chrome.storage.sync.get(), openOptions()]);
    const found = await newer(items);
    if (found === undefined) return;
    await save({ settings: found });
    await settle();
  }

  /** Works it out again if another version did so before. @param {Settled} [settled] */
  async function renew(settled) {
    if (settled !== undefined && settled.version !== version) await settle();
  }

  return { settle, follow, renew };
}
