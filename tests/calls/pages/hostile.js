// @ts-check
// A call page that tries to find out about foreign elements in it. It runs before any other script, replaces whatever
// functions a stranger could call, and records everything it learns from then on. The results are in `self.spy`.

/** @typedef {Event & {newState?: string}} Toggle */

const spy = {
  /** The page's functions that a stranger has called. @type {string[]} */
  calls: [],
  /** Events about a stranger, or about what the person is doing. @type {string[]} */
  events: [],
  /** Messages that came to the page. @type {string[]} */
  messages: [],
  /** The stacks of the calls that inserted the stranger. @type {string[]} */
  stacks: [],
  /** Changes in the stranger or around it. @type {string[]} */
  changes: [],
  /** The sizes, boxes and styles that the stranger has had. */
  sizes: new Set(),
  boxes: new Set(),
  styles: new Set(),
  crossings: new Set(),
  /** The widths and heights of the spot that takes clicks, found by hit testing. */
  spots: new Set(),
  /** Every performance entry of the browser. @type {any[]} */
  entries: [],
  /** The longest time between two frames, in ms. */
  longestFrame: 0,
  /** The element that this page did not make. @type {HTMLElement | undefined} */
  stranger: undefined,
  /** Whether the current call is the page's own. */
  trying: false,
};
Object.assign(self, { spy });
const root = document.documentElement;

// --- what a stranger could call --------------------------------------------------------------------------------------

/** @param {any} holder @param {string} name @param {string} what */
function wrap(holder, name, what) {
  const original = holder[name];
  if (typeof original !== 'function') return;
  holder[name] = /** @this {unknown} @param {unknown[]} args */ function (...args) {
    if (!spy.trying) spy.calls.push(`${what}.${name}`);
    return new.target ? new original(...args) : original.apply(this, args);
  };
  holder[name].prototype = original.prototype;
}

/** Runs calls of the page itself, which do not count. @template T @param {() => T} look @returns {T} */
function quietly(look) {
  spy.trying = true;
  try {
    return look();
  } finally {
    spy.trying = false;
  }
}

for (const name of ['attachShadow', 'setAttribute', 'append', 'moveBefore', 'matches', 'animate']) wrap(Element.prototype, name, 'Element');
for (const name of ['showPopover', 'hidePopover', 'focus', 'click']) wrap(HTMLElement.prototype, name, 'HTMLElement');
for (const name of ['postMessage', 'start']) wrap(MessagePort.prototype, name, 'MessagePort');
for (const name of ['replaceSync', 'insertRule']) wrap(CSSStyleSheet.prototype, name, 'CSSStyleSheet');
for (const name of ['createElement', 'querySelector', 'elementFromPoint']) wrap(Document.prototype, name, 'Document');
for (const name of ['MessageChannel', 'BroadcastChannel', 'CSSStyleSheet', 'Worker', 'postMessage', 'open']) wrap(self, name, 'window');

// --- what the browser reports ----------------------------------------------------------------------------------------

for (const type of ['beforetoggle', 'toggle'])
  addEventListener(type, ({ target }) => {
    if (target !== spy.stranger && spy.stranger) return;
    // The stranger's own call is still on the stack, if the browser shows it.
    spy.stacks.push(`${new Error(type).stack}`);
  }, true);
for (const type of ['focus', 'blur', 'focusin', 'focusout', 'pointerover', 'pointerout', 'mouseover', 'mousemove', 'scroll', 'resize', 'load', 'transitionrun', 'animationstart', 'securitypolicyviolation', 'selectionchange', 'visibilitychange'])
  addEventListener(type, (event) => {
    const { target } = event;
    spy.events.push(`${type} on ${target === spy.stranger ? 'the stranger' : target === document ? 'the document' : target === self ? 'the window' : /** @type {Element} */ (target).id}`);
  }, true);
for (const type of ['error', 'unhandledrejection', 'messageerror', 'storage'])
  addEventListener(type, (event) => void spy.messages.push(`${type} ${'message' in event ? event.message : ''}`), true);
addEventListener('message', ({ data, origin }) => void spy.messages.push(`${JSON.stringify(data)} from ${origin}`), true);
new BroadcastChannel('attune').onmessage = ({ data }) => void spy.messages.push(JSON.stringify(data));

for (const type of PerformanceObserver.supportedEntryTypes)
  new PerformanceObserver((list) => void spy.entries.push(...list.getEntries())).observe({ type, buffered: true });

// --- the stranger ----------------------------------------------------------------------------------------------------

const sizes = new ResizeObserver(([{ contentRect, borderBoxSize: [box] }]) =>
  void spy.sizes.add(JSON.stringify([contentRect, box.inlineSize, box.blockSize])));
const crossings = new IntersectionObserver((all) => {
  for (const { boundingClientRect, intersectionRatio } of all) spy.crossings.add(JSON.stringify([boundingClientRect, intersectionRatio]));
}, { threshold: [0, 0.01, 0.5, 1] });

const changes = new MutationObserver((all) => {
  for (const { type, target, attributeName, addedNodes, removedNodes } of all) {
    if (target !== root && target !== spy.stranger && !spy.stranger?.contains(target)) continue;
    spy.changes.push([type, attributeName, ...[...addedNodes, ...removedNodes].map(({ nodeName }) => nodeName)].filter(Boolean).join(' '));
    for (const node of addedNodes)
      if (node instanceof HTMLElement && node.parentNode === root && !spy.stranger) meet(node);
  }
});
changes.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });

/** @param {HTMLElement} node */
function meet(node) {
  if (node instanceof HTMLHeadElement || node instanceof HTMLBodyElement) return;
  spy.stranger = node;
  sizes.observe(node);
  crossings.observe(node);
}

/**
 * How far the stranger extends from a point in one direction, found by hit testing.
 * @param {number} x
 * @param {number} y
 * @param {number} right
 * @param {number} down
 */
function reach(x, y, right, down) {
  let far = 0;
  while (far < 700 && document.elementFromPoint(x + right * far, y + down * far) === spy.stranger) far++;
  return far;
}

let last = performance.now();
function look() {
  const now = performance.now();
  if (spy.stranger) spy.longestFrame = Math.max(spy.longestFrame, now - last);
  last = now;
  const { stranger } = spy;
  if (stranger?.isConnected)
    quietly(() => {
      const { clientWidth, clientHeight, offsetWidth, offsetHeight, offsetLeft, offsetTop, scrollWidth, scrollHeight } = stranger;
      spy.boxes.add(JSON.stringify([stranger.getBoundingClientRect(), [...stranger.getClientRects()], clientWidth, clientHeight,
        offsetWidth, offsetHeight, offsetLeft, offsetTop, scrollWidth, scrollHeight, root.scrollHeight]));
      const style = getComputedStyle(stranger);
      spy.styles.add(JSON.stringify([...style].map((name) => [name, style.getPropertyValue(name)])));
      const [x, y] = [innerWidth / 2, 24];
      const height = reach(x, y, 0, 1);
      if (height > 0) spy.spots.add(`${reach(x, y, 1, 0) + reach(x, y, -1, 0) - 1} × ${height + reach(x, y, 0, -1) - 1}`);
    });
  requestAnimationFrame(look);
}
requestAnimationFrame(look);
