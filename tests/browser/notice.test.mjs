// @ts-check
// Calls are noticed on allowed sites: they begin and end in real call apps, and nothing else is taken for one.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before } from 'node:test';
import { startEasyrtc } from '../calls/easyrtc.mjs';
import { enterRoom, startJanus } from '../calls/janus.mjs';
import { someoneElse } from '../calls/someone.mjs';
import { until } from './drive/index.mjs';
import { allow, decide, isAllowed } from './sites.mjs';
import { badge, closePopup, inEachBrowser, minute, openPopup, say, second, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */

const here = 'http://127.0.0.1/*';
const elsewhere = 'http://localhost/*';
const begins = 3 * second;
/** A still picture counts as an end after some 20 s; a busy machine notices it later. */
const ends = 60 * second;

/** How many tabs have the hint that a call has begun there. @param {Browser} browser */
const hints = (browser) => browser.inWorker(async () => {
  const tabs = await chrome.tabs.query({});
  const texts = await Promise.all(tabs.map(({ id }) => chrome.action.getBadgeText({ tabId: id })));
  return texts.filter((text) => text === '●').length;
});

/** @param {Browser} browser @param {number} number @param {number} within ms */
const hintsAre = (browser, number, within) =>
  until(`${number} calls to be noticed`, () => hints(browser), (found) => found === number, within);

/** Waits until a video shows pictures that came over the network. @param {Page} page @param {string} selector */
async function seesOther(page, selector) {
  await page.bringToFront();
  await until('the other side to be seen', () => page.evaluate((wanted) => {
    const video = /** @type {HTMLVideoElement | null} */ (document.querySelector(wanted));
    return (video?.currentTime ?? 0) > 0;
  }, selector), undefined, 30_000);
}

/** Chooses for this site, with the mouse. @param {Page} options @param {'off' | 'start'} value */
async function choose(options, value) {
  const label = `[data-site="${here}"] label:has([value=${value}])`;
  const measure = async () => {
    await options.evaluate((wanted) => document.querySelector(wanted)?.scrollIntoView({ block: 'center', behavior: 'instant' }), label);
    return options.box(label);
  };
  let before = '';
  const box = await until('the row of the site to be at rest', measure, (found) => {
    const rests = found !== null && before === JSON.stringify(found);
    before = JSON.stringify(found);
    return rests;
  });
  if (box) await options.clickAt({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
}

/** Waits for what the view of the sites says about the last choice. @param {Page} options @param {string} text */
const says = (options, text) =>
  until(text, () => options.evaluate(() => document.querySelector('#sites-said')?.textContent), (said) => said === text);

/** Serves pages by their path. @param {Record<string, string>} pages */
async function serve(pages) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '', 'http://localhost').pathname] ?? '';
    response.writeHead(page === '' ? 204 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { port, close: () => { server.close(); server.closeAllConnections(); } };
}

/** Pages with pictures and sound but no other person. Each says in its title how many seconds it has played. */
const film = `
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  const draw = () => { canvas.getContext('2d').fillStyle = 'hsl(' + performance.now() / 20 + ' 50% 50%)';
    canvas.getContext('2d').fillRect(0, 0, 64, 48); requestAnimationFrame(draw); };
  draw();
  const film = () => new Promise((done) => {
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm;codecs=vp8' });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => done(new Blob(parts, { type: 'video/webm' }));
    recorder.start();
    setTimeout(() => recorder.stop(), 1500);
  });
  const tone = () => { const sound = new AudioContext(); const out = sound.createMediaStreamDestination();
    const oscillator = sound.createOscillator(); oscillator.connect(out); oscillator.start(); return out.stream; };
  const show = (set, kind = 'video') => { const element = document.createElement(kind); element.muted = true; set(element);
    document.body.append(element); element.play().catch(() => {}); return element; };`;
const ordinary = {
  'a film': `film().then((file) => show((video) => { video.src = URL.createObjectURL(file); video.loop = true; video.controls = true; }))`,
  'an ad without sound': `film().then((file) => show((video) => { video.src = URL.createObjectURL(file); video.loop = video.autoplay = true; }))`,
  'a hidden film': `film().then((file) => show((video) => { video.src = URL.createObjectURL(file); video.loop = true; video.hidden = true; }))`,
  'a film in parts': `film().then(async (file) => { const source = new MediaSource();
    show((video) => { video.src = URL.createObjectURL(source); video.loop = true; });
    source.onsourceopen = async () => source.addSourceBuffer('video/webm; codecs="vp8"').appendBuffer(await file.arrayBuffer()); })`,
  'the camera': `navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => show((video) => { video.srcObject = stream; }))`,
  'the camera, twice': `navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => {
    for (const one of [stream, stream.clone()]) show((video) => { video.srcObject = one; }); })`,
  'the microphone': `navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => show((audio) => { audio.srcObject = stream; }, 'audio'))`,
  'a drawing': `show((video) => { video.srcObject = canvas.captureStream(20); })`,
  'a tone': `show((audio) => { audio.srcObject = tone(); }, 'audio')`,
  'the own screen, shared': `addEventListener('click', () => navigator.mediaDevices.getDisplayMedia().then((stream) =>
    show((video) => { video.srcObject = stream; })), { once: true })`,
  'a still picture': `show((video) => { video.poster = canvas.toDataURL(); })`,
};
const page = (/** @type {string} */ script) => `<!doctype html><title>A page</title><body><script>${film}\n${script}</script>`;

inEachBrowser('calls noticed', (test) => {
  /** @type {Awaited<ReturnType<typeof startEasyrtc>>} */
  let app;
  before(async () => { app = await startEasyrtc(); });
  after(() => app?.close());

  test('a site is allowed and given back in the options; a call there is noticed at once', async ({ browser, openCall, open }) => {
    const call = await openCall('plain/');
    const options = await open(browser.extensionUrl('options.html#sites'));
    await options.click('textbox', say('sites_other'));
    await browser.type('no address');
    await browser.key('Return');
    await options.reads(say('sites_wrong'));
    await browser.key('ctrl+a');
    await browser.type('http://127.0.0.1:80/room?x');
    await browser.key('Return');
    await decide(browser, true, () => isAllowed(options, here));
    await says(options, say('sites_granted', '127.0.0.1'));
    assert.deepEqual(await options.axe(), []);
    await hintsAre(browser, 1, begins);
    const popup = await openPopup(browser, call);
    await popup.reads(say('call_here'));
    assert.equal(await popup.focused(), `button ${say('start')}`);
    assert.deepEqual(await popup.axe(), []);
    await closePopup(browser);

    await options.bringToFront();
    await choose(options, 'off');
    await says(options, say('sites_back', '127.0.0.1'));
    assert.equal(await isAllowed(options, here), false);
    assert.deepEqual(await browser.inWorker(() => chrome.scripting.getRegisteredContentScripts()), []);
  });

  test('answering no changes nothing', async ({ browser, open }) => {
    const options = await open(browser.extensionUrl('options.html#sites'));
    await options.bringToFront();
    await options.click('textbox', say('sites_other'));
    await browser.type('http://localhost');
    await browser.key('Return');
    const refused = () => options.evaluate((text) => document.querySelector('#sites-said')?.textContent === text, say('sites_refused', 'localhost'));
    await decide(browser, false, refused);
    assert.equal(await isAllowed(options, elsewhere), false);
    assert.equal(await options.evaluate(() => document.querySelector('[data-site*=localhost]')), null);
  });

  test('open-easyrtc, everyone with everyone: it begins, and ends when the other leaves', async ({ browser, open }) => {
    await allow(browser, here);
    const mine = await open(app.multiparty);
    await seesOther(mine, '#box0');
    assert.equal(await hints(browser), 0, 'being alone in the room is no call');
    const theirs = await browser.open(app.multiparty);
    await seesOther(mine, '#box1');
    await hintsAre(browser, 2, begins);
    await theirs.close();
    await hintsAre(browser, 0, ends);
  });

  test('open-easyrtc, by calling: it begins, and ends when I hang up', async ({ browser, open }) => {
    await allow(browser, here);
    const theirs = await open(app.simple);
    await seesOther(theirs, '#selfVideo');
    const mine = await open(app.simple);
    await until('the other to be there', () => mine.evaluate(() => document.querySelector('#otherClients button') !== null));
    assert.equal(await hints(browser), 0);
    await mine.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('#otherClients button')).click());
    await seesOther(mine, '#callerVideo');
    await until('the call to be noticed', () => hints(browser), (found) => found > 0, begins);
    await mine.evaluate(() => /** @type {any} */ (window).easyrtc.hangupAll());
    await hintsAre(browser, 0, ends);
  });

  test('a peer that freezes: the call is probably over, and is not when they come back', async ({ browser, open }) => {
    await allow(browser, here);
    const peer = await someoneElse();
    try {
      const mine = await open(app.multiparty);
      await seesOther(mine, '#box0');
      await peer.open(app.multiparty);
      await seesOther(mine, '#box1');
      await hintsAre(browser, 1, begins);
      // A picture that has never moved says nothing, so it moves for a while first.
      const played = () => mine.evaluate(() => /** @type {HTMLVideoElement | null} */ (document.querySelector('#box1'))?.currentTime ?? 0);
      const before = await played();
      await until('the picture to move', played, (now) => now > before + 3);
      peer.freeze();
      await hintsAre(browser, 0, ends);
      peer.thaw();
      await hintsAre(browser, 1, ends);
    } finally {
      await peer.leave();
    }
  });

  test('Janus, through a server: it begins, and ends when the other leaves, and when I do', async ({ browser, open }) => {
    await allow(browser, here);
    const room = await startJanus();
    const peer = await someoneElse();
    try {
      const mine = await open(room.url);
      await enterRoom(mine);
      await seesOther(mine, '#videolocal video');
      assert.equal(await hints(browser), 0, 'being alone in the room is no call');
      const theirs = await peer.open(room.url);
      await enterRoom(theirs);
      await seesOther(mine, '#videoremote1 video');
      await hintsAre(browser, 1, begins);
      await theirs.close();
      await hintsAre(browser, 0, ends);
      await enterRoom(await peer.open(room.url));
      await seesOther(mine, '#videoremote1 video');
      await hintsAre(browser, 1, begins);
      await mine.click('button', 'Stop');
      await hintsAre(browser, 0, ends);
    } finally {
      await peer.leave();
      await room.close();
    }
  });

  test('a call app in a frame from another address', async ({ browser, open }) => {
    await allow(browser, here, elsewhere);
    const shell = await serve({ '/': `<!doctype html><title>A practice</title><iframe allow="camera; microphone; autoplay; display-capture" width="900" height="600" src="${app.multiparty}"></iframe>` });
    const peer = await someoneElse();
    try {
      const page = await open(`http://localhost:${shell.port}/`);
      await page.bringToFront();
      const theirs = await peer.open(app.multiparty);
      // The page around it cannot look into the frame, but the other side's page shows its picture.
      await theirs.waitForFunction(() => (/** @type {any} */ (document.querySelector('#box1'))?.currentTime ?? 0) > 0, { timeout: 30_000 });
      await hintsAre(browser, 1, begins);
      await theirs.close();
      await hintsAre(browser, 0, ends);
      await peer.open(app.multiparty);
      await hintsAre(browser, 1, 30 * second);
      await page.evaluate(() => document.querySelector('iframe')?.remove());
      await hintsAre(browser, 0, ends);
    } finally {
      await peer.leave();
      shell.close();
    }
  });

  test('a call in a frame from another address', async ({ browser, calls, open }) => {
    await allow(browser, here, elsewhere);
    const shell = await serve({ '/': `<!doctype html><title>A practice</title><iframe allow="camera; microphone; autoplay" width="900" height="600" src="${calls}/plain/"></iframe>` });
    const page = await open(`http://localhost:${shell.port}/`);
    await page.bringToFront();
    await hintsAre(browser, 1, 30 * second);
    await page.evaluate(() => document.querySelector('iframe')?.remove());
    await hintsAre(browser, 0, ends);
    shell.close();
  });

  test('ordinary pages are not calls', async ({ browser, calls, open }) => {
    await allow(browser, here);
    const names = Object.keys(ordinary);
    const frames = names.map((one) => `<iframe title="${one}" src="/${names.indexOf(one)}" width="180" height="120" allow="camera; microphone; autoplay; display-capture"></iframe>`);
    const server = await serve({
      '/': `<!doctype html><title>Ordinary pages</title>${frames.join('')}`,
      ...Object.fromEntries(Object.values(ordinary).map((script, index) => [`/${index}`, page(script)])),
    });
    const all = await open(`http://127.0.0.1:${server.port}/`);
    await all.bringToFront();
    const screen = await until('the page that shares', () => all.box('[title="the own screen, shared"]'));
    if (screen) await all.clickAt({ x: screen.x + screen.width / 2, y: screen.y + screen.height / 2 });
    const silent = () => all.evaluate(() => [...document.querySelectorAll('iframe')].filter(({ contentDocument, title }) => {
      const media = /** @type {HTMLMediaElement | null | undefined} */ (contentDocument?.querySelector('video, audio'));
      return !media || (title !== 'a still picture' && !(media.played.length > 0 && media.currentTime > 0));
    }).map(({ title }) => title));
    await until('all to play', silent, (titles) => titles.length === 0);
    // Long enough for each to have been checked more than once: the drawing counts the seconds.
    await until('them to have played for a while', () => all.evaluate(() =>
      /** @type {any} */ (document.querySelector('[title="a drawing"]')).contentDocument.querySelector('video').currentTime > 5));
    assert.equal(await hints(browser), 0);
    // And a call among them is noticed.
    await all.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src, allow: 'camera; microphone; autoplay' }));
    }, `${calls}/plain/`);
    await hintsAre(browser, 1, 20 * second);
    server.close();
  });

  test('the end of the call asks whether the session is over, also after the worker was stopped', async ({ browser, openCall }) => {
    await allow(browser, here);
    const call = await openCall('plain/');
    await hintsAre(browser, 1, begins);
    const hour = await start(browser, call, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await hintsAre(browser, 0, begins);
    assert.equal(await badge(browser), '50');
    await browser.killWorker();
    await call.click('button', 'Leave');
    const strip = await hour.strip();
    await strip.reads(say('over'), ends);
    assert.equal(await badge(browser), '?');
    assert.deepEqual(await strip.axe(), []);
    await call.click('button', 'Rejoin');
    await until('the question to go', () => strip.text(), (text) => !text.includes(say('over')));

    await call.click('button', 'Leave');
    await strip.reads(say('over'), ends);
    await strip.click('button', say('keep'));
    await hour.nothing();
    const popup = await hour.popup();
    await popup.find('button', say('pause'));
    assert.ok(!(await popup.text()).includes(say('over_why')));
    await closePopup(browser);
    await call.click('button', 'Rejoin');
    const noticed = () => browser.inWorker(async () => {
      const [{ calls }, { session }] = /** @type {any[]} */ (await Promise.all([chrome.storage.session.get('calls'), chrome.storage.local.get('session')]));
      return { frames: calls.map((/** @type {{frames: unknown}} */ { frames }) => frames), question: session.running.call_question };
    });
    await until('the new call', noticed, ({ frames, question }) => JSON.stringify(frames).includes('plays') && question === 'not_asked');
    await call.click('button', 'Leave');
    await strip.reads(say('over'), ends);
    await strip.click('button', say('over_end'));
    const ended = await browser.popup();
    await ended.find('button', say('done'));
    await until('the strip to go', async () => !(await call.hasStrip()));
    await closePopup(browser);
  });

  test('a call that begins long after the last one may be another session, which one press starts', async ({ browser, openCall }) => {
    await allow(browser, here);
    const call = await openCall('plain/');
    await hintsAre(browser, 1, begins);
    const hour = await start(browser, call, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
    await hour.pass(10 * minute);
    await call.click('button', 'Leave');
    const strip = await hour.strip();
    await strip.reads(say('over'), ends);
    await hour.pass(3 * minute);
    await hour.nothing();
    await call.click('button', 'Rejoin');
    await strip.reads(say('another'), begins + 5 * second);
    assert.equal(await badge(browser), '?');
    assert.deepEqual(await strip.axe(), []);
    const popup = await hour.popup();
    await popup.reads(say('another_why'));
    assert.deepEqual(await popup.axe(), []);
    await closePopup(browser);
    await strip.click('button', say('another_start'));
    await strip.reads('50 min left');
    assert.equal(await badge(browser), '50');
    const next = await hour.popup();
    assert.ok(!(await next.text()).includes(say('another_why')));
    await closePopup(browser);
  });

  test('a session starts automatically where that is wanted, and nowhere else', async ({ browser, openCall, open }) => {
    await allow(browser, here);
    const options = await open(browser.extensionUrl('options.html#sites'));
    await options.bringToFront();
    await choose(options, 'start');
    await says(options, say('sites_granted', '127.0.0.1'));
    await until('it to be kept', () => options.evaluate(async () => (await chrome.storage.local.get('starts')).starts), (starts) => JSON.stringify(starts) === JSON.stringify([here]));
    const call = await openCall('plain/');
    const strip = await call.strip(begins + 5 * second);
    await strip.reads('50 min left');
    assert.equal(await badge(browser), '50');
  });
});
