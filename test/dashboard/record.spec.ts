import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { makeSource } from '../support/media.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

const SMALL = { width: 320, height: 180, frames: 5 };
const SENTENCE = '2 of 3 clips: 1 not planned (it has no timecode to burn in).';

let base: string;
let card: string;
let folder: JobFolder;
let dashboard: Dashboard;
let browser: Browser;
let page: Page;

const plan = () => {
  const to = ['--output', folder.output, '--codec', 'h264', '--submit', folder.root];
  return cli(['plan', card, ...to, '--burn-in', 'bottom-left={timecode}']);
};

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'record-'));
  folder = await JobFolder.create(base);
  card = join(base, 'A002');
  await mkdir(card);
  for (const name of ['A002C001.mov', 'A002C003.mov'])
    await makeSource(card, name, { ...SMALL, timecode: '01:00:00:00' });
  await makeSource(card, 'A002C002.mov', SMALL);
  const before = new Date('2024-01-01');
  for (const name of await readdir(card)) await utimes(join(card, name), before, before);
  await plan();
  await cli([folder.root, '--once', '--settle-seconds', '0.1']);
  dashboard = await startDashboard([`dailies=${folder.root}`]);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  page.setDefaultTimeout(120_000);
});

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
  await rm(base, { recursive: true });
});

it('a card with a clip that nobody planned is not complete, and says why', async () => {
  await page.goto(`${dashboard.url}/clips?card=${encodeURIComponent(card)}`);
  await page.locator('h1', { hasText: SENTENCE }).waitFor();
  const row = page.locator('main li', { hasText: 'A002C002.mov' });
  expect(await row.innerText()).toMatch(/Not planned\s+.*needs a timecode, and it has none\./u);
  expect(await row.getByRole('link').count()).toBe(0);
});

it('the overview says first that it needs attention, then how far the card is, and who acts', async () => {
  await page.goto(dashboard.url);
  expect(await page.locator('h1').innerText()).toBe('1 proxy needs attention.');
  const needs = page.locator('section[aria-labelledby=needs]');
  expect(await needs.innerText()).toMatch(
    /For the assistant editor\s+Not planned: it has no timecode to burn in\s+1 proxy\s+A002/u,
  );
  expect(await page.locator('section[aria-labelledby=cards]').innerText()).toContain(SENTENCE);
  await needs.getByRole('link', { name: '1 proxy' }).click();
  await page.locator('h1', { hasText: '1 proxy of card A002' }).waitFor();
});

it('API and CSV have what the hand-over has', async () => {
  const { stdout } = await cli(['handover', folder.root, '--output', join(base, 'lists')]);
  expect(stdout).toContain('2 done, 0 failed, 1 not planned.');
  const { folders } = await dashboard.json<{ folders: object[] }>('/api/summary');
  expect(folders).toMatchObject([{ completed: 2, failed: 0, not_planned: 1 }]);
  const view = `card=${encodeURIComponent(card)}`;
  expect(await dashboard.json(`/api/clips?${view}`)).toMatchObject({
    total: 3,
    through: 2,
    not_planned: 1,
    on_record: true,
    clips: [
      {},
      { status: 'NOT_PLANNED', state: 'media', job: '', source_path: join(card, 'A002C002.mov') },
      {},
    ],
  });
  const csv = await (await dashboard.get(`/clips.csv?${view}`)).text();
  expect(csv).toMatch(/A002C002\.mov[^\n]*Not planned[^\n]*needs a timecode, and it has none\./u);
});

it('a clip that is not on the card any more is not missed: the card is complete', async () => {
  await rm(join(card, 'A002C002.mov'));
  await plan();
  await cli([folder.root, '--once', '--settle-seconds', '0.1']);
  const sums = () => dashboard.json<{ not_planned: number }>('/api/clips');
  await until(async () => (await sums()).not_planned === 0);
  await page.goto(`${dashboard.url}/clips?card=${encodeURIComponent(card)}`);
  await page.locator('h1', { hasText: 'All 2 clips done.' }).waitFor();
  await page.goto(dashboard.url);
  expect(await page.locator('h1').innerText()).toBe('All clear.');
});
