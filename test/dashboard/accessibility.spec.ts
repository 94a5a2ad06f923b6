import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFolder } from '../support/sample-folder.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { overflowOf, violationsOf } from './axe.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';

const PAGES = {
  overview: '/',
  clips: '/clips',
  'contact sheet': '/clips/sheet',
  report: '/report',
  jobs: '/jobs',
  search: '/jobs?q=B007',
  'nothing found': '/jobs?q=nosuchclip',
  'a bad address': '/jobs?state=lost',
  'a failed job': '/jobs/dailies/failed/B007-proxies.json',
  'a job that differs': '/jobs/dailies/failed/C012-short.json',
  'a refused job': '/jobs/dailies/failed/typo.json',
  'a completed job': '/jobs/dailies/completed/day-A004.json',
  'a running job': '/jobs/dailies/running/D004-proxies.json',
  'not found': '/nowhere',
};
const SCREENS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 360 },
] as const;

describe('pages for everyone', () => {
  const [folder, empty] = [sampleFolder(), new FilledFolder()];
  let dashboard: Dashboard;
  let browser: Browser;

  beforeAll(async () => {
    dashboard = await startDashboard([`dailies=${folder.path}`, `nights=${empty.path}`]);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
    empty.remove();
  });

  describe.each(SCREENS)('$colorScheme, $width wide', ({ colorScheme, width }) => {
    let page: Page;

    beforeAll(async () => {
      // Axe must be let in: a page of ours runs no script without a nonce.
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 800 },
        bypassCSP: true,
      });
      page = await context.newPage();
      await page.addInitScript(watchShifts);
    });

    afterAll(async () => page.context().close());

    it.each(Object.entries(PAGES))('%s: no violation, no overflow, no shift', async (_, path) => {
      await page.goto(dashboard.url + path);
      await page.getByText('Live', { exact: true }).waitFor();
      // Before anything is unfolded: what a script opens counts as a shift.
      expect(
        await page.evaluate(() => (globalThis as unknown as { shift: number }).shift),
      ).toBeLessThan(0.01);
      expect(await violationsOf(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    });
  });

  it('answers without scripts: which clips came through, as pictures, on paper, and why one failed', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(dashboard.url);
    await page.getByRole('searchbox').fill('B007');
    await page.getByRole('button', { name: 'Find' }).press('Enter');
    const answer = page.getByRole('heading', { level: 1 });
    for (const link of [/^Report of /u, 'These clips as a list']) {
      expect(await answer.innerText()).toMatch(/^\d+ of \d+ through, 1 failed/u);
      await page.getByRole('link', { name: link }).press('Enter');
      await page.waitForLoadState();
    }
    await page.getByRole('link', { name: 'B007C002.mov' }).press('Enter');
    await page.waitForURL('**/failed/B007-proxies.json#clip-2');
    const made = page.locator('li details', { has: page.getByText('B007C001.mov') }).first();
    const wasOpen = await made.getAttribute('open');
    await made.locator('summary').first().press('Enter');
    expect(await made.getAttribute('open')).not.toBe(wasOpen);
    await page.goto(`${dashboard.url}/clips/sheet?q=B007`);
    expect(await answer.innerText()).toMatch(/1 failed/u);
    await page.close();
  });

  it('moves nothing for readers who asked for less motion', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await page.goto(dashboard.url);
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element, '::before');
          return transitionDuration !== '0s' || animationName !== 'none';
        }).length,
    );
    expect(moving).toBe(0);
    await page.close();
  });
});

/** Adds up layout shifts that no input of the reader explains. */
function watchShifts(): void {
  const state = Object.assign(globalThis, { shift: 0 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) state.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}
