import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { JobResult } from '@app/jobspec';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobResult } from '../../../../test/support/job-result.ts';
import { DEFAULT_SETTINGS } from '../config/settings.ts';
import { AfterJobs } from './after-jobs.ts';
import { WatchFolder } from '../../../../libs/storage/src/watch-folder/watch-folder.ts';
import { Archive } from './archive.ts';
import { FolderLease } from './folder-lease.ts';

const SPEC = '{"job_id":"abc12345"}';
const SHA = createHash('sha256').update(SPEC).digest('hex');

let folder: WatchFolder;
let hold: FolderLease;
let archive: Archive;

beforeAll(() => Logger.overrideLogger(false));
beforeEach(async () => {
  folder = new WatchFolder(await mkdtemp(join(tmpdir(), 'wfr-')));
  await folder.prepare();
  hold = new FolderLease(folder);
  await hold.take();
  archive = new Archive(folder, hold, new AfterJobs(folder, DEFAULT_SETTINGS));
});
afterEach(async () => {
  await hold.release();
  await rm(folder.root, { recursive: true });
});

const names = async (where: 'running' | 'completed' | 'failed' | 'kept') =>
  (await readdir(folder[where])).toSorted();
const put = (where: 'running' | 'completed' | 'failed', name: string, text: string | JobResult) =>
  writeFile(join(folder[where], name), typeof text === 'string' ? text : JSON.stringify(text));
const read = async (where: 'completed' | 'failed', name: string) =>
  JSON.parse(await readFile(join(folder[where], name), 'utf8')) as JobResult;

const COMPLETED = jobResult({ _metadata: { jobspec_sha256: SHA, archived_as: 'a.json' } });
const FAILED = jobResult({
  final_status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: 'x',
  _metadata: { jobspec_sha256: SHA, archived_as: 'a.json' },
});
const REFUSED: JobResult = { ...FAILED, final_status: 'PARTIAL', clips: [] };

describe('a finished job', () => {
  it.each([
    [COMPLETED, 'completed', 'failed'],
    [FAILED, 'failed', 'completed'],
    [REFUSED, 'failed', 'completed'],
  ] as const)('lies beside its result where its status says', async (result, where, elsewhere) => {
    await put('running', 'a.json', SPEC);
    expect(await archive.finish('a.json', result)).toBe(true);
    expect(await names(where)).toEqual(['a.json', 'a.result.json']);
    expect(await names(elsewhere)).toEqual([]);
    expect(await names('running')).toEqual([]);
    expect(await readFile(join(folder[where], 'a.json'), 'utf8')).toBe(SPEC);
    expect((await read(where, 'a.result.json'))._metadata.archived_as).toBe('a.json');
  });

  it.each(['completed/a.json', 'failed/a.json', 'completed/a.result.json', 'failed/a.result.json'])(
    'gets another name beside %s, which is left as it is',
    async (taken) => {
      await writeFile(join(folder.root, taken), 'mine');
      await put('running', 'a.json', SPEC);
      await archive.finish('a.json', COMPLETED);
      expect(await readFile(join(folder.root, taken), 'utf8')).toBe('mine');
      const [job = '', result = ''] = (await names('completed')).filter(
        (name) => !taken.endsWith(name),
      );
      expect(await readFile(join(folder.completed, job), 'utf8')).toBe(SPEC);
      expect((await read('completed', result))._metadata.archived_as).toBe(job);
    },
  );

  it('gets the next name each time', async () => {
    const numbers = Array.from({ length: 9 }, (_, attempt) => attempt + 1);
    for (const number of numbers) {
      await put('running', 'a.json', SPEC);
      await archive.finish('a.json', number % 2 === 1 ? COMPLETED : FAILED);
    }
    const stems = numbers.map((number) => (number === 1 ? 'a' : `a.${number}`));
    const seen = [...(await names('completed')), ...(await names('failed'))];
    expect(seen.toSorted()).toEqual(
      stems.flatMap((stem) => [`${stem}.json`, `${stem}.result.json`]).toSorted(),
    );
  });

  it('that somebody has taken away leaves nothing', async () => {
    expect(await archive.finish('a.json', COMPLETED)).toBe(false);
    expect(await names('completed')).toEqual([]);
    expect(await names('running')).toEqual([]);
  });
});

describe('the moves go on', () => {
  it('where the result was decided and nothing was moved', async () => {
    await put('running', 'a.json', SPEC);
    await put('running', 'a.result.json', FAILED);
    expect(await archive.finish('a.json', COMPLETED)).toBe(true);
    expect(await names('failed')).toEqual(['a.json', 'a.result.json']);
    expect(await names('completed')).toEqual([]);
  });

  it('where the job was moved and its result was not', async () => {
    await put('completed', 'a.json', SPEC);
    await put('running', 'a.result.json', COMPLETED);
    await archive.finish('a.json', COMPLETED);
    expect(await names('completed')).toEqual(['a.json', 'a.result.json']);
    expect(await names('running')).toEqual([]);
  });

  it('under another name where the decided one was taken meanwhile', async () => {
    await put('running', 'a.json', SPEC);
    await put('running', 'a.result.json', COMPLETED);
    await put('failed', 'a.json', 'theirs');
    await archive.finish('a.json', COMPLETED);
    expect(await readFile(join(folder.failed, 'a.json'), 'utf8')).toBe('theirs');
    const [job = '', result = ''] = await names('completed');
    expect(job).not.toBe('a.json');
    expect((await read('completed', result))._metadata.archived_as).toBe(job);
    expect((await read('completed', result)).clips).toEqual(COMPLETED.clips);
  });
});

describe('what decides a job', () => {
  it('is the result beside it', async () => {
    await put('running', 'a.json', SPEC);
    await put('running', 'a.result.json', FAILED);
    expect(await archive.decided('a.json')).toMatchObject({ final_status: 'FAILED' });
    expect(await names('running')).toEqual(['a.json', 'a.result.json']);
  });

  it('is the result whose job is archived already', async () => {
    await put('completed', 'a.json', SPEC);
    await put('running', 'a.result.json', COMPLETED);
    expect(await archive.decided('a.json')).toMatchObject({ final_status: 'COMPLETED' });
  });

  it('is nothing where there is no result', async () => {
    await put('running', 'a.json', SPEC);
    expect(await archive.decided('a.json')).toBeNull();
  });

  it.each([
    ['that can not be read', '{"job_id"'],
    ['of another job', jobResult({ _metadata: { archived_as: 'a.json' } })],
    ...['../../a.json', 'deep/a.json', '.a.json', 'a.result.json', 'a.txt'].map(
      (archived_as): [string, JobResult] => [
        `that would be archived as ${archived_as}`,
        { ...COMPLETED, _metadata: { ...COMPLETED._metadata, archived_as } },
      ],
    ),
  ])('is no result %s: it is put aside, and kept', async (_, result) => {
    await put('running', 'a.json', SPEC);
    await put('running', 'a.result.json', result);
    expect(await archive.decided('a.json')).toBeNull();
    expect(await names('running')).toEqual(['a.json']);
    const [kept = ''] = await names('kept');
    const text = await readFile(join(folder.kept, kept), 'utf8');
    expect(text).toBe(typeof result === 'string' ? result : JSON.stringify(result));
  });

  it('is no result whose job is nowhere, and an earlier one that was kept stays', async () => {
    for (const status of ['COMPLETED', 'FAILED'] as const) {
      await put('running', 'a.result.json', { ...COMPLETED, final_status: status });
      expect(await archive.decided('a.json')).toBeNull();
    }
    expect(await names('kept')).toHaveLength(2);
    expect(await names('running')).toEqual([]);
  });

  it('is not told while it can not be read, and stays where it is', async () => {
    await put('running', 'a.json', SPEC);
    await mkdir(join(folder.running, 'a.result.json'));
    await archive.decided('a.json').catch(() => null);
    expect(await readFile(join(folder.running, 'a.json'), 'utf8')).toBe(SPEC);
  });
});
