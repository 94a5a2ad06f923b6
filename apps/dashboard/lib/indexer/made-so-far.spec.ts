import type { ActiveJob } from '@app/jobspec/folder';
import { expect, it, vi } from 'vitest';
import type { PlaceStore } from '../store/place-store.ts';
import { keepMade } from './made-so-far.ts';

it('keeps what the status of a runner says that it has made, up to the clip that it works on', () => {
  const [mark, commit] = [vi.fn<PlaceStore['mark']>(), vi.fn<() => void>()];
  const active = [
    { name: 'a.json', clip: 3, clip_started_at: '2026-11-26T10:00:00+00:00' },
    { name: 'checked.json', clip: null, clip_started_at: null },
  ] as ActiveJob[];
  keepMade({ mark, commit } as unknown as PlaceStore, active);
  expect(mark.mock.calls).toEqual([['a', 2, Date.UTC(2026, 10, 26, 10)]]);
  expect(commit).toHaveBeenCalledOnce();
});
