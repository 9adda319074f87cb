// @ts-check
// A client for Marionette, Firefox's remote control: JSON messages over a socket, each as `<length>:<json>`. A single
// command is enough: running a script in the browser's chrome scope. From there, Marionette's window actors reach every
// document: tabs, the popup, the strip's frame and the background page.

import { connect } from 'node:net';

/** @typedef {Awaited<ReturnType<typeof openMarionette>>} Marionette */
/**
 * A tab's panel, a browsing context, or an extension.
 * @typedef {{panel: string} | {id: number} | {background: string}} Where
 */

/** Connects to a listening Firefox and starts a session. @param {number} port */
export async function openMarionette(port) {
  const socket = connect(port, '127.0.0.1');
  /** @type {Map<number, {resolve: (value: any) => void, reject: (problem: Error) => void}>} */
  const waiting = new Map();
  let received = Buffer.alloc(0);
  let last = 0;

  socket.on('data', (part) => {
    received = Buffer.concat([received, part]);
    for (let colon = received.indexOf(':'); colon >= 0; colon = received.indexOf(':')) {
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (received.length < end) return;
      take(JSON.parse(received.subarray(colon + 1, end).toString()));
      received = received.subarray(end);
    }
  });
  socket.on('error', () => {}); // 'close' follows
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox closed the connection.'));
    waiting.clear();
  });

  /** @param {any} message [1, number of the command, error, result]; the greeting has another form */
  function take(message) {
    if (!Array.isArray(message)) return;
    const [, number, error, result] = message;
    const command = waiting.get(number);
    waiting.delete(number);
    if (error) command?.reject(new Error(error.message));
    else command?.resolve(result);
  }

  /** @param {string} name @param {object} parameters @returns {Promise<any>} */
  function send(name, parameters) {
    return new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(new Error('Firefox is gone.'));
      waiting.set(++last, { resolve, reject });
      const body = Buffer.from(JSON.stringify([0, last, name, parameters]));
      socket.write(Buffer.concat([Buffer.from(`${body.length}:`), body]));
    });
  }

  await send('WebDriver:NewSession', { capabilities: { alwaysMatch: { unhandledPromptBehavior: 'ignore' } } });
  await send('WebDriver:SetTimeouts', { script: 60_000 });
  await send('Marionette:SetContext', { value: 'chrome' });

  /**
   * Runs a function, or the source text of one, in the chrome scope of the browser's window.
   * @param {Function | string} fn
   * @param {unknown[]} args plain data
   * @returns {Promise<any>} plain data
   */
  async function chrome(fn, ...args) {
    const script = `return (${fn}).apply(null, arguments)`;
    return (await send('WebDriver:ExecuteScript', { script, args, sandbox: 'system' })).value;
  }

  return {
    chrome,
    /**
     * Runs a script in one document, with the rights of its page or, with `system`, those of the browser.
     * @param {Where} where
     * @param {string} script
     * @param {unknown[]} args
     * @param {'system'} [rights]
     */
    inDocument: (where, script, args, rights) =>
      chrome(
        `(where, script, args, sandboxName) => {
          const actor = (${locate})(where).currentWindowGlobal.getActor('MarionetteCommands');
          return actor.executeScript(script, args, { timeout: 60_000, sandboxName });
        }`,
        where, script, args, rights ?? null,
      ),
    /**
     * Draws a document with all its frames and returns a PNG in base64.
     * @param {Where} where
     * @param {import('./surface.mjs').Box} [box]
     */
    capture: (where, box) =>
      chrome(
        `async (where, box) => {
          const area = box && new DOMRect(box.x, box.y, box.width, box.height);
          const image = await (${locate})(where).currentWindowGlobal.drawSnapshot(area, devicePixelRatio, 'white');
          const canvas = new OffscreenCanvas(image.width, image.height);
          canvas.getContext('2d').drawImage(image, 0, 0);
          return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()).toBase64();
        }`,
        where, box ?? null,
      ),
    close: () => socket.destroy(),
  };
}

/** The browsing context of a place. Runs in the chrome scope. @param {any} where */
function locate({ panel, id, background }) {
  if (panel) return /** @type {any} */ (document.getElementById(panel)?.querySelector('browser')).browsingContext;
  if (id) return BrowsingContext.get(id);
  const views = [...WebExtensionPolicy.getByID(background).extension.views];
  return views.find(({ viewType }) => viewType === 'background').xulBrowser.browsingContext;
}
