import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipResult } from '../support/job-result.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

const broken = (name: string) =>
  clipResult(name, {
    status: 'FAILED',
    failure_type: 'EngineError',
    failure_reason: `FFmpeg exited with code 183 (clip 1 of 1, /media/day01/A001/${name}.mov)`,
  });

describe('failures and the report of a day', () => {
  const folder = new FilledFolder();
  let dashboard: Dashboard;
  let browser: Browser;

  beforeAll(async () => {
    for (const name of ['A001C001', 'A001C002', 'A001C003'])
      folder.archive(`fails-${name}`, {
        clips: [broken(name)],
        final_status: 'FAILED',
        failure_type: 'EngineError',
        failure_reason: `FFmpeg exited with code 183 (clip 1 of 1, /media/day01/A001/${name}.mov)`,
        endedAt: Date.now() - 2000,
      });
    folder.archive('fine', { clips: [clipResult('A001C009')], endedAt: Date.now() - 1000 });
    dashboard = await startDashboard([`dailies=${folder.path}`]);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
  });

  it('stand together when they have one cause, and say that they are new', async () => {
    const page = await browser.newPage();
    await page.goto(dashboard.url);
    const failures = page.locator('section', { has: page.locator('#failures') }).locator('li');
    expect(await failures.count()).toBe(1);
    expect(await failures.innerText()).toMatch(
      /The engine gave up on a clip[^]*code 183[^]*Same cause: 3 jobs[^]*3 clips open, new today\./u,
    );
    await page.close();
  });

  it('gives totals, failures with their reasons and every clip with its checks, on paper', async () => {
    const page = await browser.newPage();
    await page.emulateMedia({ media: 'print' });
    await page.goto(`${dashboard.url}/report?folder=dailies`);
    expect(await page.locator('h1').innerText()).toBe('1 of 4 through, 3 failed.');
    expect(await page.locator('tbody tr').count()).toBe(4);
    expect(await page.locator('tbody tr').first().innerText()).toMatch(
      /A001C00\d\.mov[^]*code 183[^]*Failed/u,
    );
    expect(await page.locator('tbody').innerText()).toContain('14:02:11:07');
    expect(await page.locator('tbody tr').last().innerText()).toMatch(
      /A001C009_proxy\.mov\s+prores_proxy mov same\s+9a1f0c2b3d4e5f60/u,
    );
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(5000);
    await page.close();
  });

  it.each([390, 320])('gives reasons all of a row’s width on a phone: %i', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 844 } });
    for (const [path, row, reason] of [
      ['/report?folder=dailies', 'tbody tr', 'th p'],
      ['/clips', 'main li', 'p:last-child'],
    ] as const) {
      await page.goto(dashboard.url + path);
      const first = page.locator(row).filter({ hasText: 'code 183' }).first();
      const said = await first.locator(reason).boundingBox();
      expect(said?.width).toBeGreaterThan(width * 0.8);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await page.close();
  });

  it('is of the day that is asked for', async () => {
    const page = await browser.newPage();
    await page.goto(`${dashboard.url}/report?day=2001-01-01`);
    expect(await page.locator('main').innerText()).toContain('No clip was done on this day.');
    expect(await page.title()).toContain('2001-01-01');
    await page.close();
  });

  it('says what it leaves out, and is never another than the one that was asked for', async () => {
    const page = await browser.newPage();
    await page.goto(`${dashboard.url}/clips?q=A001C009&state=completed`);
    await page.getByRole('link', { name: /^Report of /u }).click();
    await page.waitForURL('**/report?*');
    expect(await page.locator('main').innerText()).toContain(
      'Only a part of this day. Clip, card, job or id: “A001C009”, State: “completed”.',
    );
    const answer = await page.goto(`${dashboard.url}/report?folder=nope&day=2026-02-30`);
    expect(answer?.status()).toBe(404);
    expect(await page.locator('main').innerText()).toMatch(
      /There is no such report\.[^]*folder is "nope"\. Expected[^]*day is "2026-02-30"/u,
    );
    expect(await page.locator('table').count()).toBe(0);
    await page.close();
  });

  it('shows failures as made good once their clips came through', async () => {
    for (const name of ['A001C001', 'A001C002', 'A001C003'])
      folder.archive(`again-${name}`, { clips: [clipResult(name)], endedAt: Date.now() });
    await until(async () => (await (await dashboard.get('/')).text()).includes('Made good since.'));
    expect(await dashboard.json('/api/clips')).toMatchObject({ through: 4, failed: 0, listed: 7 });
    const job = await (await dashboard.get('/jobs/dailies/failed/fails-A001C001.json')).text();
    expect(job).toMatch(/Made good since by.*again-A001C001\.json.*Nothing is left to do/u);
    expect(job).not.toContain('watch-folder-runner submit');
    const [head, first] = (await (await dashboard.get('/jobs.csv?q=fails-A001C001')).text())
      .trim()
      .split('\r\n');
    expect(head).toMatch(
      /,clips_unmade,clips_open,clips_made_since,clips_made_before,made_by,clips_retried,retried_by,clips_not_known,not_known_by$/u,
    );
    expect(first).toMatch(/,1,0,1,0,dailies\/completed\/again-A001C001\.json,0,,0,$/u);
  });
});
