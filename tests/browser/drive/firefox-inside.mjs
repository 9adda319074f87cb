// @ts-check
/// <reference path="./firefox-scope.d.ts" />
// Scripts that run inside Firefox. Each is sent as source text, so it can use only its arguments.

// --- in the chrome scope of the browser's window ---------------------------------------------------------------------

/** @param {string} addon id of the extension */
export async function waitForExtension(addon) {
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  if (!(await AddonManager.getAddonByID(addon))?.isActive) throw new Error(`Firefox did not install ${addon}.`);
  await WebExtensionPolicy.getByID(addon).readyPromise;
}

/** @param {string} addon */
export async function reloadExtension(addon) {
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
  await (await AddonManager.getAddonByID(addon)).reload();
}

/** Collects all errors of pages and extensions since the browser started. */
export function collectProblems() {
  /** @type {object[]} */
  const problems = [];
  /** @param {any} message */
  const observe = (message) => {
    if (!(message instanceof Ci.nsIScriptError)) return;
    const { sourceName: url, errorMessage: text, category: kind, flags, warningFlag, infoFlag } = message;
    const ofPage = /^(https?|moz-extension|file|data|blob):/.test(url);
    // The frame was closed or reloaded before it could be answered, which may happen at any moment.
    const tooLate = /^Promise (resolved|rejected) after context unloaded/.test(text);
    if (ofPage && !tooLate && !(flags & (warningFlag | infoFlag))) problems.push({ kind, text, url });
  };
  Object.assign(window, { driveProblems: problems });
  Services.console.getMessageArray().forEach(observe);
  Services.console.registerListener({ observe });
}

export function takeProblems() {
  return /** @type {any} */ (window).driveProblems.splice(0);
}

/** Opens a tab and returns its panel, which identifies it from then on. */
export function openTab() {
  gBrowser.selectedTab = gBrowser.addTrustedTab('about:blank');
  return gBrowser.selectedTab.linkedPanel;
}

/** The tab that a window opens with. */
export function firstTab() {
  return gBrowser.tabs[0].linkedPanel;
}

/** The panel of the tab that has loaded this address, or null. @param {string} url */
export function tabAt(url) {
  for (const { linkedPanel, linkedBrowser } of gBrowser.tabs)
    if (linkedBrowser.currentURI.spec === url && !linkedBrowser.webProgress.isLoadingDocument) return linkedPanel;
  return '';
}

/** @param {string} panel */
export function selectTab(panel) {
  gBrowser.selectedTab = gBrowser.tabs.find((/** @type {any} */ tab) => tab.linkedPanel === panel);
  window.focus();
  gBrowser.selectedBrowser.focus();
}

/** @param {string} panel */
export function closeTab(panel) {
  gBrowser.removeTab(gBrowser.tabs.find((/** @type {any} */ tab) => tab.linkedPanel === panel));
}

/** @param {string} panel */
export function addressOf(panel) {
  return /** @type {any} */ (document.getElementById(panel)?.querySelector('browser')).currentURI.spec;
}

/**
 * Starts loading an address, or reloading the page; returns the id of the inner window that will be replaced.
 * @param {string} panel
 * @param {string | null} url
 */
export function startToLoad(panel, url) {
  const browser = /** @type {any} */ (document.getElementById(panel)?.querySelector('browser'));
  const old = browser.browsingContext.currentWindowGlobal.innerWindowId;
  const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
  if (url) browser.fixupAndLoadURIString(url, { triggeringPrincipal });
  else browser.reload();
  return old;
}

/** The process of a page. @param {string} panel */
export function processOf(panel) {
  const browser = /** @type {any} */ (document.getElementById(panel)?.querySelector('browser'));
  return browser.browsingContext.currentWindowGlobal.osPid;
}

/** Whether a tab shows that its page has crashed. @param {string} panel */
export function hasCrashed(panel) {
  const tab = gBrowser.tabs.find((/** @type {any} */ tab) => tab.linkedPanel === panel);
  return tab.hasAttribute('crashed') || !tab.linkedBrowser.isRemoteBrowser;
}

/** @param {string} panel @param {number} old what startToLoad gave */
export function hasLoaded(panel, old) {
  const browser = /** @type {any} */ (document.getElementById(panel)?.querySelector('browser'));
  const { innerWindowId, documentURI } = browser.browsingContext.currentWindowGlobal;
  return innerWindowId !== old && !browser.webProgress.isLoadingDocument ? documentURI.spec : '';
}

// Windows besides the first, each identified by the browsing context of its only page.

/** @param {string} url */
export function openWindow(url) {
  const argument = Cc['@mozilla.org/supports-string;1'].createInstance(Ci.nsISupportsString);
  argument.data = url;
  Services.ww.openWindow(null, 'chrome://browser/content/browser.xhtml', '_blank', 'chrome,all,dialog=no', argument);
}

/** The browsing context that has loaded this address in a window besides the first, or 0. @param {string} url */
export function contentOfOther(url) {
  for (const other of Services.wm.getEnumerator(null)) {
    const shown = other === window ? null : other.gBrowser?.selectedBrowser;
    if (shown?.currentURI.spec === url && !shown.webProgress.isLoadingDocument) return shown.browsingContext.id;
  }
  return 0;
}

/** @param {number} id */
export function raise(id) {
  BrowsingContext.get(id).topChromeWindow.focus();
}

/** @param {number} id */
export function closeOther(id) {
  BrowsingContext.get(id)?.topChromeWindow?.close();
}

/** @param {number} id of the page around the frame @param {string} url */
export function frameBelow(id, url) {
  for (const context of BrowsingContext.get(id)?.getAllBrowsingContextsInSubtree() ?? [])
    if (context.currentWindowGlobal?.documentURI?.spec.startsWith(url)) return context.id;
  return 0;
}

/**
 * The middle of the extension's toolbar button, on the screen.
 * @param {string} addon
 * @param {number} id of the page in a window besides the first, or 0
 */
export function toolbarButton(addon, id) {
  const { document } = id ? BrowsingContext.get(id).topChromeWindow : window;
  const button = /** @type {any} */ (document.querySelector(`#nav-bar [data-extensionid="${addon}"]`));
  if (!button) throw new Error('The button is not in the toolbar: does the manifest say default_area navbar?');
  const { width, height } = button.getBoundingClientRect();
  return { x: button.screenX + width / 2, y: button.screenY + height / 2 };
}

/**
 * Sets a shortcut as the extensions page does for a key typed into it.
 * @param {string} addon
 * @param {string} name
 * @param {string} shortcut
 */
export async function setKey(addon, name, shortcut) {
  await WebExtensionPolicy.getByID(addon).extension.shortcuts.updateCommand({ name, shortcut });
}

/** The browsing context of the open popup, or 0. @param {string} addon */
export function openPopup(addon) {
  for (const { viewType, xulBrowser } of WebExtensionPolicy.getByID(addon)?.extension.views ?? [])
    if (viewType === 'popup' && xulBrowser?.closest('panel')?.state === 'open') return xulBrowser.browsingContext.id;
  return 0;
}

/** The browsing context of the open sidebar, or 0. @param {string} addon */
export function openSidebar(addon) {
  for (const { viewType, xulBrowser } of WebExtensionPolicy.getByID(addon)?.extension.views ?? [])
    if (viewType === 'sidebar' && xulBrowser?.isConnected) return xulBrowser.browsingContext.id;
  return 0;
}

export function closeSidebar() {
  /** @type {any} */ (window).SidebarController.hide();
}

/**
 * Whether the sidebar has finished closing. Until then it has no view, but would close one that is opened meanwhile.
 */
export function sidebarIsAway() {
  const { isOpen, _box: box } = /** @type {any} */ (window).SidebarController;
  return !isOpen && box.hidden && box.getAnimations().length === 0;
}

/**
 * The browsing context of the frame in a tab whose address begins like this, or 0.
 * @param {string} panel
 * @param {string} url
 */
export function findFrame(panel, url) {
  const { browsingContext } = /** @type {any} */ (document.getElementById(panel)?.querySelector('browser'));
  for (const context of browsingContext.getAllBrowsingContextsInSubtree())
    if (context.currentWindowGlobal?.documentURI?.spec.startsWith(url)) return context.id;
  return 0;
}

/** @param {number} id of a browsing context */
export function isThere(id) {
  return Boolean(BrowsingContext.get(id)?.currentWindowGlobal);
}

/** @param {string} addon */
export function backgroundRuns(addon) {
  const { views, backgroundState } = WebExtensionPolicy.getByID(addon).extension;
  return backgroundState === 'running' && [...views].some(({ viewType }) => viewType === 'background');
}

/** @param {string} addon */
export async function stopBackground(addon) {
  await WebExtensionPolicy.getByID(addon).extension.terminateBackground({ ignoreDevToolsAttached: true });
}

/**
 * Sets the look of the whole browser, because Firefox cannot set it per page.
 * @param {number} scheme 0 dark, 1 light
 * @param {number} reduced
 */
export function setLook(scheme, reduced) {
  Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', scheme);
  Services.prefs.setIntPref('browser.theme.toolbar-theme', scheme); // the popup follows this one
  Services.prefs.setIntPref('ui.prefersReducedMotion', reduced);
}

// --- in a document, with the browser's own rights --------------------------------------------------------------------

/** The element of a frame, even deep inside closed shadow roots. @param {number} id of its browsing context */
export function frameElement(id) {
  /** @param {any} context @returns {any[]} */
  const below = (context) => [context, ...context.children.flatMap(below)];
  return below(/** @type {any} */ (window).docShell.browsingContext).find((one) => one.id === id)?.embedderElement ?? null;
}

/** @param {Element | null} element */
export function boxOf(element) {
  const { x = 0, y = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
  return { x, y, width, height };
}

export async function accessibleThings() {
  const service = Cc['@mozilla.org/accessibilityService;1'].getService(Ci.nsIAccessibilityService);
  const states = Ci.nsIAccessibleStates;
  /** @param {any} thing */
  const stateOf = (thing) => {
    const [state, more] = [{ value: 0 }, { value: 0 }];
    thing.getState(state, more);
    return { state: state.value, more: more.value };
  };
  const unfinished = () => {
    const { state, more } = stateOf(service.getAccessibleFor(document));
    return state & states.STATE_BUSY || more & states.EXT_STATE_STALE;
  };
  // Firefox builds the tree a moment after it is first requested.
  for (let turn = 0; turn < 200 && unfinished(); turn++) await new Promise((done) => setTimeout(done, 5));

  // Firefox's own names for roles that web pages call something else, and objects without meaning of their own.
  /** @type {Record<string, string>} */
  const roles = { 'text leaf': 'text', statictext: 'text', image: 'img', graphic: 'img', pushbutton: 'button' };
  const silent = ['generic', 'label', 'whitespace'];
  /** @type {object[]} */
  const flat = [];
  /** @param {any} thing */
  const visit = (thing) => {
    const { state } = stateOf(thing);
    const own = thing.computedARIARole || service.getStringRole(thing.role);
    const role = roles[own] ?? own;
    const name = (thing.name ?? '').trim();
    const node = thing.DOMNode;
    const element = node?.nodeType === 1 ? node : node?.parentElement;
    const { x = 0, y = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
    if (!silent.includes(role) && (role !== 'text' || name))
      flat.push({
        role,
        name,
        checked: (state & states.STATE_CHECKED) !== 0,
        pressed: (state & states.STATE_PRESSED) !== 0,
        disabled: (state & states.STATE_UNAVAILABLE) !== 0,
        focused: (state & states.STATE_FOCUSED) !== 0,
        expanded: (state & states.STATE_EXPANDED) !== 0,
        box: { x, y, width, height },
      });
    for (let child = thing.firstChild; child; child = child.nextSibling) visit(child);
  };
  visit(service.getAccessibleFor(document));
  return flat;
}
