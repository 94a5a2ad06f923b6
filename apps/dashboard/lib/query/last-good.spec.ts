import { expect, it } from 'vitest';
import { unmadeClip } from '../reading/found-clip.ts';
import { lastGoodOf } from './last-good.ts';
import { memoryIndex } from './memory-index.ts';

const clip = (path: string, status: 'COMPLETED' | 'FAILED' | 'WAITING', when: number) =>
  unmadeClip(path, status, when, null);
const index = memoryIndex([
  { state: 'completed', base: 'first', clips: [clip('/A001/C001.mov', 'COMPLETED', 1)] },
  {
    state: 'failed',
    base: 'second',
    facts: { when: 3 },
    clips: [clip('/A001/C002.mov', 'COMPLETED', 2), clip('/A001/C003.mov', 'FAILED', 3)],
  },
  { state: 'completed', base: 'other', clips: [clip('/A002/C001.mov', 'COMPLETED', 9)] },
  { state: 'failed', base: 'bad', facts: { when: 4 }, clips: [clip('/B/C001.mov', 'FAILED', 4)] },
]);

it('is the clip of the same folder that came through last, in a job that failed later too', () => {
  expect(lastGoodOf(index, '/A001/C003.mov')).toEqual({
    name: 'C002.mov',
    at: 2,
    job: { folder: 'f', state: 'failed', name: 'second.json' },
  });
});

it('is none where nothing of the card came through', () => {
  expect(lastGoodOf(index, '/B/C001.mov')).toBeNull();
  expect(lastGoodOf(index, '/elsewhere/C001.mov')).toBeNull();
});
