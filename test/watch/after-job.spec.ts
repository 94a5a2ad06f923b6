import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JobFolder } from '../support/job-folder.ts';
import { makeSource } from '../support/media.ts';
import { isRoot } from '../support/root.ts';
import { RunnerProcess, until, type RunnerProcessOptions } from '../support/runner-process.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const EXAMPLES = fileURLToPath(new URL('../../deploy/after-job/', import.meta.url));
const temporary = useTemporaryFolder();
const started: RunnerProcess[] = [];
let clip: string;
let base: string;
let folder: JobFolder;

beforeAll(async () => {
  clip = await makeSource(temporary.path, 'A001.mov', { width: 64, height: 36, frames: 5 });
});
beforeEach(async () => {
  base = await mkdtemp(join(temporary.path, 'after-'));
  folder = await JobFolder.create(base);
});
afterEach(async () => {
  for (const runner of started.splice(0)) await runner.kill('group');
});

/** A program that writes down what it is told, then does something else. */
async function program(then = ''): Promise<string> {
  const path = join(base, 'after job.sh');
  const note = `printf '%s\\n' "$#" "$1" "$(test -f "$1" && echo there)" >> '${join(base, 'told')}'`;
  await writeFile(path, `#!/bin/sh\n${note}\n${then}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Reports to the program: a result, and whether it was there. */
async function told(): Promise<{ result: string; there: string }[]> {
  const text = await readFile(join(base, 'told'), 'utf8').catch(() => '');
  const lines = text.split('\n').slice(0, -1);
  return Array.from({ length: lines.length / 3 }, (_, index) => {
    const [, result = '', there = ''] = lines.slice(index * 3, index * 3 + 3);
    return { result: result.replace(`${folder.root}/`, ''), there };
  });
}

function run(after: string, options: RunnerProcessOptions = {}): RunnerProcess {
  const { args = ['--once'], ...others } = options;
  const runner = new RunnerProcess(folder.root, {
    args: [...args, '--after-job', after],
    ...others,
  });
  started.push(runner);
  return runner;
}

const refused = (name: string) => folder.submit(name, ['/not/here.mov']);
/** Lines of the journal, each of a job that is left to tell. */
const notes = async () => {
  const text = await readFile(folder.path('.runner', 'after-job.jsonl'), 'utf8');
  return text.split('\n').filter(Boolean);
};

describe('the program of --after-job', () => {
  it('is told of every job that ends, one at a time; --once waits for it', async () => {
    await folder.submit('a.json', [clip]);
    await refused(`b "$(touch pwned)" 'é'.json`);
    await refused('c.json');
    const runner = run(await program('sleep 0.2'));
    expect(await runner.exit()).toBe(1);
    const all = await told();
    expect(all.map(({ result, there }) => [result, there])).toEqual([
      ['completed/a.result.json', 'there'],
      [`failed/b "$(touch pwned)" 'é'.result.json`, 'there'],
      ['failed/c.result.json', 'there'],
    ]);
    expect(await notes()).toEqual([]);
  });

  it('holds no worker', async () => {
    await refused('a.json');
    await refused('b.json');
    const seen = join(base, 'seen');
    const wait = `for i in $(seq 200); do test -f '${folder.path('failed', 'b.result.json')}' && echo seen > '${seen}' && break; sleep 0.1; done`;
    await run(await program(wait)).exit();
    expect(await readFile(seen, 'utf8')).toBe('seen\n');
  });

  it.each([
    ['with another code', 'echo "no network" >&2; exit 3', /^it exited with code 3: no network$/],
    ['by a signal', 'kill -9 $$', /^SIGKILL ended it$/],
    [
      'because it calls what is not there',
      'no-such-program',
      /^it exited with code 127: .*not found$/,
    ],
  ])('that fails %s is logged, not started again, and changes no job', async (_, then, reason) => {
    await folder.submit('a.json', [clip]);
    const after = await program(then);
    const runner = run(after, { env: { WFR_LOG_FORMAT: 'json' } });
    expect(await runner.exit()).toBe(0);
    const line = runner.log.split('\n').find((one) => one.includes('"after_job_failed"')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      job: 'a.json',
      program: after,
      reason: expect.stringMatching(reason),
    });
    await run(after).exit();
    expect(await told()).toHaveLength(1);
  });

  it.each([
    ['before a job is archived', 'before'],
    ['after it', 'after'],
  ] as const)('is told of a job when the runner is killed %s', async (_, when) => {
    await refused('a.json');
    const path = 'failed/a\\.result\\.json$';
    const fault = { calls: ['rename'], path, when, act: 'kill' };
    const after = await program();
    expect(await run(after, { fault }).exit()).toBeNull();
    await run(after).exit();
    expect((await told()).map(({ result }) => result)).toEqual(['failed/a.result.json']);
  });

  it('is told again when it was cut off with the runner', async () => {
    await refused('a.json');
    const first = run(await program('sleep 30'), { args: [] });
    await until(async () => (await told()).length === 1);
    await first.kill();
    await run(await program()).exit();
    expect((await told()).map(({ result }) => result)).toEqual([
      'failed/a.result.json',
      'failed/a.result.json',
    ]);
    expect(await notes()).toEqual([]);
  });

  it('may end at a stop, within the grace time', async () => {
    await refused('a.json');
    const runner = run(await program(`sleep 1; echo end >> '${join(base, 'end')}'`), { args: [] });
    await until(async () => (await told()).length === 1);
    runner.signal('SIGTERM');
    expect(await runner.exit()).toBe(0);
    expect(await readFile(join(base, 'end'), 'utf8')).toBe('end\n');
    expect(await notes()).toEqual([]);
  });

  it('is ended at a stop after the grace time, and told again', async () => {
    await refused('a.json');
    const after = await program('sleep 60');
    const runner = run(after, { args: ['--shutdown-grace-seconds', '0.1'] });
    await until(async () => (await told()).length === 1);
    runner.signal('SIGTERM');
    expect(await runner.exit()).toBe(0);
    expect(await notes()).toEqual(['{"unreported":"a.json"}']);
    await run(await program()).exit();
    expect(await told()).toHaveLength(2);
  });

  it('is told of nothing that was archived without it', async () => {
    await refused('a.json');
    const without = new RunnerProcess(folder.root);
    started.push(without);
    await without.exit();
    await run(await program()).exit();
    expect(await told()).toEqual([]);
  });

  it.each([
    ['not there', '/not/here.sh', "can't be started: no such file or directory"],
    ['a folder', '/tmp', 'is not a file'],
    ['not executable', fileURLToPath(import.meta.url), "can't be started: permission denied"],
    ['empty', '', '--after-job is empty'],
    ['in a folder that it may not enter', '{closed}/x', "can't be started: permission denied"],
    ['behind a file', '/dev/null/x', "can't be started: not a directory"],
    ['a device', '/dev/null', 'is not a file'],
    ['too long a name', `/${'x'.repeat(3000)}`, "can't be started: "],
  ])('is refused before anything is claimed when it is %s', async (_, after, fact) => {
    await refused('a.json');
    const closed = await mkdtemp(join(temporary.path, 'closed-'));
    await chmod(closed, 0);
    // Root may enter every folder.
    const prefix = isRoot ? ['setpriv', '--reuid=65534', '--clear-groups'] : [];
    const runner = run(after.replace('{closed}', closed), { prefix });
    expect(await runner.exit()).toBe(2);
    expect(runner.log).toContain(fact);
    expect(await folder.names('pending')).toEqual(['a.json']);
  });
});

describe('the examples', () => {
  let failed: string;
  beforeEach(async () => {
    await refused('a.json');
    const runner = new RunnerProcess(folder.root);
    started.push(runner);
    await runner.exit();
    failed = folder.path('failed', 'a.result.json');
  });

  /** A program of that name that writes down its arguments and what it reads. */
  async function standIn(name: string): Promise<string> {
    const place = join(base, 'bin');
    await mkdir(place, { recursive: true });
    const path = join(place, name);
    await writeFile(
      path,
      `#!/bin/sh\nprintf '%s\\n' "$@" >> '${join(base, name)}'\ntest ${name} = sbatch || cat >> '${join(base, name)}'\n`,
    );
    await chmod(path, 0o755);
    return `${place}${delimiter}${process.env['PATH']}`;
  }
  const sent = (name: string) => readFile(join(base, name), 'utf8').catch(() => '');

  it('mail: one for a failure, none for what is completed', async () => {
    const env = { PATH: await standIn('mail'), MAIL_TO: 'dit@example.com' };
    await execa(`${EXAMPLES}mail.sh`, [failed], { env });
    expect(await sent('mail')).toContain('Missing source files: /not/here.mov');
    expect(await sent('mail')).toContain('dit@example.com');
    await rm(join(base, 'mail'));
    await execa(`${EXAMPLES}mail.sh`, [folder.path('completed', 'x.result.json')], { env });
    expect(await sent('mail')).toBe('');
  });

  it('webhook: the same for a chat, as JSON whatever a job is called', async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      void request.toArray().then((parts: Buffer[]) => {
        bodies.push(Buffer.concat(parts).toString());
        response.end();
      });
    });
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const env = { WEBHOOK_URL: `http://127.0.0.1:${port}/hook` };
    await execa(`${EXAMPLES}webhook.mjs`, [failed], { env });
    const none = await execa(`${EXAMPLES}webhook.mjs`, [failed], {
      env: { WEBHOOK_URL: 'http://127.0.0.1:1/' },
      reject: false,
    });
    const calling = JSON.stringify({
      final_status: 'FAILED',
      failure_reason: 'R&D',
      _metadata: { archived_as: '<!channel> <http://evil|x>.json' },
    });
    const file = folder.path('failed', 'calling.result.json');
    await writeFile(file, calling);
    await execa(`${EXAMPLES}webhook.mjs`, [file], { env });
    await new Promise((done) => server.close(done));
    expect(bodies.map((body) => (JSON.parse(body) as { text: string }).text)).toEqual([
      'a.json failed: Missing source files: /not/here.mov',
      '&lt;!channel&gt; &lt;http://evil|x&gt;.json failed: R&amp;D',
    ]);
    expect(none.exitCode).toBe(1);
    expect(none.stderr).toMatch(/^The chat didn't take it: .+\.$/);
  });
});
