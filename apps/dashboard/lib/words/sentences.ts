import {
  adviceOf,
  CONTRACT_VIOLATION,
  FAILURES,
  type ClipResult,
  type FailureType,
} from '@app/jobspec/result';
import { isAtWork, type FolderView, type RunnerView } from '../index/folder-view.ts';
import type { JobRow } from '../index/job-row.ts';
import { plural, formatCount } from './quantities.ts';
import { shellQuote } from './shell-quote.ts';

/** Progress of a job: `3 of 6 clips done.` */
export function jobSentence(row: JobRow): string {
  const { state, total_clips, completed_clips, problem, final_status } = row;
  const total = total_clips ?? 0;
  if (total === 0) return 'the job file couldn’t be read.';
  if (problem !== null && final_status === null) return `${plural(total, 'clip')}, state unknown.`;
  const made = completed_clips ?? 0;
  if (state === 'pending') return `${plural(total, 'clip')} queued.`;
  return made === total && total > 1
    ? `all ${formatCount(total)} clips done.`
    : `${formatCount(made)} of ${plural(total, 'clip')} done.`;
}

/**
 * Sentence about a job without a result.
 * @param isAway true if the folder can't be listed
 */
export function statusSentence(row: JobRow, runner: RunnerView, isAway: boolean): string {
  if (isAway) return 'The watch folder can’t be reached: this is the last known state.';
  if (row.problem !== null) return row.problem;
  const hasNoRunner = !isAtWork(runner);
  if (row.state === 'pending') {
    if (hasNoRunner) return 'Queued: no runner on this folder.';
    if (runner.state === 'paused')
      return `Queued: the runner is paused (${runner.reason ?? 'it gives no reason'}).`;
    if (runner.held !== null) return `Queued: some jobs are held back (${runner.held}).`;
    return 'Queued for the next free worker, in the order of names.';
  }
  return hasNoRunner
    ? 'The runner stopped responding. When it restarts, this job is marked interrupted.'
    : 'Running.';
}

/** Beginnings of reasons that the page says by other means, or that would be wrong for a damaged clip. */
const PREFIXES = [CONTRACT_VIOLATION, 'Unsupported format: '];

/** Reason without its prefix for programs. */
function displayReason(reason: string | null): string | null {
  const prefix = PREFIXES.find((one) => reason?.startsWith(one)) ?? '';
  return reason && reason.slice(prefix.length);
}

/** Types whose reasons are raw program output, which needs an introduction. */
const RAW_REASONS: ReadonlySet<FailureType | null> = new Set([
  'EngineError',
  'InternalError',
  'OutputMissingError',
]);

/** Reason of a failure in plain words. */
export function plainReason(type: FailureType | null, reason: string | null): string {
  if (type === 'RunnerInterrupted') return 'The runner was interrupted.';
  const short = type !== null && RAW_REASONS.has(type) ? [`${FAILURES[type].short}.`] : [];
  return [...short, displayReason(reason) ?? 'No reason was given.'].join(' ');
}

/** Role that can fix a failure. @param key of its cause, more specific than the type */
export function whoCan(type: FailureType, key: string | null): string {
  const [code] = key?.startsWith('[') === true ? (JSON.parse(key) as string[]) : [];
  return adviceOf(type, null, code === undefined ? null : { code, arguments: {} }).who;
}

/** `For the assistant editor`. */
export function forWhom(who: string): string {
  return `For ${who.charAt(0).toLowerCase()}${who.slice(1)}`;
}

/** True if the engine's log explains a failed clip, as no check failed. */
export function isEngineReason({ verification }: Pick<ClipResult, 'verification'>): boolean {
  return verification.every(({ passed }) => passed);
}

/** Watch folder that makes no progress. */
export interface Alarm {
  folder: FolderView;
  /** Problem in a few words. */
  short: string;
  /** Problem with its reason and the number of waiting jobs. */
  sentence: string;
}

/** Problems of folders. A stopped or missing runner is a problem only if jobs are waiting. */
export function alarmsOf(folders: readonly FolderView[]): Alarm[] {
  return folders.flatMap((folder): Alarm[] => {
    const { problem, runner, counts, followers, inventory, ignored } = folder;
    if (problem?.isNew === true) return [];
    const waiting = counts.pending + counts.running;
    const stuck = followers.find((one) => one.isSilent || one.problem !== null);
    const isIdle = !isAtWork(runner) && waiting > 0;
    const found: [boolean, string, string | null][] = [
      [problem !== null, 'unreachable', `${problem?.sentence} Showing the last known state.`],
      [runner.state === 'paused', 'paused', `Paused: ${runner.reason ?? 'it gives no reason'}.`],
      [isIdle, 'no runner', runner.reason ?? `No runner yet. Start one: ${startCommand(folder)}`],
      [runner.held !== null, 'jobs held back', `Jobs are held back: ${runner.held}.`],
      [
        stuck?.isSilent === true,
        'follower silent',
        '“plan --follow” isn’t responding: nothing new is planned.',
      ],
      [stuck !== undefined, 'not all planned', `Not everything can be planned: ${stuck?.problem}`],
      [inventory.problem !== null, 'record unreadable', inventory.problem],
      [ignored.length > 0, 'not a JobSpec', ignoredSentence(ignored)],
    ];
    const [, short, sentence] = found.find(([isSo]) => isSo) ?? [];
    if (short === undefined) return [];
    const waits =
      waiting === 0 ? '' : ` ${plural(waiting, 'job')} ${waiting === 1 ? 'is' : 'are'} waiting.`;
    return [{ folder, short, sentence: `${sentence?.replace('..', '.')}${waits}` }];
  });
}

/** Sentence about what lies in `pending/` and is no JobSpec: mostly clips, for which there are other commands. */
function ignoredSentence([first, ...others]: readonly string[]): string {
  const more = others.length > 0 ? ` and ${plural(others.length, 'more file')}` : '';
  return `No proxies are made of ${first}${more} in pending/, which takes JobSpecs. Put clips into a folder of their own, and run “watch-folder-runner make FOLDER”, or “plan FOLDER --follow” for those to come.`;
}

/** Command that starts a runner. */
export function startCommand({ path }: Pick<FolderView, 'path'>): string {
  return `watch-folder-runner ${shellQuote(path)}`;
}

/** Marks a sentence as incomplete while indexing. */
export function soFar({ indexing }: { indexing: unknown }, sentence: string): string {
  return indexing === null ? sentence : `So far: ${sentence}`;
}
