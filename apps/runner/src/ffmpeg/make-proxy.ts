import type { ClipAttempt } from '@app/jobspec';
import type { ClipPlan, ClipPrograms, ClipRun } from './clip-run.ts';
import { isSameVideo, REVISIONS, type Revision } from './revisions.ts';

/**
 * Makes a proxy: by its first plan, and again by each revision that the run before calls for. Each revision is made at most once, so there
 * are at most five encodes.
 *
 * @returns the last run, and why there were others.
 * @throws what a program throws; at a stop, the reason of the signal.
 */
export async function makeProxy(
  first: ClipPlan,
  programs: ClipPrograms,
  signal: AbortSignal,
): Promise<{ run: ClipRun; attempts: ClipAttempt[] }> {
  const attempts: ClipAttempt[] = [];
  const encode = async (why: ClipAttempt['why'], plan: ClipPlan, before: ClipRun | null) => {
    const begun = programs.now();
    const quantiser = plan.quantiser ?? (await quantiserOf(plan, before, programs));
    const run = await programs.encode({ ...plan, quantiser });
    const seconds = Math.round(1000 * (programs.now() - begun)) / 1000;
    attempts.push({ why, exit_code: run.outcome.exit_code, seconds });
    return run;
  };
  let run = await encode('first', first, null);
  const left = new Set(REVISIONS);
  while (!signal.aborted) {
    const next = revisionOf(left, run);
    if (next === null) break;
    left.delete(next.revision);
    run = await encode(next.revision.why, next.plan, run);
  }
  return { run, attempts };
}

/** Where the picture is encoded as before, it is quantised as before: no trial is made twice. */
async function quantiserOf(plan: ClipPlan, before: ClipRun | null, programs: ClipPrograms) {
  const isSame = before !== null && isSameVideo(before.plan, plan.plan);
  return isSame ? before.quantiser : programs.tryQuantisers(plan);
}

/** The first revision that a run calls for, and its plan; `null` for none. */
function revisionOf(left: Iterable<Revision>, run: ClipRun) {
  for (const revision of left) {
    const plan = revision.revise(run);
    if (plan !== null) return { revision, plan };
  }
  return null;
}
