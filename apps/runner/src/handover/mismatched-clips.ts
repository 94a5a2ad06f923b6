import { readMismatches, type Mismatch } from '../mhl/mismatch-note.ts';
import { dayOf, type MadeClip, type Selection } from './clips/index.ts';

/** Clips that plans have left out because their hashes differ, but for those that a job has made since. */
export async function mismatchedClips(
  root: string,
  { day, jobs }: Selection,
  made: readonly MadeClip[],
): Promise<Mismatch[]> {
  // They are of no job.
  if (jobs.length > 0) return [];
  const madeAt = new Map(made.map(({ source, completedAt }) => [source, Date.parse(completedAt)]));
  return (await readMismatches(root))
    .filter(({ foundAt }) => day === null || dayOf(foundAt) === day)
    .filter(({ source, foundAt }) => !((madeAt.get(source) ?? 0) > Date.parse(foundAt)));
}
