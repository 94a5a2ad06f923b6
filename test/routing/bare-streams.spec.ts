import { dirname, join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import type { JobResult } from '@app/jobspec';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { makeClip } from '../proxy/support.ts';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const FRAMES = 50;
const X265 = '-c:v libx265 -x265-params log-level=none';

it.each([
  ['m1v', '-c:v mpeg1video -bf 2 -g 12'],
  ['m2v', '-c:v mpeg2video -bf 2 -g 12'],
  ['m2v', '-c:v mpeg2video -bf 0'],
  ['cmp', '-c:v mpeg4 -bf 2 -f m4v'],
  ['h264', '-c:v libx264 -preset ultrafast -bf 2'],
  ['h264', '-c:v libx264 -preset ultrafast -bf 0'],
  ['hevc', `${X265}:bframes=3`],
  ['hevc', `${X265}:bframes=0`],
])(
  'the command that is told for a bare stream keeps all of its frames: %s, %s',
  async (extension, codec) => {
    const picture = `-f lavfi -i testsrc2=s=320x240:r=25 -frames:v ${FRAMES}`;
    const source = await makeClip(folder().beside(`bare.${extension}`), `${picture} ${codec}`);
    const run = async (path: string) => {
      const job = folder().beside('job.json');
      const fields = { sources: [path], output_directory: folder().output };
      await writeFile(job, JSON.stringify(jobSpec(fields)));
      return JSON.parse((await cli(['run', job])).stdout) as JobResult;
    };
    const { failure_reason } = await run(source);
    const [, command = ''] = /changes no picture: (.*)$/.exec(failure_reason ?? '') ?? [];
    await execa(command.replace('RATE', '25'), { shell: true, cwd: dirname(source) });
    const [, made = ''] = /'\.\/(bare\.\w+\.\w+)'/.exec(command) ?? [];
    const result = await run(join(dirname(source), made));
    expect(result.failure_reason).toBeNull();
    const counted = ['-count_frames', '-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0'];
    const output = result.clips[0]?.resolved_output_path ?? '';
    const { stdout } = await execa('ffprobe', [
      '-v',
      'error',
      '-select_streams',
      'v',
      ...counted,
      output,
    ]);
    expect(Number.parseInt(stdout, 10)).toBe(FRAMES);
  },
);
