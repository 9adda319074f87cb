// @ts-check
document.querySelector('#start')?.addEventListener('click', async () => {
  const [{ id: tabId = 0 }] = await chrome.tabs.query({ active: true, currentWindow: true });
  await chrome.scripting.executeScript({ target: { tabId }, files: ['content.js'] });
});
