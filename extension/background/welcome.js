// @ts-check

import { load, save } from './storage.js';

/** Shows once what Attune is. If a policy has installed it for many people, nobody asked for a page. */
export async function welcome() {
  const { welcomed } = await load('welcomed');
  const { installType } = await chrome.management.getSelf();
  if (welcomed || installType === 'admin') return;
  await save({ welcomed: true });
  await chrome.tabs.create({ url: chrome.runtime.getURL('welcome.html') });
}
