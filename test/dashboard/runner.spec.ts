import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';

interface Jobs {
  jobs: Record<string, unknown>[];
}

describe('results of the runner', () => {
  const clips = useClips({ 'A001C003.mov': {}, 'A001C004.mov': {}, 'B002C001.mov': {} });
  const folder = useSharedWatchFolder();
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const { 'B002C001.mov': other, ...whole } = clips;
    const sources = Object.values(whole);
    await folder().dropJob('done.json', { job_id: 'done', sources });
    await folder().dropJob('missing.json', { sources: [...sources, '/nowhere/A001C005.mov'] });
    await folder().dropJob('gone.json', { sources: ['/nowhere/A001C005.mov'] });
    await folder().dropJob('typo.json', { sources, codec: 'prores' });
    await folder().dropJob('small.json', {
      sources: [other],
      codec: 'dnxhr',
      resolution: '160x90',
    });
    await folder().drop('broken.json', '{"jobspec_version": "2.1",');
    await cli([folder().root, '--once', '--settle-seconds', '0.1']);
    dashboard = await startDashboard([`dailies=${folder().root}`]);
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(120_000);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
  });

  it('are listed as what they are', async () => {
    const { jobs } = await dashboard.json<Jobs>('/api/jobs?sort=name&order=asc');
    const keys = ['name', 'state', 'final_status', 'failure_type', 'completed_clips'];
    const told = jobs.map((job) => keys.map((key) => job[key]));
    expect(told).toEqual([
      ['broken.json', 'failed', 'PARTIAL', 'InvalidJsonError', 0],
      ['done.json', 'completed', 'COMPLETED', null, 2],
      ['gone.json', 'failed', 'PARTIAL', 'MissingSourcesError', 0],
      ['missing.json', 'failed', 'PARTIAL', 'MissingSourcesError', 0],
      ['small.json', 'failed', 'PARTIAL', 'JobSpecValidationError', 0],
      ['typo.json', 'failed', 'PARTIAL', 'JobSpecValidationError', 0],
    ]);
  });

  it('answer whether a clip is done, and whether it is right', async () => {
    await page.goto(`${dashboard.url}/clips?q=a001c003`);
    expect(await page.locator('h1').innerText()).toContain('1 of 1 proxy done.');
    await page.locator('li a', { hasText: 'A001C003.mov' }).click();
    await page.locator('h1', { hasText: 'A001C003.mov' }).waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/All \d+ frames match the source, each compared at \d+ × \d+\./u);
    expect(text).toMatch(/\d+ frames, same length as the source\./u);
    await page.getByText(/^\d+ checks$/u).click();
    expect(await page.locator('tr', { hasText: 'frame count' }).innerText()).toMatch(
      /frame count\s+(\d+)\s+\1\s+exact\s+frames/u,
    );
    await page.getByText('Technical details').click();
    expect(await page.getByLabel('FFmpeg command').innerText()).toMatch(/^\S*ffmpeg .*-nostdin/u);
  });

  it('say why a job was refused', async () => {
    await page.goto(`${dashboard.url}/jobs/dailies/failed/missing.json`);
    expect(await page.locator('main').innerText()).toMatch(
      /Missing source files: \/nowhere\/A001C005\.mov/u,
    );
    await page.goto(`${dashboard.url}/jobs/dailies/failed/typo.json`);
    expect(await page.locator('main').innerText()).toContain('codec');
  });

  it('have the clips of a JobSpec that was understood and then refused, and none of one that was not', async () => {
    const refused = '/api/clips?failure_type=JobSpecValidationError';
    expect(await dashboard.json(refused)).toMatchObject({
      total: 1,
      not_made: 1,
      clips: [{ job: 'small.json' }],
    });
    await page.goto(`${dashboard.url}/jobs/dailies/failed/small.json`);
    expect(await page.getByLabel('Command for a retry').count()).toBe(0);
    const again = await cli(['retry', folder().root, 'small.json', '--dry-run']);
    expect(again.stdout + again.stderr).toContain('1 clip would be rejected again');
  });

  it('come with a run that has ended', async () => {
    await page.goto(dashboard.url);
    expect(await page.locator('article').innerText()).toContain(
      'The runner finished its one run (--once).',
    );
  });
});
