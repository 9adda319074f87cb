// @ts-check
// Chromium's debugging protocol, for what puppeteer does not offer: errors from all pages and frames, and control of
// the extension's worker.

import { until } from './until.mjs';

/** @typedef {import('puppeteer-core').CDPSession} Session */
/** @typedef {(problem: import('./index.mjs').Problem) => void} Tell */

const ATTACH = { autoAttach: true, waitForDebuggerOnStart: false, flatten: true };
const PAGES = [...['browser', 'tab', 'service_worker'].map((type) => ({ type, exclude: true })), {}];

/**
 * Reports errors of every page and frame, each from its start.
 * @param {Session} session
 * @param {Tell} tell
 */
export async function watch(session, tell) {
  session.on('sessionattached', (child) => {
    // It may be gone before it answers.
    Promise.all([listen(child, tell), watch(child, tell)]).catch(() => {});
  });
  await session.send('Target.setAutoAttach', { ...ATTACH, filter: PAGES });
}

/**
 * The extension's worker: reports its errors, runs functions in it, and stops it.
 * @param {Session} session
 * @param {Tell} tell
 */
export async function watchWorkers(session, tell) {
  /** @type {Map<string, Session>} */
  const running = new Map();
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo: { targetId, url } }) => {
    const child = session.connection()?.session(sessionId);
    if (!child) return;
    if (url.startsWith('chrome-extension:')) running.set(targetId, child);
    listen(child, tell).catch(() => {});
  });
  session.on('Target.detachedFromTarget', ({ targetId = '' }) => void running.delete(targetId));
  await session.send('Target.setAutoAttach', { ...ATTACH, filter: [{ type: 'service_worker' }] });

  /** @param {string} expression */
  async function ask(expression) {
    const worker = [...running.values()].at(-1);
    if (!worker) throw new Error('The worker does not run.');
    const answer = await worker.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    const { result, exceptionDetails: problem } = answer;
    if (problem) throw new Error(problem.exception?.description ?? problem.text);
    return result.value;
  }

  return {
    run: () => running.size > 0,
    /** @param {Function} fn @param {unknown[]} args */
    async evaluate(fn, args) {
      // A worker can be visible a moment before it has its `chrome`.
      await until('the worker', () => ask('Boolean(globalThis.chrome?.runtime?.id)'));
      return ask(`(${fn})(...${JSON.stringify(args)})`);
    },
    async stop() {
      // Chromium restarts a stopped worker only when no debugger is attached to it, so detach first.
      const stopped = new Set(running.keys());
      for (const [targetId, worker] of running) {
        await session.send('Target.detachFromTarget', { sessionId: worker.id() });
        await session.send('Target.closeTarget', { targetId });
      }
      // A message to a worker that is still on its way out would be lost.
      await until('the worker to be gone', async () => {
        const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'service_worker' }] });
        return targetInfos.some(({ targetId }) => stopped.has(targetId));
      }, (there) => !there);
      running.clear();
    },
  };
}

/** @param {Session} session @param {Tell} tell */
async function listen(session, tell) {
  session.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text, url = '' } }) =>
    tell({ kind: 'exception', text: exception?.description ?? text, url }),
  );
  session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    if (type !== 'error' && type !== 'assert') return;
    const text = args.map((one) => one.description ?? String(one.value)).join(' ');
    tell({ kind: 'console', text, url: stackTrace?.callFrames[0]?.url ?? '' });
  });
  session.on('Log.entryAdded', ({ entry: { level, source, text, url = '' } }) => {
    if (level === 'error') tell({ kind: source, text, url });
  });
  await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
}
