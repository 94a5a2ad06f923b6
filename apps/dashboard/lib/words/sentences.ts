import { shellCommand } from '@app/jobspec/folder';
import {
  adviceOf,
  CONTRACT_VIOLATION,
  FAILURES,
  OWNERS,
  type ClipResult,
  type FailureType,
} from '@app/jobspec/result';
import { isAtWork, type FolderView, type RunnerView } from '../index/folder-view.ts';
import type { JobRow } from '../index/job-row.ts';
import { plural, formatCount } from './quantities.ts';

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
  /** Role that can fix it. */
  who: string;
}

/** Problems of folders. A stopped or missing runner is a problem only if jobs are waiting. */
export function alarmsOf(folders: readonly FolderView[]): Alarm[] {
  return folders.flatMap((folder): Alarm[] => {
    if (folder.problem?.isNew === true) return [];
    const [short, sentence] = blockOf(folder) ?? planningProblemOf(folder) ?? [];
    const [found, ignored] = [sentence ?? '', ignoredSentence(folder.ignored)];
    return [
      { folder, short: short ?? '', sentence: found, who: OWNERS.engineer },
      { folder, short: 'clips in pending/', sentence: ignored, who: OWNERS.editor },
    ].filter((alarm) => alarm.sentence !== '');
  });
}

type Problem = readonly [short: string, sentence: string | null];

/** What keeps jobs from being made, and how many wait for that; `null` for nothing. */
function blockOf(folder: FolderView): Problem | null {
  const { problem, runner, counts } = folder;
  const waiting = counts.pending + (isAtWork(runner) ? 0 : counts.running);
  const isIdle = !isAtWork(runner) && waiting > 0;
  const found: [boolean, string, string][] = [
    [problem !== null, 'unreachable', `${problem?.sentence} Showing the last known state.`],
    [runner.state === 'paused', 'paused', `Paused: ${runner.reason ?? 'it gives no reason'}.`],
    [isIdle, NO_RUNNER, runner.reason ?? `No runner yet. Start one: ${startCommand(folder)}`],
    [runner.held !== null, 'jobs held back', `Jobs are held back: ${runner.held}.`],
  ];
  const [, short, sentence = ''] = found.find(([isSo]) => isSo) ?? [];
  if (short === undefined) return null;
  const waits =
    waiting === 0 ? '' : ` ${plural(waiting, 'job')} ${waiting === 1 ? 'is' : 'are'} waiting.`;
  return [short, `${sentence.replace('..', '.')}${waits}`];
}

/** What keeps new media from being planned or told; `null` for nothing. */
function planningProblemOf({ followers, inventory }: FolderView): Problem | null {
  const stuck = followers.find((one) => one.isSilent || one.problem !== null);
  if (stuck?.isSilent === true)
    return ['follower silent', '“plan --follow” isn’t responding: new clips aren’t being planned.'];
  if (stuck !== undefined)
    return ['not all planned', `Not everything can be planned: ${stuck.problem}`];
  if (inventory.problem !== null) return ['record unreadable', inventory.problem];
  return inventory.notice === null ? null : ['record nearly full', inventory.notice];
}

/** Alarm of a folder whose jobs wait for a runner. */
export const NO_RUNNER = 'no runner';

/** Sentence about what lies in `pending/` and is no JobSpec: mostly clips, for which there are other commands; empty for nothing. */
function ignoredSentence([first, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  const more = others.length > 0 ? ` and ${plural(others.length, 'more file')}` : '';
  return `${first}${more} in pending/ ${others.length > 0 ? 'are' : 'is'} being ignored: pending/ takes only JobSpecs. Move clips into a folder of their own, and run “watch-folder-runner make FOLDER”, or “plan FOLDER --follow” for clips still to come.`;
}

/** Command that starts a runner. */
export function startCommand({ path }: Pick<FolderView, 'path'>): string {
  return shellCommand(['watch-folder-runner', path]);
}

/** Command that retries a job, or puts it aside. */
export function retryCommand(folderPath: string, name: string, options: string[] = []): string {
  return shellCommand(['watch-folder-runner', 'retry', folderPath, ...options], [name]);
}

/** Marks a sentence as incomplete while indexing. */
export function soFar({ indexing }: { indexing: unknown }, sentence: string): string {
  return indexing === null ? sentence : `So far: ${sentence}`;
}
