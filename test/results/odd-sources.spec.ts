import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipResult, JobResult } from '@app/jobspec';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSource, probeJson } from '../proxy/support.ts';
import type { JobFields } from '../support/job-spec.ts';
import { runOnce } from '../support/runner.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { useSharedWatchFolder } from '../support/watch-folder.ts';

const PICTURE = '-f lavfi -i testsrc2=s=320x180:r=25,trim=end_frame=25';
const PRORES_4444: JobFields = { codec: 'prores_4444', container: 'mov', resolution: 'same' };
const H264: JobFields = { codec: 'h264', container: 'mkv', resolution: 'same' };
const DNXHR: JobFields = { codec: 'dnxhr', container: 'mxf', resolution: 'same' };

const SOURCES: Record<string, [fields: JobFields, ...ffmpeg: string[]]> = {
  'n.dv': [
    DNXHR,
    '-f lavfi -i testsrc2=s=720x480:r=30000/1001:d=1 -f lavfi -i sine=sample_rate=48000:d=1',
    '-pix_fmt yuv411p -ac 2 -timecode 01:02:03;04',
  ],
  'alpha.webm': [
    PRORES_4444,
    '-f lavfi -i testsrc2=s=320x180:r=25:d=1,format=yuva420p,colorchannelmixer=aa=0.5',
    '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuva420p',
  ],
  'full.mov': [H264, PICTURE, '-c:v mjpeg -q:v 3 -pix_fmt yuvj420p'],
  'gap.mp4': [DNXHR, PICTURE, '-vf select=lt(n\\,8)+gt(n\\,16) -fps_mode vfr -c:v libx264'],
  'damaged.avi': [PRORES_4444, PICTURE, '-c:v mjpeg -q:v 3 -pix_fmt yuvj422p'],
};

const temporary = useTemporaryFolder();
const folder = useSharedWatchFolder();

beforeAll(async () => {
  for (const [name, [fields, ...ffmpeg]] of Object.entries(SOURCES)) {
    const path = await makeSource(join(temporary.path, name), ...ffmpeg);
    if (name === 'damaged.avi') await spoil(path);
    await folder().dropJob(`${name}.json`, { sources: [path], naming_template: name, ...fields });
  }
  await runOnce(folder(), { maxWorkers: 2 });
});

/** Every third byte of a stretch inside one picture becomes another. */
async function spoil(path: string) {
  const bytes = await readFile(path);
  const start = Math.floor(bytes.length / 3);
  for (let at = start; at < start + 3000; at += 3) bytes.writeUInt8((at * 151 + 89) & 0xff, at);
  await writeFile(path, bytes);
}

const result = (name: string): Promise<JobResult> => folder().result(`${name}.json`);

async function made(name: string): Promise<ClipResult> {
  const { failure_reason, clips } = await result(name);
  expect(failure_reason).toBeNull();
  return clips[0] as ClipResult;
}

describe('what FFmpeg alone gets wrong', () => {
  it('full levels stay full levels, and are compared as such', async () => {
    const { verification, resolved_output_path: path } = await made('full.mov');
    expect(verification.every(({ passed }) => passed)).toBe(true);
    expect((await probeJson(path)).streams[0]).toMatchObject({ color_range: 'pc' });
  });

  it('raw DV keeps its rate and its timecode, whatever FFmpeg’s average says', async () => {
    const { format, streams } = await probeJson((await made('n.dv')).resolved_output_path);
    expect(streams[0]?.['r_frame_rate']).toBe('30000/1001');
    expect(format.tags?.['timecode']).toBe('01:02:03;04');
  });

  it('the alpha of VP9 reaches prores_4444', async () => {
    const { streams } = await probeJson((await made('alpha.webm')).resolved_output_path);
    expect(streams[0]?.['pix_fmt']).toMatch(/^yuva444p/);
  });

  it('a picture whose decoder paints over damage is no success', async () => {
    const { final_status, failure_type } = await result('damaged.avi');
    expect([final_status, failure_type]).toEqual(['FAILED', 'EngineError']);
  });
});

describe('what is lost or changed is told', () => {
  it('a variable rate in MXF becomes the rate that the camera was set to, and repeats are counted', async () => {
    const { warnings, resolved_output_path } = await made('gap.mp4');
    expect(warnings.join()).toMatch(/to reach 25 per second.*Frames that were repeated: \d+, drop/);
    const { streams } = await probeJson(resolved_output_path);
    expect(streams[0]).toMatchObject({ r_frame_rate: '25/1', nb_read_packets: '25' });
  });
});
