import type { ClipRow } from '../jobs/clip-row.ts';
import { writtenDay } from '../text/written-day.ts';

/** How an attempt stands to others at the same proxy; a job is named after the words where there is a day in them. */
export function relationWords(
  row: Pick<
    ClipRow,
    'status' | 'latest' | 'made_good' | 'made_before' | 'made_since' | 'is_later' | 'other'
  >,
): string | null {
  const { other } = row;
  if (other !== null) {
    const day = writtenDay(other.when);
    if (row.made_good && row.status === 'COMPLETED') return `makes good the failure of ${day} in`;
    if (row.made_good) return `made good on ${day} by`;
    if (row.made_since) return `made since, on ${day} by`;
    if (row.made_before) return `made before this, on ${day} by`;
  }
  if (row.latest) return null;
  return row.is_later ? 'a later attempt' : 'an earlier attempt';
}
