// @ts-check
// Knows whether this page is sharing a screen. The guard in the page's own world reports to it through events with a
// name that nobody can guess; what escapes the guard is noticed, a moment later, in the page's own videos. It tells the
// strip beside it at once, and the background.
//
// If injected again into the same page, it only stays. Its result names the channel for a guard that is still to come.

(() => {
  /** @typedef {import('./wasm/background.js').Envelope} Envelope */
  /** @typedef {{attune?: {cover?: (on: boolean) => void}, shares?: {leave: () => void, stay: () => void}}} World */
  const world = /** @type {World} */ (globalThis);
  // An element of the page with this id doesn't count.
  if (Object.hasOwn(world, 'shares')) {
    world.shares?.stay();
    return null;
  }
  if (!(Document.prototype.createElement.call(document, 'div') instanceof HTMLElement)) return null;

  const channel = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('');
  /** Whether the guard says that a share has been asked for or is going on. */
  let guarded = false;
  /** Tracks that were seen to show a screen, and still do. @type {Set<MediaStreamTrack>} */
  const seen = new Set();
  /** Runs only while something is shared: no event says that the page itself has stopped a track. */
  let timer = /** @type {ReturnType<typeof setInterval> | undefined} */ (undefined);
  /**
   * Whether the strip has moved elsewhere meanwhile: then this script leaves too, but only once the share here has
   * ended.
   */
  let leaving = false;

  /** Hides the strip if it is in this frame's page, or lets it be seen again. @param {boolean} on */
  function cover(on) {
    if (Object.hasOwn(world, 'attune')) world.attune?.cover?.(on);
  }

  /** @param {boolean} sharing */
  async function tell(sharing) {
    try {
      /** @type {Envelope} */
      const message = { to: 'background', say: { share: sharing } };
      const reply = await chrome.runtime.sendMessage(message);
      cover(reply?.shared === true);
    } catch {
      // The extension is gone, so what it has here goes too.
      if (!chrome.runtime?.id) leave();
    }
  }

  function begin() {
    cover(true);
    timer ||= setInterval(settle, 1000);
    void tell(true);
  }

  function onAsked() {
    guarded = true;
    begin();
  }

  function onOver() {
    guarded = false;
    if (timer) settle();
  }

  /** Checks whether the share is still going on. */
  function settle() {
    if (guarded) return void window.dispatchEvent(new Event(`${channel}?`));
    for (const track of seen) if (track.readyState !== 'live') seen.delete(track);
    if (seen.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    void tell(false);
    if (leaving) leave();
  }

  // --- the second line -----------------------------------------------------------------------------------------------

  /** @type {Set<Window | ShadowRoot>} */
  const watched = new Set();
  const signs = ['play', 'loadedmetadata'];
  /** How long, in ms, frames that load after one another are told as one. */
  const together = 1000;
  let told = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
  let more = false;

  /** A frame with a new page has no guard yet. @param {Event} event */
  function onLoad({ isTrusted, target }) {
    if (!isTrusted || !(target instanceof HTMLIFrameElement)) return;
    more = true;
    if (!told) tellFrames();
  }

  function tellFrames() {
    told = undefined;
    if (!more || !chrome.runtime?.id) return;
    more = false;
    chrome.runtime.connect({ name: 'frame' });
    told = setTimeout(tellFrames, together);
  }

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  /** Where it is heard that a frame has loaded: the window does not. @param {Window | ShadowRoot} root */
  const treeOf = (root) => (root instanceof ShadowRoot ? root : document);

  /** An element's shadow root, open or closed. @param {Element} element */
  function shadowOf(element) {
    if (!(element instanceof HTMLElement)) return null;
    const inside = 'openOrClosedShadowRoot' in element ? element.openOrClosedShadowRoot : chrome.dom.openOrClosedShadowRoot(element);
    return /** @type {ShadowRoot | null} */ (inside);
  }

  /**
   * Media events don't leave their shadow tree.
   * @param {Window | ShadowRoot} root
   * @param {NodeListOf<Element>} elements
   */
  function watch(root, elements) {
    for (const sign of signs) root.addEventListener(sign, look, true);
    add.call(treeOf(root), 'load', onLoad, true);
    watched.add(root);
    for (const element of elements) {
      if (element instanceof HTMLVideoElement) see(element.srcObject);
      const inside = shadowOf(element);
      if (inside) watch(inside, inside.querySelectorAll('*'));
    }
  }

  function look() {
    // A page can shadow the document's own properties with an element: <img name="querySelectorAll">.
    watch(window, Document.prototype.querySelectorAll.call(document, '*'));
  }

  /** @param {MediaProvider | null} source */
  function see(source) {
    if (!(source instanceof MediaStream)) return;
    for (const track of source.getVideoTracks()) {
      if (track.readyState !== 'live' || seen.has(track) || !showsScreen(track)) continue;
      const known = guarded || seen.size > 0;
      seen.add(track);
      if (!known) begin();
    }
  }

  /** @param {MediaStreamTrack} track */
  function showsScreen(track) {
    const { displaySurface, resizeMode, deviceId } = /** @type {MediaTrackSettings & {resizeMode?: string}} */ (track.getSettings());
    // Firefox does not say that a track shows a screen. Such a track has a resize mode, as a camera's has, but no
    // device.
    return Boolean(displaySurface || (resizeMode && !deviceId)) || /^(screen|window|web-contents-media-stream):/.test(track.label);
  }

  // --- the end -------------------------------------------------------------------------------------------------------

  /**
   * What a page captures ends with the page. Events that the page itself dispatches don't count.
   * @param {Event} event
   */
  function onHide({ isTrusted }) {
    // A port, because a message has a promise, which would settle after the page is gone.
    if (!isTrusted || !timer) return;
    clearInterval(timer);
    timer = undefined;
    if (chrome.runtime?.id) chrome.runtime.connect({ name: 'shared' });
  }

  /** @param {Envelope | undefined} message */
  function onMessage(message, /** @type {unknown} */ _sender, /** @type {(answer: true) => void} */ reply) {
    if (message?.to !== 'content') return;
    const order = message.say;
    if (order === 'confirm_share') {
      if (timer) reply(true);
    } else if (typeof order === 'object' && 'leave' in order) {
      if (order.leave.moved && timer) leaving = true;
      else leave();
    }
  }

  function stay() {
    leaving = false;
    if (timer) cover(true);
  }

  /** Called again when the page replaces itself: document.open() removes every listener, but no observer. */
  function listen() {
    window.addEventListener(`${channel}+`, onAsked);
    window.addEventListener(`${channel}-`, onOver);
    window.addEventListener('pagehide', onHide);
    look();
  }
  const observer = new MutationObserver(listen);

  function leave() {
    clearInterval(timer);
    observer.disconnect();
    window.dispatchEvent(new Event(`${channel}!`));
    window.removeEventListener(`${channel}+`, onAsked);
    window.removeEventListener(`${channel}-`, onOver);
    clearTimeout(told);
    for (const root of watched) {
      for (const sign of signs) root.removeEventListener(sign, look, true);
      remove.call(treeOf(root), 'load', onLoad, true);
    }
    window.removeEventListener('pagehide', onHide);
    chrome.runtime?.onMessage?.removeListener(onMessage);
    delete world.shares;
  }

  chrome.runtime.onMessage.addListener(onMessage);
  world.shares = { leave, stay };
  observer.observe(document, { childList: true });
  listen();
  return channel;
})();
