import type { JobState } from '@app/jobspec/folder';
import { expect, it } from 'vitest';
import type { ClipStatus } from '../jobs/clip-row.ts';
import { unmadeClip } from '../reading/found-clip.ts';
import { apiJob } from './api-job.ts';
import { latestCauses } from './causes.ts';
import { jobNamed } from './job-rows.ts';
import { memoryIndex } from './memory-index.ts';

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
      retry: { folder: 'f', state, name: 'b.json', isAtWork: false },
    });
    expect(row === null ? null : apiJob(row)).toMatchObject({
      clips_open: 3,
      clips_retried: 3,
      retried_by: `f/${state}/b.json`,
      made_by: null,
    });
    expect(latestCauses(index, 8, 4)[0]).toMatchObject({ open: 3, retried: 3, made: null });
  },
);

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
  expect(cause).toMatchObject({ job: { name: 'z.json' }, open: 2, retried: 1 });
});
