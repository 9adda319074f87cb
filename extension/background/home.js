// @ts-check
// Where the strip is: in one tab, where it appears when the therapist clicks or presses a key, and from which it may be
// lost when the page goes; or in the floating window, which the therapist may close.

import { isFirefox } from './browser.js';
import { WINDOW } from './float.js';
import { arm, disarm } from './guard.js';
import { tell } from './send.js';

/** @typedef {ReturnType<typeof createHome>} Home */

/**
 * @param {object} parts
 * @param {import('./float.js').Float} parts.float
 * @param {() => void} parts.changed called when the strip has moved, or was lost
 */
export function createHome({ float, changed }) {
  /** The tab that has the strip, or had it last; `WINDOW` for the floating window. */
  let place = /** @type {number | undefined} */ (undefined);
  /** Whether the strip has lost its place, or cannot be seen in it. A key or a click may bring it back. */
  let lost = false;

  /**
   * In Firefox, the strip's element hides itself and this rule makes it visible. When the extension goes, Firefox
   * removes the rule and runs none of its scripts any more, so what is left of the strip is invisible and takes no
   * click. A page can detect the rule with an element of the same kind, so it stays no longer than the strip.
   */
  const visible = isFirefox() && 'div[popover="manual"]:empty { visibility: visible !important }';

  /** Remembers where the strip was before the worker was stopped. */
  async function recall() {
    const session = chrome.storage.session.get(['home', 'lost']).catch(() => ({}));
    await float.recall();
    ({ home: place, lost = false } = /** @type {{home?: number, lost?: boolean}} */ (await session));
  }

  /**
   * Puts the strip into a tab, or the floating window, where it then lives.
   * @param {number} here
   * @returns {Promise<boolean>} false where nothing can be injected
   */
  async function mount(here) {
    if (here !== WINDOW && !(await inject(here))) return false;
    const moved = place !== here;
    if (moved) {
      await unmount(moved);
      place = here;
    }
    if (here === WINDOW) await float.open();
    if (moved || lost) {
      lost = false;
      await chrome.storage.session.set({ home: place, lost });
      changed();
    }
    return true;
  }

  /** The same, for a person who wants to know why it cannot be there: `null` if it can. @param {number} here */
  async function tryMount(here) {
    return (await mount(here)) ? null : ((await whyClosed(here)) ?? 'blocked');
  }

  /** @param {number} tab */
  async function inject(tab) {
    const target = { tabId: tab };
    try {
      const [[{ result }]] = await Promise.all([
        chrome.scripting.executeScript({ target, files: ['clicks.js', 'content.js'] }),
        visible && chrome.scripting.insertCSS({ target, css: visible, origin: 'USER' }),
      ]);
      if (result !== true) return false;
      void arm(tab);
      return true;
    } catch {
      return false;
    }
  }

  /** @param {boolean} [moved] whether the session continues elsewhere; otherwise it is over */
  async function unmount(moved = false) {
    if (place === undefined) return;
    if (!moved) await disarm();
    const left = place;
    place = undefined;
    lost = false;
    await chrome.storage.session.remove(['home', 'lost']);
    if (left === WINDOW) return float.close();
    await tell(left, { leave: { moved } });
    if (visible) await chrome.scripting.removeCSS({ target: { tabId: left }, css: visible, origin: 'USER' }).catch(() => {});
  }

  /** Whether the strip is in the tab, or window, that should have it. */
  async function isThere() {
    if (place === undefined) return false;
    if (place === WINDOW) return (await float.there()) !== undefined;
    return (await tell(place, 'confirm_strip', { frameId: 0 })) === true;
  }

  /**
   * Where the strip is, as told to surfaces in a place.
   * @param {number} here
   * @returns {Promise<import('../wasm/background.js').StripPlace>}
   */
  async function seenFrom(here) {
    if (lost || !(await isThere())) return 'nowhere';
    return place === WINDOW ? 'floating' : place === here ? 'here' : 'elsewhere';
  }

  /** Finds out whether what the strip has to show can be seen. If not, the toolbar button says so until it can. */
  async function prove() {
    const asked = place;
    if (asked === undefined) return;
    const seen = asked === WINDOW ? await isThere() : (await tell(asked, 'prove_strip', { frameId: 0 })) === true;
    if (asked !== place || seen !== lost) return;
    lost = !seen;
    await chrome.storage.session.set({ lost });
    changed();
  }

  /**
   * Brings the strip back into the tab that lost it to a reload, a crash or an update. Pressing the key or the toolbar
   * button there has just given permission.
   * @param {number | undefined} here
   */
  async function comeBack(here) {
    if (here === undefined || (place !== undefined && place !== here)) return;
    if (!(await isThere())) await mount(here);
  }

  /**
   * The page with the strip is going away. In Chromium, the permission to inject survives a reload, so the strip is put
   * back as soon as the new page has loaded; listening only from now on lets the worker sleep while other pages load.
   * @param {number | undefined} tab
   */
  async function onLeaving(tab) {
    const holder = holding();
    if (holder === undefined || (tab !== undefined && tab !== holder)) return;
    chrome.tabs.onUpdated.addListener(onUpdated);
    chrome.tabs.onRemoved.addListener(onRemoved);
    // A tab that is closed may be gone before its page says so; Firefox then does not even say which tab it was.
    if (!(await chrome.tabs.get(holder).catch(() => undefined))) await afterLeaving(false);
  }

  /**
   * A page with a strip was kept alive while another one was shown, and is shown again. The strip may have moved, or the
   * session may be over: then what is left of it goes.
   * @param {number | undefined} tab
   */
  async function onReturn(tab) {
    if (tab === undefined) return;
    if (tab === holding()) await prove();
    else await tell(tab, { leave: { moved: place !== undefined } });
  }

  /** A frame in a page has loaded. @param {number | undefined} tab */
  async function onFrame(tab) {
    if (tab !== undefined && tab === holding()) await arm(tab);
  }

  /** The tab with the page that has the strip in it. */
  const holding = () => (place === WINDOW ? float.tab : place);

  /** @param {number} tab @param {{status?: string}} change */
  async function onUpdated(tab, { status }) {
    if (tab === holding() && status === 'complete') await afterLeaving(await mount(/** @type {number} */ (place)));
  }

  /** @param {number} tab */
  async function onRemoved(tab) {
    if (tab === holding()) await afterLeaving(false);
  }

  /** @param {boolean} back */
  async function afterLeaving(back) {
    chrome.tabs.onUpdated.removeListener(onUpdated);
    chrome.tabs.onRemoved.removeListener(onRemoved);
    lost = !back;
    await chrome.storage.session.set({ lost });
    if (lost) changed();
  }

  return {
    /** The tab that has the strip, or had it last; `WINDOW` for the floating window. */
    get place() {
      return place;
    },
    /** The same, where it is a tab. */
    get tab() {
      return place === WINDOW ? undefined : place;
    },
    /** Whether the strip has lost its place, or cannot be seen in it. */
    get isLost() {
      return lost;
    },
    recall,
    mount,
    tryMount,
    unmount,
    seenFrom,
    prove,
    comeBack,
    onFrame,
    onLeaving,
    onReturn,
  };
}

/** Where the browsers keep their extensions. */
const stores = ['https://chromewebstore.google.com/', 'https://chrome.google.com/webstore', 'https://microsoftedge.microsoft.com/addons', 'https://addons.mozilla.org/'];

/**
 * Why the strip could not be put into a tab, found without doing it; `null` if it could.
 * @param {number} here
 * @returns {Promise<import('../wasm/background.js').Closed | null>}
 */
export async function whyClosed(here) {
  if (here === WINDOW) return null;
  try {
    const [{ result }] = await chrome.scripting.executeScript({
      target: { tabId: here },
      // content.js checks the same.
      func: () => Document.prototype.createElement.call(document, 'div') instanceof HTMLElement && document.contentType !== 'application/pdf',
    });
    if (result === true) return null;
    // On its own pages, Firefox runs nothing and says nothing.
    return result === false ? 'document' : 'own';
  } catch (problem) {
    if (/ExtensionsSettings policy/.test(String(problem))) return 'policy';
    // The address is known of what the toolbar button was pressed beside.
    const { url = '' } = await chrome.tabs.get(here).catch(() => ({ url: '' }));
    return /^https?:/.test(url) && !stores.some((store) => url.startsWith(store)) ? 'blocked' : 'own';
  }
}
