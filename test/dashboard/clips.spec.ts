import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilledFolder } from '../support/filled-folder.ts';
import { clipResult } from '../support/job-result.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

interface Clips {
  total: number;
  through: number;
  failed: number;
  not_made: number;
  waiting: number;
  listed: number;
  clips: {
    source_path: string;
    status: string;
    latest: boolean;
    made_good: boolean;
    kind: string | null;
    failure_reason: string | null;
    index: number;
    job: string;
  }[];
}

const CARD = '/media/day03/A001';
const made = (name: string) => clipResult(name, { source_path: `${CARD}/${name}.mov` });
const broken = (name: string) =>
  clipResult(name, {
    source_path: `${CARD}/${name}.mov`,
    status: 'FAILED',
    output_exists: false,
    output_size_bytes: null,
    failure_type: 'EngineError',
    failure_reason: 'FFmpeg exited with code 183',
  });
const names = (from: number, to: number) =>
  Array.from(
    { length: to - from + 1 },
    (_, index) => `A001C${String(from + index).padStart(3, '0')}`,
  );

/** A card of 20 clips in three jobs: 13 came through, one failed, and six were never begun. */
function cardFolder(): FilledFolder {
  const folder = new FilledFolder();
  folder.archive('card-1', { clips: names(1, 10).map(made), endedAt: Date.now() - 60_000 });
  folder.archive('card-2', {
    clips: [...names(11, 13).map(made), broken('A001C014')],
    final_status: 'FAILED',
    failure_type: 'EngineError',
    failure_reason: 'FFmpeg exited with code 183',
    total_clips: 10,
    endedAt: Date.now() - 50_000,
  });
  folder.job('failed', 'card-2', {
    job_id: 'card-2',
    sources: names(11, 20).map((name) => `${CARD}/${name}.mov`),
  });
  folder.archive('other', { clips: [clipResult('B002C001')], endedAt: Date.now() - 40_000 });
  return folder;
}

describe('the clips of a card', () => {
  const folder = cardFolder();
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    dashboard = await startDashboard([`dailies=${folder.path}`]);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
  });

  const ask = (query: string) => dashboard.json<Clips>(`/api/clips${query}`);

  it('are summed up over jobs: what came through, failed and was not made', async () => {
    expect(await ask('?q=A001+day03')).toMatchObject({
      total: 20,
      through: 13,
      failed: 1,
      not_made: 6,
      waiting: 0,
      listed: 20,
    });
  });

  it.each([
    'A001 day03',
    'day03 A001',
    '  a001   DAY03 ',
    'A001C day03',
    `${CARD}/A001`,
    'card A001 day 3',
  ])(
    'are found by words in any order and any case, whatever spaces a phone adds: %j',
    async (q) => {
      expect((await ask(`?q=${encodeURIComponent(q)}`)).total).toBe(20);
    },
  );

  it.each([
    ['A001C003 ', 1],
    [`${CARD}/A001C003.mov`, 1],
    ['C003', 1],
    ['01', 21],
    ['dailies B002', 1],
    ['A002 B002', 0],
    ['nosuchclip', 0],
  ])('are found by any part of a name: %j', async (q, total) => {
    expect((await ask(`?q=${encodeURIComponent(q)}`)).total).toBe(total);
  });

  it('begin with what needs somebody', async () => {
    const { clips } = await ask('?q=day03&pageSize=8');
    expect(clips[0]).toMatchObject({
      source_path: `${CARD}/A001C014.mov`,
      status: 'FAILED',
      index: 3,
    });
    expect(clips.slice(1, 7).map(({ status }) => status)).toEqual(Array(6).fill('NOT_MADE'));
  });

  it('answer the supervisor at one look on a phone, in three taps', async () => {
    await page.goto(dashboard.url);
    let taps = 0;
    const tap = async (what: { click(): Promise<void> }) => {
      taps += 1;
      await what.click();
    };
    const field = page.getByRole('searchbox');
    await tap(field);
    await field.fill('A001 day03 ');
    await tap(page.getByRole('button', { name: 'Find' }));
    await page.waitForURL('**/clips?q=A001+day03+');
    const sentence = page.locator('h1', { hasText: '13 of 20 through, 1 failed, 6 not made.' });
    await sentence.waitFor();
    expect(taps).toBeLessThanOrEqual(3);
    const first = await page.locator('main li').first().boundingBox();
    expect(first?.y).toBeLessThan(844);
    expect(await page.locator('main li').first().innerText()).toMatch(
      /Failed[^]*A001C014\.mov[^]*The engine gave up on a clip[^]*FFmpeg exited with code 183/u,
    );
    // It follows the page, which may be there before it.
    await until(async () => (await page.title()).includes('13 of 20 through'));
  });

  it('lead to the clip on the page of its job', async () => {
    await page.goto(`${dashboard.url}/clips?q=A001C014`);
    await page.getByRole('link', { name: 'A001C014.mov' }).click();
    await page.waitForURL('**/jobs/dailies/failed/card-2.json#clip-4');
    expect(await page.locator('h1').innerText()).toBe('card-2.json');
  });

  it('can be taken along, all of them', async () => {
    const csv = await (await dashboard.get('/clips.csv?q=day03')).text();
    expect(csv.trim().split('\r\n')).toHaveLength(21);
    const json = await dashboard.json<Clips>('/clips.json?q=day03');
    expect([json.total, json.clips.length]).toEqual([20, 20]);
  });

  it('page without losing one', async () => {
    const seen = new Set<string>();
    for (let number = 1; number <= 5; number += 1)
      for (const { source_path } of (await ask(`?page=${number}&pageSize=5`)).clips)
        seen.add(source_path);
    expect(seen.size).toBe(21);
  });

  it.each(['?state=lost', '?q=%00', '?nope=1', '?pageSize=501'])('refuse %s', async (query) => {
    expect((await dashboard.get(`/api/clips${query}`)).status).toBe(400);
  });

  it('are made good by a later job, and say so', async () => {
    folder.archive('card-again', { clips: [made('A001C014')], endedAt: Date.now() });
    await until(async () => (await ask('?q=A001+day03')).through === 14);
    const { total, failed, clips } = await ask('?q=A001C014');
    expect({ total, failed }).toEqual({ total: 1, failed: 0 });
    expect(clips.map(({ status, latest, made_good }) => [status, latest, made_good])).toEqual([
      ['COMPLETED', true, true],
      ['FAILED', false, true],
    ]);
    await page.goto(`${dashboard.url}/clips?q=A001C014`);
    await page.getByText('1 other attempt').click();
    await page.getByText(/made good on \d+ \w+ \d+ by card-again\.json/u).waitFor();
    await page.getByText(/makes good the failure of \d+ \w+ \d+ in card-2\.json/u).waitFor();
    await page.goto(`${dashboard.url}/clips?q=card-2`);
    await page
      .locator('h1', { hasText: '4 of 10 through, 6 not made. Another job decided 1 of these.' })
      .waitFor();
    await page.goto(`${dashboard.url}/jobs/dailies/failed/card-2.json`);
    await page
      .getByText('Of 7 clips that it did not make, 1 is made, by card-again.json.')
      .waitFor();
  });

  it('are counted for each kind of proxy: one in another codec makes nothing good', async () => {
    const source = `${CARD}/D004C001.mov`;
    const job_id = 'grading';
    const sources = [source];
    folder.archive('editing', {
      clips: [
        clipResult('D004C001', {
          source_path: source,
          resolved_output_path: '/proxies/D004C001.mp4',
        }),
      ],
      _metadata: { asked: { codec: 'h264', container: 'mp4', resolution: 'half' } },
      endedAt: Date.now() - 1000,
    });
    folder.archive('grading', {
      job_id,
      clips: [],
      final_status: 'PARTIAL',
      failure_type: 'OutputCollisionError',
      failure_reason: 'Output file already exists: /proxies/D004C001.mov',
      total_clips: 1,
    });
    folder.job('failed', 'grading', { job_id, sources });
    await until(async () => (await ask('?q=D004C001')).listed === 2);
    const { total, through, not_made, clips } = await ask('?q=D004C001');
    expect({ total, through, not_made }).toEqual({ total: 2, through: 1, not_made: 1 });
    expect(clips.map(({ status, latest, kind }) => [status, latest, kind])).toEqual([
      ['NOT_MADE', true, 'prores_proxy mov same'],
      ['COMPLETED', true, 'h264 mp4 half'],
    ]);
  });

  it('stand in the list without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(`${dashboard.url}/clips`);
    await plain.getByLabel('Clip, card, job or id').fill('B002');
    await plain.getByRole('button', { name: 'Apply' }).click();
    await plain.waitForURL(/q=B002/u);
    expect(await plain.locator('h1').innerText()).toBe('1 of 1 through.');
    await context.close();
  });
});
