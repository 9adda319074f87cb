// @ts-check
// A hostile page: once a second it removes foreign elements under <html> and <body>. `data-removed` counts them.
const known = new Set([...document.documentElement.children, ...document.body.children]);
let removed = 0;
setInterval(() => {
  for (const element of [...document.documentElement.children, ...document.body.children]) {
    if (known.has(element)) continue;
    element.remove();
    document.documentElement.dataset.removed = String(++removed);
  }
}, 1000);
