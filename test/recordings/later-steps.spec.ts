import { mkdir, writeFile } from 'node:fs/promises';
import type { JobResult } from '@app/jobspec';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeClip } from '../proxy/support.ts';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useWatchFolder } from '../support/watch-folder.ts';
import { LONG_GOP } from './recording.ts';

const folder = useWatchFolder();
const LONG = `-f lavfi -i testsrc2=d=4:r=25:s=320x180 ${LONG_GOP.replace('-bf 2', '-bf 0')}`;

/** A proxy by `run`, whose times are changed after the pictures that are looked at first. */
async function proxyOf(change: string, name = 'step.mkv'): Promise<JobResult['clips'][number]> {
  const clip = await makeClip(folder().beside('whole.mp4'), LONG);
  const source = await makeClip(folder().beside(name), `-i ${clip} -c copy -bsf:v ${change}`);
  const fields = { sources: [source], output_directory: folder().output, codec: 'h264' };
  await mkdir(folder().beside('jobs'), { recursive: true });
  const path = folder().beside('jobs/step.json');
  await writeFile(path, JSON.stringify(jobSpec({ ...fields, container: 'mp4' })));
  const { stdout } = await cli(['run', path]);
  const { clips } = JSON.parse(stdout) as JobResult;
  expect(clips[0]).toMatchObject({ status: 'COMPLETED', failure_reason: null });
  return clips[0] as JobResult['clips'][number];
}

describe('a constant rate that is none behind the first pictures', () => {
  it('keeps each time, where one step is longer', async () => {
    const { warnings } = await proxyOf('setts=ts=if(gt(N\\,70)\\,TS+150\\,TS)');
    expect(warnings).toContain(
      'The source has a variable frame rate; every frame keeps its own time.',
    );
  });

  it('shows a picture in its turn, whose time is before that of the one before it', async () => {
    const { warnings } = await proxyOf('setts=pts=if(eq(N\\,70)\\,PTS+1000\\,PTS+5120):dts=DTS');
    expect(warnings.join()).toContain('Frame 70 of the source (counted from 0) has no time after');
  });

  it('shows a picture in its turn, whose time is after that of the next one, and all others at their times', async () => {
    const { warnings } = await proxyOf('setts=pts=if(eq(N\\,70)\\,PTS+0.5/TB\\,PTS):dts=PTS');
    expect(warnings).toEqual([
      'The source has a variable frame rate; every frame keeps its own time.',
      expect.stringContaining(
        'Frame 70 of the source (counted from 0) has a time that is too late for',
      ),
    ]);
  });

  it('keeps each time, where pictures come faster, and names none as out of turn', async () => {
    const { warnings } = await proxyOf('setts=ts=if(gt(N\\,60)\\,TS-(N-60)*160\\,TS)');
    expect(warnings).toEqual([
      'The source has a variable frame rate; every frame keeps its own time.',
    ]);
  });

  it('says how long no picture comes', async () => {
    const { warnings } = await proxyOf('noise=drop=between(n\\,60\\,83)', 'hole.mov');
    expect(warnings.join()).toContain('shows no new picture for');
  });
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
