import type { JobState } from '@app/jobspec/folder';
import { describe, expect, it } from 'vitest';
import type { ClipStatus } from '../jobs/clip-row.ts';
import { unmadeClip } from '../reading/found-clip.ts';
import { apiJob } from './api-job.ts';
import { latestCauses } from './causes.ts';
import { clipsOfJob } from './clip-rows.ts';
import { DEFAULT_QUERY } from './job-query.ts';
import { jobNamed } from './job-rows.ts';
import { memoryIndex } from './memory-index.ts';
import { selectClips } from './select-clips.ts';

const failed = { failure_type: 'EngineError', failure_reason: 'FFmpeg exited' } as const;

/** A job of clips a, b, c and d, as their states are given. */
function job(state: JobState, base: string, when: number, ...statuses: ClipStatus[]) {
  const clips = statuses.map((status, at) =>
    unmadeClip(`/m/${'abcd'.charAt(at)}.mov`, status, when, null),
  );
  return { state, base, facts: { when, ...(state === 'failed' ? failed : {}) }, clips };
}

it.each(['pending', 'running'] as const)(
  'clips stay open while a retry of them lies in %s/, and it is named',
  (state) => {
    const first = job('failed', 'a', 1, 'COMPLETED', 'FAILED', 'NOT_MADE', 'NOT_MADE');
    const retry = job(state, 'b', 2, 'WAITING', 'WAITING', 'WAITING', 'WAITING');
    const index = memoryIndex([first, retry]);
    const row = jobNamed(index, 'f', 'failed', 'a.json');
    expect(row?.outcome).toMatchObject({
      unmade: 3,
      open: 3,
      since: 0,
      before: 0,
      retried: 3,
      by: null,
      retryJobs: 1,
      retries: [{ folder: 'f', state, name: 'b.json', isAtWork: false }],
    });
    expect(row === null ? null : apiJob(row)).toMatchObject({
      clips_open: 3,
      clips_retried: 3,
      retried_by: `f/${state}/b.json`,
      made_by: null,
    });
    expect(latestCauses(index, 8, 4)[0]).toMatchObject({
      open: 3,
      ...(state === 'running' ? { left: 3, retried: 0 } : { left: 0, retried: 3 }),
      made: null,
    });
  },
);

it('several retries of one job are counted, and the latest named first', () => {
  const rest = job('pending', 'c', 3, 'WAITING', 'WAITING', 'WAITING');
  const index = memoryIndex([
    job('failed', 'a', 1, 'FAILED', 'NOT_MADE', 'NOT_MADE'),
    { ...job('pending', 'b', 2, 'WAITING'), folder: 'elsewhere' },
    { ...rest, clips: rest.clips.slice(1) },
  ]);
  expect(jobNamed(index, 'f', 'failed', 'a.json')?.outcome).toMatchObject({
    open: 3,
    retried: 3,
    retryJobs: 2,
    retries: [{ name: 'c.json' }, { name: 'b.json', folder: 'elsewhere' }],
  });
});

it('clips are not known after a retry whose result can not be read, and it is named', () => {
  const index = memoryIndex([
    job('failed', 'a', 1, 'COMPLETED', 'FAILED', 'NOT_MADE', 'NOT_MADE'),
    job('completed', 'b', 2, 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'),
  ]);
  const row = jobNamed(index, 'f', 'failed', 'a.json');
  const unclearBy = { folder: 'f', state: 'completed', name: 'b.json' };
  expect(row?.outcome).toMatchObject({ unmade: 3, open: 1, unclear: 2, unclearJobs: 1, unclearBy });
  expect(row === null ? null : apiJob(row)).toMatchObject({
    clips_open: 1,
    clips_retried: 0,
    clips_not_known: 2,
    not_known_by: 'f/completed/b.json',
  });
  expect(latestCauses(index, 8, 4)[0]).toMatchObject({ open: 1, unclear: 2, retried: 0 });
});

it('an overview counts a clip once that failed twice, and names a job that nobody has taken care of', () => {
  const index = memoryIndex([
    job('failed', 'a', 1, 'COMPLETED', 'FAILED', 'NOT_MADE'),
    job('failed', 'a2', 2, 'NOT_MADE', 'FAILED', 'NOT_MADE'),
    job('pending', 'a3', 4, 'WAITING', 'WAITING', 'WAITING'),
  ]);
  expect(latestCauses(index, 8, 4)[0]).toMatchObject({ open: 2, retried: 2, jobs: 2 });
  const other = job('failed', 'z', 1, 'FAILED');
  const both = memoryIndex([
    { ...other, clips: [unmadeClip('/m/z.mov', 'FAILED', 1, null)] },
    job('failed', 'a', 2, 'COMPLETED', 'FAILED'),
    job('pending', 'a3', 4, 'WAITING', 'WAITING'),
  ]);
  const [cause] = latestCauses(both, 8, 4);
  expect(cause).toMatchObject({
    job: { name: 'a.json' },
    needed: { name: 'z.json' },
    open: 2,
    retried: 1,
  });
});

describe('what a running retry has made', () => {
  const first = job('failed', 'a', 1, 'COMPLETED', 'FAILED', 'NOT_MADE');
  /** @param to the folder of its proxies */
  const retryTo = (to: string, ...statuses: ClipStatus[]) => {
    const isOver = statuses.every((status) => status === 'COMPLETED');
    const retry = job(isOver ? 'completed' : 'running', 'b', 5, ...statuses);
    const clips = retry.clips.map((clip, at) =>
      Object.assign(clip, { output_path: `${to}${at}.mov` }),
    );
    return { ...retry, clips };
  };
  const old = first.clips.map((clip, at) => Object.assign(clip, { output_path: `/p/${at}.mov` }));
  const sumsOf = (...jobs: Parameters<typeof memoryIndex>[0]) =>
    selectClips(memoryIndex(jobs), DEFAULT_QUERY).sums;

  it.each(['/p/', '/v2/'])('counts while it runs as after its end, below %s', (to) => {
    const waits = retryTo(to, 'WAITING', 'WAITING', 'WAITING');
    const during = sumsOf({ ...first, clips: old }, { ...waits, made: 3 });
    const after = sumsOf(
      { ...first, clips: old },
      retryTo(to, 'COMPLETED', 'COMPLETED', 'COMPLETED'),
    );
    expect(during).toEqual(after);
    expect(during.through).toBe(to === '/p/' ? 3 : 4);
    expect(sumsOf({ ...first, clips: old }, waits)).toMatchObject({
      total: 3,
      through: 1,
      not_known: 2,
    });
  });

  it('makes good what had failed, and is named by it', () => {
    const waits = retryTo('/v2/', 'WAITING', 'WAITING', 'WAITING');
    const index = memoryIndex([
      { ...first, clips: old },
      { ...waits, made: 2 },
    ]);
    const by = { folder: 'f', state: 'running', name: 'b.json' };
    expect(jobNamed(index, 'f', 'failed', 'a.json')?.outcome).toMatchObject({
      unmade: 2,
      open: 1,
      good: 1,
      by,
      retried: 1,
      retries: [by],
    });
    const { rows } = selectClips(index, { ...DEFAULT_QUERY, state: 'running' });
    expect(
      rows.map(({ status, made_good, made_before }) => [status, made_good, made_before]),
    ).toEqual([
      ['UNKNOWN', false, false],
      ['COMPLETED', false, false],
      ['COMPLETED', true, false],
    ]);
    expect(rows[2]?.other).toMatchObject({ name: 'a.json' });
    const [clip] = clipsOfJob(index, { id: 1 }, 1, 1);
    expect(clip).toMatchObject({ made_good: true, other: { name: 'b.json', when: 5 } });
  });

  it('is taken back when the status was that of another job of the name', () => {
    const waits = retryTo('/v2/', 'WAITING', 'WAITING', 'WAITING');
    const index = memoryIndex([
      { ...first, clips: old },
      { ...waits, made: 2 },
      { ...waits, made: 1 },
    ]);
    expect(jobNamed(index, 'f', 'failed', 'a.json')?.outcome).toMatchObject({ open: 2, by: null });
  });
});
