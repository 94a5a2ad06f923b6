import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { plan, planned } from '../support/plan.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();
let card = '';
let args: string[] = [];

beforeEach(async () => {
  card = folder().beside('A001');
  args = [card, '--output', folder().output, '--codec', 'h264', '--submit'];
  await mkdir(card);
  await cp(clips['a.mov'], join(card, 'C001.mov'));
});

it('a name that gets too long is told, and the rest is planned, every time', async () => {
  const long = join(card, `${'ü'.repeat(125)}.mov`);
  await cp(clips['a.mov'], long);
  const naming = ['--naming', '{source_name}_proxy'];
  for (const time of ['first', 'second']) {
    const { exitCode, report } = await planned([...args, folder().root, ...naming]);
    expect(exitCode).toBe(1);
    expect(report.problems).toEqual([
      {
        path: long,
        kind: 'naming',
        reason: `${long}: its JobSpec would be rejected (naming_template gives a name of 260 bytes with its extension, at most 255 are allowed, for sources[0]). Rename the clip, or give another --naming.`,
      },
    ]);
    if (time === 'first') await runOnce(folder());
    expect(report.already_made).toBe(time === 'first' ? 0 : 1);
  }
  expect(await readdir(join(folder().output, 'A001'))).toEqual(['C001_proxy.mp4']);
});

describe('a folder in a watch folder', () => {
  it.each(['completed/x', 'pending/x', 'running/x', 'failed/x/y', 'beside'])(
    'does not become one itself: %s',
    async (name) => {
      const inner = join(folder().root, name);
      await mkdir(inner, { recursive: true });
      const { exitCode, stderr } = await plan([...args, inner]);
      expect(exitCode).toBe(4);
      expect(stderr).toContain(`${inner} belongs to the watch folder ${folder().root}.`);
      expect(await readdir(inner)).toEqual([]);
    },
  );

  it('takes no job where no runner looks', async () => {
    const inner = folder().path('completed', 'x');
    await mkdir(join(inner, 'pending'), { recursive: true });
    await plan([...args.slice(0, -1), '--write', folder().beside('jobs')]);
    const [name = ''] = await readdir(folder().beside('jobs'));
    const job = join(folder().beside('jobs'), name);
    for (const { exitCode, stderr } of [
      await cli(['submit', job, inner]),
      await plan([...args, inner]),
    ]) {
      expect(exitCode).toBe(4);
      expect(stderr.replaceAll('"', '')).toContain(
        `${inner} belongs to the watch folder ${folder().root}.`,
      );
    }
    expect(await readdir(join(inner, 'pending'))).toEqual([]);
  });
});

it('a name that is no UTF-8 is told as that', async () => {
  const [before = '', after = ''] = join(card, '|bad.mov').split('|');
  const path = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
  await cp(clips['a.mov'], join(card, 'bad.mov'));
  await rename(join(card, 'bad.mov'), path);
  const { report } = await planned([...args, folder().root]);
  expect(report.problems.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('bad.mov has a name that is not UTF-8. Rename it.'),
  ]);
});

it('proxies of two cards with one name are told with what helps', async () => {
  const other = folder().beside('day2/A001');
  await mkdir(other, { recursive: true });
  await cp(clips['a.mov'], join(other, 'C001.mov'));
  const { stderr } = await plan([other, ...args, folder().root]);
  expect(stderr).toContain(
    'Plan one of the cards into another --output, or name the folder above both',
  );
});

it('a clip of any container is missed when it is empty or broken', async () => {
  const names = ['a.trp', 'b.QT', 'c.osv', 'd.dif', 'e.m2p', 'f.f4v', 'g.3g2', 'h.mk3d'];
  for (const name of names) await writeFile(join(card, name), name < 'd' ? '' : 'broken');
  const { exitCode, report } = await planned([...args, folder().root]);
  expect(exitCode).toBe(1);
  expect(report.problems.map(({ path }) => path)).toEqual(names.map((name) => join(card, name)));
});
