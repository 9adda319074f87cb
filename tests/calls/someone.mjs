// @ts-check
// Another person in a call, at a computer of their own.

import puppeteer from 'puppeteer-core';
import { browserPath, chromiumFlags } from '../../tools/browsers.mjs';
import { chromiumCallFlags } from './flags.mjs';

/** Starts a headless browser. */
export async function someoneElse() {
  const browser = await puppeteer.launch({ executablePath: browserPath('chromium'), args: [...chromiumFlags, ...chromiumCallFlags] });
  const processes = -(browser.process()?.pid ?? NaN);
  return {
    /** @param {string} url */
    async open(url) {
      const page = await browser.newPage();
      await page.goto(url);
      return page;
    },
    /** Stops their media without any notice, as when their network fails. */
    freeze: () => process.kill(processes, 'SIGSTOP'),
    thaw: () => process.kill(processes, 'SIGCONT'),
    async leave() {
      process.kill(processes, 'SIGCONT');
      await browser.close();
    },
  };
}
