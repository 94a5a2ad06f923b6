import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClipResult } from '@app/jobspec';
import { runFfmpeg } from '../../apps/runner/src/ffmpeg/ffmpeg-tools.ts';
import { likenessOf } from '../../libs/assistant/src/doctor/test-clip.ts';
import { usePrograms } from '../support/programs.ts';
import { runOnce, startRunner } from '../support/runner.ts';
import { until } from '../support/runner-process.ts';
import { useWatchFolder } from '../support/watch-folder.ts';
import { makeSource, temporaryFolder } from './support.ts';

const programs = usePrograms();
const folder = useWatchFolder();
let media: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  media = await temporaryFolder();
});
afterAll(() => media.remove());

/** A clip of noise over edges: a case that the search has to squeeze. */
function grainy(
  name: string,
  parts: { filters?: string; seconds?: number; encoder?: string } = {},
) {
  const { filters = 'noise=alls=6:allf=t', seconds = 1.2, encoder = '-c:v libx264 -g 8' } = parts;
  const picture = `-f lavfi -i testsrc2=s=640x360:r=25:d=${seconds},${filters}`;
  return makeSource(join(media.path, name), picture, encoder);
}

/** Easy, then hard. It has one key picture: all places are decoded by the same decoder. */
const UNEVEN = {
  filters: "noise=alls=25:allf=t:enable='gt(t,1.5)'",
  seconds: 3,
  encoder: '-c:v libx264',
};

/** The one clip of a job, as its result tells of it. */
async function made(source: string, fields: Record<string, unknown> = {}): Promise<ClipResult> {
  await folder().dropJob('job.json', { sources: [source], ...fields });
  await runOnce(folder());
  const [clip] = (await folder().result('job.json')).clips;
  if (!clip) throw new Error('Expected a clip');
  return clip;
}

/** The same command without its quantiser: what FFmpeg does by itself. */
async function bySearch({ ffmpeg_command: [program = '', ...args] = [] }: ClipResult) {
  const output = join(media.path, 'search.mov');
  const position = args.indexOf('-qscale:v:0');
  if (position >= 0) args.splice(position, 2);
  // The command never overwrites.
  await rm(output, { force: true });
  await execa(program, [...args.slice(0, -1), output]);
  return output;
}

async function expectAsBySearch(source: string, clip: ClipResult) {
  const search = await bySearch(clip);
  const { resolved_output_path: proxy, output_size_bytes: size } = clip;
  expect(size).toBeLessThanOrEqual((await stat(search)).size * 1.05);
  const likeness = [
    await likenessOf({ runFfmpeg }, source, proxy),
    await likenessOf({ runFfmpeg }, source, search),
  ];
  expect(likeness[0]).toBeGreaterThanOrEqual((likeness[1] ?? 1) - 0.0005);
}

const digest = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

describe('a quantiser for the whole clip', () => {
  const expectChosen = async (codec: string, parts: Parameters<typeof grainy>[1]) => {
    const source = await grainy(`${codec}.mov`, parts);
    const clip = await made(source, { codec });
    expect(clip.prores_quantiser?.quantiser).toBeGreaterThan(0);
    expect(clip.ffmpeg_command).toContain('-qscale:v:0');
    await expectAsBySearch(source, clip);
  };

  it('is as large and as like as by the search', async () => {
    expect.hasAssertions();
    await expectChosen('prores_proxy', {});
  });

  it.each([
    ['prores_hq', { filters: 'noise=alls=2:allf=t' }],
    [
      'prores_standard',
      { encoder: '-c:v mpeg2video -q:v 2 -g 6 -flags +ilme+ildct -vf setfield=tff' },
    ],
    ['prores_lt', { encoder: '-c:v libx264 -g 8', filters: 'fps=25,select=mod(n\\,3)' }],
  ])('is that in %s of %o too', { tags: ['night'] }, async (codec, parts) => {
    expect.hasAssertions();
    await expectChosen(codec, parts);
  });

  it('makes an uneven clip no larger than the search', { tags: ['night'] }, async () => {
    const source = await grainy('uneven.mov', UNEVEN);
    const clip = await made(source);
    expect(clip.status).toBe('COMPLETED');
    await expectAsBySearch(source, clip);
  });

  it.each(['ts', 'mpg'])(
    'is left to the search for one key picture in a stream without an index: %s',
    { tags: ['night'] },
    async (format) => {
      const encoder = format === 'ts' ? '-c:v libx264' : '-c:v mpeg2video -q:v 2 -g 100';
      const source = await grainy(`one-key.${format}`, { encoder });
      const clip = await made(source);
      expect(clip).toMatchObject({ status: 'COMPLETED', prores_quantiser: { quantiser: null } });
      await expectAsBySearch(source, clip);
    },
  );

  it(
    'gives way to the search where a hard part lies between the places that were tried',
    { tags: ['night'] },
    async () => {
      const filters = "noise=alls=60:allf=t:enable='between(t,0.7,1.3)+between(t,1.7,2.3)'";
      const source = await grainy('between.mov', { filters, seconds: 3, encoder: '-c:v libx264' });
      const clip = await made(source);
      expect(clip).toMatchObject({
        status: 'COMPLETED',
        prores_quantiser: {
          quantiser: null,
          reason: expect.stringMatching(/^With one quantiser the clip became larger/) as string,
        },
      });
      expect(clip.ffmpeg_command).not.toContain('-qscale:v:0');
      await expectAsBySearch(source, clip);
    },
  );

  it('is chosen for a picture with alpha', { tags: ['night'] }, async () => {
    const source = await grainy('alpha.mov', {
      filters: 'format=rgba,colorchannelmixer=aa=0.5',
      encoder: '-c:v qtrle -g 8',
    });
    const clip = await made(source, { codec: 'prores_4444' });
    expect(clip.prores_quantiser?.quantiser).toBeGreaterThan(0);
    const size = (await stat(await bySearch(clip))).size * 1.05;
    expect(clip.output_size_bytes).toBeLessThanOrEqual(size);
  });

  it('is the same for the same job, and so are the bytes', { tags: ['night'] }, async () => {
    const source = await grainy('twice.mov');
    const first = await made(source);
    const other = folder().beside('again');
    await execa('mkdir', [other]);
    await folder().dropJob('again.json', { sources: [source], output_directory: other });
    await runOnce(folder());
    const [second] = (await folder().result('again.json')).clips;
    expect(second?.prores_quantiser).toEqual(first.prores_quantiser);
    const path = second?.resolved_output_path ?? '';
    expect(await digest(path)).toBe(await digest(first.resolved_output_path));
  });
});

describe("the encoder's own search", () => {
  it.each([
    ['a clip that no quantiser serves', 'No quantiser', { filters: 'noise=alls=100:allf=t' }],
    ['a short clip', 'too short', { seconds: 0.12 }],
  ])('makes %s', { tags: ['night'] }, async (_, reason, parts) => {
    const clip = await made(await grainy('search.mov', parts), { codec: 'prores_hq' });
    expect(clip.status).toBe('COMPLETED');
    expect(clip.prores_quantiser).toEqual({
      quantiser: null,
      reason: expect.stringContaining(reason) as string,
      size: null,
    });
    expect(clip.ffmpeg_command).not.toContain('-qscale:v:0');
  });

  it('is used where the trial fails', { tags: ['night'] }, async () => {
    const source = await grainy('failing.mov');
    programs.misbehave('trial-fails');
    const clip = await made(source);
    expect(clip).toMatchObject({ status: 'COMPLETED', prores_quantiser: { quantiser: null } });
  });

  it('is used where a trial crashes, as it does each time', async () => {
    const source = await grainy('crashing.mov');
    programs.misbehave('trial-killed', 'SEGV');
    const clip = await made(source);
    expect(clip).toMatchObject({ status: 'COMPLETED', prores_quantiser: { quantiser: null } });
  });
});

it('a trial that is killed fails the clip: the same job gives the same bytes', async () => {
  const source = await grainy('killed.mov');
  programs.misbehave('trial-killed', 'KILL');
  expect(await made(source)).toMatchObject({
    status: 'FAILED',
    failure_reason: expect.stringContaining('ended by SIGKILL while it read the source') as string,
  });
});

it('other codecs have no quantiser', { tags: ['night'] }, async () => {
  const clip = await made(await grainy('other.mov'), { codec: 'dnxhr' });
  expect(clip).not.toHaveProperty('prores_quantiser');
});

it('a stop ends a trial', { tags: ['night'] }, async () => {
  const pid = folder().beside('pid');
  const source = await grainy('stopped.mov');
  programs.misbehave('trial-hangs', pid);
  await folder().dropJob('job.json', { sources: [source] });
  const runner = await startRunner(folder(), { shutdownGraceSeconds: 0 });
  await until(async () => existsSync(pid) && (await readFile(pid, 'utf8')).endsWith('\n'));
  await runner.stop();
  expect(existsSync(`/proc/${(await readFile(pid, 'utf8')).trim()}`)).toBe(false);
  expect((await folder().result('job.json')).failure_type).toBe('RunnerInterrupted');
});
