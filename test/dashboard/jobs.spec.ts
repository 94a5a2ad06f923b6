import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFolder } from '../support/sample-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

describe('the list of jobs', () => {
  const folder = sampleFolder();
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    dashboard = await startDashboard([`dailies=${folder.path}`]);
    await until(
      async () => (await dashboard.json<{ indexing: unknown }>('/api/jobs')).indexing === null,
    );
    browser = await openBrowser();
    page = await browser.newPage({ acceptDownloads: true });
    page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
  });

  const open = (path: string) => page.goto(dashboard.url + path);
  const total = () => page.getByRole('status').innerText();
  const names = () => page.locator('tbody a').allInnerTexts();

  it('begins with what runs and waits, then the latest', async () => {
    await open('/jobs');
    expect(await total()).toBe('67 jobs');
    const [running, ...next] = (await names()).slice(0, 4);
    expect(running).toBe('D004-proxies.json');
    // Both may have been written in the same moment.
    expect(next.slice(0, 2).toSorted()).toEqual(['E001-proxies.json', 'E002-proxies.json']);
    expect(next[2]).toBe('B007-proxies.json');
  });

  it('tells everything that a row must tell', async () => {
    const row = page.locator('tr', { hasText: 'day-A001.json' });
    const text = (await row.innerText()).replaceAll(/\s+/gu, ' ');
    expect(text).toMatch(
      /^Completed day-A001\.json day-A001 dailies ffmpeg .*3 \/ 3 .*37\.0 MB .*40 s .*1 \d\d \w+/u,
    );
  });

  it('finds a clip by any part of its name, and says what became of it', async () => {
    await open('/jobs');
    await page.getByLabel('Clip, card, job or id').fill('b007c00');
    await page.waitForURL('**/jobs?q=b007c00');
    await page.getByText('1 job', { exact: true }).waitFor();
    const clips = await page.locator('tbody li').allInnerTexts();
    expect(clips).toEqual(['B007C002.mov failed', 'B007C001.mov made and verified']);
  });

  it('tells which clips of a running job are made', async () => {
    await open('/jobs?q=D004C');
    expect(await page.locator('tbody li').allInnerTexts()).toEqual([
      'D004C002.mov being made now',
      'D004C001.mov made and verified',
    ]);
  });

  it('finds a clip from any page, and its proxy by its name too', async () => {
    await open('/');
    await page.getByRole('searchbox').fill('A007C002_proxy');
    await page.getByRole('button', { name: 'Find' }).click();
    await page.waitForURL('**/clips?q=A007C002_proxy');
    await page.getByText('1 of 1 through.').first().waitFor();
    expect(await page.locator('main li a').allInnerTexts()).toEqual(['A007C002.mov']);
  });

  it('finds a clip of a job that was refused before it was made', async () => {
    await open('/jobs?q=A001C001.mov&state=failed');
    expect(await page.locator('tbody li').allInnerTexts()).toContain('A001C001.mov not made');
  });

  it.each([
    ['State', 'failed', '4 jobs'],
    ['Folder', 'dailies', '67 jobs'],
    ['Engine', 'ffmpeg', '63 jobs'],
    ['Failure', 'OutputVerificationError', '1 job'],
  ])('filters by %s at once, in the address too', async (label, value, expected) => {
    await open('/jobs');
    await page.getByLabel(label, { exact: true }).selectOption(value);
    await page.waitForURL(`**/jobs?*=${value}`);
    await page.getByText(expected, { exact: true }).waitFor();
    await page.reload();
    expect(await total()).toBe(expected);
    expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(value);
  });

  it('keeps what is chosen before its scripts have come', async () => {
    let choose = () => {};
    const chosen = new Promise<void>((resolve) => (choose = resolve));
    await page.route('**/*.js', async (route) => {
      await chosen;
      await route.continue();
    });
    await page.goto(`${dashboard.url}/jobs`, { waitUntil: 'commit' });
    await page.getByLabel('State', { exact: true }).selectOption('failed');
    choose();
    await page.waitForURL('**/jobs?state=failed');
    await page.unroute('**/*.js');
    expect(await total()).toBe('4 jobs');
  });

  it('keeps what is chosen at any moment of its start', { timeout: 300_000 }, async () => {
    for (let pause = 0; pause <= 240; pause += 40) {
      const own = await browser.newPage();
      await own.route('**/*.js', async (route) => {
        await setTimeout(150);
        await route.continue();
      });
      await own.goto(`${dashboard.url}/jobs`, { waitUntil: 'commit' });
      const state = own.getByLabel('State', { exact: true });
      await state.waitFor();
      await setTimeout(pause);
      await state.selectOption('failed');
      await own.waitForURL('**/jobs?state=failed');
      expect(await state.inputValue()).toBe('failed');
      await own.close();
    }
  });

  it('filters by the day a job ended', async () => {
    await open('/jobs');
    const today = new Date().toISOString().slice(0, 10);
    await page.getByLabel('Ended on').fill(today);
    await page.waitForURL(`**/jobs?day=${today}`);
    const { total: expected } = await dashboard.json<{ total: number }>(`/api/jobs?day=${today}`);
    expect(await total()).toBe(`${expected} jobs`);
  });

  it('sorts by a column, and turns the order when asked again', async () => {
    await open('/jobs?state=completed');
    await page.getByRole('columnheader', { name: 'Job' }).getByRole('link').click();
    await page.waitForURL('**sort=name&order=asc');
    expect((await names())[0]).toBe('day-A001.json');
    await page.getByRole('columnheader', { name: 'Job' }).getByRole('link').click();
    await page.waitForURL(
      (url) => url.searchParams.get('sort') === 'name' && !url.searchParams.has('order'),
    );
    expect((await names())[0]).toBe('day-A060.json');
    const head = page.getByRole('columnheader', { name: 'Job' });
    expect(await head.getAttribute('aria-sort')).toBe('descending');
  });

  it('turns pages, and shows the last one where a link points past it', async () => {
    await open('/jobs?pageSize=25');
    await page.getByRole('link', { name: 'Next' }).click();
    await page.waitForURL('**/jobs?page=2&pageSize=25');
    expect(await names()).toHaveLength(25);
    await open('/jobs?page=99');
    expect(await page.getByText('Page 2 of 2').count()).toBe(1);
  });

  it('follows the back button in its fields', async () => {
    await open('/jobs');
    const state = page.getByLabel('State', { exact: true });
    await state.selectOption('failed');
    await page.waitForURL('**state=failed');
    await state.blur();
    await page.goBack();
    await page.getByText('67 jobs', { exact: true }).waitFor();
    expect(await state.inputValue()).toBe('');
  });

  it('says which value of an address it did not understand', async () => {
    await open('/jobs?state=lost&order=up');
    const text = await page.locator('main').innerText();
    expect(text).toContain('state is "lost". Expected one of pending, running, completed, failed.');
    expect(text).toContain('order is "up". Expected one of asc, desc.');
  });

  it('says what to try when nothing matches', async () => {
    await open('/jobs?q=nosuchclip');
    expect(await page.locator('main').innerText()).toContain('Try a shorter part of the name');
  });

  it('exports the whole view as CSV and JSON', async () => {
    await open('/jobs?state=completed&sort=name&order=asc');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export as CSV' }).click();
    expect((await download).suggestedFilename()).toBe('jobs.csv');
    const csv = await (await dashboard.get('/jobs.csv?state=completed&sort=name&order=asc')).text();
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(61);
    expect(lines[1]).toMatch(
      /^dailies,completed,day-A001\.json,day-A001,COMPLETED,ffmpeg,,,3,3,37037034,40,/u,
    );
    const json = await dashboard.json<{ total: number; jobs: { name: string }[] }>(
      '/jobs.json?state=completed&sort=name&order=asc',
    );
    expect([json.total, json.jobs.length, json.jobs[0]?.name]).toEqual([60, 60, 'day-A001.json']);
  });

  it('can be used by keyboard alone', async () => {
    await open('/jobs');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      'Skip to the content',
    );
    await page.keyboard.press('Enter');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    for (let presses = 0; presses < 30 && (await focused()) !== 'B007-proxies.json'; presses += 1)
      await page.keyboard.press('Tab');
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/jobs/dailies/failed/B007-proxies.json');
  });

  it('begins with jobs on a phone: filters are folded until one is set', async () => {
    const phone = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await phone.goto(`${dashboard.url}/jobs`);
    const first = await phone.locator('tbody a').first().boundingBox();
    expect(first?.y).toBeLessThan(440);
    await phone.locator('summary', { hasText: 'Filters' }).click();
    await phone.getByLabel('State', { exact: true }).selectOption('failed');
    await phone.getByText('Filters, 1 set').waitFor();
    expect(await phone.getByLabel('State', { exact: true }).isVisible()).toBe(true);
    await phone.close();
  });

  it('works without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`${dashboard.url}/jobs`);
    await plain.getByLabel('Clip, card, job or id').fill('B007C002');
    await plain.getByRole('button', { name: 'Apply' }).click();
    await plain.waitForURL(/q=B007C002/u);
    expect(await plain.locator('tbody a').allInnerTexts()).toEqual(['B007-proxies.json']);
    await context.close();
  });
});
