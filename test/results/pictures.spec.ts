import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipPicture, ClipResult } from '@app/jobspec';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { useClips } from '../support/clips.ts';
import { jobSpec } from '../support/job-spec.ts';
import { runOnce } from '../support/runner.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const FRAMES = 11;
const clips = useClips({
  'plain.mov': { frames: FRAMES, timecode: '01:00:00:00' },
  // Half as wide as it is shown, in fields.
  'fields.mov': {
    codec: 'mpeg2',
    width: 320,
    height: 360,
    frames: FRAMES,
    outputArguments: ['-vf', 'setsar=2,setfield=tff', '-flags', '+ildct+ilme'],
  },
});
const folder = useWatchFolder();

/** Makes one job of these sources. */
async function clipsOf(sources: string[], fields: object = {}): Promise<ClipResult[]> {
  await folder().dropJob('a.json', { sources, ...fields });
  await runOnce(folder());
  return (await folder().result('a.json')).clips;
}

const picturesFolder = () => join(folder().root, '.runner', 'pictures');

/** Small and gray. */
async function grays(...input: string[]): Promise<Uint8Array[]> {
  const output = ['-vf', 'scale=32:18:flags=area', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'];
  const argv = ['-v', 'error', '-nostdin', ...input, ...output];
  const { stdout } = await execa('ffmpeg', argv, { encoding: 'buffer' });
  const count = stdout.length / (32 * 18);
  return Array.from({ length: count }, (_, n) => stdout.subarray(n * 32 * 18, (n + 1) * 32 * 18));
}

function distance(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0);
}

/** The frame of a clip that a picture shows. */
async function shownIn({ path }: ClipPicture, clip: string): Promise<number> {
  const [picture = new Uint8Array(0)] = await grays('-i', path);
  const distances = (await grays('-i', clip)).map((frame) => distance(picture, frame));
  return distances.indexOf(Math.min(...distances));
}

describe('pictures of a proxy', () => {
  it('show its start, middle and end as they are to be seen', async () => {
    const [plain, fields] = await clipsOf([clips['plain.mov'], clips['fields.mov']]);
    const pictures = plain?.pictures ?? [];
    expect(pictures).toMatchObject([
      { frame: 0, timecode: '01:00:00:00', width: 320, height: 180 },
      { frame: 5, timecode: '01:00:00:05', width: 320, height: 180 },
      { frame: 10, timecode: '01:00:00:10', width: 320, height: 180 },
    ]);
    for (const picture of pictures)
      expect(await shownIn(picture, clips['plain.mov'])).toBe(picture.frame);
    expect(fields?.pictures[2]).toMatchObject({
      frame: 10,
      timecode: null,
      width: 320,
      height: 180,
    });
    const probe = [
      '-v',
      'error',
      '-show_entries',
      'stream=codec_name,width,height',
      '-of',
      'csv=p=0',
    ];
    const { stdout } = await execa('ffprobe', [...probe, fields?.pictures[2]?.path ?? '']);
    expect(stdout).toBe('mjpeg,320,180');
    const named = [plain, fields].flatMap((clip) => clip?.pictures.map(({ path }) => path) ?? []);
    const there = await readdir(picturesFolder());
    expect(new Set(there.map((name) => join(picturesFolder(), name)))).toEqual(new Set(named));
  });

  it('that can’t be written are a warning', async () => {
    await mkdir(join(folder().root, '.runner'));
    await writeFile(picturesFolder(), 'in the way');
    const [clip] = await clipsOf([clips['plain.mov']]);
    expect(clip).toMatchObject({ status: 'COMPLETED', pictures: [] });
    expect(clip?.warnings).toEqual([
      expect.stringMatching(/^Not all pictures of the proxy are in /),
    ]);
  });
});

describe('run', () => {
  it('makes pictures where it is told to, and none otherwise', async () => {
    const path = folder().beside('job.json');
    const output_directory = folder().output;
    await writeFile(
      path,
      JSON.stringify(jobSpec({ output_directory, sources: [clips['plain.mov']] })),
    );
    const none = JSON.parse((await cli(['run', path])).stdout) as { clips: ClipResult[] };
    expect(none.clips[0]?.pictures).toEqual([]);
    await rm(none.clips[0]?.resolved_output_path ?? '');
    const pictures = folder().beside('shown');
    const some = JSON.parse((await cli(['run', path, '--pictures', pictures])).stdout) as {
      clips: ClipResult[];
    };
    expect(some.clips[0]?.pictures).toHaveLength(3);
    expect(await readdir(pictures)).toHaveLength(3);
  });
});
