// @ts-check
// What pages and content scripts ask of the background, and what they are answered.

import { WINDOW } from './float.js';
import { isOpen } from './home.js';
import { shortcuts } from './keys.js';

/** @typedef {{to: 'background', input?: string, tab?: number, mount?: number, keys?: true, settle?: true, sharing?: boolean}} Request */
/** @typedef {chrome.runtime.MessageSender} Sender */

/**
 * @param {object} parts
 * @param {import('./session.js').Session} parts.session
 * @param {import('./starts.js').Starts} parts.starts
 * @param {import('./home.js').Home} parts.home
 * @param {import('./float.js').Float} parts.float
 * @param {import('./calls.js').Calls} parts.calls
 * @param {import('./shares.js').Shares} parts.shares
 * @param {import('./settings.js').Settings} parts.settings
 */
export function createMessages({ session, starts, home, float, calls, shares, settings }) {
  /**
   * The listener for messages; what it returns says whether an answer follows.
   * @param {Request} request
   * @param {Sender} sender
   * @param {(answer: unknown) => void} reply
   */
  function onMessage(request, sender, reply) {
    if (request?.to !== 'background') return undefined;
    if (request.sharing !== undefined) {
      shares.notice(sender, request.sharing).then(reply, () => reply(false));
      return true;
    }
    // Inputs come from Attune's own pages. A content script shares its process with the page it is in.
    if (!sender.url?.startsWith(chrome.runtime.getURL(''))) return undefined;
    const wasRunning = session.isRunning;
    answer(request, sender).then(reply, (error) => reply({ failed: String(error) })).then(() => {
      // Ended at the strip, a session sums up in the popup; the other surfaces show that themselves.
      const ended = wasRunning && !session.isRunning;
      if (ended && sender.url?.endsWith('/strip.html')) void chrome.action.openPopup().catch(() => {});
    });
    return true;
  }

  /** @param {Request} request @param {Sender} sender */
  async function answer({ input = '"look"', tab, mount, keys, settle }, sender) {
    if (settle) return settings.settle();
    if (keys) return { keys: await shortcuts() };
    const here = mount ?? tab;
    if (here === undefined) {
      const taken = await session.take(input);
      return { ...session.state, ...taken };
    }
    await session.ready;
    await float.meet(sender);
    if (isStart(input)) {
      const started = await starts.begin(input, here);
      if (started) return { ...session.state, ...started };
    }
    const about = await calls.about(here);
    const taken = await session.take(input);
    const open = mount !== undefined && session.isRunning ? await home.mount(mount) : await isOpen(here);
    if (session.isRunning) await home.comeBack(here);
    const strip = await home.seenFrom(here);
    // To find out took a while, in which surfaces may have been told something newer.
    return { ...taken, ...session.state, strip, page: open ? 'open' : 'closed', ...about };
  }

  return { onMessage };
}

/** @param {string} input */
function isStart(input) {
  return input.startsWith('{"start"');
}
