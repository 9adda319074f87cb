// @ts-check
// Screen shares, as the guards in pages notice them. Two frames may share at once: the share is over when the last has
// ended.

import { isAnyShared } from './guard.js';

/** @typedef {ReturnType<typeof createShares>} Shares */

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 */
export function createShares({ session }) {
  /** How many shares have begun. */
  let begun = 0;

  /**
   * A guard has noticed that a share begins or is over. Says whether a share is assumed to be going on.
   * @param {chrome.runtime.MessageSender | undefined} sender
   * @param {boolean} sharing
   */
  async function notice(sender, sharing) {
    await session.ready;
    if (!session.isRunning || sender?.tab?.id === undefined) return false;
    const before = sharing ? ++begun : begun;
    // Another may have begun while the frames were being asked.
    const on = sharing || (await isAnyShared()) || begun > before;
    await session.take({ share_detected: on });
    return session.isShared;
  }

  /** A page that crashes says nothing: finds out whether what was shared still is. */
  async function check() {
    const before = begun;
    if (session.isShared && !(await isAnyShared()) && begun === before) await session.take({ share_detected: false });
  }

  /** What was shared has ended with the browser. */
  async function forget() {
    await session.ready;
    if (session.isRunning) await session.take({ share_detected: false });
  }

  return { notice, check, forget };
}
