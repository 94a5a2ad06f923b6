import { mkdir, writeFile } from 'node:fs/promises';
import type { JobResult } from '@app/jobspec';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../proxy/support.ts';
import { cli } from '../support/cli.ts';
import { jobSpec } from '../support/job-spec.ts';
import { useWatchFolder } from '../support/watch-folder.ts';

const folder = useWatchFolder();
const H264 = '-c:v libx264 -preset ultrafast -bf 2 -g 25 -pix_fmt yuv420p';

/** Two recordings joined, as a broadcast goes from one programme to the next. */
async function joined(name: string, codec: string, seconds: number, ...forms: string[]) {
  const parts = forms.map(async (form, n) => {
    const length = n === 0 ? seconds : 2;
    const picture = `-f lavfi -i testsrc2=d=${length}:r=25:s=320x180`;
    const tone = `-f lavfi -i sine=${440 * (n + 1)}:d=${length}:r=48000`;
    const coded = `${H264} -c:a ${codec} ${form}`;
    return makeSource(folder().beside(`${n}-${name}.ts`), picture, tone, coded);
  });
  const list = folder().beside(`${name}.txt`);
  const paths = await Promise.all(parts);
  await writeFile(list, paths.map((path) => `file ${path}\n`).join(''));
  return makeSource(folder().beside(name), `-f concat -safe 0 -i ${list} -c copy`);
}

const CASES: [string, string, number, string, string, string, string][] = [
  ['aac', 'a.ts', 2, '-ac 2', '-ac 1', 'dnxhr', 'mxf'],
  ['aac', 'b.ts', 2, '-ac 1', '-ac 2', 'h264', 'mp4'],
  ['ac3', 'c.mkv', 2, '-ac 2', '-ac 6', 'prores_proxy', 'mov'],
  ['ac3', 'd.ts', 2, '-ac 6', '-ac 2', 'dnxhr', 'mxf'],
  ['mp2', 'e.ts', 2, '-ac 2 -ar 44100', '-ac 2 -ar 48000', 'h264', 'mkv'],
  // Its header has the channels of what follows.
  ['ac3', 'f.ts', 0.32, '-ac 2', '-ac 6', 'h264', 'mp4'],
  // What FFmpeg says after such a change floods what is kept of its words.
  ['ac3', 'g.ts', 30, '-ac 2', '-ac 6', 'dnxhr', 'mxf'],
];
const [SHORT, OTHERS] = [CASES.slice(0, 1), CASES.slice(1)];

describe('sound that changes its form on its way is refused with a command whose copy passes', () => {
  it.each(SHORT)('%s: %s, after %d s of %s then %s, in %s in %s', expectRefused);
  it.each(OTHERS)(
    '%s: %s, after %d s of %s then %s, in %s in %s',
    { tags: ['night'] },
    expectRefused,
  );
});

async function expectRefused(
  ...[codec, name, seconds, first, second, proxy, container]: (typeof CASES)[number]
) {
  const source = await joined(name, codec, seconds, first, second);
  const refused = await resultOf(source, { codec: proxy, container });
  expect(refused.failure_reason).toContain('audio track 1 changes its channels');
  const [, command = ''] = /“(ffmpeg [^”]+)”/.exec(refused.failure_reason ?? '') ?? [];
  const copy = folder().beside(`copy-${name}.mov`);
  const words = command.replace('CLIP', `'${source}'`).replace('NEW.mov', `'${copy}'`);
  await execa('bash', ['-c', words]);
  const made = await resultOf(copy, { codec: proxy, container });
  expect(made).toMatchObject({ status: 'COMPLETED', failure_reason: null });
}

async function resultOf(source: string, form: object) {
  const fields = { sources: [source], output_directory: folder().output, ...form };
  await mkdir(folder().beside('jobs'), { recursive: true });
  const job = folder().beside('jobs/sound.json');
  await writeFile(job, JSON.stringify(jobSpec(fields)));
  const { clips } = JSON.parse((await cli(['run', job])).stdout) as JobResult;
  return clips[0] as JobResult['clips'][number];
}
