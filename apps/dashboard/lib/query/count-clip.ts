import type { ClipSums } from '../jobs/clip-row.ts';
import { addTo, NO_SUMS } from '../store/sums.ts';

/** Counts a clip that decides where its proxy stands. @param status its place in `CLIP_STATUSES` */
export function countIn(sums: ClipSums, status: number): void {
  const stored = { ...NO_SUMS };
  addTo(stored, status, 1);
  sums.total += 1;
  sums.through += stored.through;
  sums.failed += stored.failed;
  sums.not_made += stored.unmade;
  sums.not_known += stored.unknown;
  sums.waiting += stored.waiting;
}

/** Counts a proxy that an attempt decides which is not in the view. */
export function countElsewhere(sums: ClipSums, status: number): void {
  countIn(sums, status);
  sums.elsewhere += 1;
}
