// @ts-check
// Owns the one engine. Every input becomes one dispatch, one save and one picture for all surfaces. The browser may stop
// this worker at any moment: what matters is saved before an input is answered, and the next event reads it back.
//
//   popup ─┐ input                         ┌─ storage.local   the snapshot
//   strip ─┼───────► dispatch ─► effects ──┼─ badge, alarm
//   keys ──┘                               └─ content.js in the call's tab
//                       └─► view to all surfaces

import { calls } from './background/calls.js';
import { WINDOW, meet } from './background/float.js';
import { isAnyShared } from './background/guard.js';
import { comeHome, home, isOpen, lost, mount, onLeaving, recall, unmount, whereIs } from './background/home.js';
import { isOutdated, read, settings } from './background/settings.js';
import init, { Engine } from './wasm/background.js';

/** @typedef {{to: 'background', input?: string, tab?: number, mount?: number, keys?: true, settle?: true, sharing?: boolean}} Request */
/** @typedef {{text: string, title: {key: string}}} Badge */
/** @typedef {import('./background/settings.js').Settled} Settled */
/** @typedef {{save?: string, badge?: Badge, alarm?: number | null, strip?: boolean}} Effect */

/** Whether the last save worked. */
let saved = true;
/** Whether the snapshot could not be read, so that the engine started afresh. */
let afresh = false;
/** Whether a session runs. */
let running = false;
let alarmAt = /** @type {number | null | undefined} */ (undefined);
/** Whether a screen is shared, as the strip's page was told last. */
let shared = false;
/** How many shares have begun. */
let begun = 0;
/** The newest picture. */
let picture = '';

const ready = boot();

async function boot() {
  const stored = chrome.storage.local.get(['engine', 'settled']).catch(() => ({}));
  const recalled = recall(() => {
    if (running) void take('"look"');
  });
  await init();
  const { engine: snapshot, settled } = /** @type {{engine?: string, settled?: Settled}} */ (await stored);
  await recalled;
  const engine = await build(settled, snapshot);
  if (isOutdated(settled)) void ready.then(settle);
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

const { settle, follow } = settings(async (/** @type {Settled} */ { deck, offer = '{}' }) => {
  const engine = await ready;
  engine.adopt(deck ?? (await read('decks/en.deck')), offer);
  return take('"look"');
});

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
  /** @type {{view: {popup: {running?: {sharing: boolean}}}, effects: Effect[], problem: unknown}} */
  const outcome = JSON.parse(engine.dispatch(Date.now(), input));
  for (const effect of outcome.effects) await perform(effect);
  hint();
  picture = JSON.stringify(outcome.view);
  const sharing = outcome.view.popup.running?.sharing ?? false;
  if (sharing !== shared && home !== undefined && home !== WINDOW)
    chrome.tabs.sendMessage(home, { to: 'content', sharing }, { frameId: 0 }).catch(() => {});
  shared = sharing;
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

/** Suggests Start at the button of tabs in which a call runs, as long as no session does. */
function hint() {
  const { on, off } = noticed.tabs();
  for (const [tabs, suggests] of /** @type {const} */ ([[off, false], [on, !running]])) {
    for (const tabId of tabs) {
      const title = suggests ? chrome.i18n.getMessage('call_noticed') : /** @type {any} */ (byTab ? null : '');
      // A tab may be gone.
      chrome.action.setBadgeText({ tabId, text: suggests ? '●' : /** @type {any} */ (null) }).catch(() => {});
      chrome.action.setTitle({ tabId, title }).catch(() => {});
    }
  }
}

/** @param {unknown} message */
function tell(message) {
  // Nobody may be listening.
  chrome.runtime.sendMessage(message).catch(() => {});
  if (home !== undefined && home !== WINDOW && byTab) chrome.tabs.sendMessage(home, message).catch(() => {});
}

const noticed = calls({
  ready,
  isRunning: () => running,
  take,
  start: (tab) => begin(JSON.stringify({ start_automatically: crypto.getRandomValues(new Uint32Array(1))[0] }), tab),
  changed: hint,
});

// --- what can happen -------------------------------------------------------------------------------------------------

/** @type {Record<string, string>} */
const keys = {
  glance: '"glance"',
  'not-now': '"not_now"',
  hold: '"hold_key"',
  hide: '"hide_key"',
  sharing: '"sharing_key"',
  'moment-1': '"moment_key"',
  crisis: '"crisis_key"',
};

chrome.commands.onCommand.addListener(async (command, tab) => {
  await take(keys[command]);
  // Whoever glances wants to see. No other key brings a window to the front that was closed.
  if (running) await comeHome(home === WINDOW && command === 'glance' ? WINDOW : tab?.id);
});

chrome.alarms.onAlarm.addListener(() => void take('"look"'));
chrome.runtime.onStartup.addListener(() => {
  void settle().then(follow);
  // What was shared ended with the browser.
  void ready.then(() => (running ? take('{"share_detected":false}') : undefined));
});
chrome.runtime.onStartup.addListener(noticed.register);
chrome.runtime.onInstalled.addListener(({ reason }) => {
  void settle().then(follow);
  void noticed.register();
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
  if (port.name === 'leaving') void ready.then(() => (running ? onLeaving(port.sender?.tab?.id) : undefined));
  if (port.name === 'shared') void share(port.sender, false);
});

chrome.runtime.onMessage.addListener((/** @type {Request} */ request, sender, reply) => {
  if (request?.to !== 'background') return undefined;
  if (request.sharing !== undefined) {
    share(sender, request.sharing).then(reply, () => reply(false));
    return true;
  }
  // Inputs come from Attune's own pages. A content script shares its process with the page it is in.
  if (!sender.url?.startsWith(chrome.runtime.getURL(''))) return undefined;
  const wasRunning = running;
  answer(request, sender).then(reply, (error) => reply({ failed: String(error) })).then(() => {
    // Who ends a session at the strip sees what came of it in the popup; the other surfaces show it themselves.
    if (wasRunning && !running && sender.url?.endsWith('/strip.html')) void chrome.action.openPopup().catch(() => {});
  });
  return true;
});

/**
 * A guard has noticed that a share begins or is over. Says whether one is taken to go on.
 * @param {chrome.runtime.MessageSender | undefined} sender
 * @param {boolean} sharing
 */
async function share(sender, sharing) {
  await ready;
  if (!running || sender?.tab?.id === undefined) return false;
  const before = sharing ? ++begun : begun;
  // The last of them ends it.
  const on = sharing || (await isAnyShared()) || begun > before;
  await take(on ? '{"share_detected":true}' : '{"share_detected":false}');
  return shared;
}

/** @param {Request} request @param {chrome.runtime.MessageSender} sender */
async function answer({ input = '"look"', tab, mount: place, keys: askKeys, settle: toSettle }, sender) {
  if (toSettle) return settle();
  if (askKeys) {
    const commands = await chrome.commands.getAll();
    return { keys: Object.fromEntries(commands.map(({ name, shortcut }) => [name, shortcut])) };
  }
  if (tab === undefined && place === undefined) return { ...(await take(input)), saved, afresh };
  await ready;
  await meet(sender);
  const here = /** @type {number} */ (place ?? tab);
  if (isStart(input)) {
    const taken = await begin(input, here);
    if (taken) return { ...taken, saved, afresh };
  }
  const about = await noticed.about(here);
  const taken = await take(input);
  const open = place !== undefined && running ? await mount(place) : await isOpen(here);
  if (running) await comeHome(here);
  const strip = await whereIs(here);
  // To find out took a while, in which surfaces may have been told something newer.
  return { ...taken, view: picture, strip, page: open ? 'open' : 'closed', saved, afresh, ...about };
}

let starting = Promise.resolve();

/** Of two that are pressed in two windows, the second finds a session that runs. @param {string} input @param {number} here */
function begin(input, here) {
  const started = starting.then(() => (running ? undefined : start(input, here)));
  starting = started.then(() => {}, () => {});
  return started;
}

/**
 * A session is not started where its strip could not be. A window can always be, and shows the session from the first.
 * @param {string} input
 * @param {number} here
 */
async function start(input, here) {
  const open = here === WINDOW || (await mount(here));
  const taken = await take(open ? input : '"look"');
  if (!running) await unmount();
  else if (here === WINDOW) await mount(WINDOW);
  const strip = !running ? 'nowhere' : here === WINDOW ? 'floating' : 'here';
  return { ...taken, strip, page: open ? 'open' : 'closed' };
}

/** @param {string} input */
function isStart(input) {
  return input.startsWith('{"start"');
}
