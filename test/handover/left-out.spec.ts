import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliHere } from '../support/cli.ts';
import { JobFolder } from '../support/job-folder.ts';
import { makeSource } from '../support/media.ts';
import { runOnce } from '../support/runner.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';

const temporary = useTemporaryFolder();
let folder: JobFolder;
let card: string;
let lists = 0;

beforeEach(async () => {
  const base = await mkdtemp(join(temporary.path, 'left-'));
  folder = await JobFolder.create(base);
  card = join(base, 'A001');
  await mkdir(card);
  const first = await makeSource(card, 'C001.mov', { width: 64, height: 36, frames: 5 });
  for (const name of ['C002.mov', 'C003.mov']) await copyFile(first, join(card, name));
});

/** Hands over. @returns what it said, and its CSV. */
async function handOver(...args: string[]) {
  const output = join(temporary.path, `lists-${++lists}`);
  const run = await cliHere(['handover', folder.root, '--output', output, ...args]);
  const read = (name: string) => readFile(join(output, name), 'utf8').catch(() => '');
  return { ...run, csv: await read('handover.csv') };
}

const H264 = 'h264 mp4 {source_name} /out';

describe('a hand-over', () => {
  it('has a row for each clip that was never begun', async () => {
    const sources = ['C001.mov', 'C002.mov', 'C003.mov'].map((name) => join(card, name));
    await folder.submit('day.json', [sources[0] ?? '', join(card, 'gone.mov'), sources[2] ?? ''], {
      naming_template: '{source_name}',
    });
    await runOnce(folder);
    const { csv, stdout, exitCode } = await handOver();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('0 done, 1 failed, 2 missing.');
    const rows = csv.split('\r\n').map((row) => row.split(',').slice(0, 2));
    expect(rows.filter(([status]) => status === 'Missing').map(([, source]) => source)).toEqual([
      sources[0],
      sources[2],
    ]);
    expect(csv).toContain('Not started: gone.mov before it failed.');
    expect(stdout).toContain(`\nMissing: ${sources[0]}: Not started: gone.mov before it failed.`);
  });

  it('has a row for each clip on media that was not planned, and ends with 1', async () => {
    const medium = { at: '2026-12-01T08:00:00.000+00:00', medium: card };
    const clip = (name: string, given: object) => ({
      ...medium,
      path: join(card, name),
      bytes: 5,
      mtime_ms: 1,
      seconds: null,
      kind: 'prores_proxy mov',
      ...given,
    });
    const lines = [
      clip('C001.mov', { job: 'day.json', job_sha256: 'a'.repeat(64), kind: H264 }),
      clip('C002.mov', { cause: 'equal_name', reason: 'C002.mov and C002.mp4 have one name.' }),
      clip('C003.mov', { cause: 'hash_differs', reason: '=C003.mov differs.' }),
      clip('C004.mov', { cause: 'unreadable', reason: 'C004.mov is gone now.' }),
      { ...medium, gone: join(card, 'C004.mov') },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await writeFile(folder.path('pending', 'a.inventory'), text);
    await folder.submit('day.json', [join(card, 'C001.mov')], { naming_template: '{source_name}' });
    const before = await handOver();
    expect(before.stdout).toContain('0 done, 0 failed, 1 queued or running, 2 not planned.');
    expect(before.stderr).toContain('Jobs are still queued or running');
    await runOnce(folder);
    expect(await readdir(folder.path('pending'))).toEqual([]);
    const { csv, stdout, stderr, exitCode } = await handOver();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('1 done, 0 failed, 2 not planned.');
    expect(stderr).toContain('Not all clips on media were planned');
    expect(csv).toContain(
      `Not planned,${join(card, 'C002.mov')},,C002.mov and C002.mp4 have one name.`,
    );
    expect(csv).not.toContain('C004');
    expect(stdout).toContain('\nNot planned: ');
    const doctor = await cliHere(['doctor', folder.root]);
    expect(doctor.stdout).toContain('2 clips on media not planned; the first is');
    const retried = await cliHere(['retry', folder.root]);
    expect(retried.stdout).toContain('2 clips on media not planned: ask for them with plan.');
    const one = await handOver('--jobs', 'day');
    expect([one.exitCode, one.stdout.includes('not planned')]).toEqual([0, false]);
  });

  it('has nothing of a failed job that a person has dismissed', async () => {
    await writeFile(folder.path('pending', 'hello.json'), 'hello');
    await folder.submit('day.json', [join(card, 'C001.mov'), join(card, 'gone.mov')]);
    const run = () => cliHere([folder.root, '--once', '--settle-seconds', '0.1']);
    await run();
    expect((await cliHere(['retry', folder.root])).stderr).toContain('hello.json');
    const refused = await cliHere(['retry', folder.root, '--dismiss', 'nobody']);
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining('is no failed job'),
    ]);
    expect((await cliHere(['retry', folder.root, '--dismiss'])).exitCode).toBe(2);
    const seen = await cliHere(['retry', folder.root, '--dismiss', 'hello.json']);
    expect([seen.exitCode, seen.stdout]).toEqual([0, 'hello.json is put aside']);
    expect((await handOver()).csv).not.toContain('hello.json');
    await run();
    expect((await cliHere(['retry', folder.root])).stderr).not.toContain('hello.json');
    const { csv, stdout } = await handOver();
    expect(csv).not.toContain('hello.json');
    expect(stdout).toContain('1 failed job put aside, and not in the lists.');
    expect(await readdir(folder.path('failed'))).toContain('hello.json');
  });

  it('tells clips whose jobs nobody knows, and those whose results were moved away', async () => {
    const plan = [
      'plan',
      card,
      '--output',
      folder.output,
      '--codec',
      'h264',
      '--submit',
      folder.root,
    ];
    await cliHere(plan);
    await runOnce(folder);
    await cliHere([folder.root, '--once']);
    expect((await handOver()).exitCode).toBe(0);
    const names = await readdir(folder.path('completed'));
    const first = names.find((name) => name.includes('C001')) ?? '';
    for (const name of [first, first.replace('.json', '.result.json')])
      await rm(folder.path('completed', name), { force: true });
    const moved = await handOver();
    expect(moved.stdout).toContain('1 clip no longer known: their results were moved away.');
    const line = {
      at: '2026-12-01T08:00:00.000+00:00',
      medium: card,
      path: join(card, 'C009.mov'),
      bytes: 5,
      mtime_ms: 1,
      seconds: null,
      kind: 'h264 mp4',
      job: first,
      job_sha256: 'a'.repeat(64),
    };
    await writeFile(folder.path('pending', 'z.inventory'), `${JSON.stringify(line)}\n`);
    const forged = await handOver();
    expect([forged.exitCode, forged.csv]).toEqual([1, expect.stringContaining('C009.mov')]);
    expect(forged.stdout).toContain('2 done, 0 failed, 1 not planned.');
    const status = () => cliHere(['status', folder.root]);
    expect((await status()).stdout).toContain('1 clip on media not planned');
    const doctor = await cliHere(['doctor', folder.root]);
    expect(doctor.stdout).toMatch(/C009\.mov"?: its job can't be found\. Plan it again\./);

    const unseen = ['retry', folder.root, '--dismiss', '--dry-run', join(card, 'C009.mov')];
    expect((await cliHere(unseen)).stdout).toContain('C009.mov would be put aside');
    expect((await handOver()).exitCode).toBe(1);
    const seen = await cliHere(['retry', folder.root, '--dismiss', join(card, 'C009.mov')]);
    expect(seen.stdout).toBe(`${join(card, 'C009.mov')} is put aside`);
    expect((await handOver()).exitCode).toBe(0);
    expect((await status()).stdout).not.toContain('not planned');
  });

  it('has its record where no runner has worked yet, for retry, too', async () => {
    const args = [card, '--output', folder.output, '--codec', 'h264', '--submit', folder.root];
    await cliHere(['plan', ...args, '--burn-in', 'bottom-left={timecode}']);
    const retried = await cliHere(['retry', folder.root]);
    expect([retried.exitCode, retried.stdout]).toEqual([
      1,
      expect.stringContaining('3 clips on media not planned'),
    ]);
    const paths = ['C001.mov', 'C002.mov', 'C003.mov'].map((name) => join(card, name));
    expect((await cliHere(['retry', folder.root, '--dismiss', ...paths])).exitCode).toBe(0);
    expect((await cliHere(['retry', folder.root])).exitCode).toBe(0);
  });

  it('is put aside by the name of a clip, where no other has it, or by its path', async () => {
    const second = join(card, '..', 'B002');
    await cp(card, second, { recursive: true });
    await writeFile(join(second, 'C009.mov'), 'no clip');
    await folder.submit('day.json', [join(second, 'C009.mov')]);
    await cliHere([folder.root, '--once', '--settle-seconds', '0.1']);
    const args = [card, second, '--output', folder.output, '--codec', 'h264'];
    await rm(join(second, 'C002.mov'));
    await cliHere([
      'plan',
      ...args,
      '--submit',
      folder.root,
      '--burn-in',
      'bottom-left={timecode}',
    ]);
    const dismiss = async (...names: string[]) => {
      const { exitCode, stdout, stderr } = await cliHere([
        'retry',
        folder.root,
        '--dismiss',
        ...names,
      ]);
      return [exitCode, stdout + stderr];
    };
    expect(await dismiss('C001.mov')).toEqual([2, expect.stringContaining('the name of 2 clips')]);
    expect(await dismiss('C002.mov')).toEqual([0, `${join(card, 'C002.mov')} is put aside`]);
    const path = join(second, 'C001.mov');
    expect(await dismiss(path)).toEqual([0, `${path} is put aside`]);
    expect(await dismiss('C009.mov')).toEqual([
      0,
      expect.stringContaining('day.json is put aside'),
    ]);
  });

  it('is deceived by no line that names a job of another clip', async () => {
    await folder.submit('day.json', [join(card, 'C001.mov')]);
    await runOnce(folder);
    const line = { medium: card, bytes: 5, mtime_ms: 1, seconds: null, kind: 'h264 mp4' };
    const at = '2026-12-01T08:00:00.000+00:00';
    const path = join(card, 'C009.mov');
    const forged = { at, path, ...line, job: 'day.json', job_sha256: 'a'.repeat(64) };
    await writeFile(folder.path('pending', 'z.inventory'), `${JSON.stringify(forged)}\n`);
    const { exitCode, csv } = await handOver();
    expect([exitCode, csv]).toEqual([1, expect.stringContaining(`Not planned,${path}`)]);
  });
});
