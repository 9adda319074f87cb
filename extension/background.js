// @ts-check
// Owns the one engine. Every input becomes one dispatch, one save and one picture for all surfaces. The browser may stop
// this worker at any moment: what matters is saved before an input is answered, and the next event reads it back.
//
//   popup ─┐ input                         ┌─ storage.local   the snapshot
//   strip ─┼───────► dispatch ─► effects ──┼─ badge, alarm
//   keys ──┘                               └─ content.js in the call's tab
//                       └─► view to all surfaces

import init, { Engine } from './wasm/engine.js';
import openWorkshop, { newer, settle as make } from './wasm/workshop.js';

/** @typedef {{to: 'background', input?: string, tab?: number, mount?: number, keys?: true, settle?: true}} Request */
/** @typedef {{text: string, title: {key: string}}} Badge */
/** @typedef {{version?: string, deck?: string, offer?: string}} Settled what is made of the settings, and by which version */
/** @typedef {{save?: string, badge?: Badge, alarm?: number | null, strip?: boolean}} Effect */

/** The tab that has the strip, or had it last. */
let home = /** @type {number | undefined} */ (undefined);
/** Whether the last save worked. */
let saved = true;
/** Whether the snapshot could not be read, so that the engine started afresh. */
let afresh = false;
/** Whether a session runs. */
let running = false;
/** Whether the strip has lost its place and waits for a key or a click to come back. */
let lost = false;
let alarmAt = /** @type {number | null | undefined} */ (undefined);
/** The newest picture. */
let picture = '';

const { version } = chrome.runtime.getManifest();

const ready = boot();

async function boot() {
  const stored = chrome.storage.local.get(['engine', 'settled']).catch(() => ({}));
  const session = chrome.storage.session.get(['home', 'lost']).catch(() => ({}));
  await init();
  const { engine: snapshot, settled } = /** @type {{engine?: string, settled?: Settled}} */ (await stored);
  ({ home, lost = false } = /** @type {{home?: number, lost?: boolean}} */ (await session));
  const engine = await build(settled, snapshot);
  // What another version has made of the settings is made anew.
  if (settled && settled.version !== version) void ready.then(settle);
  running = engine.running;
  if (engine.unreadable) {
    afresh = true;
    await save('unreadable', snapshot ?? '');
    await unmount(); // the strip of the session that was lost
  }
  return engine;
}

/**
 * The engine, with the deck that was made of the settings if there is one that this version can read.
 * @param {Settled} [settled]
 * @param {string} [snapshot]
 */
async function build({ deck, offer = '{}' } = {}, snapshot) {
  try {
    if (deck !== undefined) return new Engine(deck, offer, snapshot);
  } catch {
    // Another version has compiled it.
  }
  return new Engine(await read('decks/en.deck'), offer, snapshot);
}

/** A file of the extension. @param {string} path */
async function read(path) {
  const file = await fetch(chrome.runtime.getURL(path));
  return file.text();
}

// --- settings --------------------------------------------------------------------------------------------------------
// They are written by the options, by the browser's policy and by its sync. What the engine goes on with is made of them
// by the workshop, which is loaded for nothing else.

/**
 * What the browser's policy says. Firefox has no storage for it where there is no policy.
 * @returns {Promise<{locked?: unknown, sync?: unknown}>}
 */
const policy = () => chrome.storage.managed.get().catch(() => ({}));

/** The settings, packed. */
async function stored() {
  const { settings } = /** @type {{settings?: string}} */ (await chrome.storage.local.get('settings'));
  return settings;
}

/** It is made by one after another, so that what was set last counts. */
let making = Promise.resolve();

/** Makes what the engine goes on with, keeps it, and goes on with it. */
function settle() {
  const made = making.then(remake);
  making = made.then(() => {}, () => {});
  return made;
}

async function remake() {
  const engine = await ready;
  const [settings, managed] = await Promise.all([stored(), policy()]);
  /** @type {Settled} */
  let settled = {};
  if (settings !== undefined || Object.keys(managed).length > 0) {
    const [shipped] = await Promise.all([read('decks/en.json'), openWorkshop()]);
    settled = { version, ...(await make(settings, JSON.stringify(managed), shipped)) };
    await chrome.storage.local.set({ settled });
  } else await chrome.storage.local.remove('settled');
  engine.adopt(settled.deck ?? (await read('decks/en.deck')), settled.offer ?? '{}');
  return take('"look"');
}

/** Takes over what another computer has set, where the therapist or her clinic wants that. */
async function follow() {
  const [{ sync }, managed] = await Promise.all([chrome.storage.local.get('sync'), policy()]);
  const locked = Array.isArray(managed.locked) && managed.locked.includes('sync');
  if (!(locked ? managed.sync : (sync ?? managed.sync))) return;
  const [items] = await Promise.all([chrome.storage.sync.get(), openWorkshop()]);
  const found = await newer(JSON.stringify(items), await stored());
  if (found === undefined) return;
  await chrome.storage.local.set({ settings: found });
  await settle();
}

/** Inputs are taken one after another, so that an older save never lands on a newer one. */
let turn = Promise.resolve();

/** @param {string} input */
function take(input) {
  const taken = turn.then(() => dispatch(input));
  turn = taken.then(() => {}, () => {});
  return taken;
}

/** @param {string} input */
async function dispatch(input) {
  const engine = await ready;
  /** @type {{view: unknown, effects: Effect[], problem: unknown}} */
  const outcome = JSON.parse(engine.dispatch(Date.now(), input));
  for (const effect of outcome.effects) await perform(effect);
  picture = JSON.stringify(outcome.view);
  tell({ to: 'surfaces', view: picture, home: lost ? null : (home ?? null) });
  return { view: picture, problem: outcome.problem ? JSON.stringify(outcome.problem) : null };
}

/** @param {Effect} effect */
async function perform({ save: snapshot, badge, alarm, strip }) {
  if (snapshot !== undefined) saved = await save('engine', snapshot);
  if (badge) showBadge(badge);
  if (alarm !== undefined && alarm !== alarmAt) {
    alarmAt = alarm;
    // Surfaces have timers of their own, exact to the moment. The alarm stands behind them, and a little after, so that
    // not both wake the worker for the same thing.
    if (alarm === null) await chrome.alarms.clear('wake');
    else await chrome.alarms.create('wake', { when: alarm + 5000 });
  }
  if (strip !== undefined) {
    if (running && !strip) await unmount();
    running = strip;
  }
}

/** @param {string} key @param {string} text */
function save(key, text) {
  return chrome.storage.local.set({ [key]: text }).then(
    () => true,
    () => false,
  );
}

/** @param {Badge} badge */
function showBadge({ text, title }) {
  chrome.action.setBadgeBackgroundColor({ color: '#2f6f6a' });
  chrome.action.setBadgeTextColor({ color: '#ffffff' });
  chrome.action.setBadgeText({ text: lost ? '!' : text });
  chrome.action.setTitle({ title: chrome.i18n.getMessage(lost ? 'badge_lost' : title.key) });
}

/** Firefox, which this function gives away, reaches a frame inside a page only through its tab. */
const byTab = 'getBrowserInfo' in chrome.runtime;

/** @param {unknown} message */
function tell(message) {
  // Nobody may be listening.
  chrome.runtime.sendMessage(message).catch(() => {});
  if (home !== undefined && byTab) chrome.tabs.sendMessage(home, message).catch(() => {});
}

// --- the strip's place -----------------------------------------------------------------------------------------------

/**
 * Makes the strip's element visible, which hides itself. Firefox takes this back when the extension goes, and runs none
 * of its scripts any more: so what is left of the strip there is not seen and takes no click.
 */
const visible = 'div[popover="manual"]:empty { visibility: visible !important }';

/**
 * Puts the strip into a tab, where it then lives.
 * @param {number} tab
 * @returns {Promise<boolean>} false where nothing can be injected
 */
async function mount(tab) {
  const target = { tabId: tab };
  try {
    const [[{ result }]] = await Promise.all([
      chrome.scripting.executeScript({ target, files: ['content.js'] }),
      chrome.scripting.insertCSS({ target, css: visible, origin: 'USER' }),
    ]);
    if (result !== true) return false;
  } catch {
    return false;
  }
  const moved = home !== tab;
  if (moved) {
    await unmount();
    home = tab;
  }
  if (moved || lost) {
    lost = false;
    await chrome.storage.session.set({ home, lost });
    if (running) take('"look"'); // surfaces are told where it is now
  }
  return true;
}

async function unmount() {
  if (home === undefined) return;
  const left = home;
  home = undefined;
  lost = false;
  await chrome.storage.session.remove(['home', 'lost']);
  await chrome.tabs.sendMessage(left, { to: 'content', unmount: true }, { frameId: 0 }).catch(() => {});
}

/**
 * Whether the strip could be put into a tab, without doing it.
 * @param {number} tab
 */
async function isOpen(tab) {
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

/** Whether the strip is in the tab that should have it. */
async function isHome() {
  if (home === undefined) return false;
  return chrome.tabs.sendMessage(home, { to: 'content', there: true }, { frameId: 0 }).then(
    (there) => there === true,
    () => false,
  );
}

/**
 * Brings the strip back into the tab that lost it to a reload, a crash or an update. The key or the toolbar button that
 * was just pressed there gives the right to.
 * @param {number | undefined} tab
 */
async function comeHome(tab) {
  if (!running || tab === undefined || (home !== undefined && home !== tab)) return;
  if (!(await isHome())) await mount(tab);
}

/**
 * The page with the strip is going away. In Chromium the right to inject survives a reload, so the strip is put back as
 * soon as the new page stands; listening only now keeps the worker asleep through everybody else's page loads.
 * @param {number | undefined} tab
 */
async function onLeaving(tab) {
  await ready;
  if (!running || home === undefined || (tab !== undefined && tab !== home)) return;
  chrome.tabs.onUpdated.addListener(onUpdated);
  chrome.tabs.onRemoved.addListener(onRemoved);
  // A tab that is closed may be gone before its page says so; Firefox then does not even say which one it was.
  if (!(await chrome.tabs.get(home).catch(() => undefined))) await afterLeaving(false);
}

/** @param {number} tab @param {{status?: string}} change */
async function onUpdated(tab, { status }) {
  if (tab === home && status === 'complete') await afterLeaving(await mount(tab));
}

/** @param {number} tab */
async function onRemoved(tab) {
  if (tab === home) await afterLeaving(false);
}

/** @param {boolean} back */
async function afterLeaving(back) {
  chrome.tabs.onUpdated.removeListener(onUpdated);
  chrome.tabs.onRemoved.removeListener(onRemoved);
  lost = running && !back;
  await chrome.storage.session.set({ lost });
  if (lost) await take('"look"');
}

// --- what can happen -------------------------------------------------------------------------------------------------

/** @type {Record<string, string>} */
const keys = {
  glance: '"glance"',
  'not-now': '"not_now"',
  hold: '"hold_key"',
  hide: '"hide_key"',
  'moment-1': '"moment_key"',
  crisis: '"crisis_key"',
};

chrome.commands.onCommand.addListener(async (command, tab) => {
  await take(keys[command]);
  await comeHome(tab?.id);
});

chrome.alarms.onAlarm.addListener(() => void take('"look"'));
chrome.runtime.onStartup.addListener(() => void settle().then(follow));
chrome.runtime.onInstalled.addListener(({ reason }) => {
  void settle().then(follow);
  if (reason === 'install') void welcome();
});

chrome.storage.managed.onChanged.addListener(() => void settle());
chrome.storage.sync.onChanged.addListener(() => void follow());

/** Shows, once, what Attune is. Where it was installed by a policy, for many people, nobody has asked for a page. */
async function welcome() {
  const { welcomed } = await chrome.storage.local.get('welcomed');
  const { installType } = await chrome.management.getSelf();
  if (welcomed || installType === 'admin') return;
  await chrome.storage.local.set({ welcomed: true });
  await chrome.tabs.create({ url: chrome.runtime.getURL('welcome.html') });
}

chrome.runtime.onConnect.addListener((port) => {
  if (port.name === 'leaving') void onLeaving(port.sender?.tab?.id);
});

chrome.runtime.onMessage.addListener((/** @type {Request} */ request, sender, reply) => {
  if (request?.to !== 'background') return undefined;
  // Inputs come from Attune's own pages. A content script shares its process with the page it is in.
  if (!sender.url?.startsWith(chrome.runtime.getURL(''))) return undefined;
  answer(request).then(reply, (error) => reply({ failed: String(error) }));
  return true;
});

/** @param {Request} request */
async function answer({ input = '"look"', tab, mount: place, keys: askKeys, settle: toSettle }) {
  if (toSettle) return settle();
  if (askKeys) {
    const commands = await chrome.commands.getAll();
    return { keys: Object.fromEntries(commands.map(({ name, shortcut }) => [name, shortcut])) };
  }
  if (tab === undefined && place === undefined) return { ...(await take(input)), saved, afresh };
  await ready;
  const here = /** @type {number} */ (place ?? tab);
  if (isStart(input) && !running) {
    // A session is not started where its strip could not be.
    const open = await mount(here);
    const taken = await take(open ? input : '"look"');
    if (!running) await unmount();
    return { ...taken, strip: running ? 'here' : 'nowhere', page: open ? 'open' : 'closed', saved, afresh };
  }
  const taken = await take(input);
  const open = place !== undefined && running ? await mount(place) : await isOpen(here);
  await comeHome(here);
  const strip = !(await isHome()) ? 'nowhere' : home === here ? 'here' : 'elsewhere';
  // To find out took a while, in which surfaces may have been told something newer.
  return { ...taken, view: picture, strip, page: open ? 'open' : 'closed', saved, afresh };
}

/** @param {string} input */
function isStart(input) {
  return input.startsWith('{"start"');
}
