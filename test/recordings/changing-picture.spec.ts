import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { makeSource } from '../proxy/support.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const CODED = '-c:v libx264 -preset ultrafast -bf 2 -g 25 -pix_fmt yuv420p';

/** A proxy of half the size, and what is said of it. */
async function proxyOf(source: string) {
  const form = { codec: 'prores_proxy', container: 'mov', resolution: 'half' };
  await folder().dropJob('a.json', { sources: [source], ...form });
  await runOnce(folder());
  const [clip] = (await folder().result('a.json')).clips;
  expect(clip).toMatchObject({ status: 'COMPLETED', failure_reason: null });
  return { path: clip?.resolved_output_path ?? '', warnings: clip?.warnings ?? [] };
}

/** Two seconds, then two of another form, as a broadcast goes from one programme to the next. */
async function joined(name: string, ...forms: string[]): Promise<string> {
  const parts = forms.map((form, n) =>
    makeSource(folder().beside(`${n}-${name}`), `-f lavfi -i testsrc2=d=2:r=25:s=${form} ${CODED}`),
  );
  const list = folder().beside(`${name}.txt`);
  const paths = await Promise.all(parts);
  await writeFile(list, paths.map((path) => `file ${path}\n`).join(''));
  return makeSource(folder().beside(name), `-f concat -safe 0 -i ${list} -c copy`);
}

it.each([
  ['its shape', '320x180', '240x180'],
  ['its fields', '320x180', '320x180 -vf setfield=tff -flags +ildct+ilme'],
  ['its colours', '320x180 -color_range tv -colorspace bt709', '320x180 -color_range pc'],
])('a picture that changes %s is told, with the place', async (name, first, second) => {
  const { warnings } = await proxyOf(await joined(`${name.slice(4)}.ts`, first, second));
  expect(warnings).toContainEqual(
    expect.stringMatching(/^The picture changes its format .* 2\.\d+ s after the first frame: /),
  );
});

it('a picture that stays as it is, is not', async () => {
  const { warnings } = await proxyOf(await joined('same.ts', '320x180', '320x180'));
  expect(warnings).toEqual([]);
});

/** Luma of the left half of the first frame, of 255. */
async function leftHalf(path: string): Promise<number> {
  const gray = ['-vf', 'crop=iw/2:ih:0:0,scale=1:1:flags=area,format=gray', '-frames:v', '1'];
  const args = ['-v', 'error', '-i', path, ...gray, '-f', 'rawvideo', '-'];
  const { stdout } = await execa('ffmpeg', args, { encoding: 'buffer' });
  return stdout[0] ?? Number.NaN;
}

it.each(['insert:rotate=90', 'insert:flip=horizontal'])(
  'pictures that say in themselves that they are turned (%s) stay as they are coded, with a warning',
  async (orientation) => {
    const halves = `-f lavfi -i color=white:s=320x180:d=1:r=25 -vf drawbox=w=160:t=fill:color=black`;
    const upright = await makeSource(folder().beside('upright.mp4'), `${halves} ${CODED} -g 1`);
    const turned = await makeSource(
      folder().beside('turned.mp4'),
      `-i ${upright} -c copy -bsf:v h264_metadata=display_orientation=${orientation}`,
    );
    const { path, warnings } = await proxyOf(turned);
    expect(warnings).toEqual([expect.stringContaining('as they are coded')]);
    expect(await leftHalf(path)).toBeLessThan(30);
  },
);
