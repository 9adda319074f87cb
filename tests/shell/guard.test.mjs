// @ts-check
// The guard, run from its text in a simulated page's world: the events that say that a share begins and is over.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { openBrowser, part } from './chrome.mjs';

const { arm } = await part('guard');

/** The parts of a page that the guard wraps. */
const pageText = `
  class MediaStreamTrack extends EventTarget {
    #state = 'live';
    #label;
    constructor(label) { super(); this.#label = label; }
    get readyState() { return this.#state; }
    get label() { return this.#label; }
    stop() { this.#state = 'ended'; }
    clone() { return new MediaStreamTrack(this.#label); }
  }
  class MediaStream {
    #tracks;
    constructor(tracks) { this.#tracks = tracks; }
    getTracks() { return [...this.#tracks]; }
    clone() { return new MediaStream(this.#tracks.map((track) => MediaStreamTrack.prototype.clone.call(track))); }
  }
  const give = ({ refuse } = {}) => refuse ? Promise.reject(new Error('Permission denied')) : Promise.resolve(new MediaStream([new MediaStreamTrack('screen')]));
  class MediaDevices {
    getDisplayMedia(options) { return give(options); }
    getUserMedia(constraints) { return give(constraints); }
  }
  class Navigator {
    mozGetUserMedia(constraints, granted, refused) { give(constraints).then(granted, refused); }
  }
  Object.assign(globalThis, { MediaStreamTrack, MediaStream, MediaDevices, Navigator, window: page });
  const devices = new MediaDevices();
`;

let page = createContext({});
/** What the guard has said. @type {string[]} */
let said = [];
/** Whether frames are drawn at once; otherwise they wait in `frames`. */
let isDrawn = true;
/** @type {(() => void)[]} */
let frames = [];
/** @type {(() => void)[]} */
let timers = [];
/** @param {string} code @returns {any} */
const run = (code) => runInContext(code, page);

beforeEach(async () => {
  const browser = openBrowser();
  const tab = browser.addTab();
  /** @type {any[]} */
  const injected = [];
  const { executeScript } = browser.chrome.scripting;
  browser.chrome.scripting.executeScript = async (/** @type {any} */ what) => {
    injected.push(what);
    return executeScript(what);
  };
  await arm(tab);
  const [listener, guard] = injected;
  assert.deepEqual([listener.files, guard.world, guard.target], [['sharing.js'], 'MAIN', { tabId: tab, frameIds: [0] }]);
  said = [];
  const target = new EventTarget();
  for (const what of ['+', '-']) target.addEventListener(`channel${what}`, () => said.push(what));
  [isDrawn, frames, timers] = [true, [], []];
  const requestAnimationFrame = (/** @type {() => void} */ draw) => void (isDrawn ? draw() : frames.push(draw));
  const setTimeout = (/** @type {() => void} */ run) => void timers.push(run);
  page = createContext({ Event, EventTarget, queueMicrotask, requestAnimationFrame, setTimeout, page: target });
  run(pageText);
  run(`(${guard.func})(${JSON.stringify(guard.args[0])})`);
});

const ask = () => run("page.dispatchEvent(new Event('channel?'))");

test('a share begins when it is asked for, and is over when its track has ended', async () => {
  await run('devices.getDisplayMedia().then((stream) => globalThis.stream = stream)');
  assert.deepEqual(said, ['+']);
  ask();
  assert.deepEqual(said, ['+']);
  run('stream.getTracks()[0].stop()');
  ask();
  assert.deepEqual(said, ['+', '-']);
});

test('a share that is refused is over', async () => {
  await run('devices.getDisplayMedia({ refuse: true }).catch(() => {})');
  assert.deepEqual(said, ['+', '-']);
});

test('of two shares the last one ends it', async () => {
  await run('Promise.all([devices.getDisplayMedia(), devices.getDisplayMedia()]).then((both) => globalThis.both = both)');
  run('both[0].getTracks()[0].stop()');
  ask();
  assert.deepEqual(said, ['+', '+']);
  run('both[1].getTracks()[0].stop()');
  ask();
  assert.deepEqual(said, ['+', '+', '-']);
});

for (const [what, copy] of /** @type {const} */ ([['track', 'stream.getTracks()[0].clone()'], ['stream', 'stream.clone().getTracks()[0]']])) {
  test(`a clone of the ${what} goes on sharing when the original has ended`, async () => {
    await run('devices.getDisplayMedia().then((stream) => globalThis.stream = stream)');
    run(`globalThis.copy = ${copy}; stream.getTracks()[0].stop()`);
    ask();
    assert.deepEqual(said, ['+']);
    run('copy.stop()');
    ask();
    assert.deepEqual(said, ['+', '-']);
  });
}

for (const [what, code] of /** @type {const} */ ([
  ['by a promise', 'devices.getDisplayMedia().then((stream) => globalThis.stream = stream)'],
  ['by a callback', "new Navigator().mozGetUserMedia({ video: { mediaSource: 'screen' } }, (stream) => globalThis.stream = stream, () => {})"],
])) {
  test(`a page gets its share ${what} once the strip is off the screen, and a refusal at once`, async () => {
    isDrawn = false;
    const settled = () => new Promise((done) => setImmediate(done));
    run(code);
    assert.deepEqual(said, ['+'], 'the strip is told first');
    for (let frame = 0; frame < 4; frame++) {
      await settled();
      assert.equal(run('globalThis.stream'), undefined, `after ${frame} frames`);
      for (const draw of frames.splice(0)) draw();
    }
    await settled();
    assert.ok(run('stream'));
    // Where nothing is drawn, nothing of the strip is either.
    run(`globalThis.stream = undefined; ${code}`);
    await settled();
    assert.equal(run('stream'), undefined);
    for (const timer of timers.splice(0)) timer();
    await settled();
    assert.ok(run('stream'));
    await assert.rejects(run('devices.getDisplayMedia({ refuse: true })'), /Permission denied/);
  });
}

test('when it leaves, everything is as it was', async () => {
  const own = () => run('[MediaDevices.prototype.getDisplayMedia, MediaStream.prototype.clone, MediaStreamTrack.prototype.clone, Function.prototype.toString].map(String).join()');
  assert.doesNotMatch(own(), /apply/, 'nothing is seen of it');
  run("globalThis.wrapped = MediaDevices.prototype.getDisplayMedia; page.dispatchEvent(new Event('channel!'))");
  assert.equal(run('MediaDevices.prototype.getDisplayMedia === wrapped'), false);
  await run('devices.getDisplayMedia()');
  assert.deepEqual(said, []);
});

test('a screen that is asked for as if it were a camera is a share, and a camera is none', async () => {
  const old = (/** @type {string} */ constraints) => run(`new Promise((granted, refused) => {
    new Navigator().mozGetUserMedia(${constraints}, granted, refused);
  }).then((stream) => globalThis.stream = stream)`);
  const now = (/** @type {string} */ constraints) => run(`devices.getUserMedia(${constraints}).then((stream) => globalThis.stream = stream)`);
  const screens = ["{ video: { mediaSource: 'screen' } }", "{ video: { mandatory: { chromeMediaSource: 'desktop' } } }"];
  const cameras = ['{ video: true }', "{ video: { mediaSource: 'camera' } }", '{ audio: true }', '{}', "{ get video() { throw new Error('seen'); } }"];
  for (const ways of [now, old]) {
    for (const camera of cameras) await ways(camera);
    assert.deepEqual(said, []);
    for (const screen of screens) {
      await ways(screen);
      ask();
      assert.deepEqual(said, ['+']);
      run('stream.getTracks()[0].stop()');
      ask();
      assert.deepEqual(said.splice(0), ['+', '-']);
      await ways(screen.replace('{', '{ refuse: true,')).catch(() => {});
      assert.deepEqual(said.splice(0), ['+', '-'], 'and a refusal ends it');
    }
  }
});
