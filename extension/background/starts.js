// @ts-check
// Starts sessions, one at a time: of two that are pressed in two windows, the second finds a session that runs.

import { WINDOW } from './float.js';

/** @typedef {ReturnType<typeof createStarts>} Starts */

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {import('./home.js').Home} parts.home
 */
export function createStarts({ session, home }) {
  let turn = Promise.resolve();

  /**
   * @param {string} input
   * @param {number} here the tab for the strip, or `WINDOW`
   * @returns {Promise<Awaited<ReturnType<start>> | undefined>} nothing where a session runs already
   */
  function begin(input, here) {
    const started = turn.then(() => (session.isRunning ? undefined : start(input, here)));
    turn = started.then(() => {}, () => {});
    return started;
  }

  /**
   * A session is not started where its strip could not be. A window can always be, and shows the session from the first.
   * @param {string} input
   * @param {number} here
   */
  async function start(input, here) {
    const open = here === WINDOW || (await home.mount(here));
    const taken = await session.take(open ? input : '"look"');
    if (!session.isRunning) await home.unmount();
    else if (here === WINDOW) await home.mount(WINDOW);
    const strip = !session.isRunning ? 'nowhere' : here === WINDOW ? 'floating' : 'here';
    return { ...taken, strip, page: open ? 'open' : 'closed' };
  }

  return {
    begin,
    /** Starts a session as Start offers it. @param {number} tab */
    beginAutomatically: (tab) =>
      begin(JSON.stringify({ start_automatically: crypto.getRandomValues(new Uint32Array(1))[0] }), tab),
  };
}
