// @ts-check
// Notices calls, and only on sites that the therapist has allowed. It asks one thing of a page: whether somebody else's
// picture or sound is playing, which both browsers show in the label of a track that came over the network
// (`remote video`, `remote audio`). It reads no text, no address and no names, looks at no picture, hears no sound, and
// changes nothing. All it tells the background is one of three words.

(() => {
  const world = /** @type {{attuneNotices?: true}} */ (globalThis);
  if (world.attuneNotices) return;
  world.attuneNotices = true;

  /** @typedef {'none' | 'still' | 'plays'} Media */

  /** How often, in ms, the page is checked while it is visible or a call is on; events report most things sooner. */
  const often = 2000;
  /**
   * How long, in ms, a picture may take to change. Apps send few pictures when there is little to see, but never this
   * few.
   */
  const patience = 4000;

  /** When each video last had a new picture; -Infinity if it had none. @type {WeakMap<HTMLVideoElement, number>} */
  const moved = new WeakMap();
  /** What each of them showed then: the next call may use the same element. @type {WeakMap<HTMLVideoElement, unknown>} */
  const showed = new WeakMap();
  /** What the background has been told. When it is stopped before it has heard, that is unknown. */
  let said = /** @type {Media | 'unknown'} */ ('none');
  let ended = false;

  /** All media on the page, also in open shadow roots. @returns {Generator<HTMLMediaElement>} */
  function* media(/** @type {Document | ShadowRoot} */ root) {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLMediaElement) yield element;
      if (element.shadowRoot) yield* media(element.shadowRoot);
    }
  }

  /** The tracks that play in an element and come from somebody else. @param {HTMLMediaElement} element */
  function remote(element) {
    const { srcObject } = element;
    if (element.paused || !(srcObject instanceof MediaStream)) return [];
    // A muted track has not started yet: apps make places for people before anybody is there.
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
      // A picture that has never come says nothing: a camera may be off from the start.
      still ||= last > -Infinity;
    }
    // A picture is the better witness: sound seems to go on playing after the other side has frozen.
    if (still) return 'still';
    return sound ? 'plays' : 'none';
  }

  /** When a video last had a new picture. @param {HTMLVideoElement} video */
  function lastMoved(video) {
    const last = moved.get(video);
    if (last === undefined) watch(video);
    else if (showed.get(video) !== video.srcObject) moved.set(video, -Infinity);
    // Browsers draw no pictures that nobody sees; then nothing can be said.
    else if (last > -Infinity && !isSeen(video)) moved.set(video, performance.now());
    showed.set(video, video.srcObject);
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
      // Checking once a second is enough.
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
    // A port, because a message has a promise, which could settle after the page is gone.
    const port = chrome.runtime.connect({ name: `call ${media}` });
    let heard = false;
    port.onMessage.addListener((answer) => {
      heard = true;
      port.disconnect();
      if (answer === 'end') end(); // this site is no longer allowed
    });
    port.onDisconnect.addListener(() => {
      if (!heard && said === media) said = 'unknown'; // the next look says it again
    });
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
