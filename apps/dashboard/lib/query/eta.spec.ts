import type { ActiveJob } from '@app/jobspec/folder';
import { expect, it } from 'vitest';
import { memoryIndex } from '../../testing/memory-index.ts';
import { NO_FACTS } from '../jobs/clip-row.ts';
import { NO_RUNNER, type FolderView } from '../jobs/folder-view.ts';
import { unmadeClip } from '../reading/found-clip.ts';
import { leftOf, queueLeft } from './eta.ts';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const KIND = 'h264 mp4 half';
const made = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    ...NO_FACTS,
    kind: KIND,
    source_path: `/c/${at}.mov`,
    output_path: `/p/${at}.mov`,
    status: 'COMPLETED' as const,
    when: at,
    duration_seconds: 60,
    frames: 600,
  }));
const indexOf = (count: number) =>
  memoryIndex([
    {
      state: 'completed',
      base: 'a',
      clips: made(count),
      facts: { kind: KIND, when: 1, final_status: 'COMPLETED' },
    },
    {
      state: 'pending',
      base: 'b',
      facts: { kind: KIND, when: 1 },
      clips: ['x', 'y', 'z'].map((name) =>
        Object.assign(unmadeClip(`/d/${name}.mov`, 'WAITING', 1, null), { kind: KIND }),
      ),
    },
  ]);
const active = {
  clip: 2,
  total_clips: 4,
  declared_frames: 1200,
  clip_started_at: new Date(NOW - 30_000).toISOString(),
} as ActiveJob;

it('goes by the frames of a clip and by the last clips of its kind', () => {
  expect(leftOf(indexOf(5), active, KIND, NOW)).toEqual({ clip: 90, job: 90 + 2 * 60 });
});

it('says nothing before five clips of the kind are made', () => {
  expect(leftOf(indexOf(4), active, KIND, NOW)).toEqual({ clip: null, job: null });
  expect(leftOf(indexOf(5), active, 'prores_proxy mov half', NOW)).toEqual({
    clip: null,
    job: null,
  });
});

it('goes by its own frames once they tell, and by the last clips for what comes after it', () => {
  const making = {
    ...active,
    phase: 'making',
    frames: 900,
    frames_at: new Date(NOW).toISOString(),
  } as ActiveJob;
  expect(leftOf(indexOf(5), making, KIND, NOW)).toEqual({ clip: 10, job: 10 + 2 * 60 });
  expect(leftOf(indexOf(4), making, KIND, NOW)).toEqual({ clip: 10, job: null });
  const [early, comparing] = [
    { ...making, frames: 12 },
    { ...making, phase: 'comparing' as const },
  ];
  expect(leftOf(indexOf(5), early, KIND, NOW).clip).toBe(90);
  expect(leftOf(indexOf(5), comparing, KIND, NOW).clip).toBe(90);
});

it('shares what waits among the workers', () => {
  const folder = {
    name: 'f',
    counts: { pending: 1, running: 0, completed: 1, failed: 0 },
    runner: { ...NO_RUNNER, state: 'running', max_workers: 2 },
  } as unknown as FolderView;
  expect(queueLeft(indexOf(5), folder, NOW)).toBe((3 * 60) / 2);
  expect(queueLeft(indexOf(4), folder, NOW)).toBeNull();
  expect(queueLeft(indexOf(5), { ...folder, runner: NO_RUNNER }, NOW)).toBeNull();
});
