// @ts-check

import { load, save } from './storage.js';

/** Shows, once, what Attune is. Where it was installed by a policy, for many people, nobody has asked for a page. */
export async function welcome() {
  const { welcomed } = await load('welcomed');
  const { installType } = await chrome.management.getSelf();
  if (welcomed || installType === 'admin') return;
  await save({ welcomed: true });
  await chrome.tabs.create({ url: chrome.runtime.getURL('welcome.html') });
}
