import { linkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilledFolder } from '../support/filled-folder.ts';
import { clipResult } from '../support/job-result.ts';
import { Pictures } from '../support/pictures.ts';
import { overflowOf, violationsOf } from './axe.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';

const PHONE = { width: 390, height: 844 };
const CLIPS = 30;
const JOB = '/jobs/dailies/completed/day03.json';
const STOPPED = '/jobs/dailies/failed/stopped.json';
const HOSTILE = '/jobs/dailies/completed/hostile.json';

interface ListedPicture {
  path: unknown;
  frame?: unknown;
  timecode?: unknown;
  width?: unknown;
}

describe('the pictures of clips', () => {
  const folder = new FilledFolder();
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    addDay(folder);
    addHostile(folder);
    dashboard = await startDashboard([`dailies=${folder.path}`]);
    browser = await openBrowser();
    page = await (await browser.newContext({ viewport: PHONE, bypassCSP: true })).newPage();
    page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
  });

  const src = async () => (await page.locator('main img').first().getAttribute('src')) ?? '';

  it('are listed by the API as the result lists them', async () => {
    const { clips } = await dashboard.json<{ clips: { pictures: ListedPicture[] }[] }>(
      '/api/clips?q=day03+C001',
    );
    expect(clips[0]?.pictures).toHaveLength(3);
    expect(clips[0]?.pictures[1]).toEqual({
      path: join(folder.path, '.runner/pictures/A001C001/1.jpg'),
      frame: 120,
      timecode: '14:02:16:07',
      width: 320,
      height: 180,
    });
  });

  it.each(['/clips?q=day03', '/clips/sheet?q=day03', JOB, `${JOB}/sheet`, '/jobs?q=day03'])(
    'are seen at %s: said in words, in a place kept for them, and only once they are near',
    async (path) => {
      await page.goto(dashboard.url + path);
      const images = page.locator('main img');
      await images.first().evaluate(async (image: HTMLImageElement) => image.decode());
      const told = await images.evaluateAll((all: HTMLImageElement[]) =>
        all.map(({ alt, width, height, loading }) => ({ alt, loading, hasPlace: width * height })),
      );
      expect(told[0]?.alt).toMatch(/^A001C0\d\d\.mov at 14:02:\d\d:\d\d$/u);
      expect(told.every(({ loading }) => loading === 'lazy')).toBe(true);
      expect(told.filter(({ hasPlace }) => hasPlace > 0).length).toBeGreaterThan(0);
      expect(await images.first().evaluate((image) => image.getAttribute('height'))).toBe('180');
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      expect(await violationsOf(page)).toEqual([]);
    },
  );

  it('stand three to a clip on the page of its job, each with its timecode', async () => {
    await page.goto(dashboard.url + JOB);
    await page.locator('#clip-2 summary').first().click();
    const frames = page.locator('#clip-2 li');
    expect(await frames.allInnerTexts()).toEqual(['14:02:12:07', '14:02:16:07', '14:02:20:06']);
    await frames
      .last()
      .locator('img')
      .evaluate(async (image: HTMLImageElement) => image.decode());
  });

  it('lead from a contact sheet to the clip, in one tap', async () => {
    await page.goto(`${dashboard.url}${JOB}/sheet`);
    await page.getByRole('link', { name: 'A001C007.mov' }).click();
    await page.waitForURL(`**${JOB}#clip-7`);
    expect(await page.locator('h1').innerText()).toBe('day03.json');
  });

  it('leave a job of thirty clips within three screens of a phone', async () => {
    await page.goto(dashboard.url + JOB);
    await page.locator('main img').first().waitFor();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThanOrEqual(3 * PHONE.height);
  });

  it('leave a failed one within them, too: below its failure the others are folded, and opened by a link to one', async () => {
    await page.goto(dashboard.url + STOPPED);
    await page.locator('h1').waitFor();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height).toBeLessThanOrEqual(3 * PHONE.height);
    expect(await page.locator('[id^=clip-]').first().getAttribute('id')).toBe('clip-25');
    expect(await page.getByText('24 clips that came through').last().isVisible()).toBe(true);
    expect(await page.locator('#clip-7').isVisible()).toBe(false);
    await page.goto(`${dashboard.url}${STOPPED}#clip-7`);
    await page.locator('#clip-7').waitFor({ state: 'visible' });
  });

  it('are part of the report', async () => {
    await page.goto(`${dashboard.url}/report?q=day03`);
    expect(await page.locator('tbody img').count()).toBe(CLIPS);
  });

  it('are handed over as pictures and nothing else', async () => {
    await page.goto(`${dashboard.url}/clips?q=day03`);
    const response = await dashboard.get(await src());
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, bytes.readUInt16BE()]).toEqual([200, 0xffd8]);
    const header = (name: string) => response.headers.get(name);
    expect(header('content-type')).toBe('image/jpeg');
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('content-security-policy')).toContain("default-src 'none'");
    expect(header('cross-origin-resource-policy')).toBe('same-origin');
    expect(header('cache-control')).toBe('private, max-age=31536000, immutable');
  });

  it('that a result only claims are not served, whatever it says', async () => {
    for (let clip = 0; clip < HOSTILE_PICTURES.length; clip += 1)
      for (let number = 0; number < 2; number += 1) {
        const path = `/pictures/dailies/completed/hostile.json/${clip}/${number}`;
        expect([path, (await dashboard.get(path)).status]).toEqual([path, 404]);
      }
    await page.goto(dashboard.url + HOSTILE);
    expect(await page.locator('main li').count()).toBeGreaterThanOrEqual(HOSTILE_PICTURES.length);
    const { clips } = await dashboard.json<{ clips: { pictures: unknown[] }[] }>(
      '/api/clips?q=hostile',
    );
    expect(Math.max(...clips.map(({ pictures }) => pictures.length))).toBeLessThan(10);
  });

  it.each([
    '/pictures/dailies/completed/day03.json/0/9',
    '/pictures/dailies/completed/day03.json/99/0',
    '/pictures/dailies/completed/day03.json/-1/0',
    '/pictures/dailies/completed/day03.json/1e300/0',
    '/pictures/dailies/completed/day03.json/0/__proto__',
    '/pictures/dailies/failed/day03.json/0/0',
    '/pictures/nowhere/completed/day03.json/0/0',
    '/pictures/dailies/..%2F..%2F/day03.json/0/0',
  ])('are not at %s', async (path) => {
    expect((await dashboard.get(path)).status).toBe(404);
  });

  it('are left out where there are none: nothing is broken, nothing is offered', async () => {
    for (const path of ['/clips?q=plain', '/jobs/dailies/completed/plain.json']) {
      await page.goto(dashboard.url + path);
      await page.getByText('Live', { exact: true }).waitFor();
      expect(await page.locator('main img').count()).toBe(0);
      expect(await page.getByRole('link', { name: 'Contact sheet' }).count()).toBe(0);
    }
    await page.goto(`${dashboard.url}/clips/sheet?q=plain`);
    await page.getByText('None of these clips has a picture.').waitFor();
  });

  it('are not missed once somebody has deleted them', async () => {
    rmSync(join(folder.path, '.runner/pictures'), { recursive: true });
    await page.goto(dashboard.url + JOB);
    await page.locator('h1').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
  });
});

function addDay(folder: FilledFolder): void {
  const pictures = new Pictures(2);
  const endedAt = Date.now() - 1000;
  const clips = Array.from({ length: CLIPS }, (_, index) => {
    const name = `A001C${String(index + 1).padStart(3, '0')}`;
    return pictures.give(folder, clipResult(name), index % 2);
  });
  folder.archive('day03', { clips, endedAt });
  folder.archive('plain', { clips: [clipResult('P001')], endedAt });
  folder.archive('stopped', stoppedAt(25, clips, endedAt));
  pictures.remove();
}

/** The same, but one of them failed, and with it the job. */
function stoppedAt(number: number, clips: ReturnType<typeof clipResult>[], endedAt: number) {
  const failure = {
    failure_type: 'EngineError',
    failure_reason: 'FFmpeg exited with code 183: the source is damaged, or not as its header says',
  } as const;
  const failed = clipResult(`A001C0${number}`, {
    ...failure,
    status: 'FAILED',
    stderr: 'Error at MB: 9\n'.repeat(40),
    verification: [],
  });
  const listed = [...clips.slice(0, number - 1), failed];
  return {
    ...failure,
    final_status: 'FAILED',
    clips: listed,
    total_clips: CLIPS,
    endedAt,
  } as const;
}

const HOSTILE_PICTURES: (readonly unknown[])[] = [
  [{ path: '/etc/passwd' }, { path: '/etc/passwd.jpg' }],
  [{ path: '../../../etc/passwd.jpg' }, { path: '.runner/../completed/day03.result.json' }],
  [{ path: '/x/.runner/link.jpg', width: 320 }, { path: '/x/.runner/linked/0.jpg' }],
  [{ path: '/x/.runner/text.jpg' }, { path: '/x/.runner/large.jpg' }],
  [{ path: 'x'.repeat(100_000) }, { path: { toString: 1 } }],
  Array.from({ length: 10_000 }, () => ({ path: '/x/.runner/none.jpg', width: 1e308, frame: -1 })),
  [null, 7, 'a.jpg', [], {}],
];

function addHostile(folder: FilledFolder): void {
  const own = join(folder.path, '.runner');
  writeFileSync(join(folder.path, 'outside.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]));
  symlinkSync('../outside.jpg', join(own, 'link.jpg'));
  symlinkSync('..', join(own, 'linked'));
  linkSync(join(folder.path, 'outside.jpg'), join(folder.path, '0.jpg'));
  writeFileSync(join(own, 'text.jpg'), '<script>alert(1)</script>');
  writeFileSync(join(own, 'large.jpg'), Buffer.alloc(2 ** 19, 0xff));
  const clips = HOSTILE_PICTURES.map((pictures, index) =>
    Object.assign(clipResult(`H${index}`), { pictures }),
  );
  folder.archive('hostile', { clips, endedAt: Date.now() });
}
