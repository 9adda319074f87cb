// @ts-check
// The one engine. Every input becomes one dispatch, one save and one picture for all surfaces. The browser may stop the
// worker at any moment: what matters is saved before an input is answered, and the next event reads it back.

import init, { Engine } from '../wasm/background.js';
import { setAlarm } from './alarms.js';
import { fileUrl, readDeck } from './files.js';
import { show, tell } from './send.js';
import { recall, save, setAside } from './storage.js';
import { showBadge } from './toolbar.js';

/** @typedef {import('../wasm/background.js').Beside} Beside */
/** @typedef {import('../wasm/background.js').Effects} Effects */
/** @typedef {import('../wasm/background.js').Input} Input */
/** @typedef {import('../wasm/background.js').Outcome} Outcome */
/** @typedef {import('../wasm/background.js').Save} Save */
/** @typedef {import('../wasm/background.js').State} State */
/** @typedef {import('../wasm/background.js').View} View */
/** @typedef {import('./storage.js').Settled} Settled */
/** @typedef {ReturnType<typeof createSession>} Session */

/**
 * @param {object} parts
 * @param {import('./home.js').Home} parts.home
 * @param {() => void} parts.taken called when an input has been taken, before surfaces are told
 */
export function createSession({ home, taken }) {
  /** Whether the last save worked. */
  let saved = true;
  /** The records still to be saved because a save failed. @type {{memory?: unknown, session?: unknown}} */
  let unsaved = {};
  /** Whether what was stored could not be read, so that the engine started fresh. */
  let afresh = false;
  let running = false;
  let alarmAt = /** @type {number | null | undefined} */ (undefined);
  /** Whether a screen is shared, as last told to the strip's page. */
  let shared = false;
  /** The newest. */
  let view = /** @type {View | undefined} */ (undefined);

  const booted = boot();

  async function boot() {
    const recalled = Promise.all([recall(), home.recall()]);
    // This is not always the deck in use, but reading it takes no time while the wasm is compiled.
    const shipped = readDeck();
    await init({ module_or_path: fileUrl('wasm/background_bg.wasm') });
    const [{ memory, session, settled, old }] = await recalled;
    const records = { memory, session };
    const engine = await build(settled, records, shipped);
    running = engine.running;
    const unreadable = engine.unreadable.map((name) => [name, records[/** @type {keyof typeof records} */ (name)]]);
    afresh = old || unreadable.length > 0;
    if (unreadable.length > 0) await works(setAside(Object.fromEntries(unreadable)));
    if (afresh && !running) await home.unmount(); // the strip of the session that was lost
    return { engine, settled };
  }

  /** Inputs are taken one after another, so that an older save never overwrites a newer one. */
  let turn = Promise.resolve();

  /** @param {Input} input */
  function take(input) {
    const outcome = turn.then(() => dispatch(input));
    turn = outcome.then(() => {}, () => {});
    return outcome;
  }

  /** @param {Input} input */
  async function dispatch(input) {
    const { engine } = await booted;
    const outcome = engine.dispatch(Date.now(), input);
    await perform(outcome.effects);
    taken();
    ({ view } = outcome);
    cover('running' in view.popup && view.popup.running.sharing);
    show({ view, home: home.isLost ? null : (home.place ?? null) }, home.tab);
    if (view.strip !== 'clear') void home.prove();
    return outcome;
  }

  /** @param {Effects} effects */
  async function perform({ save, badge, alarm, strip }) {
    // The answer waits for both, but neither waits for the other.
    const done = [save && keep(save), alarm !== alarmAt && setAlarm('wake', alarm)];
    alarmAt = alarm;
    showBadge(badge, home.isLost);
    await Promise.all(done);
    if (running && !strip) await home.unmount();
    running = strip;
  }

  /** Saves what has changed of the two records. @param {Save} changed */
  async function keep({ memory, session }) {
    unsaved = { ...unsaved, ...(memory && { memory }), ...(session && { session }) };
    saved = await works(save(unsaved));
    if (saved) unsaved = {};
  }

  /** Tells the strip's page whether a screen is shared. @param {boolean} sharing */
  function cover(sharing) {
    if (sharing !== shared && home.tab !== undefined) void tell(home.tab, { cover: sharing }, { frameId: 0 });
    shared = sharing;
  }

  /** Continues with what was made of the settings, or with the deck that ships. @param {Settled} [settled] */
  async function adopt(settled) {
    const { engine } = await booted;
    engine.adopt(settled?.deck ?? (await readDeck()), settled?.offer);
    return take('look');
  }

  return {
    /** What the engine was built from, once it is there. */
    ready: booted.then(({ settled }) => settled),
    /** Whether a session runs. */
    get isRunning() {
      return running;
    },
    /** Whether a screen is shared. */
    get isShared() {
      return shared;
    },
    take,
    adopt,
    /**
     * The state after an input. Finding out the rest may take a while, and surfaces may be told something newer
     * meanwhile, so the view is always the newest.
     * @param {Outcome} outcome
     * @param {Beside | null} [beside]
     * @returns {State}
     */
    stateAfter: (outcome, beside = null) => ({ view: view ?? outcome.view, problem: outcome.problem, beside, saved, afresh }),
  };
}

/**
 * The engine, with what was made of the settings if this version can read it.
 * @param {Settled | undefined} settled
 * @param {{memory: unknown, session: unknown}} records
 * @param {Promise<unknown>} shipped the deck that ships
 */
async function build(settled, { memory, session }, shipped) {
  try {
    return new Engine(settled?.deck ?? (await shipped), settled?.offer, memory, session);
  } catch {
    // Another version made it. It will soon be made again.
    return new Engine(await shipped, undefined, memory, session);
  }
}

/** Whether something that may fail has worked. @param {Promise<unknown>} done */
const works = (done) => done.then(() => true, () => false);
