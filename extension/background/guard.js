// @ts-check
// Notices that the call's page shares a screen. While a session runs, and only in the strip's tab, it wraps the
// functions of the page's own world that begin or copy such a share; if the strip leaves a tab that is sharing, the
// wrappers stay until the share has ended. Everything else about it is in sharing.js, out of the page's reach. A page
// must not be able to tell the wrappers from what they wrap: docs/privacy.md says how far that goes.

import { tell } from './send.js';

/**
 * Puts the guard into a tab: into its page, and into those frames that Attune may reach.
 * @param {number} tab
 */
export async function arm(tab) {
  try {
    const target = { tabId: tab, allFrames: true };
    const frames = await chrome.scripting.executeScript({ target, files: ['sharing.js'], injectImmediately: true });
    // Each frame has its own channel; one that already has a guard names none.
    const fresh = frames.filter(({ result }) => typeof result === 'string');
    await Promise.all(fresh.map(({ frameId, result }) => chrome.scripting.executeScript({
      target: { tabId: tab, frameIds: [frameId] }, world: 'MAIN', injectImmediately: true, func: guard, args: [result],
    })));
  } catch {
    // A frame that goes away meanwhile does not affect the others.
  }
}

/**
 * Whether any frame in any tab is sharing: two frames may share at once, and the strip may have left a tab that shares.
 * Each is asked, because remembered states would outlive frames that crash.
 */
export async function isAnyShared() {
  const tabs = await chrome.tabs.query({});
  // If nobody shares, or nobody listens, there is no answer.
  const ask = ({ id = -1 }) => tell(id, 'confirm_share');
  return (await Promise.all(tabs.map(ask))).includes(true);
}

/** Removes the guard, also from tabs that are still sharing after the strip has left them. */
export async function disarm() {
  for (const { id = -1 } of await chrome.tabs.query({})) void tell(id, { leave: { moved: false } });
}

/**
 * Runs in the page's world, sent as its text. It first takes hold of everything that the page may replace later.
 * @param {string} channel the name of the events between this and sharing.js; nobody can guess it
 */
function guard(channel) {
  if (!globalThis.MediaDevices) return; // the page came over an insecure connection, and may share nothing
  const { apply } = Reflect;
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype;
  const { then } = getPrototypeOf((async () => {})());
  const { getTracks } = MediaStream.prototype;
  const { split, includes } = String.prototype;
  const { bind } = Function.prototype;
  const { join, filter, some, includes: holds } = Array.prototype;
  /** @param {string} name */
  const getter = (name) => /** @type {() => string} */ (getOwnPropertyDescriptor(MediaStreamTrack.prototype, name)?.get);
  const [readyState, label] = [getter('readyState'), getter('label')];
  const nativeText = Function.prototype.toString;
  const [PageEvent, PageError, PagePromise, page, soon] = [Event, Error, Promise, window, queueMicrotask];
  const [nextFrame, later] = [requestAnimationFrame, setTimeout];
  /** After how many frames what has been hidden is off the screen, and after how many ms if none is drawn. */
  const [frames, most] = [4, 500];

  /**
   * What to do with a result, or with an error. `noted` is what was returned before the call, and null once the guard has
   * left. Returns what the page gets.
   * @typedef {(result: any, failed: boolean, self: any, noted: unknown) => any} After
   */
  /** @type {{owner: any, key: string, kept: PropertyDescriptor, stand: Function}[]} */
  const wrapped = [];
  /** Tracks that show a screen, or did. */
  let tracks = /** @type {MediaStreamTrack[]} */ ([]);
  /** How many shares have been asked for and not yet granted or refused. */
  let asked = 0;
  let on = true;

  /** @param {string} what */
  const say = (what) => apply(dispatchEvent, page, [new PageEvent(channel + what)]);

  /** @param {MediaStreamTrack} track */
  const isLive = (track) => {
    try {
      return apply(readyState, track, []) === 'live';
    } catch {
      return false; // what a page's own wrapper returned is not a track
    }
  };

  /** Says so if nothing is shared any more. */
  function look() {
    tracks = apply(filter, tracks, [isLive]);
    if (asked === 0 && tracks.length === 0) say('-');
  }

  /** Removes this file's lines from an error before the page gets it. @param {any} error */
  function clean(error) {
    try {
      // If the page formats its own errors, reading the stack would tell it more than leaving it alone.
      if (typeof (/** @type {any} */ (PageError).prepareStackTrace) === 'function') return error;
      const { stack } = error;
      if (typeof stack !== 'string' || !apply(includes, stack, [channel])) return error;
      const lines = apply(split, stack, ['\n']);
      error.stack = apply(join, apply(filter, lines, [(/** @type {string} */ line) => !apply(includes, line, [channel])]), ['\n']);
    } catch {
      // An error of another kind stays as it is.
    }
    return error;
  }

  /**
   * Replaces a method with a stand-in.
   * @param {any} owner
   * @param {string} key
   * @param {((args: any[]) => unknown) | null} before may replace arguments
   * @param {After} after
   */
  function wrap(owner, key, before, after) {
    const kept = getOwnPropertyDescriptor(owner, key);
    if (typeof kept?.value !== 'function' || !kept.configurable) return;
    const { [channel]: trap } = {
      /**
       * Named so that its line in a stack can be recognised.
       * @param {Function} target @param {any} self @param {any[]} args
       */
      [channel](target, self, args) {
        let result;
        const noted = on ? before?.(args) : null;
        try {
          result = apply(target, self, args);
        } catch (error) {
          throw after(clean(error), true, self, noted);
        }
        return after(result, false, self, noted);
      },
    };
    const stand = new Proxy(kept.value, /** @type {any} */ ({ __proto__: null, apply: trap }));
    defineProperty(owner, key, /** @type {any} */ ({ __proto__: null, ...kept, value: stand }));
    wrapped[wrapped.length] = { owner, key, kept, stand };
  }

  /** What a stand-in stands for. @param {any} thing */
  function behind(thing) {
    for (let index = 0; index < wrapped.length; index++) if (wrapped[index].stand === thing) return wrapped[index].kept.value;
    return thing;
  }

  /** Follows the tracks of a stream. @param {MediaStream} stream */
  function follow(stream) {
    try {
      const all = apply(getTracks, stream, []);
      for (let index = 0; index < all.length; index++) tracks[tracks.length] = all[index];
    } catch {
      // It is not a stream.
    }
  }

  /**
   * A share that has been asked for. Nobody may be asked which screen it is, so it could show the strip at first: the page
   * gets it once the strip is off the screen.
   * @typedef {{hidden: boolean, hand: () => void}} Ask
   */

  /** @returns {Ask} */
  function ask() {
    asked += 1;
    listen();
    say('+');
    const share = { hidden: false, hand: () => {} };
    const isHidden = () => {
      if (share.hidden) return;
      share.hidden = true;
      share.hand();
    };
    let drawn = 0;
    const count = () => {
      drawn += 1;
      if (drawn > frames) isHidden();
      else apply(nextFrame, page, [count]);
    };
    count();
    apply(later, page, [isHidden, most]);
    return share;
  }

  /** @param {Ask} share @param {() => void} hand */
  function onceHidden(share, hand) {
    if (share.hidden) hand();
    else share.hand = hand;
  }

  /** What was asked for is answered. @param {MediaStream} [stream] */
  function answer(stream) {
    asked -= 1;
    if (stream) follow(stream);
    look();
  }

  /** @type {After} */
  function promised(result, failed, _self, noted) {
    if (noted === null) return result;
    const share = /** @type {Ask | false} */ (noted);
    const answered = share ? answer : () => {};
    if (failed) {
      answered();
      return result;
    }
    let hand = (/** @type {MediaStream} */ _stream) => {};
    let refuse = (/** @type {any} */ _error) => {};
    const handed = new PagePromise((resolve, reject) => { [hand, refuse] = [resolve, reject]; });
    const granted = (/** @type {MediaStream} */ stream) => {
      answered(stream);
      if (share) onceHidden(share, () => hand(stream));
      else hand(stream);
    };
    try {
      // A refusal that nobody handles stays one: it is reported for the promise that the page holds.
      apply(then, result, [granted, (/** @type {any} */ error) => {
        answered();
        refuse(clean(error));
      }]);
      return handed;
    } catch {
      // The page has wrapped the function itself, and returns something else.
      apply(then, (async () => result)(), [granted, () => answered()]);
      return result;
    }
  }

  /** A property that runs none of the page's code, as a getter would. @param {any} thing @param {string} key */
  function plain(thing, key) {
    try {
      return getOwnPropertyDescriptor(thing, key)?.value;
    } catch {
      return undefined; // not an object
    }
  }

  /** Whether somebody asks for a screen as if it were a camera: Firefox has a word for it, Chromium an older one. */
  function asksForScreen(/** @type {unknown} */ constraints) {
    const video = plain(constraints, 'video');
    const source = plain(video, 'mediaSource') ?? plain(plain(video, 'mandatory'), 'chromeMediaSource') ?? 'camera';
    return typeof source === 'string' && source !== 'camera';
  }

  wrap(MediaDevices.prototype, 'getDisplayMedia', ask, promised);
  wrap(MediaDevices.prototype, 'getUserMedia', ([constraints]) => asksForScreen(constraints) && ask(), promised);

  /** The older functions answer with one of two callbacks. */
  for (const name of ['getUserMedia', 'webkitGetUserMedia', 'mozGetUserMedia']) {
    wrap(Navigator.prototype, name, (args) => {
      const [constraints, granted, refused] = args;
      if (typeof granted !== 'function' || typeof refused !== 'function' || !asksForScreen(constraints)) return false;
      // Called by the browser and not from here, so that it finds nothing of this on the stack.
      const pass = (/** @type {Function} */ callback, /** @type {unknown} */ value) =>
        apply(soon, page, [apply(bind, callback, [undefined, value])]);
      const share = ask();
      args[1] = (/** @type {MediaStream} */ stream) => {
        answer(stream);
        onceHidden(share, () => pass(granted, stream));
      };
      args[2] = (/** @type {unknown} */ error) => {
        answer();
        pass(refused, error);
      };
      return share;
    }, (result, failed, _self, noted) => {
      if (failed && noted) answer();
      return result;
    });
  }

  /** @param {MediaStreamTrack} track */
  const isShared = (track) => apply(holds, tracks, [track]);

  /** A copy shares what its original does, even after the original has ended. */
  wrap(MediaStreamTrack.prototype, 'clone', null, (copy, failed, original) => {
    if (on && !failed && isShared(original)) tracks[tracks.length] = copy;
    return copy;
  });
  wrap(MediaStream.prototype, 'clone', null, (copy, failed, original) => {
    if (!on || failed || tracks.length === 0) return copy;
    try {
      const shown = apply(filter, apply(getTracks, original, []), [isShared]);
      // Nothing says which track was copied from which, but they have the same label.
      const isCopy = (/** @type {MediaStreamTrack} */ one) =>
        apply(some, shown, [(/** @type {MediaStreamTrack} */ other) => apply(label, other, []) === apply(label, one, [])]);
      const copies = apply(filter, apply(getTracks, copy, []), [isCopy]);
      for (let index = 0; index < copies.length; index++) tracks[tracks.length] = copies[index];
    } catch {
      // The page has wrapped the function itself, and returns something else.
    }
    return copy;
  });

  // A stand-in that is asked for its text returns that of the original.
  const text = getOwnPropertyDescriptor(Function.prototype, 'toString');
  if (text?.value === nativeText && text.configurable) {
    const { [channel]: trap } = {
      /** @param {Function} target @param {any} self @param {any[]} args */
      [channel](target, self, args) {
        try {
          return apply(target, behind(self), args);
        } catch (error) {
          throw clean(error);
        }
      },
    };
    const stand = new Proxy(nativeText, /** @type {any} */ ({ __proto__: null, apply: trap }));
    defineProperty(Function.prototype, 'toString', /** @type {any} */ ({ __proto__: null, ...text, value: stand }));
    wrapped[wrapped.length] = { owner: Function.prototype, key: 'toString', kept: text, stand };
  }

  /** Puts everything back. What the page has wrapped meanwhile stays, and our stand-in only passes calls on. */
  function leave() {
    on = false;
    for (let index = 0; index < wrapped.length; index++) {
      const { owner, key, kept, stand } = wrapped[index];
      if (getOwnPropertyDescriptor(owner, key)?.value === stand) defineProperty(owner, key, kept);
    }
    apply(removeEventListener, page, [`${channel}?`, look]);
    apply(removeEventListener, page, [`${channel}!`, leave]);
  }

  /** Called again for each share, because document.open() removes every listener. */
  function listen() {
    apply(addEventListener, page, [`${channel}?`, look]);
    apply(addEventListener, page, [`${channel}!`, leave]);
  }
  listen();
}
