// @ts-check
// One source manifest serves both browsers: extension/manifest.json has everything, and each browser's manifest is the
// source without the parts that only the other browser knows.

/** @typedef {Record<string, any>} Manifest */

/** @type {Record<'chromium' | 'firefox', (manifest: Manifest) => void>} */
const drop = {
  chromium(manifest) {
    delete manifest.browser_specific_settings;
    delete manifest.sidebar_action;
    delete manifest.background?.scripts;
  },
  firefox(manifest) {
    delete manifest.minimum_chrome_version;
    delete manifest.side_panel;
    delete manifest.storage;
    delete manifest.background?.service_worker;
    for (const resource of manifest.web_accessible_resources ?? []) delete resource.use_dynamic_url;
    for (const list of ['permissions', 'optional_permissions'])
      if (manifest[list]) manifest[list] = manifest[list].filter((/** @type {string} */ name) => name !== 'sidePanel');
  },
};

/**
 * @param {Manifest} source extension/manifest.json
 * @param {'chromium' | 'firefox'} browser
 * @param {string} version from Cargo.toml, its only source
 * @returns {Manifest}
 */
export function manifestFor(source, browser, version) {
  const manifest = { ...structuredClone(source), version };
  drop[browser](manifest);
  return manifest;
}
