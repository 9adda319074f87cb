// @ts-check
// What differs between the browsers.

/** Whether this is Firefox, which `getBrowserInfo` gives away. */
export const isFirefox = () => 'getBrowserInfo' in chrome.runtime;
