import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { printable, timestamp } from '@app/jobspec';
import { INVENTORY_EXTENSION } from '@app/jobspec/inventory';
import { errorFact, realPathOf, submitFile, whoRuns } from '@app/storage';
import { attemptsOf, knownJobs } from '../jobs/known-jobs.ts';
import { inventoryOf, notPlanned } from '../jobs/not-planned.ts';
import { misuse, Refusal } from '../refusal/refusal.ts';
import { existingFolder } from './existing-folder.ts';
import { failedJobs, namedJobs } from './failed-jobs.ts';

/** Failed jobs and clips that are no longer to be reported. */
export interface Dismissal {
  folder: string;
  /** Dry run: nothing is dismissed. */
  isDry: boolean;
  /** Names of failed jobs, with or without `.json`, or job ids, and paths of clips. */
  jobs: readonly string[];
}

const NO_CLIP =
  'no failed job, and no clip that was left out. Name a job as its file in failed/ or its job id, a clip by its file name or its whole path';

/**
 * Dismisses failed jobs and unplanned clips: `retry` and hand-over no longer report them, and the jobs stay in
 * `failed/`. Later failures, and clips that change, are reported again. A clip, unplanned or alone in its failed job,
 * is named by its path, or by its file name if no other has it.
 *
 * @returns the dismissed names and paths
 * @throws Refusal
 */
export async function dismiss({ folder: root, jobs, isDry }: Dismissal): Promise<string[]> {
  if (jobs.length === 0) throw misuse('--dismiss needs names of failed jobs or of clips.');
  const folder = await existingFolder(root);
  const inventory = await inventoryOf(folder);
  const known = await knownJobs(folder);
  const failed = failedJobs(known);
  const entries = new Map(notPlanned(inventory, known).clips.map(({ path }) => [path, [path]]));
  for (const job of failed) {
    const [only, other] = attemptsOf({ coming: [], ended: [job] });
    if (only === undefined || other !== undefined) continue;
    entries.set(only.source, [...(entries.get(only.source) ?? []), job.name]);
  }
  const [chosen, names] = [[] as string[], [] as string[]];
  for (const name of jobs) {
    const path = (await realPathOf(resolve(name))).real;
    const same = [...entries.keys()].filter((one) => one === path || basename(one) === name);
    if (same.length > 1)
      throw misuse(`${printable(name)} is the name of ${same.length} clips. Give the path of one.`);
    if (same[0] === undefined) names.push(name);
    else chosen.push(...(entries.get(same[0]) ?? []));
  }
  chosen.push(...namedJobs(failed, names, NO_CLIP).map(({ name }) => name));
  if (isDry) return chosen;
  const at = timestamp(new Date());
  const by = whoRuns();
  const lines = chosen.map((dismissed) => `${JSON.stringify({ at, dismissed, by })}\n`);
  const name = `dismiss-${randomUUID()}${INVENTORY_EXTENSION}`;
  await submitFile(Buffer.from(lines.join('')), folder.pending, name).catch((error: unknown) => {
    throw new Refusal('folder', `${folder.pending} can't be written to: ${errorFact(error)}.`);
  });
  return chosen;
}
