import { readdir } from 'node:fs/promises';
import { execa } from 'execa';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, MAIN } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

interface Jobs {
  jobs: Record<string, unknown>[];
}

describe('results of the runner', () => {
  const clips = useClips({ 'A001C003.mov': {}, 'A001C004.mov': {} });
  const folder = useSharedWatchFolder();
  const place = useTemporaryFolder();
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const sources = Object.values(clips);
    await folder().dropJob('done.json', { job_id: 'done', sources });
    await folder().dropJob('missing.json', { sources: [...sources, '/nowhere/A001C005.mov'] });
    await folder().dropJob('gone.json', { sources: ['/nowhere/A001C005.mov'] });
    await folder().dropJob('typo.json', { sources, codec: 'prores' });
    await folder().drop('broken.json', '{"jobspec_version": "2.1",');
    await cli([folder().root, '--once', '--settle-seconds', '0.1']);
    dashboard = await startDashboard([`dailies=${folder().root}`]);
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(60_000);
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
      ['typo.json', 'failed', 'PARTIAL', 'JobSpecValidationError', 0],
    ]);
  });

  it('answer whether a clip is done', async () => {
    await page.goto(`${dashboard.url}/jobs?q=a001c003&state=completed`);
    expect(await page.locator('tbody li').allInnerTexts()).toEqual([
      'A001C003.mov made and verified',
    ]);
  });

  it('tell the story of a job that was made', async () => {
    await page.goto(`${dashboard.url}/jobs/dailies/completed/done.json`);
    const text = await page.locator('main').innerText();
    expect(text).toContain('All 2 proxies are made and verified.');
    expect(text).toMatch(/(\d+) of \1 checks passed/u);
    await page.getByText('Verification').first().click();
    expect(await page.locator('tbody').first().innerText()).toMatch(
      /frame count\t\d+\t\d+\t✓ passed/u,
    );
    await page.getByText('Exact command').first().click();
    expect(await page.locator('details[open] pre').first().innerText()).toMatch(
      /^\S*ffmpeg .*-nostdin/u,
    );
  });

  it('say why a job was refused', async () => {
    await page.goto(`${dashboard.url}/jobs/dailies/failed/missing.json`);
    expect(await page.locator('main').innerText()).toMatch(
      /Missing source files: \/nowhere\/A001C005\.mov/u,
    );
    await page.goto(`${dashboard.url}/jobs/dailies/failed/typo.json`);
    expect(await page.locator('main').innerText()).toContain('codec');
  });

  it.each([
    ['the job', 'gone.json', 'gone.json'],
    ['a copy, where others made a part,', 'missing.json', 'rest-of-missing.json'],
  ])('give retry commands that hand %s to the runner again', async (_, name, again) => {
    await page.goto(`${dashboard.url}/jobs/dailies/failed/${name}`);
    const command = await page.getByLabel('Command for a retry').innerText();
    const program = `${process.execPath} ${MAIN}`;
    await execa('sh', ['-c', command.replace('watch-folder-runner submit', `${program} submit`)], {
      cwd: place.path,
      env: { EDITOR: 'true' },
    });
    await until(async () => {
      const { jobs } = await dashboard.json<Jobs>('/api/jobs?state=pending');
      return jobs[0]?.['name'] === again;
    });
    expect((await folder().names('failed')).includes(name)).toBe(name !== again);
    await cli([folder().root, '--once']);
    await until(async () => {
      const { jobs } = await dashboard.json<Jobs>(`/api/jobs?q=${again}&state=failed`);
      return jobs[0]?.['name'] === again && jobs[0]['failure_type'] === 'MissingSourcesError';
    });
    expect(await readdir(place.path)).toEqual([]);
  });

  it('come with a run that has ended', async () => {
    await page.goto(dashboard.url);
    expect(await page.locator('article').innerText()).toContain(
      'The runner has worked off what was there, and ended, as --once asks.',
    );
  });
});
