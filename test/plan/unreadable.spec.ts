import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { planned } from '../support/plan.ts';
import { isRoot, NOBODY } from '../support/root.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();
let card = '';
let args: string[] = [];

beforeEach(async () => {
  card = folder().beside('A001');
  args = ['--output', folder().output, '--codec', 'h264'];
  await mkdir(card);
  for (const name of ['C001.mov', 'C002.mov']) await cp(clips['a.mov'], join(card, name));
});

describe('a clip that can not be read is told as that', () => {
  it('when nobody may', async () => {
    await chmod(join(card, 'C001.mov'), 0);
    if (isRoot) await folder().giveTo(NOBODY);
    const { exitCode, report } = await planned([card, ...args], isRoot ? { uid: NOBODY } : {});
    expect(exitCode).toBe(1);
    expect(report.problems).toEqual([
      {
        path: join(card, 'C001.mov'),
        kind: 'unreadable',
        reason: `${join(card, 'C001.mov')} can't be used: not readable`,
      },
    ]);
    const engines = report.jobs.map((job) => [job.jobspec.sources, job.execution_engine]);
    expect(engines).toEqual([
      [[join(card, 'C001.mov')], null],
      [[join(card, 'C002.mov')], 'ffmpeg'],
    ]);
  });

  it('when it is no file', async () => {
    const fifo = join(card, 'C003.mov');
    await execa('mkfifo', [fifo]);
    const { report } = await planned([fifo, ...args]);
    expect(report.problems).toMatchObject([{ path: fifo, kind: 'unreadable' }]);
    expect(report.problems[0]?.reason).toContain('a FIFO, not a file');
  });

  it('when it is no file and lies in a card, where it is counted and not opened', async () => {
    await execa('mkfifo', [join(card, 'C003.mov')]);
    const { exitCode, report } = await planned([card, ...args]);
    expect(exitCode).toBe(0);
    expect(report.left_out).toMatchObject([{ kind: 'special', count: 1 }]);
  });

  it('when ffprobe never ends', async () => {
    const bin = folder().beside('bin');
    await mkdir(bin);
    await writeFile(join(bin, 'ffprobe'), '#!/bin/sh\nexec sleep 600\n', { mode: 0o755 });
    const env = { PATH: `${bin}:${process.env['PATH']}`, WFR_STALL_TIMEOUT_SECONDS: '1' };
    const { report } = await planned([join(card, 'C001.mov'), ...args], { env });
    expect(report.problems).toMatchObject([{ kind: 'unreadable' }]);
    expect(report.problems[0]?.reason).toContain('ffprobe did not finish reading');
  });
});
