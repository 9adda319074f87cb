// @ts-check
// Calls on the sites that the therapist has allowed: notice.js says what plays there, src/engine/calls.rs works out
// that a call has begun or is over, and this file turns that into a hint on the toolbar button, a Start where the
// therapist has asked for that, or the question whether the session is over, or whether a new one begins. Without an
// allowed site, none of this runs.

import { Calls as Core } from '../wasm/background.js';
import { setAlarm } from './alarms.js';
import { WINDOW } from './float.js';
import { allowedOrigins, areAllowed, fits, originsOf, siteAt } from './sites.js';
import { load, save } from './storage.js';

/** @typedef {import('../wasm/background.js').CallNews} CallNews */
/** @typedef {ReturnType<typeof createCalls>} Calls */

const script = 'notice';
/** What notice.js says by the name of a port. @type {Map<string, import('../wasm/background.js').Media>} */
const words = new Map([['call none', 'none'], ['call still', 'still'], ['call plays', 'plays']]);

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {import('./starts.js').Starts} parts.starts
 * @param {import('./home.js').Home} parts.home
 * @param {() => void} parts.changed called when the hint on a tab's button may have changed
 */
export function createCalls({ session, starts, home, changed }) {
  /** Those that were going on before the worker was stopped. */
  const all = session.ready.then(async () => {
    const saved = /** @type {{calls?: unknown}} */ (await chrome.storage.session.get('calls').catch(() => ({})));
    const known = new Core(saved.calls);
    tabs = [...known.tabs()];
    return known;
  });
  /** The tabs in which a call runs. @type {number[]} */
  let tabs = [];
  /** Those that had a call before the latest news. @type {Set<number>} */
  const left = new Set();
  let timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

  /** Reports are taken one after another: an old one that took longer would otherwise count as the newest. */
  let turn = Promise.resolve();

  /** @param {() => Promise<void>} next */
  function inTurn(next) {
    const done = turn.then(next);
    turn = done.catch(() => {});
    return done;
  }

  /** A frame says what plays in it, until it is told that it was heard. @param {chrome.runtime.Port} port */
  async function take(port) {
    const media = words.get(port.name);
    const { tab, frameId, origin = '' } = port.sender ?? {};
    if (media === undefined || tab?.id === undefined) return;
    // The therapist may have withdrawn the permission while the page was open.
    if (media !== 'none' && !(await areAllowed(originsOf(origin)))) {
      answer(port, 'end');
      return;
    }
    const known = await all;
    await perform(known.hear(Date.now(), tab.id, frameId ?? 0, media), origin);
    answer(port, 'heard');
  }

  /** News that comes from the passing of time alone. */
  async function pass() {
    const known = await all;
    await perform(known.advance(Date.now()), '');
  }

  /** @param {CallNews[]} news @param {string} origin of the frame that brought it */
  async function perform(news, origin) {
    const known = await all;
    await chrome.storage.session.set({ calls: known.snapshot() });
    for (const tab of tabs) left.add(tab);
    tabs = [...known.tabs()];
    for (const { tab, input } of news) {
      if (session.isRunning) {
        // The next client may come to another room.
        const elsewhere = input === 'call_began' && !tabs.includes(home.place ?? WINDOW);
        if (tab === home.place || elsewhere) await session.take(input);
      } else if (input === 'call_began' && (await startsByItself(origin))) await starts.beginAutomatically(tab);
    }
    changed();
    await wake(known.wake_at() ?? null);
  }

  /** Sets a timer, and an alarm behind it in case the worker is stopped meanwhile. @param {number | null} at */
  async function wake(at) {
    clearTimeout(timer);
    if (at !== null) timer = setTimeout(() => inTurn(pass), Math.max(0, at - Date.now()));
    await setAlarm('calls', at);
  }

  return {
    hear: (/** @type {chrome.runtime.Port} */ port) => inTurn(() => take(port)),
    advance: () => inTurn(pass),
    register,
    forget,
    look,
    /** The tabs in which a call runs, and those in which one has ended since this was asked. */
    tabs() {
      const off = [...left].filter((tab) => !tabs.includes(tab));
      left.clear();
      return { on: tabs, off };
    },
    /**
     * Whether a call runs in a tab, and what would have to be allowed for calls to be noticed there.
     * @param {number} tab
     * @returns {Promise<import('../wasm/background.js').CallBeside>}
     */
    async about(tab) {
      await all;
      // The floating window is not a tab.
      const { url = '' } = tab < 0 ? {} : await chrome.tabs.get(tab).catch(() => ({ url: '' }));
      const site = await siteAt(url);
      const allowed = await areAllowed(site);
      return { on: tabs.includes(tab), site, allowed };
    },
  };
}

/** @param {chrome.runtime.Port} port @param {'heard' | 'end'} word */
function answer(port, word) {
  try {
    port.postMessage(word);
  } catch {
    // The page is gone.
  }
}

/** Registers notice.js for the sites that are allowed, also after an update. */
async function register() {
  const matches = await allowedOrigins();
  const [registered] = await chrome.scripting.getRegisteredContentScripts({ ids: [script] });
  if (registered) await chrome.scripting.unregisterContentScripts({ ids: [script] });
  if (matches.length === 0) return;
  await chrome.scripting.registerContentScripts([
    { id: script, js: ['notice.js'], matches, allFrames: true, matchOriginAsFallback: true, runAt: 'document_idle' },
  ]);
}

/** Starts noticing at once in pages that are already open. @param {string[] | undefined} origins */
async function look(origins = []) {
  for (const { id } of await chrome.tabs.query({ url: origins })) {
    if (id === undefined) continue;
    await chrome.scripting
      .executeScript({ target: { tabId: id, allFrames: true }, files: ['notice.js'] })
      .catch(() => {}); // an error page, for instance
  }
}

// --- sites on which sessions start automatically ---------------------------------------------------------------------

/** A site that is no longer allowed does not start sessions automatically either. */
async function forget() {
  const [{ starts = [] }, origins] = await Promise.all([load('starts'), allowedOrigins()]);
  await save({ starts: starts.filter((start) => origins.includes(start)) });
}

/** @param {string} origin of the frame with the call */
async function startsByItself(origin) {
  const { starts = [] } = await load('starts');
  return URL.canParse(origin) && starts.some((pattern) => fits(pattern, new URL(origin)));
}
