import { CLIPS_COUNTED, type ClipRow, type ClipStatus, type ClipSums } from '../jobs/clip-row.ts';
import { counted, fileNameOf, formatCount } from '../text/quantities.ts';
import { clipped, visibleLine } from '../text/visible-text.ts';
import { plainReason, type Verdict } from './sentences.ts';

/** What became of a clip, in words. */
export const CLIP_FATES: Record<ClipStatus, string> = {
  COMPLETED: 'made and verified',
  FAILED: 'failed',
  NOT_MADE: 'not made',
  RUNNING: 'being made now',
  WAITING: 'waits for its turn',
  UNKNOWN: 'not known',
};

/** `13 of 20 through, 1 failed, 6 not made.` And for how many of them an attempt says so that the view doesn't show. */
export function clipsSentence(sums: ClipSums): string {
  const { total, through, failed, not_made, not_known, waiting, elsewhere } = sums;
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
  return `${parts.join(', ')}.${elsewhereSentence(elsewhere)}`;
}

/**
 * The same for a view, which may be too wide to be counted, or hold clips of one state only.
 *
 * @param state as the filter has it; `null` for all.
 */
export function viewSentence(
  { sums, isCounted, sources }: { sums: ClipSums; isCounted: boolean; sources: number | null },
  state: string | null,
): string {
  const only = state === null ? '' : `Only clips that are ${state.replaceAll('_', ' ')}: `;
  const sentence = `${only}${clipsSentence(sums)}${sourcesSentence(sources, sums.total)}`;
  return isCounted ? sentence : `Of the latest ${formatCount(CLIPS_COUNTED)} clips: ${sentence}`;
}

/** A clip may have more proxies than one: in another size, or in another folder. */
function sourcesSentence(sources: number | null, proxies: number): string {
  if (sources === null || sources >= proxies) return '';
  return ` These are ${formatCount(proxies)} proxies of ${counted(sources, 'clip')}.`;
}

/** What a view leaves out that is too wide to be counted, and how it is made narrower. */
export function wideSentence({ q, day }: { q: string | null; day: string | null }): string {
  const word = q === null ? 'a word' : 'another word';
  const ways = day === null ? `${word} or a day` : word;
  return `There are more: this counts the latest ${formatCount(CLIPS_COUNTED)} clips. Add ${ways} to count all of them. Exports have all clips.`;
}

/** Of a job that ended: `13 clips`, `6 of 13 clips made`. */
export function clipsMade(result: {
  listed: number;
  total_clips: number;
  completed_clips: number;
}): string {
  const total = Math.max(result.total_clips, result.listed);
  const made = result.completed_clips;
  return made === total
    ? counted(total, 'clip')
    : `${formatCount(made)} of ${counted(total, 'clip')} made`;
}

/** Of a job that failed: over those of its clips that need nobody. */
export function cameThrough(clips: number): string {
  return `${counted(clips, 'clip')} that came through`;
}

/** Of a job that runs. */
export function madeSoFar(made: number, total: number | null): string {
  return `${formatCount(made)} of ${counted(total ?? made, 'clip')} made so far`;
}

/** What no sum of clips has. */
export function cliplessSentence(jobs: number): string {
  return `And ${counted(jobs, 'job')} failed before ${jobs === 1 ? 'its' : 'their'} clips were known.`;
}

function elsewhereSentence(elsewhere: number): string {
  if (elsewhere === 0) return '';
  return elsewhere === 1
    ? ' Another job decided 1 of these.'
    : ` Other jobs decided ${formatCount(elsewhere)} of these.`;
}

/** How a clip is marked. */
export const CLIP_VERDICTS: Record<ClipStatus, { verdict: Verdict; label: string }> = {
  COMPLETED: { verdict: 'done', label: 'Through' },
  FAILED: { verdict: 'failed', label: 'Failed' },
  NOT_MADE: { verdict: 'refused', label: 'Not made' },
  RUNNING: { verdict: 'running', label: 'Being made' },
  WAITING: { verdict: 'pending', label: 'Waits' },
  UNKNOWN: { verdict: 'unclear', label: 'Not known' },
};

/** Why a clip is not there, in plain words; `null` when there is nothing to say. */
export function clipReason({
  state,
  status,
  failure_type,
  failure_reason,
}: Pick<ClipRow, 'state' | 'status' | 'failure_type' | 'failure_reason'>): string | null {
  if (status === 'NOT_MADE' && failure_reason === null)
    return failure_type === 'RunnerInterrupted'
      ? 'The runner ended when it was this clip’s turn.'
      : 'Its job stopped before it.';
  if (status === 'UNKNOWN' && state === 'running') return 'No runner works on its job.';
  if (status === 'UNKNOWN') return failure_reason;
  if (status !== 'FAILED' && status !== 'NOT_MADE') return null;
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
