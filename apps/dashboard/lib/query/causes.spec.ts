import { expect, it } from 'vitest';
import { unmadeClip } from '../reading/found-clip.ts';
import { latestCauses } from './causes.ts';
import { memoryIndex } from './memory-index.ts';

it('shows the newest failure of a cause, and names beside it an earlier one whose clips are open', () => {
  const failed = { failure_type: 'EngineError', failure_reason: 'FFmpeg exited' } as const;
  const clip = (name: string, status: 'COMPLETED' | 'FAILED', when: number) =>
    unmadeClip(`/m/${name}.mov`, status, when, null);
  const jobs = [
    ['failed', 'open', { ...failed, when: 1 }, clip('a', 'FAILED', 1)],
    ['failed', 'good', { ...failed, when: 2 }, clip('b', 'FAILED', 2)],
    ['completed', 'retry', { when: 3 }, clip('b', 'COMPLETED', 3)],
  ] as const;
  const index = memoryIndex(
    jobs.map(([state, base, facts, only]) => ({ state, base, facts, clips: [only] })),
  );
  const [cause] = latestCauses(index, 8, 4);
  expect(cause).toMatchObject({
    job: { name: 'good.json' },
    needed: { name: 'open.json' },
    jobs: 2,
    open: 1,
    made: null,
  });
});

it('looks at the latest jobs of a cause, in whichever order they were read', () => {
  const failed = { failure_type: 'EngineError', failure_reason: 'FFmpeg exited' } as const;
  const jobs = Array.from({ length: 300 }, (_, at) => ({
    state: 'failed' as const,
    base: `job-${300 - at}`,
    facts: { ...failed, when: 300 - at },
    clips: [unmadeClip(`/m/${at}.mov`, 'FAILED', 300 - at, null)],
  }));
  const [cause] = latestCauses(memoryIndex(jobs), 8, 301);
  expect(cause).toMatchObject({
    job: { name: 'job-300.json' },
    needed: null,
    jobs: 300,
    latest: 200,
    open: 200,
  });
  const [all] = latestCauses(memoryIndex(jobs.slice(100)), 8, 301);
  expect(all).toMatchObject({ jobs: 200, latest: null, open: 200 });
});
