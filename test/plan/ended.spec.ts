import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { plan, planned } from '../support/plan.ts';
import { runOnce } from '../support/runner.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useSharedWatchFolder();
const source = (name: string) => folder().beside(`A001/${name}`);
let args: string[] = [];

/** The first clip can't be decoded to its end, which only the runner sees. */
beforeAll(async () => {
  await mkdir(folder().beside('A001'));
  for (const name of ['C001.mov', 'C002.mov', 'C003.mov']) await cp(clips['a.mov'], source(name));
  const bytes = await readFile(source('C001.mov'));
  const media = bytes.indexOf('mdat');
  const end = media - 4 + bytes.readUInt32BE(media - 4);
  await writeFile(source('C001.mov'), bytes.fill(0, end - 40, end));
  const { root, output } = folder();
  args = [folder().beside('A001'), '--output', output, '--codec', 'h264', '--submit', root];
});

const work = () => runOnce(folder());
const failures = async () => (await folder().archived()).filter(({ state }) => state === 'failed');

describe('a clip that fails', () => {
  it('is asked for again, and what is made is not', async () => {
    await plan(args);
    await work();
    expect(await failures()).toHaveLength(1);
    const { report } = await planned(args);
    expect(report.already_made).toBe(2);
    expect(report.jobs.map(({ jobspec, state }) => [jobspec.sources, state])).toEqual([
      [[source('C001.mov')], 'submitted'],
    ]);
  });
});
