import {
  CONTRACT_VIOLATION,
  type ClipResult,
  type FailureType,
  type JobResult,
} from '@app/jobspec/result';
import { isAtWork, type RunnerView } from '../jobs/folder-view.ts';
import type { JobRow } from '../jobs/job-row.ts';
import { NEXT_STEPS } from './next-steps.ts';
import type { CauseClips, Made } from './outcome-words.ts';
import { nowSentence } from './now-sentence.ts';
import { secondsWithoutFrame } from '../jobs/seconds-running.ts';
import { counted, formatCount, formatDuration } from '../text/quantities.ts';

/** What a sentence about a decided job needs to know. */
type Decided = Omit<JobResult, 'clips' | 'cause'>;

/** How people call where a job stands. */
export type Verdict = 'done' | 'failed' | 'refused' | 'running' | 'pending' | 'unclear';

export function verdictOf({
  state,
  final_status,
  problem,
}: Pick<JobRow, 'state' | 'final_status' | 'problem'>): Verdict {
  if (state === 'pending' || state === 'running') return state;
  if (final_status === null || problem !== null) return 'unclear';
  if (final_status === 'COMPLETED') return 'done';
  return final_status === 'PARTIAL' ? 'refused' : 'failed';
}

export const VERDICT_LABELS: Record<Verdict, string> = {
  done: 'Completed',
  failed: 'Failed',
  refused: 'Refused',
  running: 'Running',
  pending: 'Pending',
  unclear: 'Unclear',
};

/** Where a decided job stands, in a sentence. */
export function resultSentence(result: Decided): string {
  const { total_clips, completed_clips, duration_seconds } = result;
  const took = formatDuration(duration_seconds);
  if (result.final_status === 'COMPLETED')
    return total_clips === 1
      ? `The proxy is made and verified. It took ${took}.`
      : `All ${counted(total_clips, 'proxy').replace('proxys', 'proxies')} are made and verified. It took ${took}.`;
  if (result.final_status === 'PARTIAL')
    return 'The job was refused before any work began. No proxy was made.';
  if (result.failure_type === 'RunnerInterrupted') return interruptedSentence(result);
  if (total_clips === 0) return `The job failed after ${took}, before its first clip.`;
  const stopped = `The job stopped at clip ${completed_clips + 1} of ${total_clips} after ${took}.`;
  return `${stopped} ${publishedSentence(completed_clips)}`;
}

function interruptedSentence({ _recovery, completed_clips, total_clips }: Decided): string {
  const cause = _recovery
    ? 'The runner ended while it worked on this job, and found it again at its next start.'
    : 'The runner was told to stop while it worked on this job.';
  const count =
    total_clips > 0 ? ` ${completed_clips} of ${counted(total_clips, 'clip')} had been made.` : '';
  return `${cause}${count} ${publishedSentence(completed_clips)}`;
}

/** Where a decided job stood when its folder could last be read. */
export function keptSentence({ final_status, completed_clips, total_clips }: JobRow): string {
  const made = `${completed_clips ?? 0} of ${counted(total_clips ?? 0, 'clip')} made`;
  return `The folder can’t be read now. When it could, the job was ${final_status?.toLowerCase()}, with ${made}.`;
}

function publishedSentence(completed: number): string {
  if (completed === 0) return 'No proxy was published.';
  if (completed === 1) return 'The one proxy made before that is complete and verified.';
  return `The ${completed} proxies made before that are complete and verified.`;
}

/**
 * Where a job without a verdict stands, in a sentence.
 * @param isAway the folder can't be listed: what is shown is what was known before
 */
export function undecidedSentence(row: JobRow, runner: RunnerView, isAway: boolean): string {
  if (isAway)
    return `When the folder could last be read, the job lay in ${row.state}/. What became of it since is not known.`;
  if (row.problem !== null) return row.problem;
  const nobody = !isAtWork(runner);
  if (row.state === 'pending') {
    if (nobody) return 'The job waits, but no runner is at work on this folder.';
    if (runner.state === 'paused')
      return `The job waits, because the runner is paused: ${runner.reason ?? 'it gives no reason.'}`;
    return 'The job waits for a free worker. Jobs are taken in the order of their names.';
  }
  if (nobody)
    return 'The job was being worked on when its runner fell silent. The next start of the runner will record it as interrupted.';
  const job = runner.active.find(({ name }) => name === row.name);
  if (job?.clip == null) return 'The runner checks the job before it starts.';
  return `The runner is at work: ${nowSentence(job, secondsWithoutFrame(job, runner))}.`;
}

/** What a failure means in plain words, and then what the runner wrote. An interruption is said in full by the former. */
export function plainReason(type: FailureType | null, reason: string | null): string {
  if (type === 'RunnerInterrupted') return NEXT_STEPS.RunnerInterrupted.means;
  const means = type === null ? [] : [NEXT_STEPS[type].means];
  return [...means, begun(ownWords(reason) ?? 'No reason was given.')].join(' ');
}

/** What is said of one source goes on where the source is named; here it stands alone. */
function begun(reason: string): string {
  return reason.startsWith('its ') ? `I${reason.slice(1)}` : reason;
}

/** Whether the engine's last words tell why a clip failed: no check does. */
export function isEngineReason({ verification }: Pick<ClipResult, 'verification'>): boolean {
  return verification.every(({ passed }) => passed);
}

/** A reason without the words that only programs look for. */
export function ownWords(reason: string | null): string | null {
  return reason?.startsWith(CONTRACT_VIOLATION) ? reason.slice(CONTRACT_VIOLATION.length) : reason;
}

const MADE: Record<Made, string> = {
  good: 'Made good since.',
  since: 'Made since.',
  before: 'The proxies had been made before.',
  both: 'The proxies are made: some before, the others since.',
};

/** Whether somebody is needed for a cause. */
export function isCauseOpen({ open, elsewhere, unclear, made }: CauseClips): boolean {
  return made === null && (open + unclear > 0 || elsewhere === 0);
}

/** Whether somebody is still needed for failures of a cause: `14 clips open, new today, a retry of 2 waits or runs.` */
export function causeSentence(cause: CauseClips & { isNew: boolean }): string {
  const sentence = ofItsJobs(cause);
  if (cause.latest === null) return sentence;
  return `Its latest ${formatCount(cause.latest)} jobs: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function ofItsJobs({
  open,
  elsewhere,
  unclear,
  made,
  isNew,
  retried,
  left,
}: CauseClips & { isNew: boolean }): string {
  if (made !== null) return MADE[made];
  const part = (count: number) => (count < open ? ` of ${formatCount(count)}` : '');
  const parts = [
    ...(open > 0 ? [`${counted(open, 'clip')} open`] : []),
    ...(unclear > 0 ? [`${counted(unclear, 'clip')} not known`] : []),
    ...(open + unclear + elsewhere === 0 ? ['Open'] : []),
    ...(elsewhere > 0 ? [`${counted(elsewhere, 'clip')} open for another cause`] : []),
    ...(isNew ? ['new today'] : []),
    ...(retried > 0 ? [`a retry${part(retried)} waits or runs`] : []),
    ...(left > 0 ? [`a retry${part(left)} lies in running/ without a runner at work`] : []),
  ];
  return `${parts.join(', ')}.`;
}
