import { expect, it } from 'vitest';
import { unmadeClip } from '../reading/found-clip.ts';
import { toldKinds } from '../format/told-kinds.ts';
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

it('tells the kind of a clip whose source was asked for as another kind, shown or not', () => {
  const job = (base: string, kind: string, ...names: string[]) => ({
    state: 'completed' as const,
    base,
    facts: { kind },
    clips: names.map((name) => unmadeClip(`/m/${name}.mov`, 'COMPLETED', 1, null)),
  });
  const index = memoryIndex([
    job('a', 'h264 mp4 half', 'one', 'two'),
    job('b', 'h264 mp4 quarter', 'one'),
    job('c', 'h264 mp4 half', 'two'),
  ]);
  expect([...toldKinds(clipsOfJob(index, { id: 1 })).values()]).toEqual(['h264 mp4 half']);
  expect([...toldKinds(clipsOfJob(index, { id: 2 })).values()]).toEqual(['h264 mp4 quarter']);
  expect(toldKinds(clipsOfJob(index, { id: 3 })).size).toBe(0);
});
