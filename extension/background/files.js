// @ts-check

/** The text of a file of the extension. @param {string} path */
export async function read(path) {
  const file = await fetch(chrome.runtime.getURL(path));
  return file.text();
}
