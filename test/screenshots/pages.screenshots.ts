import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../dashboard/browser.ts';
import { startDashboard, type Dashboard } from '../dashboard/dashboard.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { showcase } from './showcase.ts';

/** Every page and every empty state, for people to look at: nothing of it is kept in the repository. */
const PAGES = {
  overview: '/',
  clips: '/clips',
  card: '/clips?card=/media/day03/A002',
  pictures: '/clips?q=A001+day03',
  made: '/jobs/dailies/completed/day03-A001.json/3',
  failed: '/jobs/dailies/failed/day03-A002.json/9',
  'not-reached': '/jobs/dailies/failed/day03-A002.json/12',
  jobs: '/jobs',
  'job-failed': '/jobs/dailies/failed/day03-A002.json',
  'job-refused': '/jobs/dailies/failed/typo.json',
  'job-interrupted': '/jobs/dailies/failed/night-run.json',
  'job-running': '/jobs/dailies/running/day03-B001.json',
  'job-waiting': '/jobs/dailies/pending/E001-proxies.json',
  'nothing-found': '/clips?q=nosuchclip',
  'bad-address': '/jobs?state=lost',
  'not-found': '/nowhere',
};
/** Pages of a new folder. */
const FIRST = { first: '/', 'no-clips': '/clips', 'no-jobs': '/jobs' };
const place = process.env['SHOTS'] ?? mkdtempSync(join(tmpdir(), 'pages-'));

const [dailies, fresh] = [showcase(), new FilledFolder()];
let dashboards: Dashboard[];

beforeAll(async () => {
  dashboards = [
    await startDashboard([`dailies=${dailies.path}`]),
    await startDashboard([fresh.path]),
  ];
  mkdirSync(place, { recursive: true });
  console.log(`Pictures of all pages: ${place}`);
});

afterAll(async () => {
  for (const dashboard of dashboards) await dashboard.stop();
  for (const folder of [dailies, fresh]) folder.remove();
});

it.each(['light', 'dark'] as const)('takes pictures of all pages, %s', async (colorScheme) => {
  const browser = await openBrowser();
  for (const width of [390, 768, 1280]) {
    const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme });
    for (const [at, pages] of [PAGES, FIRST].entries())
      for (const [name, path] of Object.entries(pages)) {
        const answer = await page.goto(`${dashboards[at]?.url}${path}`);
        expect(answer?.status()).toBeLessThan(500);
        await page.waitForLoadState('networkidle');
        const file = join(place, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: width < 2560 });
      }
    await page.close();
  }
  await browser.close();
});
