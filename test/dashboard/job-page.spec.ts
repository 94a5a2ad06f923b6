import { execFileSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipResult, jobResult } from '../support/job-result.ts';
import { sampleFolder } from '../support/sample-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

describe('the page of a job', () => {
  const folder = sampleFolder();
  const odd = ['ffmpeg', '-i', "file:/media/it's a \u202Eclip\n.mov", '-y'];
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder.archive('odd', { clips: [clipResult('X001C001', { ffmpeg_command: odd })] });
    folder.archive('misplaced');
    folder.move('completed/misplaced.json', 'failed/misplaced.json');
    folder.move('completed/misplaced.result.json', 'failed/misplaced.result.json');
    folder.archive('wordy', {
      final_status: 'FAILED',
      failure_type: 'EngineError',
      failure_reason: 'x'.repeat(1_000_000),
    });
    folder.archive('many', {
      clips: Array.from({ length: 60 }, (_, index) => clipResult(`M${index + 1}`)),
    });
    folder.archive('endless');
    const endless = { ...jobResult(), duration_seconds: 1e308, total_clips: 1e308 };
    folder.write('completed/endless.result.json', JSON.stringify(endless));
    dashboard = await startDashboard([`dailies=${folder.path}`]);
    browser = await openBrowser();
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
  });

  async function story(state: string, name: string): Promise<string> {
    await page.goto(`${dashboard.url}/jobs/dailies/${state}/${name}`);
    return (await page.locator('main').innerText()).replaceAll(/\s+/gu, ' ');
  }

  it('says in a sentence that a job is done', async () => {
    expect(await story('completed', 'day-A004.json')).toMatch(
      /Completed All 3 proxies are made and verified\. It took/u,
    );
  });

  it('puts the reason first when a job failed, with the clip and what the engine said', async () => {
    const text = await story('failed', 'B007-proxies.json');
    expect(text).toMatch(
      /stopped at clip 2 of 3 .*The one proxy made before that is complete and verified\. .*WHY IT FAILED .*FFmpeg exited with code 1 .*EngineError.*WHAT TO DO NEXT .*002 .*B007C002\.mov .*error reading header/u,
    );
    await page.locator('summary', { hasText: 'B007C001.mov' }).click();
    const warnings = await page.getByRole('list', { name: 'Warnings' }).allInnerTexts();
    expect(warnings).toEqual(['Stream 3, a data track (gpmd), is left out: a proxy has none.']);
  });

  it('says how to retry, with commands that do it', async () => {
    const text = await story('failed', 'B007-proxies.json');
    expect(text).toContain('take its source out of a copy of the JobSpec.');
    await page.getByRole('button', { name: 'Copy command' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      `cp -n ${folder.path}/failed/B007-proxies.json ./rest-of-B007-proxies.json && "\${EDITOR:-vi}" ./rest-of-B007-proxies.json && watch-folder-runner submit ./rest-of-B007-proxies.json ${folder.path} && rm ./rest-of-B007-proxies.json`,
    );
  });

  it('shows what was verified, expected against actual, what differs first', async () => {
    await story('failed', 'C012-short.json');
    await page.getByText('Verification: 1 check passed').click();
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => row.split(/\t/u))).toEqual([
      ['frame count', '240', '212', '✗ differs'],
      ['start timecode', '01:00:00:00', '01:00:00:00', '✓ passed'],
    ]);
  });

  it('lists every violation of a refused JobSpec with its place', async () => {
    const text = await story('failed', 'typo.json');
    expect(text).toContain('The job was refused before any work began.');
    expect(text).toMatch(
      /codec must be one of prores_proxy, .* not "prores" .*container, line 7:3 container appears more than once/u,
    );
    expect(text).toContain('The same file would be refused again.');
  });

  it('explains a job that was found again after a crash', async () => {
    const text = await story('failed', 'night-run.json');
    expect(text).toMatch(/found it again at its next start\. 1 of 3 clips had been made/u);
    expect(text).toContain('The runner ended without warning');
    expect(text).toContain('/srv/watch/running/night-run.json');
    // Its own times are those of the recovery.
    expect(text).toMatch(/First clip \d.* Last clip \d.* Found again \d/u);
    expect(text).not.toMatch(/Started|Took/u);
  });

  it('says nothing false of a job whose result lies in the wrong folder', async () => {
    const text = await story('failed', 'misplaced.json');
    expect(text).toMatch(/Unclear Its result says COMPLETED, but it lies in failed\/: /u);
    expect(text.split('Its result says')).toHaveLength(2);
    expect(text).toContain('WHAT TO DO NEXT');
    expect(text).not.toContain('made and verified');
  });

  it('cuts no figure of a clip in two on a phone, and is no wider than it', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    for (const name of ['many.json', 'endless.json', 'B007-proxies.json']) {
      await page.goto(
        `${dashboard.url}/jobs/dailies/${name.startsWith('B') ? 'failed' : 'completed'}/${name}`,
      );
      const cut = await page.evaluate(
        () =>
          [...document.querySelectorAll('summary span > span')].filter((figure) => {
            const line = figure.parentElement?.getBoundingClientRect();
            const { right, top, bottom } = figure.getBoundingClientRect();
            const isOut = line === undefined || top >= line.bottom - 1;
            return !isOut && (right > line.right + 1 || bottom > line.bottom + 2);
          }).length,
      );
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([name, cut, width]).toEqual([name, 0, 320]);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it('shows the year of a time that is not of this one', async () => {
    expect(await story('completed', 'odd.json')).toMatch(/Ended 28 Dec 2025,? 12:00/u);
  });

  it('shows the beginning of a long reason, and all of it when asked', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const text = await story('failed', 'wordy.json');
    expect(text).toContain('WHAT TO DO NEXT');
    expect(text).not.toContain('x'.repeat(500));
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
    await page.getByText('All of the reason').click();
    expect(await page.locator('details[open] p').first().innerText()).toContain('x'.repeat(5000));
    await page.setViewportSize({ width: 1280, height: 720 });
    const { jobs } = await dashboard.json<{ jobs: { failure_reason: string }[] }>(
      '/api/jobs?q=wordy',
    );
    expect(jobs[0]?.failure_reason.length).toBeLessThan(2100);
  });

  it('says where a job that runs or waits stands', async () => {
    expect(await story('running', 'D004-proxies.json')).toMatch(
      /The runner is at work: Clip 2 of 2, 1,200 of 24,000 frames, 8\.3 times real time\. Running for \d+ min \d\d s\./u,
    );
    expect(await story('pending', 'E001-proxies.json')).toMatch(
      /waits for a free worker.*1 clip to make.*E001C001\.mov/iu,
    );
  });

  it('draws the timing of the clips, and says it', async () => {
    await story('completed', 'day-A004.json');
    const chart = page.locator('section', { has: page.locator('#timing') }).locator('svg');
    expect(await chart.getAttribute('aria-label')).toMatch(
      /clip 1, A004C001\.mov: \d+ s; clip 2,/u,
    );
    expect(await chart.locator('rect').count()).toBe(3);
  });

  it('copies the exact command so that a shell takes it apart into the same arguments', async () => {
    await story('completed', 'odd.json');
    await page.getByText('Exact command').click();
    expect(await page.locator('details pre').first().innerText()).toContain('‹U+202E›');
    await page.locator('details').filter({ hasText: 'Exact command' }).getByRole('button').click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const out = execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
    expect(out.split('\0').slice(0, -1)).toEqual(odd);
  });

  it('shows the JobSpec and the raw result', async () => {
    await story('completed', 'day-A004.json');
    await page.locator('summary', { hasText: 'JobSpec' }).click();
    await page.locator('summary', { hasText: 'Result' }).click();
    expect(await page.getByLabel('JobSpec').innerText()).toContain('"naming_template"');
    expect(await page.getByLabel('Result', { exact: true }).innerText()).toContain('"_metadata"');
  });

  it('shows many clips a page at a time', async () => {
    expect(await story('completed', 'many.json')).toContain('60 CLIPS');
    await page.getByRole('link', { name: 'Next clips' }).click();
    await page.waitForURL('**/many.json?clips=2');
    await page.getByText('M51.mov', { exact: true }).waitFor();
    expect(await page.locator('h3').count()).toBe(10);
  });

  it('leads from where a job was to where it is now, the latest of its name', async () => {
    folder.archive('again', { final_status: 'FAILED', failure_type: 'EngineError', endedAt: 1000 });
    folder.archive('again.2', { endedAt: 2000 });
    await until(
      async () => (await dashboard.json<{ total: number }>('/api/jobs?q=again')).total === 2,
    );
    await story('running', 'again.json');
    expect(page.url()).toContain('/jobs/dailies/completed/again.2.json');
  });

  it('says what to do when there is no such job', async () => {
    const response = await page.goto(`${dashboard.url}/jobs/dailies/completed/nothing.json`);
    expect(response?.status()).toBe(404);
    expect(await page.locator('main').innerText()).toContain('There is nothing here.');
  });
});
