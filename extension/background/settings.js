// @ts-check
// Settings are written by the options, by the browser's policy and by its sync. What the engine goes on with is made of
// them by the workshop, which is loaded for nothing else.

import openWorkshop, { newer, settle as make } from '../wasm/options.js';
import { read } from './files.js';

/** @typedef {{version?: string, deck?: string, offer?: string}} Settled what is made of the settings, and by which version */

/** @typedef {ReturnType<typeof createSettings>} Settings */

/**
 * What the browser's policy says. Firefox has no storage for it where there is no policy.
 * @returns {Promise<{locked?: unknown, sync?: unknown}>}
 */
const policy = () => chrome.storage.managed.get().catch(() => ({}));

/** The settings, packed. */
async function stored() {
  const { settings } = /** @type {{settings?: string}} */ (await chrome.storage.local.get('settings'));
  return settings;
}

/**
 * @template T
 * @param {object} parts
 * @param {(settled: Settled) => Promise<T>} parts.adopt goes on with what was made
 */
export function createSettings({ adopt }) {
  const { version } = chrome.runtime.getManifest();
  /** It is made by one after another, so that what was set last counts. */
  let making = Promise.resolve();

  /** Makes what the engine goes on with, keeps it, and hands it over. */
  function settle() {
    const made = making.then(remake);
    making = made.then(() => {}, () => {});
    return made;
  }

  async function remake() {
    const [settings, managed] = await Promise.all([stored(), policy()]);
    /** @type {Settled} */
    let settled = {};
    if (settings !== undefined || Object.keys(managed).length > 0) {
      const [shipped] = await Promise.all([read('decks/en.json'), openWorkshop()]);
      const { look, ...made } = await make(settings, JSON.stringify(managed), shipped);
      settled = { version, ...made };
      // The strip reads how it is to look by itself, before it is drawn.
      await chrome.storage.local.set({ settled, look });
    } else await chrome.storage.local.remove(['settled', 'look']);
    return adopt(settled);
  }

  /** Takes over what another computer has set, where the therapist or her clinic wants that. */
  async function follow() {
    const [{ sync }, managed] = await Promise.all([chrome.storage.local.get('sync'), policy()]);
    const locked = Array.isArray(managed.locked) && managed.locked.includes('sync');
    if (!(locked ? managed.sync : (sync ?? managed.sync))) return;
    const [items] = await Promise.all([chrome.storage.sync.get(), openWorkshop()]);
    const found = await newer(JSON.stringify(items), await stored());
    if (found === undefined) return;
    await chrome.storage.local.set({ settings: found });
    await settle();
  }

  /** Makes again what another version has made of the settings. @param {Settled} [settled] */
  async function renew(settled) {
    if (settled !== undefined && settled.version !== version) await settle();
  }

  return { settle, follow, renew };
}
