// @ts-check
// The floating window: the strip in a small window, for a call that is not in a tab. Its page may hand the strip on to
// a window that stays on top (src/web/pages/float.rs), which closes with that page.

/** The place of a strip that is not in a tab: the number that browsers use for no tab. */
export const WINDOW = -1;

/** @typedef {ReturnType<typeof createFloat>} Float */

export function createFloat() {
  const address = chrome.runtime.getURL('float.html');
  /** The tab with the window's page, which is the only one in that window. */
  let floating = /** @type {number | undefined} */ (undefined);

  /** Remembers the window from before the worker was stopped. */
  async function recall() {
    const stored = await chrome.storage.session.get('floating').catch(() => ({}));
    ({ floating } = /** @type {{floating?: number}} */ (stored));
  }

  /** Opens the window, or brings it to the front. */
  async function open() {
    const tab = await there();
    if (tab) {
      await chrome.windows.update(tab.windowId, { focused: true, state: 'normal' });
    } else {
      // The page then makes the window as high as what it shows.
      const made = await chrome.windows.create({ type: 'popup', url: address, width: 384, height: 150 });
      await adopt(made?.tabs?.[0]?.id);
    }
  }

  async function close() {
    const tab = await there();
    floating = undefined;
    await chrome.storage.session.remove('floating');
    if (tab) await chrome.tabs.remove(/** @type {number} */ (tab.id)).catch(() => {});
  }

  /** The tab with the window's page, if it is there. */
  async function there() {
    return floating === undefined ? undefined : chrome.tabs.get(floating).catch(() => undefined);
  }

  /**
   * The browser may also have restored the window's page after a crash. Of two, the newer one counts.
   * @param {chrome.runtime.MessageSender} sender
   */
  async function meet({ tab, url }) {
    if (url === address) await adopt(tab?.id);
  }

  /** @param {number | undefined} tab */
  async function adopt(tab) {
    if (tab === floating) return;
    const before = await there();
    floating = tab;
    await chrome.storage.session.set({ floating });
    if (before) await chrome.tabs.remove(/** @type {number} */ (before.id)).catch(() => {});
  }

  return {
    /** The tab with the window's page. */
    get tab() {
      return floating;
    },
    recall,
    open,
    close,
    there,
    meet,
  };
}
