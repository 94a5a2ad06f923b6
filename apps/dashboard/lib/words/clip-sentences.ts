import { LEFT_OUT, type LeftOutCause } from '@app/jobspec/inventory';
import type { ClipPicture } from '@app/jobspec/result';
import type { CardSums, ClipRow, ClipSums } from '../index/clip-row.ts';
import { formatCount, plural } from './quantities.ts';
import { fileNameOf } from '../index/paths.ts';
import { clipped, visibleLine } from '../index/visible-text.ts';
import { isAtWork, type RunnerView } from '../index/folder-view.ts';
import { plainReason } from './sentences.ts';

/**
 * Progress of a card: `9 of 12 clips: 2 failed, 1 not planned (two clips have one name).` Without an inventory, counts
 * requested clips only; says "All" only if none was put aside.
 */
export function cardSentence(card: CardSums): string {
  const { total, through, isOnRecord, hasPutAside, isOfSeveralKinds } = card;
  const thing = plural(total, isOfSeveralKinds ? 'proxy' : 'clip');
  if (isOnRecord && !hasPutAside && through === total)
    return `${total === 1 ? '' : 'All '}${thing} done.`;
  const missing = missingWords(card, card.causes).join(', ');
  const all = hasPutAside
    ? `${thing}, others put aside`
    : isOnRecord
      ? thing
      : `${formatCount(total)} requested`;
  const of = `${formatCount(through)} of ${all}`;
  return missing === '' ? `${of}.` : `${of}: ${missing}.`;
}

/** Progress of any proxies: `13 of 20 proxies done, 1 failed, 6 missing`; `2 proxies, 2 failed` if none can be done. */
export function clipsSentence(sums: ClipSums): string {
  const { total, through, waiting } = sums;
  if (total === 0) return 'No clips.';
  const proxies = plural(total, 'proxy');
  const done = through + waiting === 0 ? proxies : `${formatCount(through)} of ${proxies} done`;
  return `${[done, ...missingWords(sums)].join(', ')}.`;
}

/** Unfinished clips by state: `1 failed`, `7 missing`. @param causes reasons for those not planned */
export function missingWords(
  { failed, not_made, not_known, not_planned, waiting }: ClipSums,
  causes: readonly LeftOutCause[] = [],
): string[] {
  const words = {
    failed,
    missing: not_made - waiting,
    unknown: not_known,
    'not planned': not_planned,
    'to go': waiting,
  };
  const why = causes.map((cause) => LEFT_OUT[cause].title).join('; ');
  return Object.entries(words).flatMap(([word, count]) => {
    const because = word === 'not planned' && why !== '' ? ` (${why})` : '';
    return count > 0 ? `${formatCount(count)} ${word}${because}` : [];
  });
}

/** Sentence: why a clip isn't done; `null` if there is nothing to say. @param runner of its folder */
export function clipReason(
  { state, status, failure_type, failure_reason, isOfJob }: ClipRow,
  runner?: RunnerView,
): string | null {
  if (status === 'UNKNOWN' || status === 'NOT_PLANNED') return failure_reason;
  if (status === 'WAITING' && runner && !isAtWork(runner))
    return state === 'running'
      ? 'Interrupted: its runner isn’t responding. Retry its job once the runner has restarted.'
      : 'Queued: no runner on its folder.';
  if (status !== 'FAILED' && status !== 'NOT_MADE') return null;
  const reason = plainReason(failure_type, failure_reason);
  return isOfJob ? `Not started: its job failed. ${reason}` : reason;
}

/** Alternative text of a thumbnail: `A001C003.mov at 01:00:00:12`. */
export function pictureSentence(
  sourcePath: string,
  { timecode, frame, beside_source }: Omit<ClipPicture, 'path' | 'width' | 'height'>,
): string {
  const name = clipped(visibleLine(fileNameOf(sourcePath)), 160);
  const of = beside_source ? `${name}, and to its right its proxy,` : name;
  return timecode === null
    ? `${of}, frame ${formatCount(frame)}`
    : `${of} at ${visibleLine(timecode)}`;
}
