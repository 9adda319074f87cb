// @ts-check
// Starts sessions, one at a time: if Start is pressed in two windows, the second one finds a session running.

import { WINDOW } from './float.js';

/** @typedef {import('../wasm/background.js').Input} Input */
/** @typedef {import('../wasm/background.js').StripPlace} StripPlace */
/** @typedef {import('../wasm/background.js').Closed} Closed */
/** @typedef {{outcome: import('../wasm/background.js').Outcome, strip: StripPlace, closed: Closed | null}} Started */
/** @typedef {ReturnType<typeof createStarts>} Starts */

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {import('./home.js').Home} parts.home
 */
export function createStarts({ session, home }) {
  let turn = Promise.resolve();

  /**
   * @param {Input} input
   * @param {number} here the tab for the strip, or `WINDOW`
   * @returns {Promise<Started | undefined>} nothing if a session is already running, and another is not to follow it
   */
  function begin(input, here) {
    const follows = typeof input === 'object' && 'start_next' in input;
    const started = turn.then(() => (session.isRunning && !follows ? undefined : start(input, here)));
    turn = started.then(() => {}, () => {});
    return started;
  }

  /**
   * A session is not started where its strip cannot be. A window always can be, and shows the session from its start.
   * @param {Input} input
   * @param {number} here
   * @returns {Promise<Started>}
   */
  async function start(input, here) {
    const closed = here === WINDOW ? null : await home.tryMount(here);
    const outcome = await session.take(closed ? 'look' : input);
    if (!session.isRunning) await home.unmount();
    else if (here === WINDOW) await home.mount(WINDOW);
    const strip = !session.isRunning ? 'nowhere' : here === WINDOW ? 'floating' : 'here';
    return { outcome, strip, closed };
  }

  return {
    begin,
    /** Starts a session with what Start offers. @param {number} tab */
    beginAutomatically: (tab) =>
      begin({ start_automatically: crypto.getRandomValues(new Uint32Array(1))[0] }, tab),
  };
}
