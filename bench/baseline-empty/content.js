// @ts-check
(() => {
  const host = document.createElement('div');
  host.style.cssText = 'position: fixed; top: 10px; left: 50%; z-index: 2147483647';
  const frame = document.createElement('iframe');
  frame.src = chrome.runtime.getURL('page.html');
  frame.style.cssText = 'width: 120px; height: 34px; border: 0';
  host.attachShadow({ mode: 'closed' }).append(frame);
  document.documentElement.append(host);
})();
