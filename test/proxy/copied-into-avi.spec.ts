/** @module-tag night */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Codec, Container } from '@app/jobspec';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { failedChecks, makeSource, makeCompared, probeJson } from './support.ts';

const folder = useTemporaryFolder();

const ENCODERS: Record<string, string> = {
  'MPEG-2': '-c:v mpeg2video -bf 0',
  'MPEG-2 with B-frames': '-c:v mpeg2video -bf 2',
  'MPEG-2 of fields': '-vf setfield=tff -c:v mpeg2video -bf 2 -flags +ildct+ilme',
  'MPEG-4 with B-frames': '-c:v mpeg4 -bf 2',
  'H.264 with B-frames': '-c:v libx264 -preset veryfast -bf 2',
  'H.264 of fields': '-c:v libx264 -preset veryfast -bf 2 -flags +ildct+ilme -x264-params tff=1',
};
const RATES = ['25/1', '30/1', '30000/1001', '24000/1001'];

/** Ticks of such an AVI are a 600th of a second, and its header counts them as pictures. */
async function copied(encoder: string, rate: string): Promise<string> {
  const name = join(folder.path, `${encoder.replaceAll(/\W/g, '')}-${rate.replace('/', '-')}`);
  const made = await makeSource(
    `${name}.ts`,
    `-f lavfi -i testsrc2=s=320x180:r=${rate},trim=end_frame=48 -f lavfi -i sine=440:r=48000:d=2`,
    ENCODERS[encoder] ?? '',
    '-c:a mp2',
  );
  return makeSource(`${name}.avi`, '-i', made, '-c copy');
}

it.each(Object.keys(ENCODERS).map((encoder, n) => [encoder, RATES[n % RATES.length] ?? '']))(
  '%s at %s that was copied into an AVI keeps its rate and every picture',
  async (encoder, rate) => {
    const clip = await copied(encoder, rate);
    for (const [codec, container] of [
      ['prores_proxy', 'mov'],
      ['dnxhr', 'mxf'],
    ] as [Codec, Container][]) {
      const request = { codec, container, resolution: 'same', explicitFps: null };
      const output = join(folder.path, `proxy.${container}`);
      expect(failedChecks(await makeCompared(request, clip, output))).toEqual([]);
      const [video] = (await probeJson(output)).streams;
      expect([video?.['r_frame_rate'], video?.['nb_read_packets']]).toEqual([rate, '48']);
    }
  },
);

it('a first picture that an AVI shows longer keeps its time', async () => {
  const picture = '-f lavfi -i testsrc2=s=320x180:r=25,trim=end_frame=48';
  // The copy puts the second one three ticks of a 60th late.
  const late = await makeSource(
    join(folder.path, 'late.mp4'),
    picture,
    '-c:v libx264 -preset ultrafast -bf 0 -bsf:v setts=ts=TS+gt(N\\,0)*640',
  );
  const clip = await makeSource(join(folder.path, 'late.avi'), '-i', late, '-c copy');
  const request = { container: 'mp4', resolution: 'same', explicitFps: null } as const;
  const output = join(folder.path, 'late-proxy.mp4');
  const made = await makeCompared({ ...request, codec: 'h264' }, clip, output);
  expect(failedChecks(made)).toEqual([]);
  const times = made.media.streams[0]?.packets?.times.toSorted((a, b) => a - b) ?? [];
  const ticks = (made.media.streams[0]?.tickSeconds ?? 0) * 1000;
  expect((times[1] ?? 0) * ticks).toBeGreaterThan(70);
});
