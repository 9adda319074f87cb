// @ts-check
// The one engine. Every input becomes one dispatch, one save and one picture for all surfaces. The browser may stop the
// worker at any moment: what matters is saved before an input is answered, and the next event reads it back.

import init, { Engine } from '../wasm/background.js';
import { setAlarm } from './alarms.js';
import { isFirefox } from './browser.js';
import { read } from './files.js';
import { showBadge } from './toolbar.js';

/** @typedef {import('./settings.js').Settled} Settled */
/** @typedef {{save?: string, badge?: import('./toolbar.js').Badge, alarm?: number | null, strip?: boolean}} Effect */
/** @typedef {ReturnType<typeof createSession>} Session */

/**
 * @param {object} parts
 * @param {import('./home.js').Home} parts.home
 * @param {() => void} parts.taken called when an input was taken, before surfaces are told
 */
export function createSession({ home, taken }) {
  /** Whether the last save worked. */
  let saved = true;
  /** Whether the snapshot could not be read, so that the engine started fresh. */
  let afresh = false;
  let running = false;
  let alarmAt = /** @type {number | null | undefined} */ (undefined);
  /** Whether a screen is shared, as the strip's page was told last. */
  let shared = false;
  /** The newest picture. */
  let picture = '';

  const booted = boot();

  async function boot() {
    const stored = chrome.storage.local.get(['engine', 'settled']).catch(() => ({}));
    const recalled = home.recall();
    await init();
    const { engine: snapshot, settled } = /** @type {{engine?: string, settled?: Settled}} */ (await stored);
    await recalled;
    const engine = await build(settled, snapshot);
    running = engine.running;
    if (engine.unreadable) {
      afresh = true;
      await save('unreadable', snapshot ?? '');
      await home.unmount(); // the strip of the session that was lost
    }
    return { engine, settled };
  }

  /** Inputs are taken one after another, so that an older save never lands on a newer one. */
  let turn = Promise.resolve();

  /** @param {string} input */
  function take(input) {
    const answer = turn.then(() => dispatch(input));
    turn = answer.then(() => {}, () => {});
    return answer;
  }

  /** @param {string} input */
  async function dispatch(input) {
    const { engine } = await booted;
    /** @type {{view: {popup: {running?: {sharing: boolean}}}, effects: Effect[], problem: unknown}} */
    const outcome = JSON.parse(engine.dispatch(Date.now(), input));
    for (const effect of outcome.effects) await perform(effect);
    taken();
    picture = JSON.stringify(outcome.view);
    cover(outcome.view.popup.running?.sharing ?? false);
    tell({ to: 'surfaces', view: picture, home: home.isLost ? null : (home.place ?? null) });
    return { view: picture, problem: outcome.problem ? JSON.stringify(outcome.problem) : null };
  }

  /** @param {Effect} effect */
  async function perform({ save: snapshot, badge, alarm, strip }) {
    if (snapshot !== undefined) saved = await save('engine', snapshot);
    if (badge) showBadge(badge, home.isLost);
    if (alarm !== undefined && alarm !== alarmAt) {
      alarmAt = alarm;
      await setAlarm('wake', alarm);
    }
    if (strip !== undefined) {
      if (running && !strip) await home.unmount();
      running = strip;
    }
  }

  /** Tells the strip's page whether a screen is shared. @param {boolean} sharing */
  function cover(sharing) {
    if (sharing !== shared && home.tab !== undefined)
      chrome.tabs.sendMessage(home.tab, { to: 'content', sharing }, { frameId: 0 }).catch(() => {});
    shared = sharing;
  }

  /** @param {unknown} message */
  function tell(message) {
    // Nobody may be listening.
    chrome.runtime.sendMessage(message).catch(() => {});
    // Firefox reaches a frame inside a page only through its tab.
    if (home.tab !== undefined && isFirefox()) chrome.tabs.sendMessage(home.tab, message).catch(() => {});
  }

  /** Goes on with another deck and offer. @param {Settled} settled */
  async function adopt({ deck, offer = '{}' }) {
    const { engine } = await booted;
    engine.adopt(deck ?? (await read('decks/en.deck')), offer);
    return take('"look"');
  }

  return {
    /** What the engine was built of, once it is there. */
    ready: booted.then(({ settled }) => settled),
    /** Whether a session runs. */
    get isRunning() {
      return running;
    },
    /** Whether a screen is shared. */
    get isShared() {
      return shared;
    },
    /** The newest picture, and what else surfaces are told of every time. */
    get state() {
      return { view: picture, saved, afresh };
    },
    take,
    adopt,
  };
}

/**
 * The engine, with the deck that was made of the settings if there is one that this version can read.
 * @param {Settled} [settled]
 * @param {string} [snapshot]
 */
async function build({ deck, offer = '{}' } = {}, snapshot) {
  try {
    if (deck !== undefined) return new Engine(deck, offer, snapshot);
  } catch {
    // Another version has compiled it.
  }
  return new Engine(await read('decks/en.deck'), offer, snapshot);
}

/** @param {string} key @param {string} text */
function save(key, text) {
  return chrome.storage.local.set({ [key]: text }).then(
    () => true,
    () => false,
  );
}
