// @ts-check

/** The address of a file of the extension. @param {string} path */
export const fileUrl = (path) => chrome.runtime.getURL(path);

/** A JSON file of the extension. @param {string} path @returns {Promise<any>} */
export async function readFile(path) {
  const file = await fetch(fileUrl(path));
  return file.json();
}

/** The deck that ships. */
export const readDeck = () => readFile('decks/en.json');
