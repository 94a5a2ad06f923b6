import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFolder } from '../support/sample-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';

const PHONE = { width: 390, height: 844 };
const LAPTOP = { width: 1440, height: 900 };

/** What each reader asks first, and how many taps the answer may take. The supervisor's question is with the clips. */
describe('an answer within ten seconds', () => {
  const folder = sampleFolder();
  let dashboard: Dashboard;
  let browser: Browser;

  beforeAll(async () => {
    dashboard = await startDashboard([`dailies=${folder.path}`]);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
  });

  async function reader(viewport: { width: number; height: number }) {
    const page = await browser.newPage({ viewport });
    page.setDefaultTimeout(60_000);
    await page.goto(dashboard.url);
    let taps = 0;
    const tap = async (what: Locator) => {
      taps += 1;
      await what.click();
    };
    return { page, tap, taps: () => taps };
  }

  /** Whether it is seen without scrolling. */
  async function isInSight(page: Page, what: Locator): Promise<boolean> {
    const box = await what.boundingBox();
    return box !== null && box.y >= 0 && box.y < (page.viewportSize()?.height ?? 0);
  }

  it('tells a producer with a phone whether a clip is done, in two taps', async () => {
    const { page, tap, taps } = await reader(PHONE);
    await tap(page.getByRole('searchbox'));
    await page.keyboard.type('A007C003 ');
    await tap(page.getByRole('button', { name: 'Find' }));
    const answer = page.locator('h1', { hasText: '1 of 1 through.' });
    await answer.waitFor();
    expect(taps()).toBe(2);
    expect(await isInSight(page, answer)).toBe(true);
    await page.close();
  });

  it('tells a producer with a phone what failed, why, and what to do now, in one tap', async () => {
    const { page, tap, taps } = await reader(PHONE);
    await tap(page.getByRole('link', { name: 'B007-proxies.json' }).first());
    // The overview has the reason, too: this heading is only on the page of the job.
    await page.getByRole('heading', { name: 'What to do next' }).waitFor();
    const why = page.getByText('The engine gave up on a clip; its file may be damaged.').first();
    expect(taps()).toBe(1);
    expect(await isInSight(page, why)).toBe(true);
    expect(await page.locator('main').innerText()).toContain('B007C002.mov');
    await page.close();
  });

  it('tells an engineer why it is slow today, without a tap', async () => {
    const { page, taps } = await reader(LAPTOP);
    for (const figure of [/× real time/u, /jobs wait, none for an hour/u, /free$/u])
      expect(await isInSight(page, page.getByText(figure).first())).toBe(true);
    await page
      .getByText(/by this hour a week ago/u)
      .first()
      .waitFor();
    expect(taps()).toBe(0);
    await page.close();
  });

  it('tells an engineer the exact command of a clip that failed, and its last words, in two taps', async () => {
    const { page, tap, taps } = await reader(LAPTOP);
    await tap(page.getByRole('link', { name: 'B007-proxies.json' }).first());
    const failed = page.locator('#clip-2');
    await failed.getByText('error reading header').waitFor();
    await tap(failed.getByText('Exact command'));
    await failed.getByText('-nostdin').waitFor();
    expect(taps()).toBe(2);
    await page.close();
  });
});
