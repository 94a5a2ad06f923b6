import { isAtWork, type RunnerView } from '../jobs/folder-view.ts';
import { instant } from '../text/instant.ts';
import type { MadeSoFar } from '../store/clip-writer.ts';

/**
 * What a runner says of a job in running/. The one clip ended when the next one was begun, by the clock of the runner.
 * @param name of its file
 */
export function madeSoFar(runner: RunnerView, name: string): MadeSoFar {
  const active = runner.active.find((job) => job.name === name);
  return {
    made: Math.max(0, (active?.clip ?? 1) - 1),
    isBegun: active !== undefined && active.clip !== null && isAtWork(runner),
    at: instant(active?.clip_started_at ?? null) ?? Date.now(),
  };
}
