// @ts-check
// The background: puts its parts together and passes events on to them. Browsers wake the worker only for listeners
// that exist once this file has run, so all of them are added here, synchronously.
//
//   popup ─┐ input                         ┌─ storage.local   memory, session
//   strip ─┼───────► dispatch ─► effects ──┼─ badge, alarm
//   keys ──┘         session.js            └─ content.js in the call's tab
//                       └─► view to all surfaces

import { createCalls } from './background/calls.js';
import { createFloat } from './background/float.js';
import { createHome } from './background/home.js';
import { createKeys } from './background/keys.js';
import { createMessages } from './background/messages.js';
import { createSession } from './background/session.js';
import { createSettings } from './background/settings.js';
import { createShares } from './background/shares.js';
import { createStarts } from './background/starts.js';
import { hintAtCalls } from './background/toolbar.js';
import { welcome } from './background/welcome.js';

const float = createFloat();
const home = createHome({ float, changed: () => void (session.isRunning && session.take('look')) });
const hint = () => hintAtCalls(calls.tabs(), session.isRunning);
const session = createSession({ home, taken: hint });
const starts = createStarts({ session, home });
const calls = createCalls({ session, starts, home, changed: hint });
const settings = createSettings({ session });
const shares = createShares({ session });
const keys = createKeys({ session, home });
const messages = createMessages({ session, starts, home, float, calls, shares, settings });

void session.ready.then(settings.renew);

chrome.runtime.onMessage.addListener(messages.onMessage);
chrome.commands.onCommand.addListener(keys.onCommand);
chrome.alarms.onAlarm.addListener(({ name }) => void (name === 'calls' ? calls.advance() : session.take('look').then(shares.check)));

chrome.runtime.onConnect.addListener((port) => {
  if (port.name === 'leaving') void leaving(port.sender?.tab?.id);
  else if (port.name === 'shared') void shares.notice(port.sender, false);
  else if (port.name === 'back') void session.ready.then(() => home.onReturn(port.sender?.tab?.id));
  else if (port.name === 'frame') void loaded(port.sender?.tab?.id);
  else if (port.name === 'pair') port.onDisconnect.addListener(parted);
  else void calls.hear(port);
});

/** @param {number | undefined} tab whose page is going away */
async function leaving(tab) {
  await session.ready;
  if (session.isRunning) await home.onLeaving(tab);
}

/** @param {number | undefined} tab in which a frame has loaded */
async function loaded(tab) {
  await session.ready;
  if (session.isRunning) await home.onFrame(tab);
}

/** The strip's page is gone, whether it could say so or has crashed. */
async function parted() {
  await session.ready;
  if (!session.isRunning) return;
  await Promise.all([home.prove(), shares.check()]);
}

chrome.permissions.onAdded.addListener(({ origins }) => void calls.register().then(() => calls.look(origins)));
chrome.permissions.onRemoved.addListener(() => void calls.register().then(calls.forget));

chrome.storage.managed.onChanged.addListener(() => void settings.settle());
chrome.storage.sync.onChanged.addListener(() => void settings.follow());

chrome.runtime.onStartup.addListener(() => {
  void settings.settle().then(settings.follow);
  void calls.register();
  void shares.forget();
});
chrome.runtime.onInstalled.addListener(({ reason }) => {
  void settings.settle().then(settings.follow);
  void calls.register();
  if (reason === 'install') void welcome();
});
