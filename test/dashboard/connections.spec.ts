import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FilledFolder } from '../support/filled-folder.ts';
import { check, clipResult } from '../support/job-result.ts';
import { startDashboard, until, type Dashboard } from './dashboard.ts';

const root = mkdtempSync(join(tmpdir(), 'connections-'));
const PROXY = join(root, 'A001C001_proxy.mp4');
/** More than what lies between a server and a reader who does not read. */
const PROXY_BYTES = 64 * 2 ** 20;
const MEDIA = '/media/dailies/completed/plays.json/0';

const folder = new FilledFolder();
let dashboard: Dashboard;
/** Output of the server before any request. */
let said = '';

beforeAll(async () => {
  writeFileSync(PROXY, '');
  truncateSync(PROXY, PROXY_BYTES);
  const verification = [check({ check: 'video_codec', expected: 'h264', actual: 'h264' })];
  folder.archive('plays', {
    clips: [clipResult('A001C001', { resolved_output_path: PROXY, verification })],
  });
  folder.archive('many', {
    clips: Array.from({ length: 3000 }, (_, at) => clipResult(`B001C${at}`)),
  });
});

afterAll(() => {
  folder.remove();
  rmSync(root, { recursive: true });
});

async function start(env: Record<string, string> = {}): Promise<void> {
  const flags = ['--media-root', root];
  dashboard = await startDashboard([`dailies=${folder.path}`], { env, flags });
  await until(async () => (await dashboard.json<{ total: number }>('/api/jobs')).total === 2);
  said = dashboard.output();
}

async function answerOf(path: string, agent: Agent | false = false): Promise<IncomingMessage> {
  const asked = request(dashboard.url + path, { agent });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

async function bytesOf(path: string, agent: Agent): Promise<number> {
  let bytes = 0;
  for await (const chunk of await answerOf(path, agent)) bytes += (chunk as Buffer).length;
  return bytes;
}

describe('a connection that ends', () => {
  beforeAll(() => start());
  afterAll(() => dashboard.stop());

  const filesOpen = () => readdirSync(`/proc/${dashboard.pid}/fd`).length;

  // More than may play or listen at once.
  it.each([
    [80, MEDIA],
    [280, '/live'],
    [20, '/clips.csv'],
    [20, '/clips'],
    [40, '/api/clips?pageSize=200'],
  ])('in the middle of an answer leaves nothing behind: %i times %s', async (times, path) => {
    const leave = async () => {
      const answer = await answerOf(path);
      await once(answer, 'readable');
      answer.destroy();
    };
    await leave();
    await until(async () => (await dashboard.get('/healthz')).ok);
    const before = filesOpen();
    for (let left = 0; left < times; left += 20)
      await Promise.all(Array.from({ length: 20 }, leave));
    await until(() => filesOpen() <= before + 2);
    expect((await dashboard.get(path, { method: 'HEAD' })).status).toBe(200);
    const again = await answerOf(path);
    expect(again.statusCode).toBe(200);
    again.destroy();
  });

  it('is each that asks for another protocol', async () => {
    const asked = request(dashboard.url, {
      headers: { Connection: 'Upgrade', Upgrade: 'websocket' },
    });
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.destroy();
  });

  it('is not one that was asked on while the server was busy', async () => {
    await dashboard.stop();
    const keepAlive = 2000;
    await start({ KEEP_ALIVE_TIMEOUT: String(keepAlive) });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await bytesOf('/healthz', agent)).toBeGreaterThan(0);
    const [socket] = Object.values(agent.freeSockets)[0] ?? [];
    process.kill(dashboard.pid, 'SIGSTOP');
    const second = bytesOf('/healthz', agent);
    await sleep(1.5 * keepAlive);
    process.kill(dashboard.pid, 'SIGCONT');
    expect(await second).toBeGreaterThan(0);
    expect(socket?.destroyed).toBe(false);
    // And one that nobody uses does end.
    await until(() => socket?.destroyed === true);
    agent.destroy();
    expect(dashboard.output()).toBe(said);
  });
});

describe('a server that stops', () => {
  beforeEach(() => start());

  it('ends at once, with pages that listen and a file that is sent', async () => {
    const [news, download] = [await answerOf('/live'), await answerOf(MEDIA)];
    const ends = [news, download].map(
      async (answer) =>
        new Promise((resolve) => answer.on('error', () => undefined).on('close', resolve)),
    );
    const begun = Date.now();
    await dashboard.stop();
    expect(Date.now() - begun).toBeLessThan(10_000);
    news.resume();
    download.resume();
    await Promise.all(ends);
    // Nobody takes a part for the whole.
    expect(download.complete).toBe(false);
    expect(dashboard.output()).toBe(said);
  });

  it('answers in full or not at all who goes on to ask on the same connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const whole = await bytesOf('/healthz', agent);
    let stopped = false;
    const stop = dashboard.stop().then(() => (stopped = true));
    let failure: NodeJS.ErrnoException | null = null;
    while (failure === null)
      failure = await bytesOf('/healthz', agent).then(
        (bytes) => (bytes === whole ? null : new Error(`${bytes} bytes`)),
        (error: NodeJS.ErrnoException) => error,
      );
    expect(['ECONNRESET', 'ECONNREFUSED']).toContain(failure.code);
    await stop;
    expect([stopped, dashboard.output()]).toEqual([true, said]);
    agent.destroy();
  });
});
