import { OncePolicy } from './plan-policy.ts';
import { Planner, type Planning } from './planner.ts';
import type { PlanRequest } from './plan-request.ts';
import type { Plan } from './report.ts';
import { prepareWatchFolder, watchFolderOf } from './store.ts';

/**
 * Plans proxies for media, and writes or submits the JobSpecs if requested. A clip that can't be planned doesn't affect
 * others.
 *
 * @throws Refusal; JobFailure `EngineUnavailableError` if ffprobe is missing
 */
export async function makePlan(request: PlanRequest, planning: Planning): Promise<Plan> {
  const watch = watchFolderOf(request);
  if (watch !== null) await prepareWatchFolder(watch, request);
  return new Planner(request, planning, new OncePolicy(planning.settleSeconds)).pass();
}
