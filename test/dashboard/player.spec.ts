import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilledFolder } from '../support/filled-folder.ts';
import { clipFacts, clipResult } from '../support/job-result.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

const base = mkdtempSync(join(tmpdir(), 'media-'));
const root = join(base, 'proxies');
const PLAYS = join(root, 'day01/A001C001_proxy.mp4');
const LONG = join(root, 'day01/long.mp4');

/** A job of one clip whose proxy lies there. */
function archive(folder: FilledFolder, name: string, path: string, codec = 'h264'): void {
  const facts = clipFacts({ video_codec: codec });
  folder.archive(name, {
    clips: [clipResult(name, { resolved_output_path: path, facts, ffmpeg_command: [] })],
  });
}

/** Things that a result may name as its proxy, and that nobody may play. */
const REFUSED: Record<string, string> = {
  outside: join(base, 'outside.mp4'),
  'way-up': `${root}/day01/../../outside.mp4`,
  'link-to-file': join(root, 'link.mp4'),
  'link-to-folder': join(root, 'linked/outside.mp4'),
  'link-back-inside': join(root, 'again/A001C001_proxy.mp4'),
  folder: join(root, 'folder.mp4'),
  pipe: join(root, 'pipe.mp4'),
  missing: join(root, 'missing.mp4'),
  'root-itself': root,
  'beside-root': `${root}-more/x.mp4`,
  relative: 'proxies/day01/A001C001_proxy.mp4',
  'other-kind': join(root, 'notes.txt'),
  nul: `${PLAYS}\0.mp4`,
};

describe('the player', () => {
  const folder = new FilledFolder();
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    makeMedia();
    archive(folder, 'plays', PLAYS);
    archive(folder, 'long', LONG);
    archive(folder, 'prores', join(root, 'a.mov'), 'prores');
    archive(folder, 'dnx', join(root, 'a.mxf'), 'dnxhd');
    for (const [name, path] of Object.entries(REFUSED)) archive(folder, name, path);
    dashboard = await startDashboard([`dailies=${folder.path}`], { flags: ['--media-root', root] });
    browser = await openBrowser();
    page = await (await browser.newContext({ bypassCSP: false })).newPage();
    page.setDefaultTimeout(120_000);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
    rmSync(base, { recursive: true });
  });

  const media = (name: string) => `/media/dailies/completed/${name}.json/0`;
  const ask = (headers: Record<string, string>) => dashboard.get(media('plays'), { headers });

  it('plays a proxy of H.264 on the page of its clip', async () => {
    await page.goto(`${dashboard.url}/jobs/dailies/completed/plays.json/1`);
    const video = page.locator('video');
    expect(await video.getAttribute('preload')).toBe('none');
    await video.evaluate(async (element: HTMLVideoElement) => {
      element.muted = true;
      await element.play();
    });
    await until(async () => (await video.evaluate((it: HTMLVideoElement) => it.currentTime)) > 0);
  });

  it.each(['prores', 'dnx', 'outside'])('is left out where nothing plays: %s', async (name) => {
    await page.goto(`${dashboard.url}/jobs/dailies/completed/${name}.json/1`);
    await page.getByRole('button', { name: 'Copy path' }).first().waitFor();
    expect(await page.locator('video').count()).toBe(0);
  });

  it('says of a proxy below its root that is gone that it is, and nothing of others', async () => {
    await page.goto(`${dashboard.url}/jobs/dailies/completed/missing.json/1`);
    await page.getByText('The proxy isn’t at its path now').waitFor();
    expect(await page.locator('video').count()).toBe(0);
    for (const name of ['plays', 'prores', 'relative']) {
      await page.goto(`${dashboard.url}/jobs/dailies/completed/${name}.json/1`);
      const isTold = name === 'prores';
      expect((await page.locator('main').innerText()).includes('isn’t at its path')).toBe(isTold);
    }
  });

  it('gives the bytes that are asked for', async () => {
    const file = readFileSync(PLAYS);
    const whole = await ask({});
    expect([whole.status, whole.headers.get('accept-ranges')]).toEqual([200, 'bytes']);
    expect(Buffer.from(await whole.arrayBuffer()).equals(file)).toBe(true);
    const part = await ask({ Range: 'bytes=100-299' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-299/${file.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(file.subarray(100, 300))).toBe(true);
    const end = await ask({ Range: 'bytes=-5' });
    expect(Buffer.from(await end.arrayBuffer()).equals(file.subarray(-5))).toBe(true);
    const more = await ask({ Range: 'bytes=-999999999' });
    expect(more.headers.get('content-range')).toBe(`bytes 0-${file.length - 1}/${file.length}`);
    expect([more.status, (await more.arrayBuffer()).byteLength]).toEqual([206, file.length]);
  });

  it('gives all of another file than the one that was begun with, and nothing from behind its end', async () => {
    const other = await ask({ Range: 'bytes=0-9', 'If-Range': '"another"' });
    expect(other.status).toBe(200);
    await other.body?.cancel();
    const behind = await ask({ Range: 'bytes=99999999-' });
    expect([behind.status, await behind.text()]).toEqual([416, '']);
    const head = await dashboard.get(media('plays'), { method: 'HEAD' });
    expect([head.status, head.headers.get('accept-ranges'), await head.text()]).toEqual([
      200,
      'bytes',
      '',
    ]);
  });

  it.each(['before the answer', 'at its head', 'at its first bytes'])(
    'is no error when it leaves %s',
    async (when) => {
      const url = dashboard.url + media('long');
      for (let reader = 0; reader < 4; reader++)
        await new Promise<void>((resolve) => {
          const request = get(url, { headers: { Range: 'bytes=1000-' } }, (response) => {
            if (when === 'at its head') request.destroy();
            response.once('data', () => request.destroy());
            response.on('error', () => undefined);
          });
          request.on('error', () => undefined);
          request.once('close', resolve);
          if (when === 'before the answer') request.once('finish', () => request.destroy());
        });
      expect((await dashboard.get(media('long'), { method: 'HEAD' })).status).toBe(200);
      expect(dashboard.output()).not.toContain('Error');
    },
  );

  it.each(Object.keys(REFUSED))('opens nothing but what lies below the root: %s', async (name) => {
    const response = await dashboard.get(media(name));
    expect([response.status, (await response.text()).includes('outside')]).toEqual([404, false]);
  });

  it.each(['/media/dailies/completed/plays.json/1', '/media/dailies/failed/plays.json/0'])(
    'has nothing at %s',
    async (path) => {
      expect((await dashboard.get(path)).status).toBe(404);
    },
  );

  it('is not there unless somebody asks for it', async () => {
    const plain = await startDashboard([`dailies=${folder.path}`]);
    const html = await (await plain.get('/jobs/dailies/completed/plays.json/1')).text();
    expect(html).not.toContain('<video');
    expect((await plain.get(media('plays'))).status).toBe(404);
    await plain.stop();
  });
});

function makeMedia(): void {
  mkdirSync(join(root, 'day01'), { recursive: true });
  mkdirSync(`${root}-more`);
  writeFileSync(LONG, Buffer.alloc(50_000_000));
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=24:duration=2'];
  const codec = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-movflags', '+faststart'];
  execFileSync('ffmpeg', ['-loglevel', 'error', ...picture, ...codec, PLAYS]);
  for (const path of [join(base, 'outside.mp4'), `${root}-more/x.mp4`, join(root, 'notes.txt')])
    writeFileSync(path, 'outside');
  symlinkSync(join(base, 'outside.mp4'), join(root, 'link.mp4'));
  symlinkSync(base, join(root, 'linked'));
  symlinkSync(join(root, 'day01'), join(root, 'again'));
  mkdirSync(join(root, 'folder.mp4'));
  execFileSync('mkfifo', [join(root, 'pipe.mp4')]);
}
