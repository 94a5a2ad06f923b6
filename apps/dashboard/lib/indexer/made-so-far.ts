import { stemOf, type ActiveJob } from '@app/jobspec/folder';
import { instant } from '../reading/narrow.ts';
import type { PlaceStore } from '../store/place-store.ts';

/**
 * Keeps what a runner says that it has made: only its status does, until there is a result. The one clip ended when the next one
 * was begun, by the clock of the runner.
 */
export function keepMade(running: PlaceStore, active: readonly ActiveJob[]): void {
  for (const { name, clip, clip_started_at } of active)
    if (clip !== null) running.mark(stemOf(name), clip - 1, instant(clip_started_at) ?? Date.now());
  running.commit();
}
