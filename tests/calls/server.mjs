// @ts-check
// The call pages that the tests and `./build.sh run` open, served only on loopback.
//
//   /plain/  no headers of its own            /isolated/  COOP same-origin and COEP require-corp
//   /csp/    a strict CSP and Trusted Types   /both/      all of them at once
//
// Under each of these:
//   (nothing) or room/N    the call; N changes by history.pushState, as in a single-page app
//   hide-unknown.html      CSS that hides foreign elements (not made by the page) under <html> and <body>
//   hide-everything.html   CSS that hides, shrinks and displaces every foreign element
//   remove-unknown.html    a script that removes foreign elements once a second
//   hostile.html           a script that tries to learn all about foreign elements, and runs before anything else
// And /pdf, a document into which no extension can inject anything.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { smallPdf } from './pdf.mjs';

const strictCsp = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "media-src 'self' blob: mediastream:",
  "img-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
].join('; ');
const csp = { 'content-security-policy': strictCsp };
const isolated = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** @type {Record<string, Record<string, string>>} */
export const profiles = { plain: {}, csp, isolated, both: { ...csp, ...isolated } };

/** What each variant adds to the head of the call page. */
const variants = new Map([
  ['', ''],
  ['call.html', ''],
  ['hide-unknown.html', '<link rel="stylesheet" href="/pages/hide-unknown.css">'],
  ['hide-everything.html', '<link rel="stylesheet" href="/pages/hide-everything.css">'],
  ['remove-unknown.html', '<script src="/pages/remove-unknown.js" defer></script>'],
  ['hostile.html', '<script src="/pages/hostile.js"></script>'],
]);

const types = new Map([['css', 'text/css'], ['js', 'text/javascript'], ['html', 'text/html; charset=utf-8']]);
const asset = /^\/pages\/([a-z-]+\.(css|js))$/;
const page = /^\/([a-z]+)\/(room\/\d+|[a-z-]+\.html)?$/;

/** @param {string} name */
const read = (name) => readFile(fileURLToPath(new URL(`pages/${name}`, import.meta.url)));

/**
 * The answer for a path, or undefined if there is none.
 * @param {string} path
 * @returns {Promise<{type: string, body: string | Buffer, headers?: Record<string, string>} | undefined>}
 */
async function answer(path) {
  if (path === '/pdf') return { type: 'application/pdf', body: smallPdf('A document, not a call') };
  const file = asset.exec(path);
  if (file) return { type: types.get(file[2]) ?? '', body: await read(file[1]) };
  const [, profile = '', rest = ''] = page.exec(path) ?? [];
  const added = variants.get(rest.startsWith('room/') ? '' : rest);
  if (!Object.hasOwn(profiles, profile) || added === undefined) return undefined;
  const html = (await read('call.html')).toString().replace('<!-- variant -->', added);
  return { type: types.get('html') ?? '', body: html, headers: profiles[profile] };
}

/**
 * Serves the call pages on 127.0.0.1.
 * @param {{headers?: Record<string, string>, port?: number}} [options] `headers` are sent with every answer;
 *   `port` 0, the default, takes any free port
 * @returns {Promise<{url: string, close: () => Promise<void>}>} `url` has no slash at the end
 */
export async function startCalls({ headers = {}, port = 0 } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname === '/') return void response.writeHead(302, { location: '/plain/' }).end();
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    const found = await answer(pathname).catch(() => undefined);
    if (!found) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing here\n');
    response.writeHead(200, { 'content-type': found.type, 'cache-control': 'no-store', ...found.headers, ...headers });
    response.end(found.body);
  });
  await new Promise((done, refuse) => server.once('error', refuse).listen(port, '127.0.0.1', () => done(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the call server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startCalls({ port: Number(process.argv[2] ?? 0) });
  console.log(`A call to try: ${url}/plain/   (Ctrl+C ends it)`);
}
