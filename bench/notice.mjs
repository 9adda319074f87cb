// @ts-check
// How soon Attune notices a call in real call apps, and its end: from the other person's first picture to the hint on
// Attune's button, and from the moment either side leaves until the hint goes. It has no baseline and is not part of
// the other benchmarks, because it takes a quarter of an hour; the figures are in docs/architecture.md.
//
//   node bench/notice.mjs [times] [chromium|firefox]

import { createServer } from 'node:http';
import { startEasyrtc } from '../tests/calls/easyrtc.mjs';
import { enterRoom, startJanus } from '../tests/calls/janus.mjs';
import { someoneElse } from '../tests/calls/someone.mjs';
import { launch, until } from '../tests/browser/drive/index.mjs';
import { allow } from '../tests/browser/sites.mjs';
import { figure } from './samples.mjs';

/** @typedef {import('../tests/browser/drive/index.mjs').Browser} Browser */
/** @typedef {import('../tests/browser/drive/index.mjs').Page} Page */
/** @typedef {Awaited<ReturnType<typeof someoneElse>>} Other */
/** @typedef {{evaluate: (fn: any, ...args: any[]) => Promise<any>}} Seen */

/**
 * One way in which a call begins and ends.
 * @typedef {object} Way
 * @property {string} name
 * @property {string} url
 * @property {string} alone the user's own picture, which is there before the call
 * @property {string} video the other person's picture
 * @property {(mine: Page, other: Other) => Promise<{seen?: Seen, end: () => unknown}>} call begins the
 *   call; returns how to end it, and the page with the other person's picture, if that is not `mine`
 */

const [times = '5', ...names] = process.argv.slice(2);
const [app, room] = [await startEasyrtc(), await startJanus()];
const shell = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end(`<!doctype html><title>A practice</title><iframe allow="camera; microphone; autoplay" width="900" height="600" src="${app.multiparty}"></iframe>`);
});
await new Promise((done) => shell.listen(0, '127.0.0.1', () => done(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (shell.address());

/** @type {Way[]} */
const ways = [
  {
    name: 'easyrtc, everyone with everyone; the other leaves',
    url: app.multiparty,
    alone: '#box0',
    video: '#box1',
    async call(mine, other) {
      const theirs = await other.open(app.multiparty);
      return { end: () => theirs.close() };
    },
  },
  {
    name: 'the same; the other freezes',
    url: app.multiparty,
    alone: '#box0',
    video: '#box1',
    async call(mine, other) {
      await other.open(app.multiparty);
      return { end: other.freeze };
    },
  },
  {
    name: 'the same in a frame from another address; the other leaves',
    url: `http://localhost:${port}/`,
    alone: 'iframe',
    video: '#box1',
    async call(mine, other) {
      const theirs = await other.open(app.multiparty);
      // The page cannot look into its frame. The other side's picture comes at about the same time.
      return { seen: theirs, end: () => theirs.close() };
    },
  },
  {
    name: 'easyrtc, by calling; the therapist hangs up',
    url: app.simple,
    alone: 'body',
    video: '#callerVideo',
    async call(mine, other) {
      await other.open(app.simple);
      await until('the other to be there', () => mine.evaluate(() => {
        const button = /** @type {HTMLElement | null} */ (document.querySelector('#otherClients button'));
        button?.click();
        return button !== null;
      }));
      return { end: () => mine.evaluate(() => /** @type {any} */ (window).easyrtc.hangupAll()) };
    },
  },
  {
    name: 'Janus video room; the other leaves',
    url: room.url,
    alone: '#videolocal video',
    video: '#videoremote1 video',
    async call(mine, other) {
      const theirs = await other.open(room.url);
      await enterRoom(theirs);
      return { end: () => theirs.close() };
    },
  },
];

/** Records when the first picture comes. Runs in the page. @param {string} video */
function note(video) {
  if ('seenAt' in self) return;
  Object.assign(self, { seenAt: 0 });
  const look = () => {
    const found = /** @type {HTMLVideoElement | null} */ (document.querySelector(video));
    if (found?.srcObject && found.currentTime > 0) Object.assign(self, { seenAt: Date.now() });
    else setTimeout(look, 10);
  };
  look();
}

/** How many tabs have the hint that a call is running there. @param {Browser} browser */
const hints = (browser) => browser.inWorker(async () => {
  const tabs = await chrome.tabs.query({});
  const texts = await Promise.all(tabs.map(({ id }) => chrome.action.getBadgeText({ tabId: id })));
  return texts.filter((text) => text === '●').length;
});

/** @param {Browser} browser @param {Way} way */
async function once(browser, { url, alone, video, call }) {
  const other = await someoneElse();
  const mine = await browser.open(url);
  try {
    await mine.bringToFront();
    if (url === room.url) await enterRoom(mine);
    await until('the own picture', () => mine.evaluate((one) => {
      const found = document.querySelector(one);
      return found && !(found instanceof HTMLVideoElement && found.currentTime === 0);
    }, alone), undefined, 30_000);
    await mine.evaluate(note, video);
    const { seen = mine, end } = await call(mine, other);
    await seen.evaluate(note, video);
    await until('the call to be noticed', () => hints(browser), undefined, 60_000);
    const noticed = Date.now();
    const seenAt = await until('the other to be seen', () => seen.evaluate(() => /** @type {any} */ (self).seenAt));
    const ended = Date.now();
    await end();
    await until('the end to be noticed', () => hints(browser), (found) => found === 0, 60_000);
    // Sound may come before the first picture, and sampling every few ms is no more precise than that.
    return [Math.max(0, noticed - seenAt), Date.now() - ended];
  } finally {
    await mine.close();
    await other.leave();
    await until('nothing to be left', () => hints(browser), (found) => found === 0, 60_000);
  }
}

/** @param {number[]} all */
const tell = (all) => `${(figure(all).median / 1000).toFixed(1)} s, ${(Math.max(...all) / 1000).toFixed(1)} s`;

try {
  for (const name of /** @type {const} */ (['chromium', 'firefox'])) {
    if (names.length > 0 && !names.includes(name)) continue;
    const browser = await launch(name, { extension: `dist/${name}` });
    try {
      await allow(browser, 'http://127.0.0.1/*', 'http://localhost/*');
      console.log(`\n${name}: median and worst of ${times}\n| call | noticed after | its end after |\n| --- | --- | --- |`);
      for (const way of ways) {
        const all = [];
        for (let time = 0; time < Number(times); time++) all.push(await once(browser, way));
        console.log(`| ${way.name} | ${tell(all.map(([begin]) => begin))} | ${tell(all.map(([, end]) => end))} |`);
      }
    } finally {
      await browser.close();
    }
  }
} finally {
  shell.close();
  shell.closeAllConnections();
  await app.close();
  await room.close();
}
