import { join } from 'node:path';
import { ffmpegArguments, type Turn } from '@app/engines';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { describeFile, makeClip, planned, probeJson } from './support.ts';

const folder = useTemporaryFolder();
const STEP = 0.02;

it.each([0, 1, 3, 100, 2000, 2001])(
  'FFmpeg takes %i rows of pictures that have no time of their own',
  async (count) => {
    const input = await makeClip(
      join(folder.path, 'clip.mov'),
      '-f lavfi -i testsrc2=s=64x64:r=25:d=1',
    );
    const request = {
      codec: 'h264',
      container: 'mov',
      resolution: 'same',
      explicitFps: null,
    } as const;
    const plan = planned(request, await describeFile(input));
    const turns = Array.from({ length: count }, (_, n): Turn => [n + 3, n + 3, STEP]);
    const clock = { ...plan.video.clock, enforceMonotonicPts: true, turns };
    const output = join(folder.path, `${count}.mov`);
    await execa('ffmpeg', [
      ...ffmpegArguments({ ...plan, video: { ...plan.video, clock } }, { input, output }),
    ]);
    const { streams } = await probeJson(output);
    expect(streams[0]?.['nb_read_packets']).toBe('25');
  },
);
