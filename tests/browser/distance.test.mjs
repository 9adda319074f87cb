// @ts-check
// A call page that is as curious and as malicious as a script can be: it watches one session from its first moment,
// then tries to read the strip, to answer in the therapist's place, and to lead their clicks astray. Each attempt is
// one test, which reports what it got. What a page can find out, because no browser hides it, is in docs/privacy.md.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startCalls } from '../calls/server.mjs';
import { launch, until } from './drive/index.mjs';
import { areWords, isOnScreen, layer, shades } from './screen.mjs';
import { callIsUp, closePopup, keys, say, second, start } from './steps.mjs';

/** @typedef {import('./drive/index.mjs').Browser} Browser */
/** @typedef {import('./drive/index.mjs').Page} Page */
/** @typedef {import('./steps.mjs').Hour} Hour */
/** @typedef {import('./steps.mjs').Name} Name */
/** @typedef {{name: string, got: string}} Told */

/** What the page has found out, as tests/calls/pages/hostile.js records it. Only inside the page. */
const spy = /** @type {any} */ (undefined);

let tries = 0;

/**
 * Runs a function as the page's own script, with the page's own rights and no others.
 * @template {(...args: any[]) => any} F
 * @param {Page} page
 * @param {F} fn
 * @param {Parameters<F>} args
 * @returns {Promise<Awaited<ReturnType<F>>>}
 */
async function asPage(page, fn, ...args) {
  const id = `try-${(tries += 1)}`;
  await page.evaluate((id, source, args) => {
    const { spy: own } = /** @type {any} */ (self);
    if (own) own.trying = true;
    const script = document.createElement('script');
    script.id = id;
    script.textContent = `{
      const { currentScript } = document;
      (async () => (${source})(...${args}))().then(
        (got) => { currentScript.dataset.got = JSON.stringify({ got }); },
        (problem) => { currentScript.dataset.got = JSON.stringify({ problem: String(problem) }); });
    }`;
    document.body.append(script);
    if (own) own.trying = false;
  }, id, String(fn), JSON.stringify(args));
  const text = await until('the page to have tried', () => page.evaluate((id) => document.getElementById(id)?.dataset.got, id));
  await page.evaluate((id) => document.getElementById(id)?.remove(), id);
  const { got, problem } = JSON.parse(/** @type {string} */ (text));
  assert.equal(problem, undefined);
  return got;
}

for (const name of /** @type {const} */ (['chromium', 'firefox'])) {
  describe(`the page's distance, in ${name}`, () => {
    /** @type {Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof startCalls>>} */
    let calls;
    /** @type {Page} */
    let page;
    /** @type {Hour} */
    let hour;
    /** Where the element was at first. */
    let parent = '';
    /** What the page knew after it had watched. @type {any} */
    let seen;
    /** The cues that came while it watched. @type {string[]} */
    const cues = [];
    /** @type {Told[]} */
    const report = [];

    before(async () => {
      calls = await startCalls();
      browser = await launch(name, { extension: `dist/${name}` });
      page = await browser.open(`${calls.url}/plain/hostile.html?frames=8`);
      await callIsUp(page);
      // Elements that shadow what a script reads from a document, and what it keeps for itself.
      await asPage(page, () => {
        const make = document.createElement.bind(document);
        for (const name of ['documentElement', 'createElement', 'querySelectorAll', 'addEventListener', 'contentType', 'fullscreenElement']) {
          const form = make('form');
          form.setAttribute('name', name);
          form.className = 'in-the-way';
          document.body.append(form);
        }
        const named = make('a');
        named.id = 'attune';
        document.body.append(named);
        spy.calls.length = 0;
      });
      // The mouse rests where nothing appears.
      await browser.display.move({ x: 640, y: 600 });
      hour = await start(browser, page, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
      parent = await page.evaluate(() => {
        const name = document.body.parentElement?.querySelector(':scope > div')?.parentElement?.localName ?? '';
        document.body.querySelectorAll('.in-the-way, #attune').forEach((one) => one.remove());
        return name;
      });
      await hour.look(5 * second);
      await hour.nothing();
      await browser.display.move({ x: 640, y: 600 });
      for (const part of ['changes', 'events', 'stacks', 'calls']) {
        // What came with the element itself is checked separately.
        await asPage(page, (part) => {
          spy[`${part}AtStart`] = [...spy[part]];
          if (part !== 'calls' && part !== 'stacks') spy[part].length = 0;
        }, part);
      }
      await asPage(page, () => spy.styles.clear());
      const strip = await hour.strip();
      for (let n = 0; n < 4; n++) {
        cues.push(await hour.words());
        await strip.evaluate(nextFrames);
        await page.evaluate(nextFrames);
        await browser.key(keys.glance);
        await hour.nothing();
      }
      seen = await asPage(page, () => {
        const { stranger, entries, ...rest } = spy;
        const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, value instanceof Set ? [...value] : value]));
        const told = entries.map((/** @type {any} */ entry) => JSON.stringify([entry, entry.scripts, entry.attribution, entry.sources]));
        return { ...plain, entries: told, shifted: entries.filter((/** @type {any} */ { entryType }) => entryType === 'layout-shift').length };
      });
    });
    after(async () => {
      await browser?.close();
      await calls?.close();
    });

    /**
     * One attempt of the page. It returns what it got, in words.
     * @param {string} what
     * @param {() => Promise<string> | string} body
     */
    const attempt = (what, body) =>
      test(what, { timeout: 60_000 }, async (t) => {
        const got = await body();
        report.push({ name: what, got });
        t.diagnostic(`got ${got}`);
      });

    /** Makes sure that a card is open, and returns its number. */
    async function card() {
      const { strip } = await hour.look();
      if (!strip.card) await hour.card();
      const { strip: now } = await hour.look();
      assert.ok(now.card);
      return /** @type {number} */ (now.card.number);
    }

    /**
     * Lets the page try something while a card is open, and checks that it is still open.
     * @param {() => Promise<unknown>} tryIt
     */
    async function keepsTheCard(tryIt) {
      const number = await card();
      await tryIt();
      // An input that is under way is taken before this one.
      const { strip } = await hour.look();
      assert.equal(strip.card?.number, number, 'the card is still open');
    }

    /** Where an answer of the open card is on the screen. @param {string} answer */
    async function placeOf(answer) {
      const strip = await hour.strip();
      const { box } = await strip.find('button', new RegExp(`^${answer}`));
      return strip.onScreen({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    }

    /** Whether the strip takes a click in the middle of an answer. @param {string} action */
    const takes = async (action) =>
      (await hour.strip()).evaluate((action) => {
        const button = document.querySelector(`[data-do=${action}]`);
        const { x, y, width, height } = /** @type {Element} */ (button).getBoundingClientRect();
        return button?.contains(document.elementFromPoint(x + width / 2, y + height / 2)) ?? false;
      }, action);

    /** A real click; waits until the strip or the page has received it. @param {{x: number, y: number}} place */
    async function realClick(place) {
      const strip = await hour.strip();
      for (const one of [strip, page])
        await one.evaluate(() => {
          Object.assign(self, { clicked: 0 });
          addEventListener('click', () => Object.assign(self, { clicked: 1 }), { capture: true, once: true });
        });
      await browser.display.click(place);
      const got = () => Promise.all([strip, page].map((one) => one.evaluate(() => /** @type {any} */ (self).clicked)));
      const [onStrip] = await until('the click', got, (all) => all.includes(1));
      return onStrip === 1 ? 'strip' : 'page';
    }

    // --- reading -----------------------------------------------------------------------------------------------------

    attempt('elements that shadow what is read from a document', () => {
      assert.equal(parent, 'html');
      return 'nothing: the session has started, and its element is on <html>';
    });

    attempt('looking for the frame', async () => {
      const got = await asPage(page, () => [
        window.length, window[0] === undefined, Object.keys(frames).filter((key) => /^\d+$/.test(key)).length,
        document.querySelectorAll('iframe, frame, object, embed').length, document.getElementsByTagName('iframe').length,
        spy.stranger.childNodes.length, spy.stranger.contentWindow ?? null, spy.stranger.querySelector('*'),
      ]);
      assert.deepEqual(got, [0, true, 0, 0, 0, 0, null, null]);
      return 'no frame: window.length is 0';
    });

    attempt('opening the shadow root', async () => {
      const got = await asPage(page, () => {
        const { stranger } = spy;
        const html = stranger.getHTML?.({ serializableShadowRoots: true, shadowRoots: [] }) ?? '';
        let again = '';
        try {
          stranger.attachShadow({ mode: 'open' });
        } catch (problem) {
          again = /** @type {Error} */ (problem).name;
        }
        return { root: stranger.shadowRoot, html, again, assigned: document.createElement('slot').assignedNodes().length };
      });
      assert.deepEqual(got, { root: null, html: '', again: 'NotSupportedError', assigned: 0 });
      return 'null, and an empty text';
    });

    attempt('its own versions of what a script calls, put in place before Start', () => {
      assert.deepEqual(seen.calls, []);
      return 'not one call of 23 functions, attachShadow and MessageChannel among them';
    });

    attempt('reading all text', async () => {
      const cue = await hour.words();
      const got = await asPage(page, () => [
        document.documentElement.innerText, document.documentElement.textContent, document.documentElement.outerHTML,
        new XMLSerializer().serializeToString(document), spy.stranger.innerText, spy.stranger.outerHTML,
        document.title, JSON.stringify([...document.querySelectorAll('*')].map((one) => [one.ariaLabel, one.getAttribute('title')])),
      ].join('\n'));
      assert.ok(!got.includes(cue), cue);
      assert.ok(!/attune|-extension:/i.test(got), 'no name');
      return 'its own text, and an empty <div popover="manual">';
    });

    attempt('selecting and finding the cue', async () => {
      const { strip } = await hour.look();
      const cue = strip.words?.cue ?? (await hour.words());
      const got = await asPage(page, (cue) => {
        document.execCommand('selectAll');
        const selected = String(getSelection());
        getSelection()?.removeAllRanges();
        const { find } = /** @type {any} */ (window);
        /** @param {boolean} inFrames */
        const finds = (inFrames) => {
          try {
            return find(cue, false, false, true, false, inFrames, false);
          } catch {
            return false;
          }
        };
        return [selected.includes(cue), finds(false), finds(true)];
      }, cue);
      assert.deepEqual(got, [false, false, false]);
      return 'nothing selected, nothing found';
    });

    attempt('pointing at the strip from inside the page', async () => {
      await card();
      const got = await asPage(page, () => {
        const [x, y] = [innerWidth / 2, 30];
        const caret = /** @type {any} */ (document).caretPositionFromPoint?.(x, y, { shadowRoots: [] })?.offsetNode;
        const all = document.elementsFromPoint(x, y);
        return {
          first: all[0] === spy.stranger,
          frames: all.filter((one) => one.localName === 'iframe').length,
          caret: caret?.textContent?.trim().slice(0, 40) ?? '',
        };
      });
      assert.equal(got.frames, 0);
      const shown = await (await hour.strip()).text();
      assert.ok(got.caret === '' || !shown.includes(got.caret), got.caret);
      return `its element, ${got.first ? 'which takes a click there' : 'or not even that'}`;
    });

    attempt('printing', async () => {
      const got = await asPage(page, () => {
        let text = '';
        addEventListener('beforeprint', () => { text = `${document.documentElement.innerText}${spy.stranger.innerHTML}`; }, { once: true });
        dispatchEvent(new Event('beforeprint'));
        return text;
      });
      const shown = await (await hour.strip()).text();
      assert.ok(shown.length > 20 && !got.includes(shown.slice(0, 20)));
      return 'its own text';
    });

    attempt('copying the element', async () => {
      const got = await asPage(page, () => {
        const copy = document.importNode(spy.stranger, true);
        document.body.append(copy);
        copy.showPopover();
        const found = [copy.outerHTML, copy.childNodes.length, window.length];
        copy.remove();
        return found;
      });
      assert.deepEqual(got.slice(1), [0, 0]);
      return 'an empty element';
    });

    // --- messages ----------------------------------------------------------------------------------------------------

    attempt('listening for messages', () => {
      assert.deepEqual(seen.messages, []);
      return 'none came to the page';
    });

    attempt('posting to every window', () =>
      keepsTheCard(async () => {
        const answers = await asPage(page, async () => {
          const { port1, port2 } = new MessageChannel();
          const heard = [];
          port1.onmessage = ({ data }) => void heard.push(data);
          for (const to of [self, top, parent, opener, window[0], ...Object.values(frames)].filter((one) => one?.postMessage))
            to.postMessage('attune', '*', to === window[0] ? [port2] : []);
          await new Promise((done) => setTimeout(done));
          port2.close();
          return heard.length;
        });
        assert.equal(answers, 0);
      }).then(() => 'no answer: no window but its own'));

    attempt('forged runtime messages', () =>
      keepsTheCard(async () => {
        const id = new URL(browser.extensionUrl('')).host;
        const got = await asPage(page, async (id) => {
          const runtimes = ['chrome', 'browser'].map((name) => /** @type {any} */ (self)[name]?.runtime).filter(Boolean);
          const answers = [];
          for (const runtime of runtimes)
            for (const input of ['end', { answer: { number: 1, answer: 'never' } }, 'hide_key'])
              answers.push(await Promise.resolve(runtime.sendMessage?.(id, { to: 'background', say: { take: { input, tab: null } } })).catch(() => null));
          return answers.filter(Boolean).length;
        }, id);
        assert.equal(got, 0);
      }).then(() => 'no way to the extension, although it was told its id'));

    attempt('connecting to the extension', () =>
      keepsTheCard(async () => {
        const id = new URL(browser.extensionUrl('')).host;
        const got = await asPage(page, (id) =>
          ['chrome', 'browser'].map((name) => {
            try {
              return /** @type {any} */ (self)[name]?.runtime?.connect?.(id, { name: 'leaving' }) ? 'a port' : '';
            } catch {
              return '';
            }
          }).join(''), id);
        assert.equal(got, '');
      }).then(() => 'no port'));

    attempt('channels, storage, cookies, databases, caches and locks', async () => {
      const got = await asPage(page, async () => ({
        cookie: document.cookie,
        local: localStorage.length,
        session: sessionStorage.length,
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
        locks: (await navigator.locks.query()).held?.length,
        workers: (await navigator.serviceWorker.getRegistrations()).length,
      }));
      assert.deepEqual(got, { cookie: '', local: 0, session: 0, databases: 0, caches: 0, locks: 0, workers: 0 });
      return 'all empty';
    });

    // --- sizes -------------------------------------------------------------------------------------------------------

    attempt('a ResizeObserver on the element', () => {
      assert.equal(seen.sizes.length, 1, seen.sizes.join());
      return `one size through ${cues.length} cues: nothing by nothing`;
    });

    attempt('its boxes, and what it could scroll, in every frame', () => {
      assert.equal(seen.boxes.length, 1, seen.boxes.join('\n'));
      return 'one answer through all of them';
    });

    attempt('its computed style in every frame', () => {
      assert.equal(seen.styles.length, 1, seen.styles.join('\n'));
      return 'one answer through all of them';
    });

    attempt('an IntersectionObserver on the element', () => {
      assert.equal(seen.crossings.length, 1, seen.crossings.join());
      return 'one answer through all of them';
    });

    attempt('layout shifts', async () => {
      assert.equal(seen.shifted, 0, seen.entries.filter((/** @type {string} */ entry) => entry.includes('layout-shift')).join('\n'));
      return name === 'chromium' ? 'none: CLS is 0' : 'none: this browser does not tell';
    });

    attempt('a MutationObserver on everything', () => {
      assert.deepEqual(seen.changes, []);
      assert.deepEqual(seen.changesAtStart.filter((/** @type {string} */ change) => /DIV/.test(change)), ['childList DIV']);
      return 'that one DIV came at Start, and no change after';
    });

    attempt('the size of the spot that takes clicks', () => {
      // If it were exactly as wide as the cue, it would give the cue away.
      const spots = /** @type {string[]} */ (seen.spots);
      assert.ok(spots.length > 0 && new Set(cues).size > 1, 'it has found the spot');
      for (const spot of spots) {
        const [width] = spot.split(' × ').map(Number);
        // The page does not point exactly at the middle, and the ends are round.
        assert.ok([22, 120, 180, 240, 300].some((step) => width <= step + 1 && width >= step - 3), spot);
      }
      return `${spots.join(', ')} for ${new Set(cues).size} different cues`;
    });

    // --- addresses and names -----------------------------------------------------------------------------------------

    attempt('all that the browser measures', () => {
      const named = seen.entries.filter((/** @type {string} */ entry) => /-extension:|strip|attune/i.test(entry));
      assert.deepEqual(named, []);
      return `${seen.entries.length} entries, none with an address of the extension`;
    });

    attempt('error stacks, from inside the call by which the element is shown', () => {
      assert.ok(seen.stacks.length > 0, 'the page was called');
      for (const stack of seen.stacks) assert.ok(!/-extension:|content\.js/.test(stack), stack);
      return 'its own lines only';
    });

    attempt('style sheets and globals', async () => {
      const got = await asPage(page, () => ({
        sheets: [...document.styleSheets].map(({ href, ownerNode }) => `${href} ${ownerNode?.nodeName}`),
        adopted: document.adoptedStyleSheets.length,
        globals: Object.getOwnPropertyNames(self).filter((name) => /attune|strip/i.test(name)),
      }));
      assert.equal(got.sheets.length, 1);
      assert.deepEqual([got.adopted, got.globals], [0, []]);
      return 'its own style sheet';
    });

    attempt('an element of its own of the same kind', async () => {
      const visibility = await asPage(page, () => {
        const probe = document.createElement('div');
        probe.popover = 'manual';
        probe.style.setProperty('visibility', 'hidden', 'important');
        document.body.append(probe);
        const found = getComputedStyle(probe).visibility;
        probe.remove();
        return found;
      });
      if (name === 'firefox') return `${visibility}: it learns that there is a rule for such elements (docs/privacy.md)`;
      assert.equal(visibility, 'hidden');
      return 'nothing: no rule meets it';
    });

    attempt('asking for the extension\'s files', async () => {
      const own = browser.extensionUrl('');
      const other = own.replace(/[0-9a-p](?=[0-9a-p-]*\/$)/, (letter) => (letter === 'a' ? 'b' : 'a'));
      assert.notEqual(own, other);
      const probing = await browser.open(`${calls.url}/plain/?frames=8`);
      try {
        const got = await asPage(probing, async (/** @type {string[]} */ bases, /** @type {string[]} */ paths) => {
          /** @param {string} url */
          const ask = async (url) => {
            const fetched = await fetch(url).then(({ status }) => `${status}`, ({ name }) => name);
            /** @param {string} tag @param {string} attribute */
            const load = (tag, attribute) =>
              new Promise((done) => {
                const element = document.createElement(tag);
                if (tag === 'link') Object.assign(element, { rel: 'stylesheet' });
                element.onload = () => done('load');
                element.onerror = () => done('error');
                element.setAttribute(attribute, url);
                document.body.append(element);
              });
            return [fetched, await load('img', 'src'), await load('script', 'src'), await load('link', 'href')].join(' ');
          };
          return Promise.all(bases.map((base) => Promise.all(paths.map((path) => ask(base + path)))));
        }, [own, other], ['manifest.json', 'content.js', 'theme.css', 'icons/attune-16.png', 'strip.css', 'background.js']);
        assert.deepEqual(got[0], got[1], 'as for an extension that does not exist');
        // Firefox gives each installation its own address, and a page cannot guess it.
        if (name === 'firefox') return 'the same as for one that does not exist, although it was told the address';
        const framed = await asPage(probing, async (bases) => {
          const found = [];
          for (const base of bases) {
            const frame = document.createElement('iframe');
            const loaded = new Promise((done) => { frame.onload = () => done('load'); frame.onerror = () => done('error'); });
            frame.src = `${base}strip.html`;
            document.body.append(frame);
            found.push([await loaded, frame.contentWindow?.length, frame.contentDocument === null].join(' '));
          }
          return found;
        }, [own, other]);
        assert.equal(framed[0], framed[1]);
        return 'the same as for one that does not exist, although it was told the id';
      } finally {
        await probing.close();
      }
    });

    // --- focus and input ---------------------------------------------------------------------------------------------

    attempt('focus and pointer events while cues come and go', () => {
      // The mouse rests, and the keyboard belongs to the call.
      const told = seen.events.filter((/** @type {string} */ event) => !/^(resize|visibilitychange)/.test(event) && !/ on (self|remote)$/.test(event));
      assert.deepEqual(told.filter((/** @type {string} */ event) => /stranger|focus|blur/.test(event)), []);
      return 'none';
    });

    attempt('forged key events', () =>
      keepsTheCard(() =>
        asPage(page, () => {
          const chords = [
            { key: 'K', code: 'KeyK', altKey: true, shiftKey: true }, { key: 'L', code: 'KeyL', altKey: true, shiftKey: true },
            { key: 'J', code: 'KeyJ', altKey: true, shiftKey: true }, { key: 'd' }, { key: 'n' }, { key: 'v' }, { key: 'Escape' }, { key: 'Enter' },
          ];
          for (const target of [spy.stranger, document, window, document.body, document.documentElement])
            for (const type of ['keydown', 'keypress', 'keyup'])
              for (const chord of chords) target.dispatchEvent(new KeyboardEvent(type, { ...chord, bubbles: true, composed: true, cancelable: true }));
        })).then(() => 'no answer'));

    attempt('forged clicks', () =>
      keepsTheCard(async () => {
        const strip = await hour.strip();
        const corner = await page.onScreen({ x: 0, y: 0 });
        const places = [];
        for (const answer of ['did_it', 'already', 'not_now', 'never', 'close']) {
          const { box } = await strip.find('button', new RegExp(`^${say(answer)}`));
          const { x, y } = await strip.onScreen({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
          places.push({ x: x - corner.x, y: y - corner.y });
        }
        await asPage(page, (places) => {
          for (const { x: clientX, y: clientY } of places)
            for (const target of [document.elementFromPoint(clientX, clientY), spy.stranger, document.body])
              for (const type of ['pointerover', 'pointermove', 'pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick', 'contextmenu'])
                target.dispatchEvent(new (type.startsWith('pointer') ? PointerEvent : MouseEvent)(type, { clientX, clientY, bubbles: true, composed: true, cancelable: true, detail: 1 }));
        }, places);
      }).then(() => 'no answer'));

    attempt('click(), focus(), commands and access keys', () =>
      keepsTheCard(async () => {
        const got = await asPage(page, () => {
          const { stranger } = spy;
          stranger.click();
          stranger.focus();
          const focused = document.activeElement === stranger;
          for (const command of ['selectAll', 'copy', 'cut', 'delete', 'insertText']) document.execCommand(command, false, 'v');
          getSelection()?.removeAllRanges();
          return focused;
        });
        assert.equal(got, false);
      }).then(() => 'no answer, and no focus'));

    attempt('events of the browser\'s, forged', () =>
      keepsTheCard(async () => {
        const changes = await asPage(page, async () => {
          let shown = 0;
          const count = () => void shown++;
          spy.stranger.addEventListener('beforetoggle', count);
          const dialog = document.createElement('dialog');
          document.body.append(dialog);
          for (const target of [dialog, document, spy.stranger, document.body])
            for (const type of ['toggle', 'beforetoggle', 'fullscreenchange', 'pagehide', 'beforeunload', 'freeze', 'resume', 'visibilitychange', 'message', 'error'])
              target.dispatchEvent(new Event(type, { bubbles: true }));
          shown = 0;
          for (const target of [dialog, document])
            for (const type of ['toggle', 'fullscreenchange']) target.dispatchEvent(new Event(type, { bubbles: true }));
          for (const type of ['pagehide', 'pageshow']) dispatchEvent(new PageTransitionEvent(type));
          dialog.remove();
          spy.stranger.removeEventListener('beforetoggle', count);
          return shown;
        });
        assert.equal(changes, 0, 'the element is not moved');
        await hour.look();
        // It would now listen to every page load for nothing. Firefox does not say.
        const listens = () => browser.inWorker(() => /** @type {any} */ (chrome.tabs.onUpdated).hasListeners());
        if (name === 'chromium') assert.equal(await listens(), false);
      }).then(() => 'nothing moved, nothing was woken'));

    // --- clicks led astray -------------------------------------------------------------------------------------------

    attempt('a lure where a cue is about to come', async () => {
      await hour.look();
      if ((await hour.look()).strip.card) await hour.answer(say('not_now'));
      const strip = await hour.strip();
      // Whether a layer takes clicks at the very moment in which it comes, when a click may be on its way to something
      // beneath.
      await strip.evaluate(() => {
        const came = new MutationObserver(([{ addedNodes: [node] }]) => {
          if (node) Object.assign(self, { atFirst: getComputedStyle(/** @type {Element} */ (node)).pointerEvents });
        });
        came.observe(/** @type {Element} */ (document.querySelector('#strip')), { childList: true });
        Object.assign(self, { atFirst: '' });
      });
      await card();
      assert.equal(await strip.evaluate(() => /** @type {any} */ (self).atFirst), 'none');
      await until('the card to take a click', () => takes('never'));
      return 'no click: what has only just come takes none';
    });

    attempt('a layer over the answers that lets clicks through', async () => {
      await card();
      await until('the card to take a click', () => takes('never'));
      const strip = await hour.strip();
      const place = await layer(strip);
      await asPage(page, cover, false);
      try {
        // Of itself, and not only once something else is drawn.
        for (let n = 0; n < 15; n++) await page.evaluate(nextFrames);
        const seen = await shades(browser, place);
        assert.ok(areWords(seen), JSON.stringify(seen));
        return 'nothing: the strip puts itself on top again';
      } finally {
        await asPage(page, uncover);
      }
    });

    attempt('the same in its own shadow tree, with every event stopped', async () => {
      const number = await card();
      const place = await placeOf(say('never'));
      await asPage(page, cover, true);
      try {
        if (name === 'firefox') return 'a click on it is one on the strip: this browser does not tell what is covered (docs/privacy.md)';
        await until('the strip to be deaf', () => takes('never'), (taken) => !taken);
        await realClick(place);
        const { strip } = await hour.look();
        assert.equal(strip.card?.number, number, 'the card is still open');
        return 'no answer: a strip that is covered takes no click';
      } finally {
        await asPage(page, uncover);
        await until('the card to take a click again', () => takes('never'));
      }
    });

    attempt('effects on the whole page', async () => {
      await card();
      const before = await layer(await hour.strip());
      // In Firefox, a filter on <html> applies to everything in the window (docs/privacy.md).
      const filter = name === 'chromium' ? ['filter: blur(9px) invert(1)'] : [];
      const effects = [...filter, 'opacity: 0', 'transform: translateX(200px) scale(0.5)', 'clip-path: inset(50%)', 'mask: linear-gradient(transparent, transparent)', 'perspective: 1px', 'will-change: transform', 'mix-blend-mode: difference', 'contain: strict', 'direction: rtl'];
      try {
        for (const effect of effects) {
          await asPage(page, (effect) => document.documentElement.setAttribute('style', effect), effect);
          await page.evaluate(nextFrames);
          await isOnScreen(browser, await hour.strip(), before).catch(async (problem) => {
            if (process.env.PICTURES) await browser.screenshot(`${process.env.PICTURES}/${name} ${effect}.png`);
            throw new Error(effect, { cause: problem });
          });
        }
      } finally {
        await asPage(page, () => document.documentElement.removeAttribute('style'));
      }
      assert.deepEqual(await layer(await hour.strip()), before);
      return `nothing: the strip looks the same and is where it was, under ${effects.length} of them`;
    });

    attempt('effects on the element itself', async () => {
      await card();
      const before = await layer(await hour.strip());
      const rules = ['opacity: 0', 'transform: scale(0.1)', 'left: 300px', 'filter: blur(9px)', 'clip-path: inset(50%)', 'zoom: 0.2', 'translate: 300px', 'display: none', 'direction: rtl', 'contain: strict'];
      /** @param {string} what */
      const asBefore = async (what) => {
        await page.evaluate(nextFrames);
        await isOnScreen(browser, await hour.strip(), before).catch((problem) => {
          throw new Error(what, { cause: problem });
        });
      };
      try {
        for (const rule of rules) {
          await asPage(page, (rule) => spy.stranger.setAttribute('style', `${rule} !important`), rule);
          await asBefore(rule);
        }
        // In Firefox, an animation beats !important (docs/privacy.md).
        if (name === 'chromium') {
          await asPage(page, () => {
            spy.stranger.animate({ opacity: [0, 0], transform: ['translateX(300px)', 'translateX(300px)'] }, { duration: 1e9 });
          });
          await asBefore('an animation');
        }
        await asPage(page, () => {
          const sheet = document.createElement('style');
          sheet.id = 'disguise';
          sheet.textContent = 'html > div::before, html > div::after { content: "Continue"; position: fixed !important; inset: 0; background: white; pointer-events: none; display: block !important; z-index: 9 }';
          document.head.append(sheet);
        });
        await asBefore('::before and ::after');
      } finally {
        await asPage(page, () => {
          spy.stranger.getAnimations().forEach((/** @type {Animation} */ one) => one.cancel());
          spy.stranger.removeAttribute('style');
          document.getElementById('disguise')?.remove();
        });
      }
      assert.deepEqual(await layer(await hour.strip()), before);
      return 'nothing: its own styles hold, and it has no ::before and ::after';
    });

    attempt('taking it down from the top, under something else', async () => {
      await card();
      // While it is not on top, it is neither visible nor does it take clicks.
      const below = await asPage(page, () => {
        const [x, y] = [innerWidth / 2, 30];
        spy.stranger.hidePopover();
        const hit = document.elementsFromPoint(x, y).includes(spy.stranger);
        return { hit, open: spy.stranger.matches(':popover-open') };
      });
      assert.deepEqual(below, { hit: false, open: false });
      await until('it to be on top again', () => asPage(page, () => spy.stranger.matches(':popover-open')));
      await isOnScreen(browser, await hour.strip());
      return 'nothing: below the top it takes no click, and it is back at once';
    });

    attempt('moving it into a container of its own', async () => {
      await card();
      const inside = await asPage(page, () => {
        const box = document.createElement('section');
        box.setAttribute('style', 'position: fixed; inset: 0; opacity: 0; transform: scale(3); z-index: 9');
        document.body.append(box);
        box.append(spy.stranger);
        return document.elementsFromPoint(innerWidth / 2, 30).includes(spy.stranger);
      });
      assert.equal(inside, false, 'it takes no click in there');
      await until('it to be back', () => asPage(page, () => spy.stranger.parentNode === document.documentElement));
      await asPage(page, () => document.querySelector('body > section')?.remove());
      // Its frame may have been reloaded.
      await until('the strip to be seen', async () => (await hour.strip()).way.clip());
      await isOnScreen(browser, await hour.strip());
      return 'nothing: it takes no click in there, and is back at once';
    });

    attempt('wrapping it in an invisible dialog', async () => {
      await card();
      const at = await layer(await hour.strip());
      await asPage(page, () => {
        const dialog = document.createElement('dialog');
        dialog.id = 'wrap';
        dialog.setAttribute('style', 'opacity: 0; transform: scale(2); filter: blur(4px); overflow: hidden; width: 0; height: 0');
        document.body.append(dialog);
        dialog.showModal();
      });
      try {
        await until('it to be in there', () => asPage(page, () => spy.stranger.parentNode.id === 'wrap'));
        await until('the strip to be drawn', async () => (await hour.strip()).evaluate(() => document.querySelector('#strip > *') !== null));
        await isOnScreen(browser, await hour.strip(), at);
      } finally {
        await asPage(page, () => document.getElementById('wrap')?.remove());
        await until('it to be back', () => asPage(page, () => spy.stranger.parentNode === document.documentElement));
      }
      return 'nothing: in there, too, it is seen as it is';
    });

    // --- time --------------------------------------------------------------------------------------------------------

    attempt('frames and long tasks while cues come and go', () => {
      const long = seen.entries.filter((/** @type {string} */ entry) => /"(longtask|long-animation-frame)"/.test(entry));
      for (const entry of long) assert.ok(!/"container(Src|Id|Name)":"[^"]+"|-extension:/.test(entry), entry);
      return `its own: ${long.length} long ones, none with a name; the longest frame ${Math.round(seen.longestFrame)} ms (bench/frames.mjs compares)`;
    });

    attempt('looking again after the end', async () => {
      const { strip } = await hour.look();
      if (strip.card) await hour.answer(say('not_now'));
      const popup = await hour.end();
      await popup.click('button', say('done'));
      await popup.find('button', say('start'));
      await closePopup(browser);
      await until('the element to go', () => asPage(page, () => document.querySelectorAll('html > div').length), (left) => left === 0);
      const left = async () =>
        asPage(page, () => {
          const probe = document.createElement('div');
          probe.popover = 'manual';
          probe.style.setProperty('visibility', 'hidden', 'important');
          document.body.append(probe);
          const found = getComputedStyle(probe).visibility;
          probe.remove();
          return found;
        });
      await until('no rule to be left', left, (visibility) => visibility === 'hidden');
      return 'nothing: the element is gone, and no rule for it is left';
    });

    attempt('a policy of the page\'s that reports what it forbids', async () => {
      const strict = await browser.open(`${calls.url}/csp/hostile.html`);
      await callIsUp(strict);
      const another = await start(browser, strict, { kind: 'Ongoing', minutes: '50', prompts: 'Standard' });
      await another.words();
      await strict.evaluate(nextFrames);
      const events = await strict.evaluate(() => {
        const { spy: found } = /** @type {any} */ (/** @type {any} */ (window).wrappedJSObject ?? window);
        return [...found.events].join('\n');
      });
      assert.ok(events.length > 0);
      assert.ok(!events.includes('securitypolicyviolation'), events);
      await another.end();
      return 'no violation, under default-src \'none\'';
    });

    test('nothing went wrong meanwhile, and at least 30 tries were made', async (t) => {
      for (const { name: what, got } of report) t.diagnostic(`${what}: ${got}`);
      assert.ok(report.length >= 30, `${report.length} tries`);
    });
  });
}

/** Waits for two frames. Runs in a document. */
function nextFrames() {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

/**
 * Covers the strip with something white, on top of everything, that lets clicks through to what it hides.
 * @param {boolean} hidden in a shadow root, where no event reports it, and with every event stopped
 */
async function cover(hidden) {
  const holder = document.createElement('section');
  holder.id = 'cover';
  document.body.append(holder);
  const place = hidden ? holder.attachShadow({ mode: 'closed' }) : holder;
  const lure = document.createElement('div');
  lure.popover = 'manual';
  lure.setAttribute('style', 'position: fixed; inset: 0 0 auto 0; margin: 0; width: auto; height: 500px; border: 0; background: white; pointer-events: none');
  lure.textContent = 'Continue';
  place.append(lure);
  // It is painted before anyone is told that it is there.
  await new Promise((done) => requestAnimationFrame(() => {
    lure.showPopover();
    requestAnimationFrame(done);
  }));
}

function uncover() {
  document.getElementById('cover')?.remove();
}
