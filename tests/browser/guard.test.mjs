// @ts-check
// While a screen is shared, nothing of Attune is in the picture; and a page cannot tell that anything makes sure of
// that.

import assert from 'node:assert/strict';
import { until } from './drive/index.mjs';
import { Hour, badge, closePopup, inBrowser, inEachBrowser, keys, minute, openPanel, openPopup, say, second, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./drive/index.mjs').Surface} Surface */

/**
 * Makes the page one colour, so that whatever else is in a picture of it is seen, and keeps what it is given.
 * @param {Page} page
 */
const plain = (page) => page.evaluate(() => {
  document.querySelector('main')?.style.setProperty('display', 'none', 'important');
  document.documentElement.style.background = document.body.style.background = 'rgb(20, 90, 160)';
  Object.assign(self, { kept: MediaDevices.prototype.getDisplayMedia });
});

/** Clicks where there is nothing: without a click, no page may share. @param {Page} page */
async function touch(page) {
  const height = await page.evaluate(() => innerHeight);
  await page.clickAt({ x: 3, y: height - 3 });
  await until('the click', () => page.evaluate(() => navigator.userActivation.isActive));
}

/**
 * Shares this tab (in Firefox, which asks nobody here, the whole screen), and keeps the stream. With `kept`, it uses
 * the function that the page had before Start.
 * @param {Page} page
 * @param {'now' | 'kept' | 'camera' | 'old camera'} [by] the last two are Firefox's own ways
 */
async function share(page, by = 'now') {
  await touch(page);
  await page.evaluate(async (by) => {
    const options = /** @type {any} */ ({ video: true, preferCurrentTab: true });
    const screen = /** @type {any} */ ({ video: { mediaSource: 'screen' } });
    /** @type {Record<string, () => Promise<MediaStream>>} */
    const ways = {
      now: () => navigator.mediaDevices.getDisplayMedia(options),
      kept: () => /** @type {any} */ (self).kept.call(navigator.mediaDevices, options),
      camera: () => navigator.mediaDevices.getUserMedia(screen),
      'old camera': () => new Promise((granted, refused) => /** @type {any} */ (navigator).mozGetUserMedia(screen, granted, refused)),
    };
    const stream = await ways[by]();
    const { MediaStreamTrackProcessor: Processor } = /** @type {any} */ (self);
    // The track's own frames, from the very first on: no element, no delay. In Firefox, a video outside the page.
    const frames = Processor && new Processor({ track: stream.getVideoTracks()[0] }).readable.getReader();
    const video = Object.assign(document.createElement('video'), { muted: true });
    if (!frames) video.srcObject = stream;
    if (!frames) void video.play();
    const next = async () => {
      if (frames) return (await frames.read()).value;
      await new Promise((done) => video.requestVideoFrameCallback(done));
      return createImageBitmap(video);
    };
    Object.assign(self, { stream, next });
  }, by);
}

/** Ends what `share` has begun, as a page would. @param {Page} page */
const stopSharing = (page) => page.evaluate(() => {
  for (const track of /** @type {any} */ (self).stream.getTracks()) track.stop();
});

/**
 * Draws the next captured frames, and counts in each the pixels of its upper part that do not have the page's colour.
 * The page blinks at its lower edge meanwhile, so that there are new frames to capture.
 * @param {Page} page
 * @param {number} frames
 */
const strange = (page, frames) => page.evaluate(async (frames) => {
  const blink = document.body.appendChild(document.createElement('i'));
  blink.style.cssText = 'position:fixed;left:0;bottom:0;width:20px;height:20px';
  const { next, mozInnerScreenX: left = 0, mozInnerScreenY: top = 0 } = /** @type {any} */ (self);
  // A capture may leave out a frame, so it keeps blinking.
  blink.animate([{ background: 'black' }, { background: 'white' }], { duration: 80, iterations: Infinity, easing: 'steps(2, jump-none)' });
  const counts = [];
  for (let number = 0; number < frames; number++) {
    const frame = await next();
    const { displayWidth = innerWidth, displayHeight = innerHeight } = frame;
    // Without its outermost pixels, which a capture mixes with their surroundings.
    const edge = 3;
    const canvas = new OffscreenCanvas(displayWidth - 2 * edge, Math.round(displayHeight / 2));
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(frame, -left - edge, -top - edge);
    frame.close();
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    // The page's own colour in the capture: there is never anything else at its left edge.
    const middle = 4 * canvas.width * (canvas.height >> 1);
    const [red, green, blue] = data.subarray(middle, middle + 3);
    if (!(blue > green && green > red)) throw new Error(`not the page's blue but ${red} ${green} ${blue}`);
    let odd = 0;
    for (let at = 0; at < data.length; at += 4)
      if (Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) > 60) odd += 1;
    counts.push(odd);
  }
  blink.remove();
  return counts;
}, frames);

/** What the engine says about a share. @param {Hour} hour */
const isShared = async (hour) => (await hour.look()).popup.running.sharing;
/** @param {Hour} hour */
const shared = (hour) => until('the share to be noticed', () => isShared(hour));
/** @param {Hour} hour */
const over = (hour) => until('the end of the share', () => isShared(hour), (on) => !on);

/** Lets a page draw for longer than the guard waits between two checks. @param {Page} page */
const passFrames = (page) => page.evaluate(async () => { for (let frame = 0; frame < 150; frame++) await new Promise(requestAnimationFrame); });

/** Whether a page that was made `plain` has its own function for shares. @param {Page} page */
const isOwn = (page) => page.evaluate(() => /** @type {any} */ (self).kept === MediaDevices.prototype.getDisplayMedia);

/** Brings the strip to a tab. @param {Browser} browser @param {Page} page */
async function moveTo(browser, page) {
  const popup = await openPopup(browser, page);
  await popup.click('button', say('mount'));
  await page.strip();
  await until('the popup to have nothing to say', () => popup.text(), (text) => !text.includes(say('place_elsewhere')));
  await closePopup(browser);
  await touch(page); // which moves the pointer out of a picture of the screen
  return new Hour(browser, page);
}

/** Declares a moment, whose card is on the strip at once and for a minute. @param {Hour} hour */
async function card(hour) {
  const strip = await hour.strip();
  await strip.evaluate(() => chrome.runtime.sendMessage({ to: 'background', say: { take: { input: { moment: 'vb.glitch' }, tab: null } } }));
  await strip.find('button', say('did_it'));
}

const choices = { kind: 'Ongoing', minutes: '50', prompts: 'Trainee' };

inEachBrowser('a shared tab', (test) => {
  test('has nothing of the strip in 50 frames, through cues that are due all the time', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await card(hour);
    await share(page);
    // The very first frames: the card was there when the page asked.
    assert.deepEqual((await strange(page, 10)).filter(Boolean), []);
    await shared(hour);
    const before = (await hour.look()).popup.running.marks.length;
    for (let round = 0; round < 4; round++) {
      await hour.pass(4 * minute);
      for (const key of [keys.glance, keys.notNow, keys.hold, keys.hold, keys.glance]) await browser.key(key);
      assert.equal((await hour.look()).strip, 'clear');
      assert.deepEqual((await strange(page, 10)).filter(Boolean), []);
    }
    assert.equal((await hour.look()).popup.running.marks.length, before, 'nothing came in sixteen minutes');

    await stopSharing(page);
    await over(hour);
    assert.equal((await hour.look(50 * second)).strip, 'clear');
    await hour.nothing();
    await hour.dot();
  });

  test('is noticed on a page that has replaced itself', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    await page.evaluate(() => {
      document.open();
      document.write('<!doctype html><title>Another page</title><body>');
      document.close();
    });
    await until('the strip to be back', () => page.hasStrip());
    await share(page);
    await shared(hour);
    await stopSharing(page);
    await over(hour);
  });

  test('is noticed in a frame that has loaded anew, or was made after Start', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    /** @param {'make' | 'load'} how */
    const frame = (how) => page.evaluate((how) => new Promise((done) => {
      const made = document.querySelector('iframe') ?? document.createElement('iframe');
      const note = () => {
        const { MediaDevices } = /** @type {any} */ (made.contentWindow);
        Object.assign(self, { own: MediaDevices.prototype.getDisplayMedia });
        done(undefined);
      };
      made.addEventListener('load', note, { once: true });
      made.src = `${location.href}?${how}`;
      if (!made.isConnected) document.body.append(made);
    }), how);
    const guarded = () => until('the guard in the frame', () => page.evaluate(() => {
      const { MediaDevices } = /** @type {any} */ (document.querySelector('iframe')?.contentWindow);
      return MediaDevices.prototype.getDisplayMedia !== /** @type {any} */ (self).own;
    }));
    await frame('make');
    const hour = await start(browser, page, choices);
    await guarded();
    for (const how of /** @type {const} */ (['load', 'make'])) {
      if (how === 'make') await page.evaluate(() => document.querySelector('iframe')?.remove());
      await frame(how);
      await guarded();
      await touch(page);
      await page.evaluate(async () => {
        const { navigator } = /** @type {any} */ (document.querySelector('iframe')?.contentWindow);
        Object.assign(self, { stream: await navigator.mediaDevices.getDisplayMedia({ video: true, preferCurrentTab: true }) });
      });
      await shared(hour);
      await stopSharing(page);
      await over(hour);
    }
  });

  test('is over when the page crashes, and the strip is missed', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    await share(page);
    await shared(hour);
    const url = await page.url();
    await page.crash();
    await until('the badge to say so', () => badge(browser), (text) => text === '!');
    await page.goto(url);
    const popup = await openPopup(browser, page); // which brings it back
    assert.ok(!(await popup.text()).includes(say('sharing_on')));
    await page.strip();
    await closePopup(browser);
    await until('the badge to count again', () => badge(browser), (text) => text === '50');
  });

  test('has the strip in it without the guard: the measurement can tell', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await card(hour);
    await share(page, 'kept');
    const counts = await strange(page, 10);
    assert.ok(counts.every((count) => count > 1000), String(counts));
    assert.equal(await isShared(hour), false, 'a function kept from before Start, and no video, is a hole');

    // The therapist's own word closes it.
    const popup = await openPopup(browser, page);
    await popup.click('button', say('share'));
    await popup.reads(say('sharing_on'));
    await closePopup(browser);
    await hour.nothing();
    assert.deepEqual((await strange(page, 20)).slice(10).filter(Boolean), []);
    await stopSharing(page);
  });

  test('is noticed a moment later where the page shows it to itself', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await share(page, 'kept');
    await page.evaluate(() => {
      const video = Object.assign(document.createElement('video'), { srcObject: /** @type {any} */ (self).stream, muted: true });
      const shadow = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      void video;
      const seen = Object.assign(document.createElement('video'), { srcObject: /** @type {any} */ (self).stream, muted: true });
      shadow.append(seen);
      document.body.append(video);
      return Promise.all([video.play(), seen.play()]);
    });
    await shared(hour);
    await stopSharing(page);
    await over(hour);
  });

  test('goes on in a copy, and ends with the last of them', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await share(page);
    await shared(hour);
    await page.evaluate(() => {
      const { stream } = /** @type {any} */ (self);
      Object.assign(self, { copy: stream.getVideoTracks()[0].clone() });
      stream.getVideoTracks()[0].stop();
    });
    // Longer than the guard waits between two checks: it says nothing, because the copy goes on.
    await passFrames(page);
    assert.equal(await isShared(hour), true);
    await page.evaluate(() => /** @type {any} */ (self).copy.stop());
    await over(hour);
  });

  test('is over when the page goes, and when the page is refused', async ({ browser, name, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    await page.evaluate(() => navigator.mediaDevices.getDisplayMedia({ video: false }).catch(() => {}));
    await over(hour);
    await share(page);
    await shared(hour);
    await page.reload();
    // In Firefox, the strip is back only with the next click.
    if (name === 'firefox') await openPopup(browser, page).then(() => closePopup(browser));
    await page.strip();
    await over(hour);
  });

  test('may pass through wrappers that the page has put around it, before and after', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await page.evaluate(() => {
      const wrap = (/** @type {string} */ name) => {
        const inner = MediaDevices.prototype.getDisplayMedia;
        const log = /** @type {any} */ (self).log ??= [];
        MediaDevices.prototype.getDisplayMedia = async function (options) {
          log.push(name);
          return inner.call(this, options);
        };
      };
      Object.assign(self, { wrap });
      wrap('before');
    });
    const hour = await start(browser, page, choices);
    await page.evaluate(() => /** @type {any} */ (self).wrap('after'));
    await share(page);
    await shared(hour);
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (self).log), ['after', 'before']);
    await stopSharing(page);
    await over(hour);
    await hour.end().then((popup) => popup.click('button', say('done')));
    await closePopup(browser);
    // What the page has put around it still works afterwards.
    await share(page);
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (self).log), ['after', 'before', 'after', 'before']);
    await stopSharing(page);
  });

  test('goes on until the last of two frames that share has ended', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    await page.evaluate(() => new Promise((done) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: location.href, onload: done }));
    }));
    const hour = await start(browser, page, choices);
    await share(page);
    await touch(page);
    await page.evaluate(async () => {
      const { navigator } = /** @type {any} */ (document.querySelector('iframe')?.contentWindow);
      Object.assign(self, { second: await navigator.mediaDevices.getDisplayMedia({ video: true, preferCurrentTab: true }) });
    });
    await shared(hour);
    await stopSharing(page);
    await passFrames(page);
    assert.equal(await isShared(hour), true);
    await page.evaluate(() => /** @type {any} */ (self).second.getVideoTracks()[0].stop());
    await over(hour);
  });

  test('stays noticed when the strip moves to another tab and back, and ends once', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const other = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await share(page);
    await shared(hour);
    const elsewhere = await moveTo(browser, other);
    for (let round = 0; round < 2; round++) {
      await elsewhere.pass(4 * minute);
      await browser.key(keys.glance);
      assert.equal((await elsewhere.look()).strip, 'clear');
    }
    await moveTo(browser, page);
    await hour.pass(4 * minute);
    await browser.key(keys.glance);
    assert.equal((await hour.look()).strip, 'clear');
    assert.deepEqual((await strange(page, 10)).filter(Boolean), []);

    await moveTo(browser, other);
    await passFrames(other);
    assert.equal(await isShared(elsewhere), true);
    await stopSharing(page);
    await over(elsewhere);
    await until('the page to have its own functions back', () => isOwn(page));
    assert.equal((await elsewhere.look(50 * second)).strip, 'clear');
    await elsewhere.dot();
  });

  test('stays noticed when the strip moves to the floating window', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await share(page);
    await shared(hour);
    const popup = await hour.popup();
    await popup.click('button', say('float_move'));
    await until('the strip to go', async () => !(await page.hasStrip()));
    await until('the popup to close', () => browser.popupIsOpen(), (open) => !open);
    const elsewhere = new Hour(browser, await browser.floating());
    await passFrames(page);
    assert.equal(await isShared(elsewhere), true);
    await stopSharing(page);
    await over(elsewhere);
    await until('the page to have its own functions back', () => isOwn(page));
  });

  test('has its own functions back at the end of a session that has gone elsewhere', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const other = await openCall('plain/');
    await plain(page);
    const hour = await start(browser, page, choices);
    await share(page);
    await shared(hour);
    const elsewhere = await moveTo(browser, other);
    assert.equal(await isOwn(page), false);
    await elsewhere.end().then((popup) => popup.click('button', say('done')));
    await closePopup(browser);
    await until('the page to have its own functions back', () => isOwn(page));
    await stopSharing(page);
  });
}, { flags: ['--auto-accept-this-tab-capture'], realScreen: true, preferences: {
  'privacy.webrtc.hideGlobalIndicator': true, // Firefox's own sign would be in the picture
} });

inBrowser('firefox', 'a screen that is asked for as if it were a camera', (test) => {
  for (const way of /** @type {const} */ (['camera', 'old camera'])) {
    test(`has nothing of the strip in 50 frames (${way})`, async ({ browser, openCall }) => {
      const page = await openCall('plain/');
      await plain(page);
      const hour = await start(browser, page, choices);
      await card(hour);
      await share(page, way);
      assert.deepEqual((await strange(page, 50)).filter(Boolean), []);
      await shared(hour);
      await stopSharing(page);
      await over(hour);
    });
  }

  test('is refused as it would be without Attune, and a camera is none', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const answers = await page.evaluate(async () => {
      const asked = [{ video: { mediaSource: 'nothing' } }, { video: { mediaSource: 'camera' } }, { video: true }].map((constraints) =>
        navigator.mediaDevices.getUserMedia(/** @type {any} */ (constraints)).then((stream) => {
          for (const track of stream.getTracks()) track.stop();
          return 'granted';
        }, ({ name }) => name));
      return Promise.all(asked);
    });
    assert.deepEqual(answers.slice(1), ['granted', 'granted']);
    assert.notEqual(answers[0], 'granted');
    await over(hour);
  });
}, { realScreen: true, preferences: { 'privacy.webrtc.hideGlobalIndicator': true } });

inBrowser('chromium', 'a share that the browser asks about', (test) => {
  test('counts as one while the browser asks, and is over when nothing is chosen', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    await page.evaluate(() => {
      const asked = navigator.mediaDevices.getDisplayMedia();
      void asked.then(() => 'granted', ({ name }) => name).then((answer) => Object.assign(self, { answer }));
    });
    await shared(hour);
    const answer = await until('the dialog to be put away', async () => {
      await browser.key('Escape');
      return page.evaluate(() => /** @type {any} */ (self).answer);
    });
    assert.equal(answer, 'NotAllowedError');
    await over(hour);
  });
}, { realScreen: true });

/**
 * What a page may find out about a function, by name. Each returns a text. Runs in a page, as the page's own script.
 */
function collectProbes() {
  const media = navigator.mediaDevices;
  const share = () => media.getDisplayMedia;
  /** @param {() => unknown} deed */
  const outcome = async (deed) => {
    try {
      return `gave ${String(await deed())}`;
    } catch (problem) {
      const { name, message, stack, constructor } = /** @type {any} */ (problem);
      return [name, message, stack, constructor.name, problem instanceof TypeError].join('\n');
    }
  };
  /** @param {any} problem */
  const places = ({ fileName, lineNumber, columnNumber }) => [fileName, lineNumber, columnNumber].join();
  /** @type {Record<string, () => unknown>} */
  const probes = {
    'its text': () => String(share()),
    'its text by the function for it': () => Function.prototype.toString.call(share()),
    'its text in a template': () => `${share()}`,
    'the text of the function for texts': () => Function.prototype.toString.toString() + Function.prototype.toString.call(Function.prototype.toString),
    'its name and length': () => JSON.stringify([share().name, share().length, typeof share()]),
    'its descriptor': () => {
      const { value, ...rest } = /** @type {any} */ (Object.getOwnPropertyDescriptor(MediaDevices.prototype, 'getDisplayMedia'));
      return JSON.stringify([rest, typeof value, Object.getOwnPropertyDescriptors(value)]);
    },
    'its own keys': () => Reflect.ownKeys(share()).map(String).join(),
    'the keys beside it, in order': () => [MediaDevices, MediaStream, MediaStreamTrack, Navigator, Function].map(({ prototype }) => Reflect.ownKeys(prototype).map(String)).join(),
    'what it inherits from': () => Object.getPrototypeOf(share()) === Function.prototype && share() instanceof Function,
    'a prototype of its own': () => 'prototype' in share() || Object.hasOwn(media, 'getDisplayMedia'),
    'a call with new': () => outcome(() => new /** @type {any} */ (share())()),
    'a construction': () => outcome(() => Reflect.construct(share(), [])),
    'a class made of it': () => outcome(() => class extends /** @type {any} */ (share()) {}),
    'a call on nothing': () => outcome(() => share()()),
    'a call on another object': () => outcome(() => share().call(/** @type {any} */ ({}))),
    'a call without a screen': () => outcome(() => media.getDisplayMedia({ video: false })),
    'a call with what is no dictionary': () => outcome(() => share().apply(media, /** @type {any} */ ([5]))),
    'a bound call': () => outcome(share().bind(media, /** @type {any} */ ({ video: { width: { exact: 5 } } }))),
    'a call by reflection': () => outcome(() => Reflect.apply(share(), media, [7])),
    'the promise it gives': () => {
      const promise = media.getDisplayMedia({ video: false });
      promise.catch(() => {});
      return [promise instanceof Promise, promise.constructor === Promise, Reflect.ownKeys(promise).length].join();
    },
    'a refusal that nobody handles': () => new Promise((done) => {
      /** @type {Promise<unknown>} */
      let promise;
      addEventListener('unhandledrejection', (event) => {
        event.preventDefault();
        done([event.promise === promise, event.reason.name].join());
      }, { once: true });
      promise = media.getDisplayMedia({ video: false });
    }),
    'a refusal that is handled': async () => {
      let told = 'not told';
      const note = () => { told = 'told'; };
      addEventListener('unhandledrejection', note);
      await media.getDisplayMedia({ video: false }).catch(() => {});
      await new Promise((done) => setTimeout(done));
      removeEventListener('unhandledrejection', note);
      return told;
    },
    'the function for texts, called on something else': () => outcome(() => Function.prototype.toString.call(/** @type {any} */ ({}))),
    'a copy of what is no track': () => outcome(() => MediaStreamTrack.prototype.clone.call(/** @type {any} */ ({}))),
    'a copy of what is no stream': () => outcome(() => MediaStream.prototype.clone.call(/** @type {any} */ ({}))),
    'the texts of what copies': () => String(MediaStreamTrack.prototype.clone) + String(MediaStream.prototype.clone),
    'the texts of what asks for a camera': () => [MediaDevices, Navigator].flatMap(({ prototype }) =>
      ['getUserMedia', 'webkitGetUserMedia', 'mozGetUserMedia'].map((name) => String(/** @type {any} */ (prototype)[name]))).join('\n'),
    'a camera without a picture': () => outcome(() => media.getUserMedia({})),
    'a camera by callbacks, and what its callback is called with': () => new Promise((done) => {
      const ask = /** @type {any} */ (navigator).mozGetUserMedia ?? /** @type {any} */ (navigator).webkitGetUserMedia;
      const screen = { video: { mediaSource: 'nothing', mandatory: { chromeMediaSource: 'nothing' } } };
      ask.call(navigator, screen, done, function () {
        done([arguments.length, arguments[0].name, new Error('').stack?.split('\n').length].join());
      });
    }),
    'its caller': () => outcome(() => /** @type {any} */ (share()).caller),
    'a structured copy of it': () => outcome(() => structuredClone(share())),
    'the keys of an error': () => media.getDisplayMedia({ video: false }).catch((problem) => Reflect.ownKeys(problem).map(String).join()),
    'where an error says that it was made': () => media.getDisplayMedia({ video: false }).catch(places),
  };
  // Firefox reports it on its console whatever the page says, which would fail the test.
  if ('mozInnerScreenX' in self) delete probes['a refusal that nobody handles'];
  const older = ['getUserMedia', 'webkitGetUserMedia', 'mozGetUserMedia'].filter((name) => name in Navigator.prototype);
  const natives = () => [
    MediaDevices.prototype.getDisplayMedia, MediaDevices.prototype.getUserMedia, ...older.map((name) => /** @type {any} */ (Navigator.prototype)[name]),
    MediaStream.prototype.clone, MediaStreamTrack.prototype.clone, Function.prototype.toString,
  ];
  const before = natives();
  Object.assign(self, {
    probe: async () => {
      /** @type {Record<string, string>} */
      const found = {};
      for (const [name, ask] of Object.entries(probes)) found[name] = String(await ask());
      return found;
    },
    asBefore: () => natives().map((one, index) => one === before[index]),
  });
}

/** What Firefox reveals about a wrapper to a page that asks for exactly that; docs/privacy.md says so. */
const known = { chromium: /** @type {string[]} */ ([]), firefox: ['its caller', 'a structured copy of it', 'the keys of an error', 'where an error says that it was made'] };

inEachBrowser('the guard', (test, name) => {
  test('is not found by a page that looks for it, and leaves the functions as they were', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await page.evaluate((source) => {
      const script = document.createElement('script');
      script.textContent = `(${source})()`;
      document.head.append(script);
    }, String(collectProbes));
    const probe = () => page.evaluate(() => /** @type {any} */ (self).probe());
    const asBefore = () => page.evaluate(() => /** @type {any} */ (self).asBefore());
    const before = await probe();
    assert.ok(Object.keys(before).length >= 20);
    assert.deepEqual(await probe(), before, 'it finds the same twice');

    const hour = await start(browser, page, choices);
    await until('the guard', asBefore, (same) => same.every((/** @type {boolean} */ one) => !one));
    const during = await probe();
    const differ = Object.keys(before).filter((probe) => before[probe] !== during[probe]);
    assert.deepEqual(differ, known[name], differ.map((probe) => `${probe}: ${before[probe]} / ${during[probe]}`).join('\n'));
    for (const found of Object.values(during)) assert.doesNotMatch(found, /extension|attune|guard/i);

    // Refused each time, it seems: nothing is shared, and the popup is not redrawn under the mouse.
    await over(hour);
    const ended = await hour.end();
    await ended.click('button', say('done'));
    await closePopup(browser);
    assert.ok((await asBefore()).every(Boolean));
    assert.deepEqual(await probe(), before);
  });

  test('is not needed: a key and a button say that a screen is shared, and everything is quiet', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    await browser.setKey('sharing', 'Alt+Shift+U');
    const hour = await start(browser, page, choices);
    await hour.words();
    await browser.key('alt+shift+u');
    await hour.nothing();
    const popup = await openPopup(browser, page);
    await popup.reads(say('sharing_on'));
    await popup.find('button', say('share_off'));
    assert.deepEqual(await popup.axe(), []);
    await closePopup(browser);
    for (let time = 0; time < 6 * minute; time += 2 * minute) assert.equal((await hour.look(2 * minute)).strip, 'clear');
    await browser.key(keys.glance);
    assert.equal((await hour.look()).strip, 'clear');
    await browser.key('alt+shift+u');
    await over(hour);
    assert.equal((await hour.look(50 * second)).strip, 'clear');
    await hour.dot();
    await browser.key(keys.notNow);

    const again = await openPopup(browser, page);
    await again.click('button', say('share'));
    await again.click('button', say('share_off'));
    await again.find('button', say('share'));
    await closePopup(browser);
  });

  test('covers the side panel, which is in a window that may be shared', async ({ browser, openCall }) => {
    const page = await openCall('plain/');
    const hour = await start(browser, page, choices);
    const panel = await openPanel(browser, page);
    await card(hour);
    await panel.reads(say('did_it'));
    await panel.click('button', say('share'));
    await panel.reads(say('sharing_on'));
    const text = await panel.text();
    for (const key of ['happened', 'hold', 'crisis', 'did_it', 'phase_opening']) assert.ok(!text.includes(say(key)), `${key} in ${text}`);
    assert.deepEqual(await panel.axe(), []);
    await hour.nothing();
    await panel.click('button', say('share_off'));
    await panel.find('button', say('share'));
    await panel.reads(say('happened'));
  });
});
