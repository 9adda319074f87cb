// @ts-check
// A real call app on loopback: the demos of open-easyrtc from npm.
//
// Both demos use the browser's cameras. In Chromium, pass callFlags from flags.mjs, which make it use its test picture.
// Opening a demo in two tabs of one browser is enough for a call.

import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
/** These packages have no types. @type {(name: string) => any} */
const load = require;

/**
 * Serves the call app on 127.0.0.1.
 *
 * `multiparty` calls everyone in the room by itself: video#box0 is the user, video#box1 the first other person.
 * `simple` shows a button for each other person in #otherClients, which starts a call: video#selfVideo,
 * video#callerVideo.
 *
 * @param {{port?: number}} [options]
 * @returns {Promise<{url: string, multiparty: string, simple: string, close: () => Promise<void>}>}
 */
export async function startEasyrtc({ port = 0 } = {}) {
  const express = load('express');
  const { Server } = load('socket.io');
  // The library keeps its rooms for the whole process, so each start loads its own copy.
  for (const file of Object.keys(require.cache)) if (file.includes('open-easyrtc')) delete require.cache[file];
  const easyrtc = load('open-easyrtc');

  const app = express();
  app.get('/favicon.ico', (/** @type {any} */ request, /** @type {any} */ response) => response.status(204).end());
  const server = createServer(app);
  const sockets = new Server(server);
  easyrtc.setOption('logLevel', 'error');
  easyrtc.setOption('appIceServers', []);
  await new Promise((done, refuse) => easyrtc.listen(app, sockets, null, (/** @type {unknown} */ error) => error ? refuse(error) : done(undefined)));
  await new Promise((done, refuse) => server.once('error', refuse).listen(port, '127.0.0.1', () => done(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the call app has no port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    multiparty: `${url}/demos/demo_multiparty.html`,
    simple: `${url}/demos/demo_audio_video_simple.html`,
    close: () => new Promise((done) => {
      sockets.close();
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { multiparty, simple } = await startEasyrtc({ port: Number(process.argv[2] ?? 0) });
  console.log(`Open in two tabs: ${multiparty} or ${simple}   (Ctrl+C ends it)`);
}
