import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilledFolder } from '../../../../test/support/filled-folder.ts';
import { clipFacts, clipResult } from '../../../../test/support/job-result.ts';
import { countsSentence, handOver } from './hand-over.ts';

const ALL: readonly string[] = [];
const FAILURE = {
  failure_type: 'EngineError',
  failure_reason: 'FFmpeg exited with code 1',
} as const;

/** Facts of a proxy that lists need. */
const FACTS = clipFacts({
  timecode: '01:00:00:00',
  frame_rate: '24000/1001',
  frames: { source: 48, made: 48, repeated: 0, dropped: 0 },
  size: '1920x1080',
  audio_channels: [2, 1],
  duration_seconds: null,
});

let base = '';
let proxies = '';
let output = '';
let folder: FilledFolder;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'hand-over-'));
  [proxies, output] = [join(base, 'proxies'), join(base, 'lists')];
  await mkdir(proxies);
  folder = new FilledFolder(join(base, 'watch'));
});
afterEach(() => rm(base, { recursive: true }));

/** A clip whose proxy lies there, as its result says. */
async function made(name: string) {
  const path = join(proxies, `${name}.mov`);
  const text = `frames of ${name}`;
  await writeFile(path, text);
  return clipResult(name, {
    resolved_output_path: path,
    output_size_bytes: text.length,
    facts: FACTS,
  });
}

const broken = (name: string) =>
  clipResult(name, { ...FAILURE, status: 'FAILED', output_exists: false, output_xxh64: null });
const list = (name: string) => readFile(join(output, name), 'utf8');

describe('proxies that are as they were verified', () => {
  it('are in every list', async () => {
    folder.archive('day01', { clips: [await made('C001'), await made('C002')] });
    const { files, missing, notes, problems, ...counts } = await handOver(folder.path, output, ALL);
    expect(counts).toEqual({
      made: 2,
      lost: 0,
      failed: 0,
      not_begun: 0,
      to_come: 0,
      not_planned: 0,
    });
    expect([...missing, ...notes, ...problems]).toEqual([]);
    const names = ['handover.ale', 'handover.csv'];
    expect(files.map((path) => basename(path))).toEqual(names);
    expect((await readdir(output)).toSorted()).toEqual(names);
    expect(await readdir(proxies)).toEqual(['C001.mov', 'C002.mov']);
    for (const text of await Promise.all(names.map(list)))
      for (const name of ['C001', 'C002']) expect(text).toContain(name);
  });

  it('are those of one job, where that is named, and what no job is called is told', async () => {
    folder.archive('day01', { job_id: 'day01', clips: [await made('C001')] });
    folder.archive('day02', { job_id: 'day02', clips: [await made('C002')] });
    const { made: count, problems } = await handOver(folder.path, output, ['day02', 'day03']);
    expect(count).toBe(1);
    expect(problems).toEqual([
      '"day03" is not a job of this watch folder. Name it as its file or its job id.',
    ]);
    expect(await list('handover.csv')).not.toContain('C001');
  });

  it('are without those of a job that is named and has not ended, which is told', async () => {
    folder.archive('day01', { job_id: 'day01', clips: [await made('C001')] });
    folder.job('pending', 'day02', { job_id: 'A002' });
    folder.job('running', 'day03', { job_id: 'A003' });
    const jobs = ['day01', 'day02.json', 'A003'];
    const { made: count, to_come, problems } = await handOver(folder.path, output, jobs);
    expect([count, to_come]).toEqual([1, 0]);
    expect(problems).toEqual([
      '"day02.json" is still queued or running. Hand it over once it has ended.',
      '"A003" is still queued or running. Hand it over once it has ended.',
    ]);
  });

  it('are described to editing systems by what their results say', async () => {
    const clip = await made('C001');
    const facts = clipFacts({
      frames: { source: 48, made: 48, repeated: 0, dropped: 0 },
      timecode: '01:00:00:00',
      size: '540x960',
      frame_rate: '24/1',
      audio_channels: [2],
      duration_seconds: 2,
      source_size: '1080x1920',
      source_sample_rate: 96_000,
    });
    folder.archive('day01', { clips: [{ ...clip, facts }] });
    const { files, notes, problems } = await handOver(folder.path, output, ALL, true);
    expect([...notes, ...problems]).toEqual([]);
    const ends = ['.fcpxml', '.otio', '-resolve.py', '-premiere.jsx'];
    const links = ends.map((end) => `handover${end}`);
    expect(files.map((path) => basename(path))).toEqual(expect.arrayContaining(links));
    for (const name of links) expect(await list(name)).toContain('C001');
    for (const text of ['width="1080"', 'height="1920"', 'audioRate="96000"'])
      expect(await list('handover.fcpxml')).toContain(text);
  });
});

describe('what is not as it should be', () => {
  it.each([
    ['was cut', (path: string) => writeFile(path, 'frames'), 'it has 6 bytes, not 14'],
    ['is gone', (path: string) => rm(path), 'C001.mov" can\'t be read'],
    ['is a folder', (path: string) => rm(path).then(() => mkdir(path)), 'is not a file'],
  ])('a proxy that %s is lost, and that is told', async (_, harm, sentence) => {
    const clip = await made('C001');
    folder.archive('day01', { clips: [clip, await made('C002')] });
    await harm(clip.resolved_output_path ?? '');
    const { made: count, lost, problems } = await handOver(folder.path, output, ALL);
    expect([count, lost]).toEqual([1, 1]);
    expect(problems).toEqual([expect.stringContaining(sentence)]);
    expect(await list('handover.csv')).toContain('C001');
    expect(await list('handover.ale')).not.toContain('C001');
  });

  it('a clip that failed alone is a problem', async () => {
    const clips = [broken('C002')];
    folder.archive('day01', { ...FAILURE, final_status: 'FAILED', clips, total_clips: 1 });
    folder.job('failed', 'day01', { sources: clips.map(({ source_path }) => source_path) });
    const { problems } = await handOver(folder.path, output, ALL);
    expect(problems).toEqual([expect.stringContaining('Not all proxies are done')]);
  });

  it('a clip that failed and those behind it are in the table and told, with what to do', async () => {
    const clips = [await made('C001'), broken('C002')];
    folder.archive('day01', { ...FAILURE, final_status: 'FAILED', clips, total_clips: 5 });
    const sources = ['C001', 'C002', 'C003', 'C004', 'C005'].map(
      (name) => clipResult(name).source_path,
    );
    folder.job('failed', 'day01', { sources });
    const { missing, problems, ...counts } = await handOver(folder.path, output, ALL);
    expect(counts).toMatchObject({ made: 1, failed: 1, not_begun: 3 });
    expect(problems).toEqual([
      'Not all proxies are done: ask for the rest with retry, or put jobs aside with retry --dismiss.',
    ]);
    expect(await list('handover.csv')).toContain(FAILURE.failure_reason);
    expect(missing).toEqual([
      expect.stringMatching(/^Failed: .*3 more clips of this job not started\.$/),
    ]);
    expect(missing[0]).toContain(FAILURE.failure_reason);
  });
});

it.each(['handover.ale', 'handover.csv'])(
  'a link in the place of %s that leads nowhere yet is refused as a file is',
  async (name) => {
    folder.archive('day01', { clips: [await made('C001')] });
    await mkdir(output);
    await symlink(join(base, 'victim'), join(output, name));
    await expect(handOver(folder.path, output, ALL)).rejects.toMatchObject({
      lines: [expect.stringContaining('exists already and is not replaced')],
    });
    expect(await readdir(base)).not.toContain('victim');
    expect(await readdir(output)).toEqual([name]);
  },
);

describe('a hand-over is refused, and nothing is written,', () => {
  it('without a job', async () => {
    const refused = handOver(folder.path, output, ['day01']);
    await expect(refused).rejects.toMatchObject({
      lines: [expect.stringContaining('"day01" is not a job')],
    });
    expect(await readdir(base)).not.toContain('lists');
  });

  it.each(['handover.ale', 'handover.csv'])('where %s is there already', async (name) => {
    folder.archive('day01', { clips: [await made('C001')] });
    await mkdir(output);
    await writeFile(join(output, name), 'of yesterday');
    await expect(handOver(folder.path, output, ALL)).rejects.toMatchObject({
      lines: [expect.stringContaining('exists already and is not replaced')],
    });
    expect(await readdir(output)).toEqual([name]);
    expect(await list(name)).toBe('of yesterday');
  });
});

it.each([
  [{}, '2 done, 1 failed.'],
  [{ lost: 1 }, '2 done, 1 lost (gone or of another size), 1 failed.'],
  [{ to_come: 1 }, '2 done, 1 failed, 1 queued or running.'],
  [{ not_planned: 3 }, '2 done, 1 failed, 3 not planned.'],
])('counts are a sentence: %j', (counts, sentence) => {
  const none = { made: 2, lost: 0, failed: 1, not_begun: 0, to_come: 0, not_planned: 0 };
  expect(countsSentence({ ...none, ...counts })).toBe(sentence);
});
