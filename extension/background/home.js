// @ts-check
// Where the strip is: in one tab, into which it comes by a click or a key of the therapist's, and from which it may be lost
// when the page goes; or in the floating window, which she may close.

import { WINDOW, closeWindow, floating, openWindow, recallWindow, there } from './float.js';
import { arm, disarm } from './guard.js';

/** The tab that has the strip, or had it last; `WINDOW` for the floating window. */
export let home = /** @type {number | undefined} */ (undefined);
/** Whether the strip has lost its place and waits for a key or a click to come back. */
export let lost = false;
/** Tells surfaces where the strip is now. */
let changed = () => {};

/** Remembers where the strip was before the worker was stopped. @param {() => void} tell called when that has changed */
export async function recall(tell) {
  changed = tell;
  const session = await chrome.storage.session.get(['home', 'lost']).catch(() => ({}));
  await recallWindow();
  ({ home, lost = false } = /** @type {{home?: number, lost?: boolean}} */ (session));
}

/**
 * In Firefox, which `getBrowserInfo` gives away, the strip's element hides itself and this makes it visible. Firefox takes
 * it back when the extension goes, and runs none of its scripts any more: so what is left of the strip there is not seen
 * and takes no click. A page can find the rule out with an element of the same kind: so it stays no longer than the strip.
 */
const visible = 'getBrowserInfo' in chrome.runtime && 'div[popover="manual"]:empty { visibility: visible !important }';

/**
 * Puts the strip into a tab, or the floating window, where it then lives.
 * @param {number} tab
 * @returns {Promise<boolean>} false where nothing can be injected
 */
export async function mount(tab) {
  if (tab !== WINDOW && !(await inject(tab))) return false;
  const moved = home !== tab;
  if (moved) {
    await unmount(moved);
    home = tab;
  }
  if (tab === WINDOW) await openWindow();
  if (moved || lost) {
    lost = false;
    await chrome.storage.session.set({ home, lost });
    changed();
  }
  return true;
}

/** @param {number} tab */
async function inject(tab) {
  const target = { tabId: tab };
  try {
    const [[{ result }]] = await Promise.all([
      chrome.scripting.executeScript({ target, files: ['content.js'] }),
      visible && chrome.scripting.insertCSS({ target, css: visible, origin: 'USER' }),
    ]);
    if (result !== true) return false;
    void arm(tab);
    return true;
  } catch {
    return false;
  }
}

/** @param {boolean} [moved] whether the session goes on elsewhere; else it is over */
export async function unmount(moved = false) {
  if (home === undefined) return;
  if (!moved) await disarm();
  const left = home;
  home = undefined;
  lost = false;
  await chrome.storage.session.remove(['home', 'lost']);
  if (left === WINDOW) return closeWindow();
  await chrome.tabs.sendMessage(left, { to: 'content', unmount: true, moved }).catch(() => {});
  if (visible) await chrome.scripting.removeCSS({ target: { tabId: left }, css: visible, origin: 'USER' }).catch(() => {});
}

/**
 * Whether the strip could be put into a tab, without doing it.
 * @param {number} tab
 */
export async function isOpen(tab) {
  if (tab === WINDOW) return true;
  try {
    const [{ result }] = await chrome.scripting.executeScript({
      target: { tabId: tab },
      // A PDF is no page, although scripts run in its viewer. content.js looks at the same.
      func: () => document instanceof HTMLDocument && document.contentType !== 'application/pdf',
    });
    return result === true;
  } catch {
    return false;
  }
}

/** Whether the strip is in the tab, or window, that should have it. */
export async function isHome() {
  if (home === undefined) return false;
  if (home === WINDOW) return (await there()) !== undefined;
  return chrome.tabs.sendMessage(home, { to: 'content', there: true }, { frameId: 0 }).then(
    (there) => there === true,
    () => false,
  );
}

/**
 * Where surfaces are told that the strip is, as seen from a place.
 * @param {number} here
 */
export async function whereIs(here) {
  if (!(await isHome())) return 'nowhere';
  return home === WINDOW ? 'floating' : home === here ? 'here' : 'elsewhere';
}

/**
 * Brings the strip back into the tab that lost it to a reload, a crash or an update. The key or the toolbar button that
 * was just pressed there gives the right to.
 * @param {number | undefined} tab
 */
export async function comeHome(tab) {
  if (tab === undefined || (home !== undefined && home !== tab)) return;
  if (!(await isHome())) await mount(tab);
}

/**
 * The page with the strip is going away. In Chromium the right to inject survives a reload, so the strip is put back as
 * soon as the new page stands; listening only now keeps the worker asleep through everybody else's page loads.
 * @param {number | undefined} tab
 */
export async function onLeaving(tab) {
  const holder = holding();
  if (holder === undefined || (tab !== undefined && tab !== holder)) return;
  chrome.tabs.onUpdated.addListener(onUpdated);
  chrome.tabs.onRemoved.addListener(onRemoved);
  // A tab that is closed may be gone before its page says so; Firefox then does not even say which one it was.
  if (!(await chrome.tabs.get(holder).catch(() => undefined))) await afterLeaving(false);
}

/** The tab with the page that has the strip in it. */
const holding = () => (home === WINDOW ? floating : home);

/** @param {number} tab @param {{status?: string}} change */
async function onUpdated(tab, { status }) {
  if (tab === holding() && status === 'complete') await afterLeaving(await mount(/** @type {number} */ (home)));
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
