// @ts-check
// Sites, as match patterns without a port: Firefox does not support patterns with one. The browser's own list of
// allowed sites is the only one there is.

import { readFile } from './files.js';

/** @typedef {{name: string, origins: string[]}} Site */

/** The origins of allowed sites. */
export async function allowedOrigins() {
  const { origins = [] } = await chrome.permissions.getAll();
  return origins.filter((origin) => /^(https?|\*):/.test(origin));
}

/** @param {string[]} origins */
export const areAllowed = (origins) => (origins.length > 0 ? chrome.permissions.contains({ origins }) : Promise.resolve(false));

/** Whether a match pattern of one site fits an address. @param {string} pattern @param {URL} url */
export function fits(pattern, { protocol, hostname }) {
  const [, scheme, host] = /^(\*|https?):\/\/([^/]+)\//.exec(pattern) ?? [];
  if (scheme !== '*' && `${scheme}:` !== protocol) return false;
  return host === '*' || hostname === host || (host?.startsWith('*.') && `.${hostname}`.endsWith(host.slice(1)));
}

/** The origin of an address; none if it is not a site. @param {string} address */
export function originsOf(address) {
  const { protocol, hostname } = URL.canParse(address) ? new URL(address) : { protocol: '', hostname: '' };
  return /^https?:$/.test(protocol) ? [`${protocol}//${hostname}/*`] : [];
}

/** The origins of the known site at an address, or the address's own. @param {string} address */
export async function siteAt(address) {
  const own = originsOf(address);
  if (own.length === 0) return [];
  const url = new URL(address);
  const site = /** @type {Site[]} */ (await readFile('sites.json')).find(({ origins }) => origins.some((origin) => fits(origin, url)));
  return site?.origins ?? own;
}
