import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFolder } from '../support/sample-folder.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PAGES = {
  overview: '/',
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
      for (const summary of await page.locator('main summary:visible').all()) await summary.click();
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(
        async (values) =>
          (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
            runOnly: { type: 'tag', values },
          }),
        TAGS,
      );
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      ).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(
        await page.evaluate(() => (globalThis as unknown as { shift: number }).shift),
      ).toBeLessThan(0.01);
    });
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
