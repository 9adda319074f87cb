// @ts-check
// What an eye would stumble over on a page. Each of these runs inside a document, and has only its arguments.

/** Drawings and marks that hardly differ from what is behind them. Runs in a document. */
export function faint() {
  /** @param {string} colour */
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  /** @param {string} colour */
  const luminance = (colour) => {
    const linear = (/** @type {number} */ part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [red, green, blue] = channels(colour).map((part) => linear(part / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  /** @param {Element | null} element @returns {string} */
  const ground = (element) => {
    for (let around = element; around; around = around.parentElement) {
      const { backgroundColor } = getComputedStyle(around);
      if ((channels(backgroundColor)[3] ?? 1) > 0.5) return backgroundColor;
    }
    return getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)';
  };
  /** @type {[Element, string, string][]} */
  const marks = [];
  for (const shape of document.querySelectorAll('svg path, svg circle')) {
    if (!shape.checkVisibility() || shape.closest('symbol, [hidden]')) continue;
    const { fill, stroke } = getComputedStyle(shape);
    marks.push([shape, stroke === 'none' ? fill : stroke, ground(shape.closest('svg'))]);
  }
  for (const drawing of document.querySelectorAll('svg:has(use)'))
    if (drawing.checkVisibility()) marks.push([drawing, getComputedStyle(drawing).stroke, ground(drawing)]);
  for (const mark of document.querySelectorAll('.dot i, #marks i, #line .now'))
    marks.push([mark, getComputedStyle(mark).backgroundColor, ground(mark.parentElement)]);
  return marks
    .map(([element, colour, behind]) => {
      const [low, high] = [luminance(colour), luminance(behind)].toSorted((one, other) => one - other);
      return { ratio: (high + 0.05) / (low + 0.05), what: `${element.closest('[class], [id]')?.outerHTML.slice(0, 60)}: ${colour} on ${behind}` };
    })
    .filter(({ ratio }) => ratio < 3)
    .map(({ what }) => what);
}

/**
 * Makes everything larger, and texts 30 % longer, only once. Runs in a document.
 * @param {number} zoom
 * @param {boolean} longer
 */
export function enlarge(zoom, longer) {
  const root = document.documentElement;
  root.style.setProperty('zoom', String(zoom));
  if (!longer || root.dataset.longer) return;
  root.dataset.longer = 'yes';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.nodeValue?.trim();
    // Numbers and keys stay as they are in any language.
    if (text && /[a-z]/.test(text) && !node.parentElement?.closest('kbd'))
      node.nodeValue = `${text} ${text.slice(0, Math.round(text.length * 0.3))}`;
  }
}

/** Texts that are cut off, stick out of their box, or overlap. Runs in a document. */
export function misfits() {
  /** @type {string[]} */
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(`${root.scrollWidth} wide, of ${root.clientWidth}`);
  /** @param {DOMRect} one @param {DOMRect} other */
  const inside = (one, other) =>
    one.left >= other.left - 1 && one.right <= other.right + 1 && one.top >= other.top - 1 && one.bottom <= other.bottom + 1;
  /** @type {{line: DOMRect, text: string, stuck: boolean}[]} */
  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (!node.nodeValue?.trim() || !parent?.checkVisibility({ visibilityProperty: true }) || parent.closest('.unseen, .leaving')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const text = node.nodeValue.trim();
    for (const line of range.getClientRects()) if (line.width > 1) lines.push({ line, text, stuck: parent.closest('.bottom') !== null });
    if (box.left < -1 || box.right > innerWidth + 1) wrong.push(`beyond the edge: ${text}`);
    for (let around = /** @type {Element | null} */ (parent); around && around !== document.body; around = around.parentElement) {
      const { overflow, overflowY } = getComputedStyle(around);
      const holds = around.matches('button, .choice, .pill, .card, section, summary') || overflow !== 'visible';
      const [outer, scrolls] = [around.getBoundingClientRect(), overflowY === 'auto' && around.scrollHeight > around.clientHeight];
      if (holds && !inside(scrolls ? new DOMRect(box.left, outer.top, box.width) : box, outer)) wrong.push(`out of ${around.tagName} ${around.className || around.id}: ${text}`);
    }
  }
  // Letters have some room above and below them, where two lines may touch.
  for (const [index, { line: a, text, stuck }] of lines.entries())
    for (const { line: b, text: other } of lines.slice(index + 1).filter((line) => line.stuck === stuck)) {
      const [wide, high] = [Math.min(a.right, b.right) - Math.max(a.left, b.left), Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)];
      if (wide > 1 && high > 0.3 * Math.min(a.height, b.height)) wrong.push(`one on the other: ${text}; ${other}`);
    }
  const pressed = [...document.querySelectorAll('button, label.choice, summary, input[type=number], input[type=checkbox]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }));
  for (const [index, one] of pressed.entries())
    for (const other of pressed.slice(index + 1)) {
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
      const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
      const stuck = one.closest('.bottom') || other.closest('.bottom'); // which stays visible while the rest scrolls
      if (!apart && !stuck && !one.contains(other) && !other.contains(one)) wrong.push(`on one another: ${one.textContent}, ${other.textContent}`);
    }
  return wrong;
}
