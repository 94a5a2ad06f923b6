import type { ClipRow, ClipSums } from '../index/clip-row.ts';
import { formatCount } from './quantities.ts';
import { fileNameOf } from '../index/paths.ts';
import { clipped, visibleLine } from '../index/visible-text.ts';
import { isAtWork, type RunnerView } from '../index/folder-view.ts';
import { plainReason } from './sentences.ts';

/** `13 of 20 through, 1 failed, 6 not made.` */
export function clipsSentence(sums: ClipSums): string {
  const { total, through } = sums;
  if (total === 0) return 'No clip.';
  const parts = [
    through === total && total > 1
      ? `All ${formatCount(total)} through`
      : `${formatCount(through)} of ${formatCount(total)} through`,
    ...missingWords(sums),
  ];
  return `${parts.join(', ')}.`;
}

/** What is not through, each in its words: `1 failed`, `7 not made`. */
export function missingWords({
  failed,
  not_made,
  not_known,
  not_planned,
  waiting,
}: ClipSums): string[] {
  const words = {
    failed,
    'not made': not_made - waiting,
    'not known': not_known,
    'not planned': not_planned,
    'to come': waiting,
  };
  return Object.entries(words).flatMap(([word, count]) =>
    count > 0 ? `${formatCount(count)} ${word}` : [],
  );
}

/** Why a clip is not there, in plain words; `null` when there is nothing to say. @param runner of its folder */
export function clipReason(
  { status, failure_type, failure_reason }: ClipRow,
  runner?: RunnerView,
): string | null {
  if (status === 'UNKNOWN' || status === 'NOT_PLANNED') return failure_reason;
  if (status === 'WAITING' && runner && !isAtWork(runner))
    return 'Waiting for the runner: none is at work on its folder.';
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
