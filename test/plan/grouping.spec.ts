import { cp, mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliHere } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { plan, planned } from '../support/plan.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mp4': { width: 64, height: 36, frames: 25 } });
const folder = useWatchFolder();
let day4 = '';
let args: string[] = [];

const CARD = 'B001/PRIVATE/M4ROOT/CLIP';

beforeEach(async () => {
  day4 = folder().beside('day4');
  args = [day4, '--output', folder().output, '--codec', 'h264'];
  await mkdir(join(day4, CARD), { recursive: true });
  for (const name of ['C0001.MP4', 'C0002.MP4', 'C0010.MP4'])
    await cp(clips['a.mp4'], join(day4, CARD, name));
});

describe('one JobSpec for each clip', () => {
  it('is named after card and clip, in their order', async () => {
    const { report } = await planned(args);
    expect(report.jobs.map(({ name }) => name.replace(/-[0-9a-f]{8}\.json$/, ''))).toEqual([
      'B001-C0001-h264',
      'B001-C0002-h264',
      'B001-C0010-h264',
    ]);
    const names = report.jobs.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
  });

  it('lets a clip that was cut hold up no other, and puts its refusal on record', async () => {
    const cut = join(day4, CARD, 'C0001.MP4');
    await truncate(cut, 200);
    const { exitCode, stderr, stdout } = await plan([...args, '--submit', folder().root]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Planned, and will be rejected: .*C0001\.MP4/);
    expect(stdout).toMatch(/B001-C0001-h264-\w+\.json: 1 clip that will be rejected into/);
    const { isClean } = await runOnce(folder(), { maxWorkers: 2 });
    expect(isClean).toBe(false);
    const archived = await folder().archived();
    const ends = archived.map(({ name, result }) => `${name.slice(5, 10)} ${result.final_status}`);
    expect(ends.toSorted()).toEqual(['C0001 PARTIAL', 'C0002 COMPLETED', 'C0010 COMPLETED']);
    const lists = folder().beside('lists');
    const handover = await cliHere(['handover', folder().root, '--output', lists]);
    expect(handover.stdout).toContain('1 failed');
    expect(await readFile(join(lists, 'handover.csv'), 'utf8')).toContain(cut);
  });
});

describe('--group folder', () => {
  it('makes one JobSpec for each folder, but for clips that will be refused', async () => {
    await truncate(join(day4, CARD, 'C0002.MP4'), 200);
    const { report } = await planned([...args, '--group', 'folder']);
    expect(report.jobs.map(({ jobspec }) => jobspec.sources.length)).toEqual([2, 1]);
    expect(report.jobs[0]?.name).toMatch(/^day4-CLIP-h264-/);
  });
});
