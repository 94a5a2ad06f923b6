import type { ClipRow, ClipSums } from '../jobs/clip-row.ts';
import { fileNameOf, formatCount } from '../text/quantities.ts';
import { clipped, visibleLine } from '../text/visible-text.ts';
import { plainReason } from './sentences.ts';

/** `13 of 20 through, 1 failed, 6 not made.` */
export function clipsSentence(sums: ClipSums): string {
  const { total, through, failed, not_made, not_known, waiting } = sums;
  if (total === 0) return 'No clip.';
  const parts = [
    through === total && total > 1
      ? `All ${formatCount(total)} through`
      : `${formatCount(through)} of ${formatCount(total)} through`,
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(not_made - waiting > 0 ? [`${formatCount(not_made - waiting)} not made`] : []),
    ...(not_known > 0 ? [`${formatCount(not_known)} not known`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} to come`] : []),
  ];
  return `${parts.join(', ')}.`;
}

/** Why a clip is not there, in plain words; `null` when there is nothing to say. */
export function clipReason({
  state,
  status,
  failure_type,
  failure_reason,
}: Pick<ClipRow, 'state' | 'status' | 'failure_type' | 'failure_reason'>): string | null {
  if (status === 'UNKNOWN')
    return state === 'running' ? 'No runner works on its job.' : failure_reason;
  if (status !== 'FAILED' && status !== 'NOT_MADE') return null;
  if (failure_reason === null && failure_type === null)
    return 'Not reached: its job stopped before it.';
  return plainReason(failure_type, failure_reason);
}

/** What a picture shows, for who doesn't see it: `A001C003.mov at 01:00:00:12`. */
export function pictureSentence(
  sourcePath: string,
  { timecode, frame }: { timecode: string | null; frame: number | null },
): string {
  const name = clipped(visibleLine(fileNameOf(sourcePath)), 160);
  if (timecode !== null) return `${name} at ${visibleLine(timecode)}`;
  return frame === null ? name : `${name}, frame ${formatCount(frame)}`;
}
