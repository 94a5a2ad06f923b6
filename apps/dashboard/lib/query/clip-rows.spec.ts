import { expect, it } from 'vitest';
import { unmadeClip } from '../reading/found-clip.ts';
import { clipsOfJob } from './clip-rows.ts';
import { memoryIndex } from './memory-index.ts';

it('tells the clip that a runner was at when it ended from those after it', () => {
  const clips = (['COMPLETED', 'NOT_MADE', 'NOT_MADE'] as const).map((status, at) =>
    unmadeClip(`/m/${at}.mov`, status, 1, null),
  );
  const types = (failure_type: 'RunnerInterrupted' | 'EngineError') => {
    const facts = { failure_type, completed_clips: 1 };
    const index = memoryIndex([{ state: 'failed', base: 'a', facts, clips }]);
    return clipsOfJob(index, { id: 1 }).map((clip) => clip.failure_type);
  };
  expect(types('RunnerInterrupted')).toEqual([null, 'RunnerInterrupted', null]);
  expect(types('EngineError')).toEqual([null, null, null]);
});
