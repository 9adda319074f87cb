// @ts-check

/** A JSON file of the extension. @param {string} path @returns {Promise<any>} */
export async function readFile(path) {
  const file = await fetch(chrome.runtime.getURL(path));
  return file.json();
}

/** The deck that ships. */
export const readDeck = () => readFile('decks/en.json');
