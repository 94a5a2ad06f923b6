import { cp, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { cli } from '../support/cli.ts';
import { plan, planned } from '../support/plan.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({
  'a.mov': { width: 64, height: 36, frames: 3 },
  'b.mov': { width: 64, height: 36, frames: 5 },
});
const folder = useWatchFolder();
let first = '';
let others: string[] = [];

beforeEach(async () => {
  first = await put('a.mov', 'day1/A001/C001.mov');
  others = ['--output', folder().output, '--codec', 'h264', '--submit', folder().root];
});

/** @returns the card. */
async function put(clip: keyof typeof clips, name: string): Promise<string> {
  const path = folder().beside(name);
  await mkdir(dirname(path), { recursive: true });
  await cp(clips[clip], path);
  return dirname(path);
}

const work = () => runOnce(folder());

describe('a proxy that is there', () => {
  it('is no clip of the card that it lies on, in whatever folder', async () => {
    const dailies = join(first, 'dailies');
    await plan([first, '--output', dailies, '--codec', 'h264', '--submit', folder().root]);
    await work();
    const { report } = await planned([first, '--for', 'resolve', '--submit', folder().root]);
    expect(report.jobs.flatMap(({ jobspec }) => jobspec.sources)).toEqual([
      join(first, 'C001.mov'),
    ]);
    expect(report.left_out).toMatchObject([{ kind: 'proxy', count: 1 }]);
  });

  it('is a clip where it is asked for as one', async () => {
    await plan([first, ...others]);
    await work();
    const other = ['--output', folder().beside('web'), '--codec', 'h264'];
    const { report } = await planned([folder().output, ...other, '--submit', folder().root]);
    expect(report.jobs).toHaveLength(1);
  });

  it('is that of another card: no job is asked for, since the runner replaces none', async () => {
    await plan([first, ...others]);
    const second = await put('b.mov', 'day2/A001/C001.mov');
    const coming = await planned([second, ...others]);
    expect(coming).toMatchObject({ exitCode: 1, report: { already_submitted: 0, jobs: [] } });
    expect(coming.report.problems[0]?.reason).toMatch(/C001\.mp4 comes from another job/);
    await work();
    const { exitCode, report } = await planned([second, ...others]);
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({ already_submitted: 0, jobs: [] });
    expect(report.problems[0]?.reason).toMatch(/C001\.mp4 is there already/);
    expect((await planned([first, ...others])).report).toMatchObject({ already_made: 1, jobs: [] });
  });

  it.each([
    ['codec', ['--codec', 'h265']],
    ['size', ['--codec', 'h264', '--resolution', 'same']],
  ])('is none of another %s that would have its name', async (_, asked) => {
    await plan([first, ...others]);
    await work();
    const where = ['--output', folder().output, '--submit', folder().root];
    const { exitCode, report } = await planned([first, ...where, ...asked]);
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({ already_made: 0, jobs: [] });
    expect(report.problems[0]?.reason).toMatch(/C001\.mp4 is there already/);
  });

  it('is all that is asked for, whatever else was asked for in its place before', async () => {
    await plan([first, ...others]);
    await work();
    await plan([first, ...others, '--resolution', 'same']);
    const again = await planned([first, ...others]);
    expect(again).toMatchObject({ exitCode: 0, report: { already_made: 1, problems: [] } });
    const list = await cli(['handover', folder().root, '--output', folder().beside('lists')]);
    expect(list.exitCode).toBe(0);
  });

  it('is known to be one though its result was moved away', async () => {
    await plan([first, ...others]);
    await work();
    for (const name of await folder().names('completed'))
      await rm(join(folder().path('completed'), name));
    const { exitCode, report } = await planned([first, ...others]);
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ not_known_any_more: 1, jobs: [], problems: [] });
    expect((await plan([first, ...others, '--resolution', 'same'])).exitCode).toBe(1);
    expect((await plan([first, ...others])).exitCode).toBe(0);
    const list = await cli(['handover', folder().root, '--output', folder().beside('lists')]);
    expect(list.stdout).toContain('1 clip no longer known: their results were moved away.');
    expect(list.exitCode).toBe(0);
  });

  it('is known whichever links lead to the card and to the proxies', async () => {
    await plan([first, ...others]);
    await symlink(folder().beside('day1'), folder().beside('today'));
    await symlink(first, folder().beside('card'));
    await symlink(folder().output, folder().beside('out'));
    const linked = others.with(1, folder().beside('out'));
    const media = [folder().beside('today/A001'), folder().beside('card')];
    const ways = [
      [media[0] ?? '', ...linked],
      [media[1] ?? '', ...others],
    ];
    for (const words of ways) {
      const { exitCode, report } = await planned(words);
      expect(exitCode).toBe(0);
      expect(report).toMatchObject({ already_submitted: 1, jobs: [], problems: [] });
    }
    await work();
    for (const words of ways)
      expect((await planned(words)).report).toMatchObject({ already_made: 1, jobs: [] });
    const both = await planned([first, ...media, ...others]);
    expect(both.report).toMatchObject({ already_made: 1, jobs: [], problems: [] });
  });

  it('is that of the card to which a link led before', async () => {
    const jobs = folder().beside('jobs');
    const today = folder().beside('today');
    await plan([first, ...others.slice(0, -2), '--write', jobs]);
    await symlink(folder().beside('day1'), today);
    const same = await planned([join(today, 'A001'), ...others.slice(0, -2), '--write', jobs]);
    expect(same.report.jobs).toMatchObject([{ state: 'there' }]);
    await plan([join(today, 'A001'), ...others]);
    await work();
    await rm(today);
    await put('b.mov', 'day2/A001/C001.mov');
    await symlink(folder().beside('day2'), today);
    const { exitCode, report } = await planned([join(today, 'A001'), ...others]);
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({ already_made: 0, jobs: [] });
    expect(report.problems[0]?.reason).toMatch(/C001\.mp4 is there already/);
  });

  it('is missed when its job was completed', async () => {
    await plan([first, ...others]);
    await work();
    await rm(join(folder().output, 'A001/C001.mp4'));
    const { exitCode, report } = await planned([first, ...others]);
    expect(exitCode).toBe(1);
    expect(report.problems[0]?.reason).toContain('was completed, and its proxies in');
    expect(await folder().names('pending')).toEqual([]);
  });
});

describe('a plan', () => {
  it('is not submitted into a directory of a watch folder', async () => {
    const { exitCode, stderr } = await plan([
      ...[first, ...others].slice(0, -1),
      folder().path('failed'),
    ]);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`belongs to the watch folder ${folder().root}`);
  });
});

describe('hash lists', () => {
  const list = (text: string) => `<hashlist version="1.1"><hash>
    <file>C001.mov</file>${text}</hash></hashlist>`;

  it.each(['<size>SIZE</size>', '<size>SIZE</size><crc32>00000000</crc32>'])(
    'without a hash that can be checked vouch for nothing: %s',
    async (text) => {
      const { size } = await stat(join(first, 'C001.mov'));
      await writeFile(join(first, 'a.mhl'), list(text.replace('SIZE', String(size))));
      const { exitCode, stderr } = await plan([first, ...others, '--check-mhl']);
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain('C001.mov: no hash list for');
    },
  );
});
