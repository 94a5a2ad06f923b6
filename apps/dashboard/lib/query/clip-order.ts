import { CLIP_STATUSES, NO_CLIPS, type ClipSums } from '../jobs/clip-row.ts';

interface Sorted {
  id: number;
  /** Its place in {@link CLIP_STATUSES}. */
  status: number;
  latest: boolean;
  at: number;
}

const COMPLETED = CLIP_STATUSES.indexOf('COMPLETED');

/** Folders that need somebody come first, then the larger ones. */
export function compareGroups(groups: ReadonlyMap<number, ClipSums>, a: number, b: number): number {
  if (a === b) return 0;
  const [first, second] = [groups.get(a) ?? NO_CLIPS, groups.get(b) ?? NO_CLIPS];
  return (
    Math.sign(second.failed) - Math.sign(first.failed) ||
    Math.sign(second.not_made + second.not_known) - Math.sign(first.not_made + first.not_known) ||
    second.total - first.total ||
    a - b
  );
}

/** What decides comes first, and of that what needs somebody. */
export function compareClips(a: Sorted, b: Sorted): number {
  return (
    Number(b.latest) - Number(a.latest) ||
    a.status - b.status ||
    (a.status === COMPLETED ? a.id - b.id : b.at - a.at || a.id - b.id)
  );
}
