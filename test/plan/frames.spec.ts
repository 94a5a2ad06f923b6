import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { useClips } from '../support/clips.ts';
import { planned } from '../support/plan.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const clips = useClips({ 'a.mov': { width: 64, height: 36, frames: 3 } });
const folder = useWatchFolder();
let day3 = '';
let args: string[] = [];

beforeEach(async () => {
  day3 = folder().beside('day3');
  args = [day3, '--output', folder().output, '--codec', 'h264'];
  await put('A001.mov');
  await cp(clips['a.mov'], join(day3, 'A001.mov'));
});

async function put(...names: string[]) {
  for (const name of names) {
    await mkdir(dirname(join(day3, name)), { recursive: true });
    await writeFile(join(day3, name), 'image');
  }
}

describe('frames of renders and scans', () => {
  it.each(['.dpx', '.exr', '.tif', '.png'])('are told as a sequence: %s', async (extension) => {
    const frames = [1, 2, 3, 4].map((number) => `scan/reel.000${number}${extension}`);
    await put(...frames, 'scan/chart.png', 'scan/chart 2.png');
    const { exitCode, report, stderr } = await planned(args);
    expect(exitCode).toBe(1);
    const path = join(day3, `scan/reel.[0001-0004]${extension}`);
    expect(report.problems).toEqual([
      {
        path,
        kind: 'refused',
        reason: `${path} is a sequence of 4 images, and no proxies are made of those. Make a clip of them first.`,
      },
    ]);
    expect(stderr).toContain(`Not planned: ${path}`);
    expect(report.jobs).toHaveLength(1);
    expect(report.left_out.map(({ kind, count }) => [kind, count])).toEqual([
      ['frame', 4],
      ['still', 2],
    ]);
  });

  it('are none among the photos of a camera', async () => {
    await put(...[1, 2, 3].map((number) => `DCIM/100APPLE/IMG_000${number}.PNG`));
    const { exitCode, report } = await planned(args);
    expect(exitCode).toBe(0);
    expect(report.left_out).toMatchObject([{ kind: 'still', count: 3 }]);
  });
});
