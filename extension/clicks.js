// @ts-check
// Finds out what the strip would get in the way of: whether anything on the page takes clicks where the strip would go.
// It reads nothing else from the page.

(() => {
  /** @typedef {import('./wasm/background.js').PageArea} PageArea */

  /** What people click, on any page. */
  const clickable = 'a[href], button, input, select, textarea, label, summary, [onclick], [contenteditable="true"], '
    + '[tabindex]:not([tabindex="-1"]), :is([role="button"], [role="link"], [role="tab"], [role="menuitem"], [role="switch"])';
  /** Nothing that people click is small enough, in px, to fall between two probes. */
  const grain = 20;

  /**
   * The index of the first of these areas under which nothing takes clicks; null if there is none.
   * @param {PageArea[]} areas
   * @param {Element} host the strip's element, which lies over the page
   */
  function findFree(areas, host) {
    try {
      const index = areas.findIndex((area) => !isTaken(area, host));
      return index < 0 ? null : index;
    } catch {
      // A page can shadow an element's own properties with elements: <form><input name="closest">.
      return null;
    }
  }

  /** @param {PageArea} area @param {Element} host */
  function isTaken({ left, top, width, height }, host) {
    const [across, down] = [Math.ceil(width / grain), Math.ceil(height / grain)];
    for (let row = 0; row <= down; row++)
      for (let column = 0; column <= across; column++)
        if (takesClicks(document, left + (width * column) / across, top + (height * row) / down, host)) return true;
    return false;
  }

  /**
   * @param {Document | ShadowRoot} where
   * @param {number} x
   * @param {number} y
   * @param {Element} host
   * @returns {boolean}
   */
  function takesClicks(where, x, y, host) {
    const all = where instanceof ShadowRoot ? where.elementsFromPoint(x, y) : Document.prototype.elementsFromPoint.call(where, x, y);
    const over = all.find((one) => one !== host);
    if (!over) return false;
    if (over.shadowRoot && over.shadowRoot !== where && takesClicks(over.shadowRoot, x, y, host)) return true;
    const box = over.getBoundingClientRect();
    if (over instanceof HTMLIFrameElement && over.contentDocument)
      return takesClicks(over.contentDocument, x - box.left, y - box.top, host);
    const target = over.closest(clickable) ?? (getComputedStyle(over).cursor === 'pointer' ? over : undefined);
    // A clickable picture of a person is not a toolbar: under the lens, a click on it can wait.
    const { width = 0, height = 0 } = target?.getBoundingClientRect() ?? {};
    return target !== undefined && width * height < (innerWidth * innerHeight) / 4;
  }

  Object.assign(globalThis, { clicks: { findFree } });
})();
