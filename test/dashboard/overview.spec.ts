import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runnerStatus, writtenInstant } from '../support/job-result.ts';
import { sampleFolder } from '../support/sample-folder.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';

/** A zone in which a job that ended minutes ago ended today. */
function zoneOfNoon(): string {
  const hours = 12 - new Date().getUTCHours();
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

describe('the overview', () => {
  const sample = sampleFolder();
  const [paused, silent, stopped, untouched] = [
    new FilledFolder(),
    new FilledFolder(),
    new FilledFolder(),
    new FilledFolder(),
  ];
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    paused.status(runnerStatus({ paused: 'No space left on /proxies' }));
    const anHourAgo = writtenInstant(Date.now() - 3_600_000);
    silent.status(runnerStatus({ last_scan_at: anHourAgo, poll_seconds: 2 }));
    stopped.status(runnerStatus({ stopped_at: anHourAgo }));
    const folders = [
      `dailies=${sample.path}`,
      `paused=${paused.path}`,
      `silent=${silent.path}`,
      `stopped=${stopped.path}`,
      `untouched=${untouched.path}`,
    ];
    dashboard = await startDashboard(folders, { env: { TZ: zoneOfNoon() } });
    browser = await openBrowser();
    page = await browser.newPage({ timezoneId: 'Asia/Tokyo' });
    await page.goto(dashboard.url);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    for (const folder of [sample, paused, silent, stopped, untouched]) folder.remove();
  });

  const slate = (name: string) =>
    page.locator('article', { has: page.locator('h3', { hasText: name }) }).innerText();

  it('says in one sentence what is going on', async () => {
    expect(await page.locator('h1').innerText()).toMatch(/^1 job running, 2 waiting\. Today /u);
  });

  it('counts the jobs of a folder and says that its runner is at work', async () => {
    const text = await slate('dailies');
    expect(text).toContain('Runner at work');
    expect(text.replaceAll(/\s+/gu, ' ')).toContain('2 pending 1 running 60 completed 4 failed');
  });

  it('says why a runner is paused', async () => {
    expect(await slate('paused')).toMatch(/Runner paused[^]*No space left on \/proxies/u);
  });

  it('says that a runner is silent and since when', async () => {
    expect(await slate('silent')).toMatch(/Runner silent[^]*no sign of life[^]*Silent since/u);
  });

  it('tells a runner that was stopped from one that died', async () => {
    expect(await slate('stopped')).toContain('The runner was stopped.');
  });

  it('says what to do where no runner ever was', async () => {
    expect(await slate('untouched')).toMatch(/No runner yet[^]*Start one/u);
  });

  it('shows what is running with its clip and elapsed time that goes on', async () => {
    const running = page.locator('section', { has: page.locator('#running') });
    expect(await running.innerText()).toMatch(
      /D004-proxies\.json[^]*Clip 2 of 2[^]*D004C002\.mov/u,
    );
    const elapsed = running.locator('li span').first();
    const before = await elapsed.innerText();
    expect(before).toMatch(/min \d\d s/u);
    await page.waitForFunction((text) => !document.body.innerText.includes(text), before);
  });

  it('shows the latest failures in plain words, newest first', async () => {
    const failures = page.locator('section', { has: page.locator('#failures') }).locator('li');
    expect(await failures.first().innerText()).toMatch(
      /B007-proxies\.json[^]*B007C002\.mov[^]*The engine gave up on a clip; its file may be damaged\. FFmpeg exited with code 1/u,
    );
  });

  it('draws the throughput, and says it in figures', async () => {
    const days = page.locator('figure', { hasText: 'Last 14 days' });
    expect(await days.locator('svg').getAttribute('aria-label')).toContain('60 completed');
    await days.locator('summary').click();
    expect(await days.locator('tbody tr').count()).toBeGreaterThan(5);
  });

  it('says why it may be slow: speed, waiting jobs, free space, and today against a week ago', async () => {
    const pace = page.locator('section', { has: page.locator('#pace') });
    expect(await pace.innerText()).toMatch(
      /\d× real time[^]*2 jobs wait, none for an hour\.[^]*dailies \d[\d.]* .B of \d[\d.]* .B free/u,
    );
    const drawn = pace.getByRole('img', { name: /^Encoding, last 24 hours: \d/u });
    expect(await drawn.locator('text').first().innerHTML()).toMatch(/^[\d.]+×$/u);
    const today = page.locator('figure', { hasText: 'Today by the hour' });
    expect(await today.innerText()).toMatch(
      /\d+ jobs? so far, (none|\d+) by this hour a week ago\./u,
    );
  });

  it('gives times in the zone of the reader, the exact instant on hover', async () => {
    const time = page.locator('time').first();
    const instant = await time.getAttribute('dateTime');
    const tokyo = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Tokyo',
      hour: '2-digit',
      minute: '2-digit',
    }).format(new Date(instant ?? ''));
    expect(await time.innerText()).toContain(tokyo);
    expect(await time.getAttribute('title')).toContain(instant);
  });

  it('leads from a count to the jobs behind it', async () => {
    await page.getByRole('link', { name: '4 failed' }).click();
    await page.waitForURL('**/jobs?state=failed&folder=dailies');
    expect(await page.getByRole('status').innerText()).toBe('4 jobs');
    await page.goBack();
  });
});

describe('the overview of an empty folder', () => {
  it('says what to do first', async () => {
    const folder = new FilledFolder();
    const dashboard = await startDashboard([folder.path]);
    const html = await (await dashboard.get('/')).text();
    expect(html).toContain('No job yet. Drop the first one.');
    expect(html).toContain(`watch-folder-runner submit job.json ${folder.path}`);
    await dashboard.stop();
    folder.remove();
  });
});
