import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { plan, planned } from '../support/plan.ts';
import { RunnerProcess } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();
let card = '';

beforeEach(async () => {
  card = folder().beside('A001');
  await mkdir(card);
  await cp(clips['a.mov'], join(card, 'C001.mov'));
});

describe('an output folder that can not be made', () => {
  it.each(['/proc/nowhere/deep', '/dev/null/proxies'])('is told: %s', async (output) => {
    const args = [card, '--output', output, '--codec', 'h264', '--submit', folder().root];
    const { exitCode, stderr } = await plan(args);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Not planned: \/(proc|dev)\/\S+ can't be created: /);
    expect(await folder().names('pending')).toEqual([]);
  });
});

describe('a folder of proxies that can not be made', () => {
  const args = () => [card, '--output', folder().output, '--codec', 'h264', '--submit'];

  it.each(['a file', 'a link that leads nowhere'])(
    'is told once, and the rest is planned: %s',
    async (what) => {
      await mkdir(join(card, 'B'));
      for (const name of ['C002.mov', 'C003.mov']) await cp(clips['a.mov'], join(card, 'B', name));
      await mkdir(join(folder().output, 'A001'));
      const place = join(folder().output, 'A001/B');
      await (what === 'a file' ? writeFile(place, '') : symlink('nowhere', place));
      const { exitCode, report } = await planned([...args(), folder().root]);
      expect(exitCode).toBe(1);
      expect(report.problems).toMatchObject([{ path: place, kind: 'output' }]);
      expect(report.problems[0]?.reason).toContain(place);
      expect(report.jobs.map(({ state }) => state)).toEqual(['submitted']);
    },
  );

  it('keeps JobSpecs from being written there, too', async () => {
    await writeFile(folder().beside('jobs'), '');
    const words = [...args().slice(0, -1), '--write', folder().beside('jobs/deep')];
    const { exitCode, stderr } = await plan(words);
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^A001-C001-h264-\w+\.json can't be written: .*not a directory/);
  });
});

describe('a JobSpec that is there', () => {
  it.each(['--write', '--submit'])('is kept when it says something else (%s)', async (flag) => {
    const target = flag === '--write' ? folder().beside('jobs') : folder().root;
    const args = [card, '--output', folder().output, '--codec', 'h264', flag, target];
    const first = await planned(args);
    const path = join(
      target,
      flag === '--write' ? '' : 'pending',
      first.report.jobs[0]?.name ?? '',
    );
    const text = await readFile(path, 'utf8');
    expect((await planned(args)).exitCode).toBe(0);

    const changed = text.replace(folder().output, folder().beside('elsewhere'));
    await writeFile(path, changed);
    const { exitCode, report, stderr } = await planned(args);
    expect(exitCode).toBe(1);
    expect(report.problems).toMatchObject([{ path, kind: 'naming' }]);
    expect(stderr).toContain(`${path} is there and says something other than the plan of ${card}`);
    expect(await readFile(path, 'utf8')).toBe(changed);
    await writeFile(path, text);
  });
});

describe('what is no file in a watch folder', () => {
  it('is passed over, and told when it lies in the place of a JobSpec', async () => {
    const args = [card, '--output', folder().output, '--codec', 'h264'];
    await execa('mkfifo', [folder().path('completed', 'q.json')]);
    await mkdir(folder().path('pending', 'folder.json'));
    await symlink('/dev/zero', folder().path('failed', 'zero.json'));
    const name = (await planned(args)).report.jobs[0]?.name ?? '';
    await execa('mkfifo', [folder().path('pending', name)]);
    const barred = await planned([...args, '--submit', folder().root]);
    expect(barred.exitCode).toBe(1);
    expect(barred.report.problems[0]?.reason).toContain('says something other than the plan of');
    await rm(folder().path('pending', name));
    const { exitCode, report } = await planned([...args, '--submit', folder().root]);
    expect(exitCode).toBe(0);
    expect(report.jobs).toMatchObject([{ name, state: 'submitted' }]);
  });
});

describe('a signal to stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('leaves whole JobSpecs only (%s)', async (signal) => {
    const submitting = new RunnerProcess('plan', {
      args: [card, '--output', folder().output, '--codec', 'h264', '--submit', folder().root],
      // The first file is that of the record.
      fault: { calls: ['sync'], path: '\\.tmp$', nth: 2, act: 'slow' },
    });
    await submitting.logged('slow: sync');
    submitting.signal(signal);
    await submitting.exit();
    expect(submitting.process.signalCode).toBe(signal);
    const names = await folder().names('pending');
    expect(names).toEqual([expect.stringMatching(/^A001-C001-h264-\w+\.json$/)]);
  });
});
