import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipResult, jobResult } from '../support/job-result.ts';
import { sampleFolder } from '../support/sample-folder.ts';
import { FilledFolder } from '../support/filled-folder.ts';
import { openBrowser } from './browser.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

const PAGES = ['/', '/jobs', '/jobs/dailies/failed/B007-proxies.json'];
const ROUTES = [
  ...PAGES,
  '/api/summary',
  '/api/jobs',
  '/healthz',
  '/jobs.csv',
  '/live',
  '/icon.svg',
  '/nowhere',
  '/_next/static/x.js',
];
const MARKUP = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
const OVERRIDE = '\u202Efdp.exe';

describe('a dashboard that nobody can misuse', () => {
  const folder = sampleFolder();
  const hostileName = `${MARKUP.replaceAll('/', '_')} ${OVERRIDE} \n100%25 #?`;
  let dashboard: Dashboard;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder.archive(hostileName, {
      job_id: MARKUP,
      final_status: 'FAILED',
      failure_type: 'EngineError',
      failure_reason: `${MARKUP} ${OVERRIDE} \u001B[31m`,
      clips: [
        clipResult('H001C001', {
          source_path: `/media/${MARKUP}${OVERRIDE}.mov`,
          status: 'FAILED',
          stderr: `${'x'.repeat(1_000_000)}\n${MARKUP}${OVERRIDE}\u0007`,
          warnings: [MARKUP],
        }),
      ],
    });
    addBrokenFiles(folder);
    dashboard = await startDashboard([`dailies=${folder.path}`]);
    browser = await openBrowser();
    page = await browser.newPage();
    page.setDefaultTimeout(120_000);
  });

  afterAll(async () => {
    await browser.close();
    await dashboard.stop();
    folder.remove();
  });

  it.each(ROUTES)('answers only GET and HEAD at %s', async (route) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const response = await dashboard.get(route, { method });
      expect([method, response.status]).toEqual([method, 405]);
      expect(await response.text()).toBe('The dashboard is read-only: it answers GET and HEAD.\n');
      expect(response.headers.get('allow')).toBe('GET, HEAD');
    }
  });

  it.each(ROUTES.filter((route) => route !== '/live'))('answers HEAD at %s', async (route) => {
    const [head, get] = [
      await dashboard.get(route, { method: 'HEAD' }),
      await dashboard.get(route),
    ];
    expect([head.status, await head.text()]).toEqual([get.status, '']);
  });

  it.each(['evil.example', 'localhost.evil.example', 'evil.example:3000'])(
    'does not answer to the name of another: %s',
    async (host) => {
      for (const route of ['/', '/api/jobs', '/healthz', '/live', '/_next/static/x.js'])
        expect(await rawRequest(dashboard.url, `GET ${route} HTTP/1.1`, host)).toMatch(
          /^HTTP\/1\.1 421 /u,
        );
    },
  );

  it.each(['/healthz/', '/jobs/', '//x', '/nowhere//'])(
    'runs nothing in an answer that leads elsewhere: %s',
    async (route) => {
      const response = await dashboard.get(route, { redirect: 'manual' });
      expect([route, response.headers.get('content-security-policy')]).toEqual([
        route,
        expect.stringContaining("default-src 'none'"),
      ]);
    },
  );

  it('leads to no address that a request names instead of a path', async () => {
    for (const path of ['/jobs', '/jobs/', '//x', ''])
      expect(
        await rawRequest(dashboard.url, `GET http://evil.example${path} HTTP/1.1`),
      ).not.toContain('evil.example');
  });

  it('ends the answer to HEAD at the stream of news', async () => {
    const response = await dashboard.get('/live', { method: 'HEAD' });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toBe('');
  });

  it('lets only so many listen, and goes on for the others', async () => {
    const stop = new AbortController();
    const open = async () => dashboard.get('/live', { signal: stop.signal });
    const listeners = await Promise.all(Array.from({ length: 260 }, open));
    const statuses = listeners.map(({ status }) => status);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThanOrEqual(10);
    expect((await dashboard.get('/api/summary')).status).toBe(200);
    stop.abort();
    await until(async () => {
      const again = new AbortController();
      const { status } = await dashboard.get('/live', { signal: again.signal });
      again.abort();
      return status === 200;
    });
  });

  it('refuses a TRACE like any other method', async () => {
    expect(await rawRequest(dashboard.url, 'TRACE / HTTP/1.1')).toMatch(/^HTTP\/1\.1 405 /u);
  });

  it.each(PAGES)('allows scripts with the nonce of one response only at %s', async (path) => {
    const [first, second] = await Promise.all([dashboard.get(path), dashboard.get(path)]);
    const policy = first.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/u.exec(policy)?.[1] ?? '';
    expect(policy).toMatch(/default-src 'none'.*frame-ancestors 'none'/u);
    expect(policy).not.toMatch(/unsafe|https?:|\*/u);
    expect(second.headers.get('content-security-policy')).not.toContain(nonce);
    const html = await first.text();
    const scripts = html.match(/<script\b[^>]*>/gu) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(html).not.toMatch(/<style|<[a-z][^<>]*\s(?:style|on[a-z]+)=/u);
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    expect(first.headers.get('x-powered-by')).toBeNull();
  });

  it('asks no other host for anything, and its own policy stops nothing of its own', async () => {
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => hosts.add(new URL(request.url()).origin));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    for (const path of PAGES) await page.goto(dashboard.url + path);
    await page.getByText('Live', { exact: true }).waitFor();
    expect([...hosts]).toEqual([dashboard.url]);
    expect(complaints).toEqual([]);
  });

  it('shows hostile names, reasons and stderr as text', async () => {
    await page.goto(`${dashboard.url}/jobs?q=H001C001`);
    await page.locator('tbody a', { hasText: '.json' }).click();
    await page.locator('h2', { hasText: 'Engine failed' }).waitFor();
    const reason = await page.locator('main').innerText();
    await page.locator('li a', { hasText: 'fdp.exe' }).click();
    await page.locator('dt', { hasText: 'Engine log' }).waitFor();
    const text = reason + (await page.locator('main').innerText());
    expect(text).toContain(MARKUP);
    expect(text).toContain('‹U+202E›fdp.exe');
    expect(text).toContain('‹ESC›[31m');
    expect(text).toContain('more characters)');
    for (const character of ['\u202E', '\u001B', '\u0007']) expect(text).not.toContain(character);
    await expect.poll(() => page.title()).toContain('watch-folder-runner');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
  });

  it.each([
    ['half', 'is not valid JSON'],
    ['foreign', 'is not a result of the runner: job_id is missing'],
    ['list', 'holds no JSON object'],
    ['deep', 'nests deeper than 100 levels'],
    ['huge', 'is too large to be a result'],
    ['link', 'is a symbolic link, which is not followed'],
    ['folder', 'is not a regular file'],
    ['pipe', 'is not a regular file'],
    ['lonely', 'is not there (yet)'],
  ])('makes a row that says what is wrong with a result: %s', async (base, sentence) => {
    await page.goto(`${dashboard.url}/jobs?q=broken-${base}.json`);
    expect(await page.locator('tbody').innerText()).toContain(sentence);
    await page.locator('tbody a', { hasText: '.json' }).click();
    await page.locator('h1', { hasText: `broken-${base}.json` }).waitFor();
    expect(await page.locator('main').innerText()).toContain(sentence);
  });

  it('answers for a result that nests too deeply as for any other', async () => {
    const job = await dashboard.json('/api/jobs/dailies/completed/broken-deep.json');
    expect(job).toMatchObject({ result: null, job: { final_status: null } });
  });

  it('never shows what a symbolic link points to', async () => {
    const job = await dashboard.json('/api/jobs/dailies/completed/broken-link.json');
    expect(JSON.stringify(job)).not.toContain('outside');
    await page.goto(`${dashboard.url}/jobs/dailies/completed/broken-link.json`);
    expect(await page.content()).not.toContain('outside');
  });

  it.each([
    '/jobs/dailies/completed/..%2F..%2Fsecret.json',
    '/api/jobs/dailies/completed/..%2F..%2Fsecret.json',
    '/api/jobs/dailies/completed/%2Fetc%2Fpasswd',
    '/api/jobs/..%2F../completed/secret.json',
    '/api/jobs/dailies/completed/%00.json',
    '/jobs/dailies/completed/%E0%A4%A',
    '/api/jobs/dailies/completed/%E0%A4%A',
    '/api/jobs/dailies/completed/__proto__',
  ])('opens nothing that only an address names: %s', async (path) => {
    writeFileSync(join(folder.path, 'secret.json'), '{"outside":true}');
    const answer = await rawRequest(dashboard.url, `GET ${path} HTTP/1.1`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /u);
    expect(answer).not.toContain('outside":true');
  });

  it('leaves the folder exactly as it was', async () => {
    const before = fingerprint(folder.path);
    for (const route of ROUTES.filter((path) => path !== '/live')) await dashboard.get(route);
    await page.goto(dashboard.url);
    await page.getByText('Live', { exact: true }).waitFor();
    expect(fingerprint(folder.path)).toEqual(before);
  });
});

const canMount = spawnSync('unshare', ['-m', 'true']).status === 0;

describe('a watch folder that is mounted read-only', () => {
  it.skipIf(!canMount)('is shown all the same', async () => {
    const folder = sampleFolder();
    const readOnly = `mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && ! touch "$0/x" 2>/dev/null && exec "$@"`;
    const wrapper = ['unshare', '-m', 'sh', '-c', readOnly, folder.path];
    const dashboard = await startDashboard([folder.path], { wrapper });
    expect((await dashboard.get('/healthz')).status).toBe(200);
    expect(await dashboard.json('/api/jobs?state=failed')).toMatchObject({ total: 4 });
    await dashboard.stop();
    folder.remove();
  });
});

describe('folders that cannot be listed', () => {
  it('are said to be so, while the others go on', async () => {
    const [good, bad, linked] = [new FilledFolder(), new FilledFolder(), new FilledFolder()];
    good.archive('fine');
    bad.remove();
    const elsewhere = new FilledFolder();
    elsewhere.archive('outside');
    execFileSync('rm', ['-r', join(linked.path, 'completed')]);
    symlinkSync(join(elsewhere.path, 'completed'), join(linked.path, 'completed'));
    const dashboard = await startDashboard([
      `good=${good.path}`,
      `bad=${bad.path}`,
      `linked=${linked.path}`,
    ]);
    const health = await dashboard.get('/healthz');
    expect(health.status).toBe(503);
    const { error } = (await health.json()) as { error: string };
    expect(error).toContain('bad: Folder not found. Is the volume mounted?');
    expect(error).toContain('linked: completed/ is a symbolic link, which is not followed.');
    expect(await dashboard.json('/api/jobs')).toMatchObject({ total: 1 });
    const html = await (await dashboard.get('/')).text();
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    expect(main.split('Folder not found.')).toHaveLength(2);
    expect(main).toMatch(/<h1>2 folders need attention\./u);
    expect(main).toContain('Unreachable');
    const again = new FilledFolder(bad.path);
    again.archive('back');
    await until(async () => (await dashboard.json<{ total: number }>('/api/jobs')).total === 2);
    await dashboard.stop();
    for (const folder of [good, again, linked, elsewhere]) folder.remove();
  });
});

function addBrokenFiles(folder: FilledFolder): void {
  const broken = (base: string, content: string | null) => {
    folder.job('completed', `broken-${base}`);
    if (content !== null) folder.write(`completed/broken-${base}.result.json`, content);
  };
  broken('half', JSON.stringify(jobResult()).slice(0, 300));
  broken('foreign', '{"name":"package","version":"1.0.0"}');
  broken('list', '[1,2,3]');
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  broken(
    'deep',
    JSON.stringify({ ...jobResult(), extra: 0 }).replace('"extra":0', `"extra":${deep}`),
  );
  broken('huge', `"${'x'.repeat(65 * 2 ** 20)}"`);
  for (const base of ['link', 'folder', 'pipe', 'lonely']) broken(base, null);
  const at = (base: string) => join(folder.path, 'completed', `broken-${base}.result.json`);
  writeFileSync(
    join(folder.path, 'outside.json'),
    JSON.stringify(jobResult({ job_id: 'outside' })),
  );
  symlinkSync(join(folder.path, 'outside.json'), at('link'));
  mkdirSync(at('folder'));
  execFileSync('mkfifo', [at('pipe')]);
}

/** Name, kind, times and content of everything in a folder. */
function fingerprint(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const stats = lstatSync(join(path, name));
      const content = stats.isFile() ? readFileSync(join(path, name)) : '';
      const digest = createHash('sha256').update(content).digest('hex');
      return [name, stats.mode, stats.ino, stats.mtimeMs, stats.ctimeMs, digest].join(' ');
    });
}

/** A request whose path and method no client would send as they are. */
async function rawRequest(url: string, line: string, host?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`${line}\r\nHost: ${host ?? hostname}\r\nConnection: close\r\n\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}
