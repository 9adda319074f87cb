// @ts-check
// Notices calls, on sites that the therapist has allowed and on no other. It asks one thing of a page: whether somebody
// else's picture or sound plays in it, which both browsers say by the label of a track that came over the network
// (`remote video`, `remote audio`). It reads no text, no address and no names, looks at no picture, hears no sound, and
// changes nothing. What it tells the background is one of three words.

(() => {
  const world = /** @type {{attuneNotices?: true}} */ (globalThis);
  if (world.attuneNotices) return;
  world.attuneNotices = true;

  /** @typedef {'none' | 'still' | 'plays'} Media */

  /** How often the page is looked at while it is seen, or while a call runs in it; events tell most things sooner. */
  const often = 2000;
  /** So long a picture may take to change. Apps send few pictures where there is little to see, but not as few as this. */
  const patience = 4000;

  /** When each video last had a new picture; -Infinity where it has had none. @type {WeakMap<HTMLVideoElement, number>} */
  const moved = new WeakMap();
  let said = /** @type {Media} */ ('none');
  let ended = false;

  /** All media of the page, also in open shadow roots. @returns {Generator<HTMLMediaElement>} */
  function* media(/** @type {Document | ShadowRoot} */ root) {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLMediaElement) yield element;
      if (element.shadowRoot) yield* media(element.shadowRoot);
    }
  }

  /** What plays in an element and comes from somebody else. @param {HTMLMediaElement} element */
  function remote(element) {
    const { srcObject } = element;
    if (element.paused || !(srcObject instanceof MediaStream)) return [];
    // What is muted has not begun to come: apps make places for people before there are any.
    return srcObject.getTracks().filter((track) => track.readyState === 'live' && !track.muted && track.label.startsWith('remote '));
  }

  /** @returns {Media} */
  function look() {
    let [sound, still] = [false, false];
    for (const element of media(document)) {
      const kinds = remote(element).map(({ kind }) => kind);
      sound ||= kinds.includes('audio');
      if (!(element instanceof HTMLVideoElement) || !kinds.includes('video')) continue;
      const last = lastMoved(element);
      if (performance.now() - last < patience) return 'plays';
      // A picture that has never come tells nothing: a camera may be off from the start.
      still ||= last > -Infinity;
    }
    // A picture is the better witness: sound seems to play on when the other side has frozen.
    if (still) return 'still';
    return sound ? 'plays' : 'none';
  }

  /** When a video last had a new picture. @param {HTMLVideoElement} video */
  function lastMoved(video) {
    const last = moved.get(video);
    if (last === undefined) watch(video);
    // Where nobody looks, browsers draw no pictures; then nothing can be said.
    else if (last > -Infinity && !isSeen(video)) moved.set(video, performance.now());
    return moved.get(video) ?? -Infinity;
  }

  /** @param {HTMLVideoElement} video */
  function watch(video) {
    moved.set(video, -Infinity);
    const next = () => {
      if (ended) return;
      const isNews = performance.now() - (moved.get(video) ?? 0) >= patience;
      moved.set(video, performance.now());
      if (isNews) report();
      // Once a second is enough to know it by.
      setTimeout(() => video.requestVideoFrameCallback(next), 1000);
    };
    video.requestVideoFrameCallback(next);
  }

  /** @param {HTMLVideoElement} video */
  function isSeen(video) {
    const { width, height, top, left, right, bottom } = video.getBoundingClientRect();
    const inside = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
    return !document.hidden && width > 0 && height > 0 && inside;
  }

  function report() {
    if (!chrome.runtime?.id) return end(); // the extension was updated or removed
    tell(look());
  }

  /** @param {Media} media */
  function tell(media) {
    if (media === said) return;
    said = media;
    // A port, because a message has a promise, which could be settled when the page is gone.
    const port = chrome.runtime.connect({ name: `call ${media}` });
    port.onMessage.addListener(end); // this site is allowed no longer
  }

  const looking = setInterval(() => {
    if (!document.hidden || said !== 'none') report();
  }, often);
  const events = ['playing', 'pause', 'emptied', 'ended'];

  function end() {
    ended = true;
    clearInterval(looking);
    for (const event of events) document.removeEventListener(event, report, true);
    removeEventListener('pagehide', onLeaving);
    delete world.attuneNotices;
  }

  function onLeaving() {
    if (chrome.runtime?.id) tell('none');
  }

  for (const event of events) document.addEventListener(event, report, true);
  addEventListener('pagehide', onLeaving);
  report();
})();
