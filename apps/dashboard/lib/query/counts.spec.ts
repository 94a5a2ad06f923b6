import { expect, it } from 'vitest';
import type { ActiveJob } from '@app/jobspec/folder';
import { memoryIndex } from '../../testing/memory-index.ts';
import { NO_RUNNER, type FolderView } from '../index/folder-view.ts';
import type { WatchIndex } from '../index/watch-index.ts';
import { unmadeClip } from '../indexer/found-job.ts';
import { finishOf } from './counts.ts';

const NONE = { failure_type: null, failure_reason: null };
const waits = (name: string) => ({
  ...unmadeClip(`/media/A001/${name}.mov`, 'WAITING', 0, NONE),
  kind: null,
});
const made = (name: string, duration_seconds: number) => ({
  ...waits(name),
  status: 'COMPLETED' as const,
  duration_seconds,
});

/** A clip of which half is made, begun so many seconds ago. */
const job = (seconds: number) =>
  ({
    clip: 1,
    total_clips: 2,
    phase: 'making',
    frames: 50,
    declared_frames: 100,
    clip_started_at: new Date(0).toISOString(),
    frames_at: new Date(seconds * 1000).toISOString(),
  }) as ActiveJob;

function minutesLeft(index: WatchIndex, active: ActiveJob[], of?: ActiveJob): number | null {
  const runner = { ...NO_RUNNER, state: 'running' as const, active };
  const at = finishOf(index, { name: 'f', runner } as unknown as FolderView, of);
  return at === null ? null : Math.round((at - Date.now()) / 60_000);
}

const past = {
  state: 'completed' as const,
  base: 'past',
  clips: ['C1', 'C2', 'C3', 'C4', 'C5'].map((name) => made(name, 60)),
};
const coming = { state: 'pending' as const, base: 'coming', clips: [waits('C6'), waits('C7')] };

it('what waits takes as long as the last clips did, or as the one that is made now where that takes longer', () => {
  expect(minutesLeft(memoryIndex([past, coming]), [])).toBe(2);
  expect(minutesLeft(memoryIndex([past, coming]), [job(300)])).toBe(15);
  expect(minutesLeft(memoryIndex([past, coming]), [job(300)], job(300))).toBe(15);
});

it('nobody says when before a clip tells how long it takes', () => {
  expect(minutesLeft(memoryIndex([coming]), [])).toBeNull();
  expect(minutesLeft(memoryIndex([coming]), [job(300)])).toBe(15);
});
