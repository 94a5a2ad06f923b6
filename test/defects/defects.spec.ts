import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { makeCompared } from '../proxy/support.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { DEFECTS } from './kinds.ts';
import { damaged, sourceForDefects, verdictOn } from './planted.ts';

/** `npm run test:defects` plants all of them, in six codecs. */
const SAMPLE = [
  'a picture late throughout',
  'one picture shown twice',
  'a band of 8 lines in one picture',
  'BT.601 for BT.709',
  'a cast of blue, 6 levels',
  'channels exchanged',
  '20 ms of silence',
  '10 ms late',
];

const folder = useTemporaryFolder();

it('a healthy proxy passes, and damage that no header shows is found', async () => {
  const source = await sourceForDefects(join(folder.path, 'source.mov'));
  const caught = [];
  for (const name of [null, ...SAMPLE]) {
    const defect = DEFECTS.find((one) => one.name === name) ?? null;
    const failed = await verdictOn(source, folder.path, ['prores_proxy', 'mov'], defect);
    if (failed.length > 0) caught.push(name);
  }
  expect(caught).toEqual(SAMPLE);
});

it('the worst frame is shown beside its source, as both were compared', async () => {
  const source = await sourceForDefects(join(folder.path, 'source.mov'));
  const defect = DEFECTS.find(({ name }) => name === 'a band of 8 lines in one picture') ?? null;
  const request = {
    codec: 'prores_proxy',
    container: 'mov',
    resolution: 'same',
    explicitFps: null,
  } as const;
  const output = join(folder.path, 'proxy.mov');
  const { thumbnails, facts } = await makeCompared(request, source, output, (args) =>
    damaged(args, defect),
  );
  const [shown, ...others] = thumbnails.filter(({ besideSource }) => besideSource);
  expect(others).toEqual([]);
  expect(shown).toMatchObject({
    frame: 12,
    timecode: '01:00:00:12',
    size: { width: 192, height: 56 },
  });
  expect(facts).toMatchObject({
    compared_size: '96x56',
    loudness: [{ integrated_lufs: -20.2, true_peak_dbtp: -14 }],
  });
  // A row of the band, which is grey.
  const { stdout } = await execa(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      'pipe:0',
      '-vf',
      'format=gray,crop=192:1:0:28',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    { input: shown?.jpeg ?? new Uint8Array(), encoding: 'buffer' },
  );
  const spread = (levels: Uint8Array) => Math.max(...levels) - Math.min(...levels);
  expect(spread(stdout.subarray(96))).toBeLessThan(spread(stdout.subarray(0, 96)) / 2);
});
