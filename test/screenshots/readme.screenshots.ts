import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../dashboard/browser.ts';
import { startDashboard, type Dashboard } from '../dashboard/dashboard.ts';
import type { FilledFolder } from '../support/filled-folder.ts';
import { showcase } from './showcase.ts';

const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url));
const LARGEST_BYTES = 150_000;
const VIEWS = { overview: '/', card: '/clips?card=/media/day03/A002' };

let folder: FilledFolder;
let dashboard: Dashboard;

beforeAll(async () => {
  mkdirSync(IMAGES, { recursive: true });
  folder = showcase();
  dashboard = await startDashboard([`dailies=${folder.path}`]);
});

afterAll(async () => {
  await dashboard.stop();
  folder.remove();
});

it.each(['light', 'dark'] as const)('takes the pictures of the README, %s', async (colorScheme) => {
  const browser = await openBrowser();
  const viewport = { width: 1200, height: 900 };
  const page = await browser.newPage({ viewport, colorScheme });
  const shots = mkdtempSync(join(tmpdir(), 'shots-'));
  for (const [name, path] of Object.entries(VIEWS)) {
    await page.goto(dashboard.url + path);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.waitForFunction(() =>
      [...document.images]
        .filter((image) => image.getBoundingClientRect().top < innerHeight)
        .every((image) => image.complete),
    );
    const shot = join(shots, `${name}.png`);
    await page.screenshot({ path: shot });
    const image = join(IMAGES, `${name}-${colorScheme}.webp`);
    execFileSync('ffmpeg', ['-y', '-loglevel', 'error', '-i', shot, '-quality', '82', image]);
    expect(statSync(image).size).toBeLessThan(LARGEST_BYTES);
  }
  await browser.close();
  rmSync(shots, { recursive: true });
});
