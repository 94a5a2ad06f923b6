import { execa } from 'execa';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FilledFolder } from '../support/filled-folder.ts';
import { startDashboard, type Dashboard } from './dashboard.ts';

const START = fileURLToPath(new URL('../../scripts/dashboard.mjs', import.meta.url));
const PASSWORD = 'slate: 24 fps ü';

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

describe('a dashboard with a password', () => {
  const folder = new FilledFolder();
  let dashboard: Dashboard;

  beforeAll(async () => {
    const { stdout } = await execa(process.execPath, [START, '--hash-password'], {
      input: PASSWORD,
    });
    dashboard = await startDashboard([folder.path], {
      env: { WFR_DASHBOARD_PASSWORD_HASH: stdout },
    });
  });

  afterAll(async () => {
    await dashboard.stop();
    folder.remove();
  });

  async function statusOf(path: string, authorization?: string): Promise<number> {
    const init = authorization === undefined ? {} : { headers: { authorization } };
    return (await dashboard.get(path, init)).status;
  }

  it.each(['/', '/jobs', '/api/jobs', '/live', '/jobs.csv', '/_next/static/x.js'])(
    'asks for it at %s',
    async (path) => {
      const response = await dashboard.get(path);
      expect(response.status).toBe(401);
      expect(await response.text()).toBe('A password is needed.\n');
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/u);
    },
  );

  it('lets in who knows it, whatever the user name, again and again', async () => {
    for (const user of ['producer', '', 'producer'])
      expect(await statusOf('/api/jobs', basic(user, PASSWORD))).toBe(200);
  });

  it.each([
    ['a wrong password', basic('producer', 'slate')],
    ['the hash itself', basic('producer', 'scrypt:16384:8:1:a:b')],
    ['no colon', `Basic ${Buffer.from('producer').toString('base64')}`],
    ['another scheme', 'Bearer abc'],
    ['nonsense', 'Basic ###'],
  ])('keeps out %s', async (_, authorization) => {
    expect(await statusOf('/api/jobs', authorization)).toBe(401);
  });

  it('tells a health check without a password', async () => {
    expect(await statusOf('/healthz')).toBe(200);
  });
});

describe('bad settings', () => {
  it.each([
    [['a', 'b/a'], {}, 'Two folders are called "a"'],
    [[], {}, 'Name at least one watch folder.'],
    [['a', '--port', 'x'], {}, '--port is "x", expected a number'],
    [['a'], { WFR_DASHBOARD_PASSWORD_HASH: 'secret' }, 'WFR_DASHBOARD_PASSWORD_HASH is not a hash'],
    [['a', '--allow-host', 'a b/c'], {}, '--allow-host is "b/c", expected a host name'],
  ])('end the start with a sentence: %j %j', async (flags, env, sentence) => {
    const port = flags.includes('--port') ? [] : ['--port', '0'];
    const run = await execa(process.execPath, [START, ...flags, ...port], {
      env,
      all: true,
      reject: false,
    });
    expect(run.all).toContain(sentence);
    expect(run.exitCode).toBe(2);
  });
});
