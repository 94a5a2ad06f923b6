/** @module-tag night */
import { mkdir, writeFile } from 'node:fs/promises';
import type { JobResult } from '@app/jobspec';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeClip } from '../proxy/support.ts';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useWatchFolder } from '../support/watch-folder.ts';
import { LONG_GOP } from './recording.ts';
import { retime } from './transport-stream.ts';

const OUT_OF_TURN = 'Frame 70 of the source (counted from 0) has a time that isn’t between';

const folder = useWatchFolder();
const H264 = { codec: 'h264', container: 'mp4' };
const PRORES = { codec: 'prores_proxy', container: 'mov' };
const DNXHR = { codec: 'dnxhr', container: 'mxf' };
const PICTURES = '-f lavfi -i testsrc2=d=4:r=25:s=320x180';
const LONG = `${PICTURES} ${LONG_GOP.replace('-bf 2', '-bf 0')}`;

type Clip = JobResult['clips'][number];

/** What `run` makes of a source. */
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
  const clip = await makeClip(folder().beside(`whole-${name}.mov`), coded);
  return makeClip(folder().beside(name), `-i ${clip} -c copy -bsf:v ${change}`);
}

/** The proxy of such a clip. */
async function proxyOf(
  change: string,
  { form = H264, ...source }: { form?: object; name?: string; coded?: string } = {},
): Promise<Clip> {
  const clip = await resultOf(await changed(change, source), form);
  expect(clip).toMatchObject({ status: 'COMPLETED', failure_reason: null });
  return clip;
}

describe('a constant rate that is none behind the first pictures', () => {
  it('keeps each time, where one step is longer', async () => {
    const { warnings } = await proxyOf('setts=ts=if(gt(N\\,70)\\,TS+150\\,TS)');
    expect(warnings).toContain(
      'The source has a variable frame rate; every frame keeps its own time.',
    );
  });

  it(
    'shows a picture in its turn, whose time is before that of the one before it',
    { tags: ['night'] },
    async () => {
      const { warnings } = await proxyOf('setts=pts=if(eq(N\\,70)\\,PTS+1000\\,PTS+5120):dts=DTS');
      expect(warnings.join()).toContain(OUT_OF_TURN);
    },
  );

  it(
    'shows a picture in its turn, whose time is after that of the next one, and all others at their times',
    { tags: ['night'] },
    async () => {
      const { warnings } = await proxyOf('setts=pts=if(eq(N\\,70)\\,PTS+0.5/TB\\,PTS):dts=PTS');
      expect(warnings).toEqual([expect.stringContaining(OUT_OF_TURN)]);
    },
  );

  // The first two begin ten frames into their movie, whose zero has the timecode.
  it.each([
    [
      'before that of the one before it',
      'if(eq(N\\,70)\\,PTS+1000\\,PTS+5120)',
      OUT_OF_TURN,
      PRORES,
      '10:00:00:10',
    ],
    [
      'before that of the one before it',
      'if(eq(N\\,70)\\,PTS+1000\\,PTS+5120)',
      OUT_OF_TURN,
      DNXHR,
      '10:00:00:10',
    ],
    [
      'after that of the next one',
      'if(eq(N\\,70)\\,PTS+0.1/TB\\,PTS)',
      OUT_OF_TURN,
      PRORES,
      '10:00:00:00',
    ],
    [
      'after that of the next one',
      'if(eq(N\\,70)\\,PTS+0.1/TB\\,PTS)',
      OUT_OF_TURN,
      DNXHR,
      '10:00:00:00',
    ],
  ])(
    'keeps its timecode and every picture, where a time is %s: %s, %s, %o',
    { tags: ['night'] },
    async (_, times, warning, form, timecode) => {
      const coded = `${LONG} -timecode 10:00:00:00`;
      const clip = await proxyOf(`setts=pts=${times}:dts=DTS`, { name: 'a.mov', coded, form });
      expect(clip.warnings).toContainEqual(expect.stringContaining(warning));
      expect(clip.verification).toContainEqual(
        expect.objectContaining({ check: 'start_timecode', actual: timecode }),
      );
      expect(clip.warnings.join()).not.toMatch(/variable|repeated/);
    },
  );

  it(
    'keeps every picture in MXF, of a codec whose first pictures aren’t looked at',
    { tags: ['night'] },
    async () => {
      const coded = `${PICTURES} -c:v mjpeg -q:v 3`;
      const times = 'setts=ts=if(eq(N\\,70)\\,TS-0.1/TB\\,TS)';
      const { warnings } = await proxyOf(times, { coded, form: DNXHR });
      expect(warnings).toContainEqual(expect.stringContaining(OUT_OF_TURN));
      expect(warnings.join()).not.toContain('repeated');
    },
  );

  it.each([
    ['before', '-0.1', OUT_OF_TURN],
    ['ahead', '+0.1', OUT_OF_TURN],
  ])(
    'fills a hole in MXF, where another time is %s',
    { tags: ['night'] },
    async (_, seconds, warning) => {
      const hole = 'PTS+gt(N\\,60)*0.04/TB';
      const times = `setts=pts=if(eq(N\\,70)\\,${hole}${seconds}/TB\\,${hole}):dts=${hole}-0.2/TB`;
      const { warnings } = await proxyOf(times, { form: DNXHR });
      expect(warnings).toContainEqual(expect.stringContaining(warning));
      expect(warnings).toContain('Frames that were repeated: 1, dropped: 0.');
    },
  );

  it.each([PRORES, DNXHR])(
    'counts from its first picture, where sound comes before it: %o',
    { tags: ['night'] },
    async (form) => {
      const sound = '-f lavfi -i sine=d=4:r=48000';
      const coded = `${PICTURES} ${sound} -c:v libx264 -preset veryfast -bf 0 -c:a aac`;
      const times = 'setts=pts=if(eq(N\\,70)\\,PTS+0.12/TB\\,PTS):dts=DTS';
      const { warnings } = await proxyOf(times, { name: 'a.ts', coded, form });
      expect(warnings).toContainEqual(expect.stringContaining(OUT_OF_TURN));
      expect(warnings.join()).not.toContain('repeated');
    },
  );

  it.each([
    { codec: 'h264', container: 'mkv' },
    { codec: 'vp9', container: 'webm' },
  ])(
    'gives no two pictures one time, where its container could: %o',
    { tags: ['night'] },
    async (form) => {
      const coded = `${PICTURES} -c:v mjpeg -q:v 3`;
      const { warnings } = await proxyOf('setts=ts=TS-eq(N\\,70)/25/TB', { coded, form });
      expect(warnings).toContainEqual(expect.stringContaining(OUT_OF_TURN));
    },
  );

  it('sees two times that are exchanged, by a clock that rounds', { tags: ['night'] }, async () => {
    const coded = LONG.replace('r=25', 'r=30');
    const times = 'setts=ts=TS+(eq(N\\,70)-eq(N\\,71))/30/TB';
    const { warnings } = await proxyOf(times, { coded, form: PRORES });
    expect(warnings).toEqual([expect.stringContaining(OUT_OF_TURN)]);
  });

  it(
    'keeps each time, where pictures come faster, and names none as out of turn',
    { tags: ['night'] },
    async () => {
      const { warnings } = await proxyOf('setts=ts=if(gt(N\\,60)\\,TS-(N-60)*160\\,TS)');
      expect(warnings).toEqual([
        'The source has a variable frame rate; every frame keeps its own time.',
      ]);
    },
  );

  it('says how long no picture comes', { tags: ['night'] }, async () => {
    const { warnings } = await proxyOf('noise=drop=between(n\\,60\\,83)', { name: 'hole.mov' });
    expect(warnings.join()).toContain('shows no new picture for');
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
    ['of a first picture whose time is ahead', 'setts=ts=TS+eq(N\\,0)*0.5/TB'],
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

  it.each([PRORES, DNXHR])(
    'of a transport stream whose clock FFmpeg moves at a time that goes back: %o',
    { tags: ['night'] },
    async (form) => {
      const sound = '-itsoffset 0.04 -f lavfi -i sine=d=4:r=48000';
      const source = folder().beside('back.ts');
      await makeClip(source, `${PICTURES} ${sound} -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a aac`);
      await retime(source, 70, -0.332);
      const { clip } = await copied(source, form);
      expect(clip.warnings.join()).toContain(OUT_OF_TURN);
      expect(clip.warnings.join()).not.toMatch(/variable|repeated/);
    },
  );
});

it('sound that begins before its picture is cut with a warning', async () => {
  const sound = '-f lavfi -i sine=d=2:r=48000';
  const late = `-itsoffset 0.5 -f lavfi -i testsrc2=d=1:r=25:s=320x180 ${sound}`;
  const source = await makeClip(folder().beside('early.mov'), `${late} ${LONG_GOP} -c:a pcm_s16le`);
  const { stdout } = await execa('ffprobe', ['-v', 'error', '-show_streams', source]);
  expect(stdout).toContain('start_time=0.5');
  const path = folder().beside('early.json');
  const fields = { sources: [source], output_directory: folder().output };
  await writeFile(path, JSON.stringify(jobSpec(fields)));
  const { clips } = JSON.parse((await cli(['run', path])).stdout) as JobResult;
  expect(clips[0]?.warnings.join()).toMatch(/begins 0\.5\d\d s before the picture: this is cut\./);
});
