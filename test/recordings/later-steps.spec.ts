/** @module-tag night */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { JobResult } from '@app/jobspec';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../proxy/support.ts';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useWatchFolder } from '../support/watch-folder.ts';
import { LONG_GOP } from './recording.ts';
import { retime } from './transport-stream.ts';

const folder = useWatchFolder();
const H264 = { codec: 'h264', container: 'mp4' };
const PRORES = { codec: 'prores_proxy', container: 'mov' };
const DNXHR = { codec: 'dnxhr', container: 'mxf' };
const PICTURES = '-f lavfi -i testsrc2=d=4:r=25:s=320x180';
const LONG = `${PICTURES} ${LONG_GOP.replace('-bf 2', '-bf 0')}`;

type Clip = JobResult['clips'][number];

/** Result of `run` for a source. */
async function resultOf(source: string, form: object): Promise<Clip> {
  const fields = { sources: [source], output_directory: folder().output, ...form };
  await mkdir(folder().beside('jobs'), { recursive: true });
  const path = folder().beside('jobs/step.json');
  await writeFile(path, JSON.stringify(jobSpec(fields)));
  const { stdout } = await cli(['run', path]);
  return (JSON.parse(stdout) as JobResult).clips[0] as Clip;
}

/** A clip whose times are changed after the pictures that are looked at first, by a filter of bits. */
async function changed(change: string, { name = 'step.mkv', coded = LONG } = {}): Promise<string> {
  const clip = await makeSource(folder().beside(`whole-${name}.mov`), coded);
  return makeSource(folder().beside(name), `-i ${clip} -c copy -bsf:v ${change}`);
}

describe('a constant rate that is none behind the first frames', () => {
  it.each([
    ['one frame stays longer', 'setts=ts=if(gt(N\\,70)\\,TS+150\\,TS)', PRORES],
    ['frames come slower', 'setts=ts=TS+gt(N\\,60)*(N-60)*200', H264],
    ['frames come faster', 'setts=ts=if(gt(N\\,60)\\,TS-(N-60)*160\\,TS)', PRORES],
    ['frames come faster', 'setts=ts=if(gt(N\\,60)\\,TS-(N-60)*160\\,TS)', H264],
  ])('keeps each time, where %s: %s, %o', async (_, change, form) => {
    const { warnings, ...clip } = await resultOf(await changed(change), form);
    expect(clip).toMatchObject({ status: 'COMPLETED', failure_reason: null });
    expect(warnings).toContain(
      'The source has a variable frame rate; every frame keeps its own time.',
    );
    expect(warnings.join()).not.toContain('go back');
    expect(clip.attempts?.map(({ why }) => why)).toEqual(['first', 'frame_times']);
  });

  it('says how long no picture comes', async () => {
    const source = await changed('noise=drop=between(n\\,60\\,83)', { name: 'hole.mov' });
    const { warnings } = await resultOf(source, H264);
    expect(warnings.join()).toContain('shows no new picture for');
  });
});

it('a stream that begins far from its next key frame begins with that, and says so', async () => {
  const whole = folder().beside('whole.ts');
  const coded = '-c:v libx264 -pix_fmt yuv420p -g 90 -keyint_min 90 -sc_threshold 0 -c:a aac';
  const sound = '-f lavfi -i sine=d=6:r=48000';
  await makeSource(whole, `-f lavfi -i testsrc2=d=6:r=50:s=320x180 ${sound} ${coded}`);
  const bytes = await readFile(whole);
  const source = folder().beside('cut.ts');
  await writeFile(source, bytes.subarray(Math.trunc(bytes.length / 188 / 2.5) * 188));
  const { warnings, ...clip } = await resultOf(source, H264);
  expect(clip).toMatchObject({ status: 'COMPLETED', failure_reason: null });
  const [, lost = '0'] = /its first (\d+) pictures can’t be decoded/.exec(warnings.join()) ?? [];
  // More than are looked at first.
  expect(Number(lost)).toBeGreaterThan(48);
});

describe('a time that goes back once', () => {
  const coded = `${PICTURES} -c:v mjpeg -q:v 3`;
  it.each([
    ['before that of the frame before', '-0.1', PRORES],
    ['that of the frame before', '-0.04', { codec: 'h264', container: 'mkv' }],
    ['after that of the next frame', '+0.05', H264],
    ['after that of the next frame', '+0.05', { codec: 'vp9', container: 'webm' }],
    ['that of the frame before', '-0.04', { codec: 'av1', container: 'mkv' }],
  ])('%s keeps each frame, and all other times: %s s, %o', async (_, seconds, form) => {
    const source = await changed(`setts=ts=TS${seconds}*eq(N\\,70)/TB`, { coded });
    const { warnings, ...clip } = await resultOf(source, form);
    expect(clip).toMatchObject({ status: 'COMPLETED', failure_reason: null });
    expect(warnings).toContainEqual(expect.stringContaining('shown 1 ms after the one before it'));
    expect(clip.attempts?.map(({ why }) => why)).toEqual(['first', 'frame_times']);
  });
});

describe('the command of a reason makes a copy that passes', () => {
  const coded = `${PICTURES} -f lavfi -i sine=d=4:r=48000 -c:a pcm_s16le -c:v mjpeg -q:v 3`;

  /** What the runner says of a copy that the reason's command has made. */
  async function copied(source: string, form: object): Promise<{ copy: string; clip: Clip }> {
    const { failure_reason: reason } = await resultOf(source, form);
    const [, command = '', name = ''] = /“(ffmpeg [^”]+ (NEW\.\w+))”/.exec(reason ?? '') ?? [];
    const copy = folder().beside(name);
    const words = command.replace('CLIP', `'${source}'`).replace(name, `'${copy}'`);
    await execa('bash', ['-c', words]);
    const clip = await resultOf(copy, form);
    expect(clip).toMatchObject({ status: 'COMPLETED', failure_reason: null });
    return { copy, clip };
  }

  it.each([
    ['of a recorder that dropped pictures', 'noise=drop=between(n\\,60\\,63)'],
    ['of a frame that is far ahead', 'setts=ts=TS+eq(N\\,70)*0.5/TB'],
  ])('%s', async (_, change) => {
    const source = await changed(change, { name: 'reason.mkv', coded });
    const { copy, clip } = await copied(source, PRORES);
    expect(clip.warnings.join()).not.toMatch(/variable|isn’t between|repeated/);
    const entries = ['-show_entries', 'stream=start_time,duration', '-of', 'csv=p=0'];
    const { stdout } = await execa('ffprobe', ['-v', 'error', ...entries, copy]);
    for (const line of stdout.split('\n')) {
      const [start = 1, seconds = 0] = line.split(',').map(Number);
      expect([start, Math.abs(seconds - 4) < 0.04]).toEqual([0, true]);
    }
  });

  it('of a time that goes back, where a constant rate has no place for its frame', async () => {
    const source = await changed('setts=ts=TS-0.1*eq(N\\,70)/TB', { name: 'back.mkv', coded });
    const { clip } = await copied(source, DNXHR);
    expect(clip.facts?.frames).toEqual({ source: 100, made: 100, repeated: 0, dropped: 0 });
  });

  it.each([PRORES, DNXHR])(
    'of a transport stream whose clock FFmpeg moves at a time that goes back: %o',
    { tags: ['night'] },
    async (form) => {
      const sound = '-itsoffset 0.04 -f lavfi -i sine=d=4:r=48000';
      const source = folder().beside('back.ts');
      await makeSource(source, `${PICTURES} ${sound} -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a aac`);
      await retime(source, 70, -0.332);
      const { clip } = await copied(source, form);
      expect(clip.warnings.join()).not.toMatch(/variable|repeated/);
    },
  );
});

it('sound that begins before its picture is cut with a warning', async () => {
  const sound = '-f lavfi -i sine=d=2:r=48000';
  const late = `-itsoffset 0.5 -f lavfi -i testsrc2=d=1:r=25:s=320x180 ${sound}`;
  const source = await makeSource(
    folder().beside('early.mov'),
    `${late} ${LONG_GOP} -c:a pcm_s16le`,
  );
  const { stdout } = await execa('ffprobe', ['-v', 'error', '-show_streams', source]);
  expect(stdout).toContain('start_time=0.5');
  const path = folder().beside('early.json');
  const fields = { sources: [source], output_directory: folder().output };
  await writeFile(path, JSON.stringify(jobSpec(fields)));
  const { clips } = JSON.parse((await cli(['run', path])).stdout) as JobResult;
  expect(clips[0]?.warnings.join()).toMatch(/begins 0\.5\d\d s before the picture: this is cut\./);
});
