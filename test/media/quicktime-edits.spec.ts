import { readFile, writeFile } from 'node:fs/promises';
import { planProxy, type MediaInfo } from '@app/engines';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../apps/runner/src/config/settings.ts';
import { FfprobeService } from '../../apps/runner/src/ffmpeg/ffprobe.service.ts';
import { ffmpegArguments } from '../../libs/engines/src/ffmpeg/arguments.ts';
import { makeSource } from '../support/media.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { routeByContent } from '../../libs/engines/src/routing/route-source.ts';

const temporary = useTemporaryFolder();
const inFolder = (name: string) => `${temporary.path}/${name}`;
const quiet = ['-v', 'error', '-nostdin', '-y'];

let source = '';
beforeAll(async () => {
  const options = { frames: 100, audioTracks: [1], timecode: '10:00:00:00' };
  source = await makeSource(temporary.path, 'whole.mov', options);
});

async function probed(path: string) {
  return new FfprobeService(DEFAULT_SETTINGS).probe(path);
}

async function described(path: string): Promise<MediaInfo> {
  const probe = await probed(path);
  if ('error' in probe) throw new Error(probe.error);
  return probe.media;
}

/** Start timecode and warnings of a proxy. */
async function timecodeOf(path: string) {
  const request = { codec: 'prores_proxy', container: 'mov', resolution: 'same' } as const;
  const { plan } = planProxy({ ...request, explicitFps: null }, await described(path));
  return { timecode: plan?.timecode, warnings: plan?.warnings };
}

type Edit = readonly [milliseconds: number, from: number, speed?: number];

/** The clip, with the first edit of each track changed: of the picture, the sound and the timecode. */
async function edited(name: string, ...edits: (Edit | null)[]): Promise<string> {
  const bytes = await readFile(source);
  let at = 0;
  for (const edit of edits) {
    at = bytes.indexOf('elst', at) + 4;
    if (edit === null) continue;
    const [milliseconds, from, speed = 1] = edit;
    bytes.writeUInt32BE(milliseconds, at + 8);
    bytes.writeInt32BE(from, at + 12);
    bytes.writeInt32BE(speed * 0x1_00_00, at + 16);
  }
  await writeFile(inFolder(name), bytes);
  return inFolder(name);
}

describe('the start timecode is that of the first picture that is shown', () => {
  it('of a clip that is whole', async () => {
    expect(await timecodeOf(source)).toEqual({ timecode: '10:00:00:00', warnings: [] });
  });

  it('of a clip that FFmpeg has cut without coding it again', async () => {
    const path = inFolder('cut.mov');
    const cut = ['-ss', '1.2', '-i', source, '-map', '0', '-c', 'copy', path];
    await execa('ffmpeg', [...quiet, ...cut]);
    expect(await timecodeOf(path)).toMatchObject({ timecode: '10:00:01:05' });
  });

  it.each<[string, Edit[], string]>([
    [
      'cut at its start',
      [
        [3000, 12_800],
        [3000, 48_000],
        [3000, 12_800],
      ],
      '10:00:01:00',
    ],
    [
      'cut in the middle of a picture',
      [
        [2000, 13_056],
        [2000, 48_960],
        [2000, 13_056],
      ],
      '10:00:01:01',
    ],
    ['whose picture alone is cut', [[3000, 12_800]], '10:00:00:00'],
    [
      'whose timecode alone is cut',
      [
        [4000, 0],
        [4000, 0],
        [3000, 25_600],
      ],
      '10:00:02:00',
    ],
  ])('%s', async (name, edits, timecode) => {
    expect(await timecodeOf(await edited(`${name}.mov`, ...edits))).toMatchObject({ timecode });
  });
});

const played = async (path: string) => routeByContent('/a.mov', await probed(path));

describe('what FFmpeg would read otherwise than it is meant is refused', () => {
  it('a part that is played faster, but for the timecode', async () => {
    expect(await played(await edited('own.mov', null, null, [2000, 0, 2]))).toMatchObject({
      engine: 'ffmpeg',
    });
    expect(await played(await edited('fast.mov', [2000, 0, 2], [2000, 0, 2]))).toMatchObject({
      engine: null,
      problem:
        '/a.mov is edited to play some of it slower, faster or still. Open it in QuickTime Player or an editor and export it as a new clip.',
    });
  });
});

it('sound that is cut in the middle of a packet ends there', async () => {
  const path = await edited('sound.mov', [2000, 5120], [2000, 19_200], [2000, 5120]);
  const request = { codec: 'prores_proxy', container: 'mov', resolution: 'same' } as const;
  const { plan } = planProxy({ ...request, explicitFps: null }, await described(path));
  if (!plan) throw new Error('there is no plan');
  const output = inFolder('sound-proxy.mov');
  await execa('ffmpeg', [...quiet, ...ffmpegArguments(plan, { input: path, output })]);
  const { streams } = await described(output);
  const seconds = streams.map(({ durationSeconds }) => durationSeconds);
  expect(seconds.slice(0, 2)).toEqual([2, 2]);
});
