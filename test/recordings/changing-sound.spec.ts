import { mkdir, writeFile } from 'node:fs/promises';
import type { JobResult } from '@app/jobspec';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { makeClip } from '../proxy/support.ts';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const PICTURES = '-f lavfi -i testsrc2=d=2:r=25:s=320x180';
const H264 = '-c:v libx264 -preset veryfast -bf 2 -g 25 -pix_fmt yuv420p';

/** Two recordings joined, as a broadcast goes from one programme to the next. */
async function joined(name: string, codec: string, first: string, second: string): Promise<string> {
  const parts = [first, second].map(async (form, n) => {
    const tone = `-f lavfi -i sine=${440 * (n + 1)}:d=2:r=48000`;
    const coded = `${H264} -c:a ${codec} ${form}`;
    return makeClip(folder().beside(`${n}-${name}.ts`), PICTURES, tone, coded);
  });
  const list = folder().beside(`${name}.txt`);
  const paths = await Promise.all(parts);
  await writeFile(list, paths.map((path) => `file ${path}\n`).join(''));
  return makeClip(folder().beside(name), `-f concat -safe 0 -i ${list} -c copy`);
}

/** How loud a second of sound is, in dB of full scale. */
async function loudness(path: string, second: number): Promise<number> {
  const part = ['-ss', String(second), '-i', path, '-t', '1', '-map', '0:a:0'];
  const { stderr } = await execa('ffmpeg', [...part, '-af', 'volumedetect', '-f', 'null', '-']);
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(stderr)?.[1]);
}

it.each([
  ['aac', 'a.ts', '-ac 2', '-ac 1', 'dnxhr', 'mxf'],
  ['aac', 'b.ts', '-ac 1', '-ac 2', 'h264', 'mp4'],
  ['ac3', 'c.mkv', '-ac 2', '-ac 6', 'prores_proxy', 'mov'],
  ['ac3', 'd.ts', '-ac 6', '-ac 2', 'dnxhr', 'mxf'],
  ['mp2', 'e.ts', '-ac 2 -ar 44100', '-ac 2 -ar 48000', 'h264', 'mkv'],
])(
  '%s that changes its form on its way is all there, with a warning: %s, %s, then %s, in %s in %s',
  async (codec, name, first, second, ...[proxy, container]) => {
    const source = await joined(name, codec, first, second);
    const fields = { sources: [source], output_directory: folder().output };
    await mkdir(folder().beside('jobs'), { recursive: true });
    const job = folder().beside('jobs/sound.json');
    await writeFile(job, JSON.stringify(jobSpec({ ...fields, codec: proxy, container })));
    const { stdout } = await cli(['run', job]);
    const [clip] = (JSON.parse(stdout) as JobResult).clips;
    expect(clip).toMatchObject({ status: 'COMPLETED', failure_reason: null });
    const told = expect.stringMatching(
      /^Audio track 1 changes its channels or its sample rate 2\.0/,
    );
    expect(clip?.warnings).toContainEqual(told);
    const path = clip?.resolved_output_path ?? '';
    for (const at of [0.5, 2.5]) expect(await loudness(path, at)).toBeGreaterThan(-40);
  },
);
