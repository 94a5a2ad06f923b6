import { Planner, type Planning } from './pass.ts';
import type { PlanRequest } from './plan-request.ts';
import type { Plan } from './report.ts';
import { prepareWatchFolder, watchFolderOf } from './store.ts';

/**
 * Plans what is to be made of media, and writes or submits it when that is asked for. What can't be planned leaves out that clip, and no
 * other.
 *
 * @throws Refusal; JobFailure `EngineUnavailableError` when there is no ffprobe.
 */
export async function makePlan(request: PlanRequest, planning: Planning): Promise<Plan> {
  const watch = watchFolderOf(request);
  if (watch !== null) await prepareWatchFolder(watch, request);
  return new Planner(request, planning, null).pass();
}
