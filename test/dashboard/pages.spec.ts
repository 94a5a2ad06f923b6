import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { showcase } from '../screenshots/showcase.ts';
import { clipResult, runnerStatus, writtenInstant } from '../support/job-result.ts';
import { nightUnless } from '../support/night.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { overflowOf, overlapsOf, violationsOf } from './axe.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';

const HOUR = 3_600_000;
const A002 = '/media/day03/A002';
const N001 = '/media/day03/N001';
const AGAIN = 'N001-N001C001_261128_R001XY-h264-44effc36-retry';

/** A night in a folder whose runner fell silent: two clips failed, one of them was made since. */
function night(): FilledFolder {
  const folder = new FilledFolder();
  const now = Date.now();
  // As an ALEXA calls them: many cameras have names of this length.
  const source = (name: string) => `${N001}/${name}_261128_R1XY.mov`;
  const clip = (name: string) => clipResult(name, { source_path: source(name) });
  const failure = {
    failure_type: 'EngineError',
    failure_reason: 'FFmpeg exited with code 1',
  } as const;
  const failed = (name: string) => ({
    ...clip(name),
    ...failure,
    status: 'FAILED' as const,
    output_exists: false,
  });
  for (const [name, at] of [
    ['N001C001', 5],
    ['N001C002', 4],
  ] as const)
    folder.archive(`night-${name}`, {
      ...failure,
      final_status: 'FAILED',
      clips: [failed(name)],
      endedAt: now - at * HOUR,
    });
  folder.archive(AGAIN, { clips: [clip('N001C001')], endedAt: now - 3 * HOUR });
  folder.job('pending', 'night-waits', { sources: [source('N001C003')] });
  const other = { codec: 'h264', container: 'mp4' } as const;
  folder.job('pending', 'night-other', { ...other, sources: [source('N001C001')] });
  folder.job('running', 'night-runs', { sources: [source('N001C004')] });
  folder.status(runnerStatus({ last_scan_at: writtenInstant(now - 2 * HOUR) }));
  return folder;
}

const [dailies, nights, empty] = [showcase(), night(), new FilledFolder()];
let dashboard: Dashboard;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  dashboard = await startDashboard([
    `dailies=${dailies.path}`,
    `nights=${nights.path}`,
    `empty=${empty.path}`,
  ]);
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(120_000);
  // Everything has been read.
  await page.goto(dashboard.url);
  await page.locator('h1', { hasNotText: 'So far' }).waitFor();
}, 240_000);

afterAll(async () => {
  await browser.close();
  await dashboard.stop();
  for (const folder of [dailies, nights, empty]) folder.remove();
});

describe('what a producer asks at seven in the morning', () => {
  const text = (of = 'main') => page.locator(of).first().innerText();
  const find = async (words: string) => {
    // A page has one.
    await page.getByRole('searchbox').fill(words);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/clips?**');
  };

  beforeEach(async () => {
    await page.goto(dashboard.url);
  });

  it('is anything standing still? In the headline and in the tab', async () => {
    expect(await text('h1')).toMatch(/^1 folder, \d+ proxies and \d+ jobs? need attention\.$/u);
    expect(await text('main header li')).toMatch(
      /^nights The runner isn’t responding\. .*3 jobs are waiting\. Last sign: .+ on ingest-01\./u,
    );
    expect(await text('main header p')).toMatch(
      /\d+ of \d+ proxies done, .*1 job running, 4 queued, 1 interrupted\. dailies finishes around \d/u,
    );
    expect(await text('article:nth-of-type(2)')).toMatch(/1 interrupted\s+2 queued/u);
    expect(await page.title()).toContain('⚠ nights: no runner');
    expect(await text()).not.toMatch(/Unknown|Unreachable/u);
    await find('N001C004');
    await page.getByText('Interrupted: its runner').waitFor();
    await find('card N001');
    await page.getByText(/H\.264 mp4.*: Interrupted: its runner/u).waitFor();
  });

  it('did all of a card come through, what is missing, and why? In one search', async () => {
    await find('card A002');
    await page.locator('h1', { hasText: '8 of 16 requested: 1 failed, 7 missing.' }).waitFor();
    const rows = await page.locator('main li', { hasText: 'A002C' }).allInnerTexts();
    expect(rows.map((row) => /A002C(\d+)/u.exec(row)?.[1])).toEqual(
      Array.from({ length: 16 }, (_, at) => String(at + 1).padStart(3, '0')),
    );
    expect(rows[8]).toContain('FFmpeg exited with code 183');
    expect(rows[9]).toContain('Not started: its job failed. Engine failed.');
  });

  it('what needs somebody, and who? Most clips first', async () => {
    const needs = page.locator('section[aria-labelledby=needs]');
    expect(await needs.locator('section').first().innerText()).toMatch(
      /^For the facility engineer\s+Engine failed\s+8 proxies\s+A002[^]*code 183[^]*A002C009\.mov\s+7 more proxies of its job not started/u,
    );
    await needs.getByRole('link', { name: '8 proxies' }).click();
    await page.locator('h1', { hasText: '8 proxies of card A002' }).waitFor();
    expect(await page.locator('main li', { hasText: 'A002C' }).count()).toBe(8);
    await page.getByRole('link', { name: 'Show all' }).click();
    await page.waitForURL((url) => !url.searchParams.has('cause'));
  });

  it('how far is what runs? Its frames, and how long the rest of them takes', async () => {
    expect(await text('section[aria-labelledby=running]')).toMatch(
      /Clip 11 of 24: encoding, 2,310 of 4,128 frames, [^]*about \d+ s left\. Job finishes around .+ \(estimate\)\./u,
    );
  });

  it('what happened last night? The cards of the last days, each with all of its clips, as its link', async () => {
    const cards = page.locator('section[aria-labelledby=cards]');
    expect(await cards.innerText()).toMatch(
      /N001 *day03[^]*1 of 5 requested: 1 failed, 3 to go\./u,
    );
    const card = cards.locator('li', { hasText: 'A001 day01' });
    const sentence = /[^\n]*(?:requested|done).*/u.exec(await card.innerText())?.[0] ?? 'none';
    await card.getByRole('link').click();
    await page.locator('h1', { hasText: sentence }).waitFor();
  });

  it('show me the proxy: a link to a clip opens it, with its pictures and where it is', async () => {
    await find('A001C003 day03');
    await page.locator('main li').getByRole('link', { name: 'A001C003.mov' }).click();
    await page.locator('h1', { hasText: 'A001C003.mov' }).waitFor();
    expect(await page.locator('main img').count()).toBe(3);
    expect(await text()).toContain('/proxies/day01/A001C003_proxy.mov');
    expect(await page.getByRole('button', { name: 'Copy path' }).count()).toBe(2);
  });

  it('is it right? Five lines, each with the checks behind it', async () => {
    await page.goto(`${dashboard.url}/jobs/dailies/completed/day03-A001.json/3`);
    const lines = await page.locator('section[aria-labelledby=right] li').allInnerTexts();
    expect(lines).toHaveLength(5);
    expect(lines.join('\n')).toContain('Starts at 14:02:11:07, same as the source.');
  });

  it('what do I hand over? The clips of a card or a span on paper, and nothing to press', async () => {
    await page.goto(`${dashboard.url}/clips?card=${A002}`);
    await page.emulateMedia({ media: 'print' });
    expect(await text()).toMatch(
      /8 of 16 requested[^]*A002C009\.mov[^]*FFmpeg exited with code 183/u,
    );
    for (const pressed of ['header nav', 'form', 'footer', 'main a:text-is("CSV")'])
      expect(await page.locator(pressed).first().isVisible()).toBe(false);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF');
    await page.emulateMedia({ media: null });
  });
});

it('a clip is printed on two pages, with its checks', async () => {
  await page.goto(`${dashboard.url}/jobs/dailies/completed/day03-A001.json/3`);
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b(?!s)/gu)?.length).toBeLessThanOrEqual(2);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('tr', { hasText: 'frame count' }).isVisible()).toBe(true);
  await page.emulateMedia({ media: null });
});

const PAGES = {
  overview: '/',
  clips: '/clips',
  card: `/clips?card=${A002}`,
  'clips of a day': `/clips?day=${new Date().toISOString().slice(0, 10)}`,
  jobs: '/jobs',
  'nothing found': '/jobs?q=nosuchclip',
  'a bad address': '/jobs?state=lost',
  'a failed job': '/jobs/dailies/failed/B007-proxies.json',
  'a refused job': '/jobs/dailies/failed/typo.json',
  'a running job': '/jobs/dailies/running/day03-B001.json',
  'a clip': '/jobs/dailies/completed/day03-A001.json/3',
  'a clip that failed': '/jobs/dailies/failed/day03-A002.json/9',
  'a clip that was not reached': '/jobs/dailies/failed/day03-A002.json/12',
  'a card of long names': `/clips?card=${N001}`,
  'a job that was made good': '/jobs/nights/failed/night-N001C001.json',
  'not found': '/nowhere',
};

const NAMES = Object.keys(PAGES);
/** In the gate each page is looked at as a desk has it, and on one of two phones in turn. */
describe.each([
  ['light', 1440, () => true],
  ['dark', 390, (name: string) => NAMES.indexOf(name) % 2 === 0],
  ['light', 320, (name: string) => NAMES.indexOf(name) % 2 === 1],
] as const)('for everyone, %s and %i wide', (colorScheme, width, isOften) => {
  let own: Page;

  beforeAll(async () => {
    // Axe must be let in: a page of ours runs no script without a nonce.
    const options = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
    own = await (await browser.newContext(options)).newPage();
  });

  describe.each(Object.entries(PAGES))('%s', (name, path) => {
    it(
      'has nothing that axe finds, and does not scroll sideways',
      nightUnless(isOften(name)),
      async () => {
        await own.goto(dashboard.url + path);
        expect(await overflowOf(own)).toBeLessThanOrEqual(0);
        expect(await overlapsOf(own)).toEqual([]);
        expect(await violationsOf(own)).toEqual([]);
      },
    );
  });
});

it('pages, search and filters work without scripts', async () => {
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(`${dashboard.url}/clips`);
  await plain.getByLabel('Search', { exact: true }).fill('card A002');
  await plain.getByRole('button', { name: 'Apply' }).click();
  expect(await plain.locator('h1').innerText()).toContain('8 of 16 requested');
});

it.each([1024, 1180, 1365, 1376, 1600])('filters stand in one row, %i wide', async (width) => {
  const own = await browser.newPage({ viewport: { width, height: 900 } });
  await own.goto(`${dashboard.url}/jobs`);
  const bottoms = await own
    .locator('form[data-filters] details :is(select, input)')
    .evaluateAll((fields) => fields.map((field) => field.getBoundingClientRect().bottom));
  expect(bottoms).toHaveLength(5);
  expect(Math.max(...bottoms) - Math.min(...bottoms)).toBeLessThan(2);
  expect(await overflowOf(own)).toBeLessThanOrEqual(0);
  await own.close();
});

it('nothing scrolls sideways from 320 to 1,600, and the bar above all pages is one row where it is not a phone’s', async () => {
  const own = await browser.newPage();
  for (const path of ['/', '/jobs', `/clips?card=${A002}`, PAGES['a clip that failed']]) {
    await own.goto(dashboard.url + path);
    for (let width = 320; width <= 1600; width += 32) {
      await own.setViewportSize({ width, height: 900 });
      const wide = await overflowOf(own);
      const middles = await own.locator('body > header > div > *').evaluateAll((parts) =>
        parts
          .filter((part) => part.checkVisibility())
          .map((part) => {
            const { top, bottom } = part.getBoundingClientRect();
            return (top + bottom) / 2;
          }),
      );
      const isWrapped = width > 704 && Math.max(...middles) - Math.min(...middles) > 4;
      expect({ path, width, wide, isWrapped }).toEqual({ path, width, wide: 0, isWrapped: false });
    }
  }
  await own.close();
});

it('every stop of the keyboard can be seen, the way to the content first', async () => {
  await page.goto(`${dashboard.url}/clips?card=${A002}`);
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').innerText()).toBe('Skip to the content');
  for (let stop = 0; stop < 20; stop += 1) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineWidth,
    );
    expect(outline).toBe('2px');
  }
});

it('times are those of the reader', async () => {
  const far = await browser.newPage({ timezoneId: 'Pacific/Kiritimati' });
  await far.goto(dashboard.url);
  const time = far.locator('section[aria-labelledby=needs] time').first();
  const at = new Date((await time.getAttribute('datetime')) ?? '');
  const hours = String((at.getUTCHours() + 14) % 24).padStart(2, '0');
  const seen = async () =>
    expect(await time.innerText()).toMatch(new RegExp(`^(?:.+ )?${hours}:`, 'u'));
  await vi.waitFor(seen, { timeout: 120_000 });
  await far.close();
});

it('a job has a time of its end once it has ended', async () => {
  await page.goto(`${dashboard.url}/jobs?folder=dailies`);
  const timesOf = (name: string) =>
    page.locator('tbody tr', { hasText: name }).locator('time').count();
  expect(await Promise.all(['day03-B001.json', 'day03-A001.json'].map(timesOf))).toEqual([0, 1]);
});

it('a refused job says so first', async () => {
  await page.goto(`${dashboard.url}/jobs/dailies/failed/typo.json`);
  expect(await page.locator('h1').innerText()).toMatch(/^typo\.json was rejected: \d errors\.$/u);
});

it('the first page of a new folder says what to do, on a phone too', async () => {
  const fresh = await startDashboard([empty.path]);
  const phone = await browser.newPage({ viewport: { width: 360, height: 700 } });
  await phone.goto(fresh.url);
  expect(await phone.locator('main').innerText()).toMatch(
    /^All clear\.[^]*Start a runner: watch-folder-runner \/[^]*Plan one, or drop a JobSpec/u,
  );
  expect(await overflowOf(phone)).toBeLessThanOrEqual(0);
  await fresh.stop();
});

it('a failed clip says what is wrong, what to do and who can do it', async () => {
  await page.goto(`${dashboard.url}/jobs/dailies/failed/day03-A002.json/9`);
  expect(await page.locator('section[aria-labelledby=why]').innerText()).toMatch(
    /Engine failed[^]*code 183[^]*What to do: Read what FFmpeg said last[^]*For the facility engineer/u,
  );
});

it('a failed job gives the command for what is left, and none once other jobs have made it', async () => {
  await page.goto(`${dashboard.url}/jobs/dailies/failed/day03-A002.json`);
  expect(await page.getByLabel('Command for a retry').innerText()).toBe(
    `watch-folder-runner retry ${dailies.path} day03-A002.json`,
  );
  await page.goto(`${dashboard.url}/jobs/nights/failed/night-N001C001.json`);
  expect(await page.locator('main').innerText()).toMatch(
    /Nothing to do[^]*N001C001[^]*Latest: done, by[^]*retry/u,
  );
  expect(await page.getByLabel('Command for a retry').count()).toBe(0);
});
