// @ts-check
// A simulated browser: as much of `chrome` as the background uses, with tabs whose pages answer as the content scripts
// would. What it stores outlives the worker, which can be stopped and woken. The background that runs is
// the one in dist/chromium, with the real wasm; its files are in target/attune/parts, each by itself.

import { readFile } from 'node:fs/promises';

const dist = new URL('../../dist/chromium/', import.meta.url);
const parts = new URL('../../target/attune/parts/', import.meta.url);
const origin = 'chrome-extension://attune/';

/** @typedef {import('../../target/attune/wasm/background.js').Order} Order */
/**
 * @typedef {object} Tab
 * @property {number} id
 * @property {number} windowId
 * @property {string} url
 * @property {boolean} open whether scripts may be injected
 * @property {boolean} seen whether the strip can be seen in it
 * @property {boolean} strip whether the strip's element is in the page
 * @property {number} shares how many frames share a screen
 * @property {Order[]} orders what the page's content scripts were told
 * @property {any[]} shown the pictures that went to the tab
 */

function event() {
  /** @type {Set<(...args: any[]) => any>} */
  const listeners = new Set();
  return {
    addListener: (/** @type {(...args: any[]) => any} */ listener) => void listeners.add(listener),
    removeListener: (/** @type {(...args: any[]) => any} */ listener) => void listeners.delete(listener),
    get size() { return listeners.size; },
    /** @param {any[]} args */
    emit: (...args) => [...listeners].map((listener) => listener(...args)),
  };
}

/** @param {Record<string, unknown>} items @param {(value: any) => any} copy */
function area(items, copy) {
  /** @param {string | string[] | undefined} keys */
  const chosen = (keys) => (keys === undefined ? Object.keys(items) : [keys].flat());
  return {
    items,
    onChanged: event(),
    /** @param {string | string[]} [keys] */
    async get(keys) {
      return copy(Object.fromEntries(chosen(keys).filter((key) => key in items).map((key) => [key, items[key]])));
    },
    /** @param {Record<string, unknown>} more */
    async set(more) {
      Object.assign(items, copy(more));
    },
    /** @param {string | string[]} keys */
    async remove(keys) {
      for (const key of chosen(keys)) delete items[key];
    },
  };
}

/**
 * @param {{firefox?: boolean, local?: Record<string, unknown>, session?: Record<string, unknown>,
 *   managed?: Record<string, unknown>, sync?: Record<string, unknown>, installType?: string, version?: string}} [how]
 *   `local` and so on is what is stored
 */
export function openBrowser({ firefox = false, local = {}, session = {}, managed, sync = {}, installType = 'normal', version = '1.0.0' } = {}) {
  // Chrome's messages are JSON, Firefox's are clones.
  const copy = (/** @type {any} */ value) => {
    if (value === undefined) return undefined;
    return firefox ? structuredClone(value) : JSON.parse(JSON.stringify(value));
  };
  /** @type {Map<number, Tab>} */
  const tabs = new Map();
  let next = 1;
  const gone = () => Promise.reject(new Error('Could not establish connection. Receiving end does not exist.'));

  /** @param {Partial<Tab>} [tab] */
  function addTab(tab = {}) {
    const id = next++;
    tabs.set(id, { id, windowId: id + 100, url: 'https://call.example/room', open: true, strip: false, seen: true, shares: 0, orders: [], shown: [], ...tab });
    return id;
  }

  /** @param {number} id */
  function tab(id) {
    const found = tabs.get(id);
    if (!found) throw new Error(`No tab with id: ${id}.`);
    return found;
  }

  /** What the content scripts do. @param {Tab} page @param {Order} order @returns {Promise<unknown>} */
  function obey(page, order) {
    page.orders.push(order);
    if (order === 'confirm_strip') return page.strip ? Promise.resolve(true) : gone();
    if (order === 'prove_strip') return page.strip ? Promise.resolve(page.seen) : gone();
    if (order === 'confirm_share') return page.shares > 0 ? Promise.resolve(true) : gone();
    if ('leave' in order) page.strip = false;
    return Promise.resolve(undefined);
  }

  const kept = {
    local: area(local, copy),
    session: area(session, copy),
    sync: area(sync, copy),
    managed: area(managed ?? {}, copy),
  };
  if (firefox && !managed) kept.managed.get = () => Promise.reject(new Error('Managed storage manifest not found'));
  /** @type {Record<string, any>} */
  const seen = { alarms: {}, badge: {}, titles: {}, said: [], popups: 0, scripts: [], registered: [], css: new Map(), windows: [] };
  let allowed = /** @type {string[]} */ ([]);

  /** Listeners end with the worker. */
  function connect() {
    const noAnswer = async () => {};
    return {
      runtime: {
        ...(firefox ? { getBrowserInfo: noAnswer } : {}),
        onMessage: event(), onConnect: event(), onInstalled: event(), onStartup: event(),
        getURL: (/** @type {string} */ path) => origin + path,
        getManifest: () => ({ version }),
        sendMessage: (/** @type {any} */ message) => {
          seen.said.push(copy(message));
          return gone();
        },
      },
      storage: kept,
      commands: { onCommand: event(), getAll: async () => [{ name: 'glance', shortcut: 'Alt+Shift+K' }, { name: 'hide', shortcut: '' }] },
      alarms: {
        onAlarm: event(),
        create: async (/** @type {string} */ name, /** @type {{when: number}} */ { when }) => void (seen.alarms[name] = when),
        clear: async (/** @type {string} */ name) => delete seen.alarms[name],
      },
      action: {
        setBadgeBackgroundColor: noAnswer,
        setBadgeTextColor: noAnswer,
        setBadgeText: async (/** @type {{tabId?: number | 'all', text: string}} */ { tabId = 'all', text }) => void (seen.badge[tabId] = text),
        setTitle: async (/** @type {{tabId?: number | 'all', title: string}} */ { tabId = 'all', title }) => void (seen.titles[tabId] = title),
        openPopup: async () => void (seen.popups += 1),
      },
      i18n: { getMessage: (/** @type {string} */ key) => key },
      management: { getSelf: async () => ({ installType }) },
      permissions: {
        onAdded: event(), onRemoved: event(),
        getAll: async () => ({ origins: [...allowed] }),
        contains: async (/** @type {{origins: string[]}} */ { origins }) => origins.every((one) => allowed.includes(one)),
      },
      windows: {
        create: async (/** @type {{url: string}} */ { url }) => {
          const id = addTab({ url });
          seen.windows.push(id);
          return { tabs: [{ id }] };
        },
        update: async (/** @type {number} */ id, /** @type {unknown} */ change) => void seen.windows.push({ id, change }),
      },
      tabs: {
        onUpdated: event(), onRemoved: event(),
        get: async (/** @type {number} */ id) => ({ ...tab(id) }),
        query: async () => [...tabs.values()],
        create: async (/** @type {{url: string}} */ { url }) => ({ id: addTab({ url }) }),
        remove: async (/** @type {number} */ id) => void tabs.delete(id),
        sendMessage: async (/** @type {number} */ id, /** @type {any} */ message) => {
          const { to, say } = copy(message);
          if (to === 'content') return obey(tab(id), say);
          tab(id).shown.push(say);
          return gone();
        },
      },
      scripting: {
        /** @param {{target: {tabId: number}, files?: string[], func?: unknown}} what */
        executeScript: async ({ target: { tabId }, files, func }) => {
          const page = tab(tabId);
          if (!page.open) throw new Error('Cannot access contents of the page.');
          seen.scripts.push({ tab: tabId, files, func: func !== undefined });
          if (files?.includes('content.js')) page.strip = true;
          return [{ frameId: 0, result: files?.includes('sharing.js') ? 'channel' : true }];
        },
        insertCSS: async (/** @type {any} */ { target, css }) => void seen.css.set(target.tabId, css),
        removeCSS: async (/** @type {any} */ { target }) => void seen.css.delete(target.tabId),
        getRegisteredContentScripts: async () => copy(seen.registered),
        registerContentScripts: async (/** @type {any[]} */ scripts) => void seen.registered.push(...copy(scripts)),
        unregisterContentScripts: async () => void (seen.registered = []),
      },
    };
  }

  let chrome = connect();
  let workers = 0;
  const page = { url: `${origin}session.html` };

  const browser = {
    /**
     * What the browser was told: `alarms`, `badge` and `titles` (by tab, or `all`), what was `said` to pages, and so
     * on.
     */
    seen,
    local: kept.local.items,
    session: kept.session.items,
    /** The storage areas themselves, to make them fail or wait. */
    areas: kept,
    addTab,
    tab,
    get tabs() { return tabs; },
    get chrome() { return chrome; },
    /** @param {string[]} origins */
    allow(...origins) { allowed = origins; },
    /** Replaces `chrome` for what runs next. The background that ran until now hears nothing more. */
    stopWorker() {
      chrome = connect();
      Object.assign(globalThis, { chrome });
    },
    /** Runs background.js, as a worker that has just been started does. */
    async wake() {
      browser.stopWorker();
      workers += 1;
      await import(new URL(`background.js?${process.pid}-${Math.random()}-${workers}`, dist).href);
    },
    /**
     * Says something to the background, from the popup unless told otherwise.
     * @param {import('../../target/attune/wasm/background.js').Request} say
     * @param {any} [sender]
     * @returns {Promise<any>} the answer; undefined if nobody gives one
     */
    ask: (say, sender = page) => browser.send({ to: 'background', say }, sender),
    /** @param {unknown} message @param {any} sender @returns {Promise<any>} */
    send(message, sender) {
      return new Promise((done, failed) => {
        try {
          const answers = chrome.runtime.onMessage.emit(copy(message), sender, (/** @type {unknown} */ reply) => done(copy(reply)));
          if (!answers.includes(true)) done(undefined);
        } catch (error) {
          failed(error);
        }
      });
    },
    /** A content script opens a port. @param {string} name @param {any} sender */
    connect(name, sender) {
      /** @type {unknown[]} */
      const told = [];
      chrome.runtime.onConnect.emit({ name, sender, onDisconnect: event(), postMessage: (/** @type {unknown} */ message) => told.push(message) });
      return told;
    },
  };
  browser.stopWorker();
  Object.assign(globalThis, { fetch: open });
  return browser;
}

/** A file of the extension, by any of its addresses. @param {string | URL} address */
async function open(address) {
  const bytes = await readFile(new URL(String(address).replace(origin, ''), dist));
  const type = String(address).endsWith('.wasm') ? 'application/wasm' : 'application/json';
  return new Response(bytes, { headers: { 'content-type': type } });
}

/**
 * A file of the background.
 * @param {string} name
 * @returns {Promise<any>}
 */
export const part = (name) => import(new URL(`background/${name}.js`, parts).href);

/** Waits until everything that was begun has got as far as it can. */
export async function settled() {
  for (let round = 0; round < 20; round++) await new Promise((done) => setImmediate(done));
}
