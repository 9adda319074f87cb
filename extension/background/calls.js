// @ts-check
// Calls on the sites that the therapist has allowed: notice.js says there what plays, src/engine/calls.rs makes of it that a call
// has begun or is over, and here it becomes a hint at the toolbar button, a Start where she has asked for that, or the
// question whether the session is over. Without an allowed site nothing of this runs.
//
// The browser's own list of allowed sites is the only one there is. Beside it stand those that start by themselves.

import { Calls } from '../wasm/background.js';
import { home } from './home.js';

/** @typedef {{name: string, origins: string[]}} Site */

/**
 * What the background does about calls.
 * @typedef {object} Background
 * @property {Promise<unknown>} ready once the wasm is there
 * @property {() => boolean} isRunning whether a session runs
 * @property {(input: string) => Promise<unknown>} take
 * @property {(tab: number) => Promise<unknown>} start starts a session by itself, if its strip can be placed there
 * @property {() => void} changed called when the hint at a tab's button may be another
 */

const script = 'notice';
/** What a port of notice.js is called, and what it means. */
const words = new Map([['call none', 0], ['call still', 1], ['call plays', 2]]);

/** @param {Background} background */
export function calls({ ready, isRunning, take, start, changed }) {
  /** Those that were going on before the worker was stopped. */
  const all = ready.then(async () => {
    const saved = /** @type {{calls?: string}} */ (await chrome.storage.session.get('calls').catch(() => ({})));
    const known = new Calls(saved.calls);
    tabs = lines(known.tabs()).map(Number);
    return known;
  });
  /** The tabs in which a call runs. @type {number[]} */
  let tabs = [];
  /** Those in which one has run until now. @type {Set<number>} */
  const left = new Set();
  let timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

  chrome.runtime.onConnect.addListener((port) => void hear(port));
  chrome.permissions.onAdded.addListener(({ origins }) => void register().then(() => look(origins)));
  chrome.permissions.onRemoved.addListener(() => void register().then(forget));
  chrome.alarms.onAlarm.addListener(({ name }) => {
    if (name === 'calls') void advance();
  });

  /** @param {chrome.runtime.Port} port */
  async function hear(port) {
    const media = words.get(port.name);
    const { tab, frameId, origin = '' } = port.sender ?? {};
    if (media === undefined || tab?.id === undefined) return;
    // She may have taken the right back while the page stood open.
    if (media > 0 && !(await isAllowed(siteOf(origin)))) {
      port.postMessage('end');
      return;
    }
    const known = await all;
    await perform(known.hear(Date.now(), tab.id, frameId ?? 0, media), origin);
  }

  async function advance() {
    const known = await all;
    await perform(known.advance(Date.now()), '');
  }

  /** @param {string} text what has become news @param {string} origin of whoever brought it */
  async function perform(text, origin) {
    const known = await all;
    await chrome.storage.session.set({ calls: known.snapshot() });
    for (const tab of tabs) left.add(tab);
    tabs = lines(known.tabs()).map(Number);
    for (const line of lines(text)) {
      const [tab, input] = line.split(' ');
      if (isRunning()) {
        if (Number(tab) === home) await take(input);
      } else if (input === '"call_began"' && (await startsByItself(origin))) await start(Number(tab));
    }
    changed();
    await wake(known.wake_at());
  }

  /** A timer for now, and an alarm behind it in case the worker is stopped meanwhile. @param {number} at 0 for never */
  async function wake(at) {
    clearTimeout(timer);
    if (at === 0) {
      await chrome.alarms.clear('calls');
      return;
    }
    timer = setTimeout(advance, Math.max(0, at - Date.now()));
    await chrome.alarms.create('calls', { when: at + 5000 });
  }

  return {
    /** Registers notice.js anew for the sites that are allowed, also after an update. */
    register,
    /** The tabs in which a call runs, and those in which one has ended since this was asked. */
    tabs() {
      const off = [...left].filter((tab) => !tabs.includes(tab));
      left.clear();
      return { on: tabs, off };
    },
    /** Whether a call runs in a tab, and what is to be asked for to notice calls there: nothing where it is no site. @param {number} tab */
    async about(tab) {
      await all;
      // The floating window is no tab.
      const { url = '' } = tab < 0 ? {} : await chrome.tabs.get(tab).catch(() => ({ url: '' }));
      const origins = await originsAt(url);
      const allowed = await isAllowed(origins);
      return { call: tabs.includes(tab), site: origins.join(' '), allowed };
    },
  };
}

/** @param {string} text */
const lines = (text) => text.split('\n').filter(Boolean);

/** @param {string[]} origins */
const isAllowed = (origins) => (origins.length > 0 ? chrome.permissions.contains({ origins }) : Promise.resolve(false));

/** The origins of allowed sites, as match patterns. */
async function allowed() {
  const { origins = [] } = await chrome.permissions.getAll();
  return origins.filter((origin) => /^(https?|\*):/.test(origin));
}

async function register() {
  const matches = await allowed();
  const [registered] = await chrome.scripting.getRegisteredContentScripts({ ids: [script] });
  if (registered) await chrome.scripting.unregisterContentScripts({ ids: [script] });
  if (matches.length === 0) return;
  await chrome.scripting.registerContentScripts([
    { id: script, js: ['notice.js'], matches, allFrames: true, matchOriginAsFallback: true, runAt: 'document_idle' },
  ]);
}

/** What is no longer allowed does not start by itself either. */
async function forget() {
  const [{ starts = '' }, origins] = await Promise.all([stored(), allowed()]);
  await chrome.storage.local.set({ starts: starts.split(' ').filter((start) => origins.includes(start)).join(' ') });
}

/** @returns {Promise<{starts?: string}>} */
const stored = () => chrome.storage.local.get('starts');

/** Begins at once in pages that are open already. @param {string[] | undefined} origins */
async function look(origins = []) {
  for (const { id } of await chrome.tabs.query({ url: origins })) {
    if (id === undefined) continue;
    await chrome.scripting
      .executeScript({ target: { tabId: id, allFrames: true }, files: ['notice.js'] })
      .catch(() => {}); // an error page, for instance
  }
}

/** Whether a match pattern of one site fits an address. @param {string} pattern @param {URL} url */
function fits(pattern, { protocol, hostname }) {
  const [, scheme, host] = /^(\*|https?):\/\/([^/]+)\//.exec(pattern) ?? [];
  if (scheme !== '*' && `${scheme}:` !== protocol) return false;
  return host === '*' || hostname === host || (host?.startsWith('*.') && `.${hostname}`.endsWith(host.slice(1)));
}

/** The site of an address, as match pattern, without a port: Firefox knows no patterns with one. @param {string} address */
function siteOf(address) {
  const { protocol, hostname } = URL.canParse(address) ? new URL(address) : { protocol: '', hostname: '' };
  return /^https?:$/.test(protocol) ? [`${protocol}//${hostname}/*`] : [];
}

/** The patterns of the known site at an address, or one made of the address itself. @param {string} address */
async function originsAt(address) {
  if (siteOf(address).length === 0) return [];
  const url = new URL(address);
  const file = await fetch(chrome.runtime.getURL('sites.json'));
  const site = /** @type {Site[]} */ (await file.json()).find(({ origins }) => origins.some((origin) => fits(origin, url)));
  return site?.origins ?? siteOf(address);
}

/** @param {string} origin of the frame with the call */
async function startsByItself(origin) {
  const { starts = '' } = await stored();
  return URL.canParse(origin) && starts.split(' ').some((pattern) => fits(pattern, new URL(origin)));
}
