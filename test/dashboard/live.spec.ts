import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipResult, jobResult, runnerStatus } from '../support/job-result.ts';
import { sampleFolder } from '../support/sample-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

describe('a page that stays open', () => {
  const folder = sampleFolder();
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    dashboard = await startDashboard([`dailies=${folder.path}`]);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1000, height: 500 } });
    page.setDefaultTimeout(120_000);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
  });

  async function openLive(path: string): Promise<void> {
    await page.goto(dashboard.url + path);
    await page.getByText('Live', { exact: true }).waitFor();
    // Would be gone after a reload.
    await page.evaluate(() => Object.assign(globalThis, { stayed: true }));
  }

  const stayed = () => page.evaluate(() => 'stayed' in globalThis);

  it('shows a new result without a reload, and keeps scroll and focus', async () => {
    await openLive('/jobs');
    const field = page.getByLabel('Reason', { exact: true });
    await field.focus();
    await page.evaluate(() => scrollTo(0, 700));
    const seen = page.getByRole('link', { name: 'day-A012.json' });
    const before = await seen.boundingBox();
    folder.archive('fresh', { endedAt: Date.now() + 60_000 });
    await page.getByRole('link', { name: 'fresh.json' }).waitFor({ state: 'attached' });
    // The new row stands above what is in view: the page scrolls along, so that nothing moves.
    const after = await seen.boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 9999))).toBeLessThan(2);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(
      'failure_type',
    );
    expect(await stayed()).toBe(true);
  });

  it('shows another result that took the name of the last one', async () => {
    await openLive('/jobs?q=fresh');
    folder.write(
      'completed/fresh.result.json',
      JSON.stringify(jobResult({ clips: [clipResult('F001C001', { output_size_bytes: 29e6 })] })),
    );
    await page.locator('tbody').getByText('29.0 MB').waitFor();
    expect(await stayed()).toBe(true);
  });

  it('shows a retried job that went back to pending', async () => {
    await openLive('/jobs?q=C012-short');
    folder.move('failed/C012-short.json', 'pending/C012-short.json');
    folder.delete('failed/C012-short.result.json');
    await page.locator('tbody').getByText('Queued').waitFor();
    expect(await stayed()).toBe(true);
  });

  it('follows a running job to its end', async () => {
    await openLive('/jobs/dailies/running/D004-proxies.json');
    folder.move('running/D004-proxies.json', 'completed/D004-proxies.json');
    folder.write('completed/D004-proxies.result.json', JSON.stringify(jobResult()));
    await page.waitForURL('**/completed/D004-proxies.json');
    await page.getByText('1 of 1 clip done.').first().waitFor();
    expect(await stayed()).toBe(true);
  });

  it('shows that a runner paused', async () => {
    await openLive('/');
    folder.status(runnerStatus({ paused: 'The share /media is not mounted' }));
    const headline = page.locator('main header li', { hasText: 'The share /media is not mounted' });
    await headline.waitFor();
    expect(await headline.innerText()).toMatch(/^dailies Paused: /u);
    await until(async () => (await page.title()).startsWith('⚠ dailies: paused'));
    expect(await stayed()).toBe(true);
  });

  it('asks for nothing while its tab is hidden, and catches up when it is looked at', async () => {
    await openLive('/jobs?q=while-hidden');
    await hide(true);
    const requests: string[] = [];
    // Links that came into view are fetched ahead, at any time after the page was opened.
    page.on('request', (request) => {
      if (request.headers()['next-router-prefetch'] === undefined) requests.push(request.url());
    });
    folder.archive('while-hidden');
    await until(
      async () => (await dashboard.get('/api/jobs/dailies/completed/while-hidden.json')).ok,
    );
    expect(requests).toEqual([]);
    await hide(false);
    await page.getByRole('link', { name: 'while-hidden.json' }).waitFor();
    expect(await stayed()).toBe(true);
  });

  async function hide(hidden: boolean): Promise<void> {
    await page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => value });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  }

  it('is rendered again once when the server tells of many changes at once', async () => {
    const flood = Array.from({ length: 200 }, (_, index) => `data: change-${index}\n\n`).join('');
    const body = `retry: 600000\n\n${flood}`;
    const flooded = await browser.newPage();
    await flooded.route('**/live', (route) =>
      route.fulfill({ contentType: 'text/event-stream', body }),
    );
    let refreshes = 0;
    flooded.on('request', (request) => {
      if (request.url().includes('/jobs?q=nosuchclip&_rsc=')) refreshes += 1;
    });
    await flooded.goto(`${dashboard.url}/jobs?q=nosuchclip`);
    await until(() => refreshes > 0);
    await flooded.waitForLoadState('networkidle');
    expect(refreshes).toBeLessThanOrEqual(2);
    await flooded.close();
  });

  it('is loaded once at an address that does not exist, whatever runners do meanwhile', async () => {
    let documents = 0;
    const [lost, other] = [await browser.newPage(), await browser.newPage()];
    lost.on('request', (request) => (documents += Number(request.resourceType() === 'document')));
    await lost.goto(`${dashboard.url}/nowhere`);
    await lost.getByText('Live', { exact: true }).waitFor();
    // A page of the same browser that does follow shows when the lost one would have.
    await other.goto(`${dashboard.url}/jobs?q=meanwhile`);
    await other.getByText('Live', { exact: true }).waitFor();
    for (const name of ['one', 'two']) {
      folder.archive(`meanwhile-${name}`);
      await other.getByRole('link', { name: `meanwhile-${name}.json` }).waitFor();
    }
    expect(documents).toBe(1);
    await Promise.all([lost.close(), other.close()]);
  });

  it('asks for nothing ahead: a minute of news costs at most 40 requests', async () => {
    const open = await browser.newPage();
    await open.clock.install();
    await open.goto(dashboard.url);
    await open.getByText('Live', { exact: true }).waitFor();
    const minutes = () => open.evaluate(() => performance.now() / 60_000);
    const begin = await minutes();
    let requests = 0;
    open.on('request', () => (requests += 1));
    for (const news of Array.from({ length: 12 }, (_, at) => `news-${at}`)) {
      folder.archive(news);
      const path = `/api/jobs?q=${news}`;
      await until(async () => (await dashboard.json<{ total: number }>(path)).total === 1);
      await open.clock.runFor(1000);
    }
    await open.waitForLoadState('networkidle');
    expect(requests).toBeGreaterThan(2);
    expect(requests).toBeLessThanOrEqual(40 * ((await minutes()) - begin) + 1);
    await open.close();
  });

  it('stays when the server can’t be reached in the middle of a refresh, and goes on after it', async () => {
    await openLive('/jobs?q=unreachable');
    await page.route('**/*_rsc=*', (route) => route.abort('connectionrefused'));
    const failed = page.waitForEvent('requestfailed');
    folder.archive('unreachable');
    await failed;
    await page.unroute('**/*_rsc=*');
    await page.getByRole('link', { name: 'unreachable.json' }).waitFor();
    expect(await stayed()).toBe(true);
  });

  it('says when the server is gone', async () => {
    const second = await startDashboard([`dailies=${folder.path}`]);
    await page.goto(second.url);
    await page.getByText('Live', { exact: true }).waitFor();
    await second.stop();
    await page.getByText('Offline').waitFor();
    expect(await page.locator('h1').count()).toBe(1);
  });
});
