// @ts-check
// What pages and content scripts ask of the background, and what it answers.

import { whyClosed } from './home.js';
import { shortcuts } from './keys.js';

/** @typedef {import('../wasm/background.js').Beside} Beside */
/** @typedef {import('../wasm/background.js').CallBeside} CallBeside */
/** @typedef {import('../wasm/background.js').Envelope} Envelope */
/** @typedef {import('../wasm/background.js').Input} Input */
/** @typedef {import('../wasm/background.js').Reply} Reply */
/** @typedef {import('../wasm/background.js').Request} Request */
/** @typedef {import('../wasm/background.js').State} State */
/** @typedef {chrome.runtime.MessageSender} Sender */

/** Beside a session that has just started, nobody asks about calls. @type {CallBeside} */
const notAsked = { on: false, site: [], allowed: false };

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
   * @param {Envelope | undefined} message
   * @param {Sender} sender
   * @param {(reply: Reply) => void} reply
   */
  function onMessage(message, sender, reply) {
    if (message?.to !== 'background') return undefined;
    const request = message.say;
    if (isShare(request)) {
      const noticed = shares.notice(sender, request.share).catch(() => false);
      void noticed.then((shared) => reply({ shared }));
      return true;
    }
    // Inputs come from Attune's own pages. A content script shares its process with the page it is in.
    if (!sender.url?.startsWith(chrome.runtime.getURL(''))) return undefined;
    const wasRunning = session.isRunning;
    answer(request, sender).then(reply, (error) => reply({ failed: String(error) })).then(() => {
      // A session that is ended at the strip is summed up in the popup; the other surfaces show the summary themselves.
      const ended = wasRunning && !session.isRunning;
      if (ended && sender.url?.endsWith('/strip.html')) void chrome.action.openPopup().catch(() => {});
    });
    return true;
  }

  /** @param {Exclude<Request, {share: boolean}>} request @param {Sender} sender @returns {Promise<Reply>} */
  async function answer(request, sender) {
    if (request === 'keys') return { keys: await shortcuts() };
    if (request === 'settle') return { state: session.stateAfter(await settings.settle()) };
    if ('mount' in request) return { state: await takeBeside('look', request.mount, sender, true) };
    const { input, tab } = request.take;
    if (tab === null) return { state: session.stateAfter(await session.take(input)) };
    return { state: await takeBeside(input, tab, sender, false) };
  }

  /**
   * Takes an input and finds out the state in a tab, or in the floating window.
   * @param {Input} input
   * @param {number} here
   * @param {Sender} sender
   * @param {boolean} mounts whether the strip should go there
   * @returns {Promise<State>}
   */
  async function takeBeside(input, here, sender, mounts) {
    await session.ready;
    await float.meet(sender);
    if (isStart(input)) {
      const started = await starts.begin(input, here);
      if (started) return session.stateAfter(started.outcome, { strip: started.strip, closed: started.closed, call: notAsked });
    }
    const call = await calls.about(here);
    const outcome = await session.take(input);
    // A page that is busy may take long to answer, and what comes of it is shown anyway.
    void shares.check();
    const closed = await (mounts && session.isRunning ? home.tryMount(here) : whyClosed(here));
    if (session.isRunning) await home.comeBack(here);
    return session.stateAfter(outcome, { strip: await home.seenFrom(here), closed, call });
  }

  return { onMessage };
}

/** @param {Request} request @returns {request is {share: boolean}} */
const isShare = (request) => typeof request === 'object' && request !== null && 'share' in request;

/** Whether an input brings the strip to where it was sent from. @param {Input} input */
const isStart = (input) => input === 'go_on' || (typeof input === 'object' && ('start' in input || 'start_next' in input));
