// @ts-check
// Places the strip in the call's tab: one element on <html> with a closed shadow root, and in it one frame with
// strip.html. The page can see that the element is there, but nothing of what it shows. It is injected after clicks.js,
// which finds out for it what the strip would get in the way of.
//
// If injected again into the same page, it only makes sure that the element is where it should be. Its result says
// whether this is a page at all.

(() => {
  /** @typedef {import('./wasm/background.js').Envelope} Envelope */
  /** @typedef {import('./wasm/background.js').FrameArea} FrameArea */
  /** @typedef {import('./wasm/background.js').FromStrip} FromStrip */
  /** @typedef {import('./wasm/background.js').PageArea} PageArea */
  /** @typedef {PageArea & {radius: number}} Area of the frame */

  /**
   * The document's own property. A page can shadow it with an element: <img name="documentElement">.
   * @type {<Name extends keyof Document>(name: Name) => Document[Name]}
   */
  const own = (name) => {
    const value = Reflect.get(Document.prototype, name, document);
    return typeof value === 'function' ? value.bind(document) : value;
  };

  /** @typedef {{place: () => void, cover: (on: boolean) => void}} Attune */
  /** @typedef {{findFree: (areas: PageArea[], host: Element) => number | null}} Clicks */
  const world = /** @type {{attune?: Attune, clicks?: Clicks, shares?: {leave: () => void}}} */ (globalThis);
  const host = own('createElement')('div');
  // An XHTML page counts; a picture or other XML does not. A PDF is not a page, although scripts run in its viewer.
  if (!(host instanceof HTMLElement) || own('contentType') === 'application/pdf') return false;
  // An element of the page with this id doesn't count either.
  if (Object.hasOwn(world, 'attune')) {
    world.attune?.place();
    return true;
  }

  // What an earlier version left behind: in Firefox, the scripts of an updated extension can no longer do anything.
  for (const old of own('querySelectorAll')('div[popover="manual"]:empty')) {
    const inside = /** @type {{openOrClosedShadowRoot?: ShadowRoot}} */ (old).openOrClosedShadowRoot;
    if (inside?.querySelector('iframe')?.src.startsWith(chrome.runtime.getURL(''))) old.remove();
  }

  /** How often the page may remove the element within a second before it is left alone until the next second. */
  const patience = 5;
  const largest = { width: 480, height: 640 };

  host.popover = 'manual';
  const root = host.attachShadow({ mode: 'closed' });
  const style = new CSSStyleSheet();
  root.adoptedStyleSheets = [style];
  const frame = own('createElement')('iframe');
  frame.title = chrome.i18n.getMessage('name');
  // Under a page's COEP, the frame loads only with this; it needs no cookies.
  frame.setAttribute('credentialless', '');
  frame.src = chrome.runtime.getURL('strip.html');
  root.append(frame);

  // In Firefox, the scripts of an updated extension can no longer do anything, so there the background makes the host
  // visible.
  const visibility = 'openOrClosedShadowRoot' in host ? 'hidden' : 'visible';
  const nowhere = { left: 0, top: 0, width: 0, height: 0, radius: 0 };

  /** Whether this page is being shared: then nothing of the strip is drawn, whatever it has to say. */
  let covered = false;
  let last = nowhere;

  /** Hides the strip before the page is next painted, or lets it be seen again. @param {boolean} on */
  function cover(on) {
    covered = on;
    resize(last);
  }

  // In a shadow root, !important beats the page's own !important. The host stays the same whatever is shown, and
  // wherever: it has no size, and fixed content is not part of what it could scroll. The frame is placed with a
  // transform, because a page is told what shifts in its layout, from where and to where.
  /** @param {Area} area */
  function resize(area) {
    last = area;
    zoom = zoomOf(host.parentElement);
    const { left, top, width, height, radius } = area;
    style.replaceSync(`
      :host {
        all: initial !important;
        direction: ltr !important;
        position: fixed !important;
        inset: 0 auto auto 0 !important;
        display: block !important;
        width: 0 !important;
        height: 0 !important;
        overflow: visible !important;
        pointer-events: none !important;
        color-scheme: light !important;
        zoom: ${1 / zoom} !important;
        visibility: ${visibility} !important;
      }
      @media print { :host { display: none !important; } }
      /* The page can fill these, and they would lie over the strip. */
      :host::before, :host::after { display: none !important; }
      /* Unless it is on top, something could lie over it. */
      :host(:not(:popover-open)) iframe { visibility: hidden !important; }
      iframe {
        position: fixed; /* where the host is */
        transform: translate(${left}px, ${top}px);
        width: ${width}px;
        height: ${height}px;
        border: 0;
        border-radius: ${radius}px;
        background: transparent;
        color-scheme: light;
        pointer-events: auto;
        visibility: ${width > 0 && !covered ? 'inherit' : 'hidden'};
      }
    `);
  }

  /** The zoom that the frame has been placed for. */
  let zoom = 1;

  /** How much the page enlarges what is in an element. @param {Element | null} element */
  const zoomOf = (element) => /** @type {{currentCSSZoom?: number} | null} */ (element)?.currentCSSZoom ?? 1;

  /** @param {unknown} value @param {number} most */
  const bounded = (value, most) => Math.min(Math.max(Number(value) || 0, 0), most);

  /** The line to the strip. */
  let line = /** @type {MessagePort | undefined} */ (undefined);
  /** Whether the strip has said something on it. Under a page's CSP, its frame may be there and do nothing. */
  let answers = false;

  function onLoad() {
    resize(nowhere);
    const { port1, port2 } = new MessageChannel();
    line = port1;
    answers = false;
    port1.onmessage = (/** @type {MessageEvent<FromStrip>} */ { data }) => {
      answers = true;
      if ('find_free' in data) say({ free: world.clicks?.findFree(data.find_free, host) ?? null });
      else if ('frame' in data) fit(data.frame);
      for (const look of looks) look();
    };
    frame.contentWindow?.postMessage('attune', new URL(chrome.runtime.getURL('')).origin, [port2]);
    onResize();
    pair();
  }

  /** @param {import('./wasm/background.js').ToStrip} message */
  function say(message) {
    line?.postMessage(message);
  }

  /** Gives the frame the place and size that the strip asks for. @param {FrameArea} area */
  function fit({ at, width, height, radius, held }) {
    // The strip does not know yet how large the window is.
    if (at === null) return;
    const most = held ? viewport() : largest;
    resize({
      left: bounded(at[0], innerWidth),
      top: bounded(at[1], innerHeight),
      width: bounded(width, most.width),
      height: bounded(height, most.height),
      radius: bounded(radius, largest.width),
    });
    hold(held);
    // A frame that shows nothing must not keep the keyboard from the call.
    if (!(width > 0) && root.activeElement === frame) frame.blur();
  }

  /** Without the scroll bar, in the px of the window. */
  const viewport = () => {
    const all = own('documentElement');
    return { width: Math.min(Math.round(all.clientWidth * zoomOf(all)), innerWidth), height: innerHeight };
  };

  function onResize() {
    say({ window: viewport() });
  }

  /** A page that zooms itself changes the size of its root, but not that of its window. */
  const sizes = new ResizeObserver(() => {
    if (zoomOf(host.parentElement) === zoom) return;
    resize(last);
    onResize();
  });

  /** While the strip is dragged, Escape is meant for it, but the page has the keyboard. @param {boolean} on */
  function hold(on) {
    if (on) window.addEventListener('keydown', onEscape, true);
    else window.removeEventListener('keydown', onEscape, true);
  }

  /** @param {KeyboardEvent} event */
  function onEscape(event) {
    if (!event.isTrusted || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say('escape');
  }

  /**
   * The port between this script and the frame is cut when the extension is updated or removed: then both are orphans.
   */
  function pair() {
    const port = chrome.runtime.connect({ name: 'pair' });
    port.onDisconnect.addListener(() => {
      // The browser takes a moment to say that the extension is gone.
      setTimeout(() => {
        if (chrome.runtime?.id) return;
        unmount();
        if (Object.hasOwn(world, 'shares')) world.shares?.leave();
      }, 100);
    });
  }

  /** What draws nothing that is in it. */
  const replaced = 'audio, canvas, embed, iframe, img, input, object, select, textarea, video';

  /** Whether an element draws what is in it: one with a shadow root draws only what is in that. @param {Element} element */
  function holds(element) {
    if (!(element instanceof HTMLElement) || element.matches(replaced)) return false;
    if ('openOrClosedShadowRoot' in element) return element.openOrClosedShadowRoot === null;
    return chrome.dom.openOrClosedShadowRoot(element) === null;
  }

  /** Where the element must be to be seen and used: inside a modal or full-screen element, otherwise on <html>. */
  function outermost() {
    const place = [...own('querySelectorAll')('dialog:modal')].at(-1) ?? own('fullscreenElement');
    return place && holds(place) ? place : own('documentElement');
  }

  function place() {
    listen();
    const parent = outermost();
    if (host.parentNode !== parent) {
      // moveBefore keeps the frame alive where the browser has it; the strip's state is not in the frame anyway.
      if (host.isConnected && 'moveBefore' in parent) {
        /** @type {{moveBefore: (node: Node, before: null) => void}} */ (/** @type {unknown} */ (parent)).moveBefore(host, null);
      } else {
        parent.append(host);
      }
    }
    // The top layer is above whatever the page stacks up. What is shown last is on top.
    if (host.matches(':popover-open')) {
      host.hidePopover();
      // Firefox may not draw the new order if it finds the element's style as it was.
      host.getBoundingClientRect();
    }
    host.showPopover();
    watch(parent);
  }

  let removals = 0;
  let since = 0;
  const observer = new MutationObserver(() => {
    if (!host.isConnected || host.parentNode !== outermost()) again();
  });

  /** Puts the element back where it belongs, unless the page keeps removing it. */
  function again() {
    const now = performance.now();
    if (now - since > 1000) {
      since = now;
      removals = 0;
    }
    removals += 1;
    if (removals <= patience) place();
    else if (removals === patience + 1) setTimeout(place, 1000);
  }

  /** @param {Element} parent */
  function watch(parent) {
    observer.disconnect();
    observer.observe(document, { childList: true });
    observer.observe(own('documentElement'), { childList: true });
    sizes.observe(own('documentElement'));
    // The parent that the element has moved into may vanish as a whole.
    if (parent !== document.documentElement) observer.observe(document, { childList: true, subtree: true });
  }

  // Events that the page itself dispatches don't count.

  /** Whatever opens after the element is above it. @param {Event} event */
  function onToggle({ isTrusted, target }) {
    if (!isTrusted || !(target instanceof HTMLElement)) return;
    if (target instanceof HTMLDialogElement) place();
    else if (target === host ? !host.matches(':popover-open') : target.matches(':popover-open')) again();
  }

  /** @param {Event} event */
  function onFullScreen({ isTrusted }) {
    if (isTrusted) place();
  }

  /** @param {Event} event */
  function onLeaving({ isTrusted }) {
    if (!isTrusted) return;
    // A port, because a message has a promise, which would settle after the page is gone.
    if (chrome.runtime?.id) chrome.runtime.connect({ name: 'leaving' });
  }

  /** The page was kept alive while another one was shown, and is shown again. @param {PageTransitionEvent} event */
  function onReturn({ isTrusted, persisted }) {
    if (!isTrusted || !persisted) return;
    if (!chrome.runtime?.id) return unmount();
    pair();
    chrome.runtime.connect({ name: 'back' });
  }

  /** Whether what the strip has to show can be seen and clicked: nothing else is on top of it. */
  function isSeen() {
    const { left, top, width, height } = last;
    const isDrawn = answers && host.isConnected && host.matches(':popover-open') && width > 0;
    return covered || (isDrawn && own('elementFromPoint')(left + width / 2, top + height / 2) === host);
  }

  /** What looks again whenever the strip has been drawn. @type {Set<() => void>} */
  const looks = new Set();

  /**
   * Finds out whether what the strip has to show can be seen. The strip gets time to draw it, and more time if its frame
   * has yet to start. When the time is up, there may be nothing to show any more.
   * @returns {Promise<boolean>}
   */
  function prove() {
    return new Promise((done) => {
      const look = () => { if (isSeen()) end(true); };
      const timer = setTimeout(() => end(isSeen() || (answers && last.width === 0)), answers ? 2_000 : 10_000);
      /** @param {boolean} seen */
      function end(seen) {
        clearTimeout(timer);
        looks.delete(look);
        done(seen);
      }
      looks.add(look);
      look();
    });
  }

  /** @param {Envelope | undefined} message */
  function onMessage(message, /** @type {unknown} */ _sender, /** @type {(answer: boolean) => void} */ reply) {
    if (message?.to !== 'content') return undefined;
    const order = message.say;
    if (order === 'confirm_strip') reply(host.isConnected);
    else if (order === 'prove_strip') {
      void prove().then(reply);
      return true; // the answer follows
    } else if (order === 'confirm_share') return undefined; // sharing.js answers
    else if ('cover' in order) cover(order.cover);
    else unmount();
    return undefined;
  }

  /** Called again whenever the element is placed: document.open() removes every listener. */
  function listen() {
    frame.addEventListener('load', onLoad);
    own('addEventListener')('toggle', onToggle, true);
    own('addEventListener')('fullscreenchange', onFullScreen);
    window.addEventListener('pagehide', onLeaving);
    window.addEventListener('pageshow', onReturn);
    window.addEventListener('resize', onResize);
  }

  function unmount() {
    observer.disconnect();
    sizes.disconnect();
    own('removeEventListener')('toggle', onToggle, true);
    own('removeEventListener')('fullscreenchange', onFullScreen);
    window.removeEventListener('pagehide', onLeaving);
    window.removeEventListener('pageshow', onReturn);
    window.removeEventListener('resize', onResize);
    hold(false);
    // After an update has removed the extension, the script has no runtime any more, and no listener there.
    chrome.runtime?.onMessage?.removeListener(onMessage);
    host.remove();
    delete world.attune;
  }

  chrome.runtime.onMessage.addListener(onMessage);
  world.attune = { place, cover };
  resize(nowhere);
  place();
  return true;
})();
