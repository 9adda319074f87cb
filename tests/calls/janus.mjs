// @ts-check
// A real call app on loopback that sends its media through a server: the video room of Janus, as packaged by Debian.
//
// An existing Janus on the machine is not touched: this one has its configuration and its socket in its own folder,
// sends media only on 127.0.0.1, and ends with this process, however that ends.

import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../browser/drive/until.mjs';

const demos = '/usr/share/janus/demos';
const types = new Map([
  ['.html', 'text/html; charset=utf-8'], ['.js', 'text/javascript'], ['.css', 'text/css'], ['.ico', 'image/x-icon'],
  ['.png', 'image/png'], ['.woff2', 'font/woff2'], ['.woff', 'font/woff'], ['.ttf', 'font/ttf'],
]);

/**
 * The demos' own settings point to a distant server, and Debian's lack two names that all demos use. Errors that the
 * app itself reports (in Firefox, whenever somebody leaves) are not Attune's.
 */
const settings = `
  const server = location.origin.replace('http', 'ws');
  const [iceServers, token, apisecret] = [[]];
  console.error = console.info;
`;

/** The folder of the plugins; on Debian it depends on the architecture. */
function library() {
  const folders = [...readdirSync('/usr/lib').map((kind) => `/usr/lib/${kind}`), '/usr/lib', '/usr/lib64', '/usr/local/lib'];
  const found = folders.map((folder) => join(folder, 'janus')).find((folder) => existsSync(join(folder, 'plugins')));
  if (!found || !existsSync(demos)) throw new Error('Janus is not here. On Debian: apt-get install janus janus-demos');
  return found;
}

/** Writes the configuration of Janus: one room, one transport, and no other plugins. @param {string} folder */
function configure(folder) {
  const from = library();
  for (const [kind, part] of [['plugins', 'libjanus_videoroom.so'], ['transports', 'libjanus_websockets.so']]) {
    mkdirSync(join(folder, kind));
    symlinkSync(join(from, kind, part), join(folder, kind, part));
  }
  for (const kind of ['events', 'loggers']) mkdirSync(join(folder, kind));
  const folders = ['plugins', 'transports', 'events', 'loggers'].map((kind) => `${kind}_folder = "${join(folder, kind)}"`);
  const files = {
    'janus.jcfg': `general: { ${folders.join('\n')}\n interface = "127.0.0.1" }\n nat: { ice_enforce_list = "127.0.0.1" }`,
    'janus.transport.websockets.jcfg': `general: { json = "compact"\n ws = true\n ws_unix = "${join(folder, 'socket')}" }`,
    'janus.plugin.videoroom.jcfg': 'room-1234: { description = "A room"\n publishers = 6\n bitrate = 512000\n fir_freq = 10 }',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** Starts Janus and waits until it accepts connections. @param {string} folder */
async function run(folder) {
  const janus = spawn('setpriv', ['--pdeathsig', 'KILL', 'janus', '--configs-folder', folder, '--disable-colors'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((done) => janus.once('exit', done));
  let said = '';
  await new Promise((done, refuse) => {
    janus.once('error', refuse);
    void gone.then((code) => refuse(new Error(`Janus stopped with code ${code}:\n${said}`)));
    janus.stdout.on('data', (part) => {
      said = (said + part).slice(-20_000);
      if (/server started \(UNIX socket/.test(said) && existsSync(join(folder, 'socket'))) done(undefined);
    });
  });
  return { stop: () => { janus.kill('SIGKILL'); return gone; } };
}

/**
 * Serves the call app on 127.0.0.1.
 *
 * `enterRoom` takes a page into the room. A video in #videolocal is the user, one in #videoremote1 the first other
 * person. #start is then the button that ends the call for the user.
 *
 * @param {{port?: number}} [options]
 */
export async function startJanus({ port = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'janus-'));
  const tidy = () => rmSync(folder, { recursive: true, force: true });
  configure(folder);
  const janus = await run(folder).catch((problem) => {
    tidy();
    throw problem;
  });
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    const path = join(demos, normalize(decodeURIComponent(pathname)));
    const type = types.get(extname(path)) ?? 'application/octet-stream';
    if (pathname === '/settings.js') response.writeHead(200, { 'content-type': type }).end(settings);
    else if (!existsSync(path) || !statSync(path).isFile()) response.writeHead(204).end();
    else createReadStream(path).pipe(response.writeHead(200, { 'content-type': type }));
  });
  // Passes the page's messages to Janus unchanged.
  server.on('upgrade', ({ method, url, rawHeaders }, page, head) => {
    const line = connect(join(folder, 'socket'));
    const headers = rawHeaders.map((part, index) => part + (index % 2 ? '\r\n' : ': ')).join('');
    line.write(`${method} ${url} HTTP/1.1\r\n${headers}\r\n`);
    line.write(head);
    line.pipe(page).pipe(line);
    for (const end of [line, page]) end.on('error', () => { line.destroy(); page.destroy(); });
  });
  await new Promise((done, refuse) => server.once('error', refuse).listen(port, '127.0.0.1', () => done(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the call app has no port');
  return {
    url: `http://127.0.0.1:${address.port}/videoroomtest.html`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await janus.stop();
      tidy();
    },
  };
}

/**
 * Presses the buttons that a person presses to enter the room.
 * @param {{evaluate: (fn: (selector: string) => any, selector: string) => Promise<any>}} page
 */
export async function enterRoom(page) {
  for (const button of ['#start', '#register'])
    await until(`${button} to be pressed`, () => page.evaluate((selector) => {
      const name = /** @type {HTMLInputElement | null} */ (document.querySelector('#username'));
      const found = /** @type {HTMLButtonElement | null} */ (document.querySelector(selector));
      // The page does not listen for clicks until it knows what the browser can do.
      if (!name || !found?.checkVisibility() || found.disabled || !(/** @type {any} */ (self).Janus?.initDone)) return false;
      name.value = 'someone';
      found.click();
      return true;
    }, button));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startJanus({ port: Number(process.argv[2] ?? 0) });
  console.log(`Open in two tabs, press Start and give a name: ${url}   (Ctrl+C ends it)`);
}
