import {
  adviceOf,
  CONTRACT_VIOLATION,
  FAILURES,
  type ClipResult,
  type FailureType,
} from '@app/jobspec/result';
import { isAtWork, type FolderView, type RunnerView } from '../index/folder-view.ts';
import type { JobRow } from '../index/job-row.ts';
import { counted, formatCount } from './quantities.ts';
import { shellQuote } from './shell-quote.ts';

/** How far a job came: `3 of 6 clips done.` */
export function jobSentence(row: JobRow): string {
  const { state, total_clips, completed_clips, problem, final_status } = row;
  const total = total_clips ?? 0;
  if (total === 0) return 'the job file couldn’t be read.';
  if (problem !== null && final_status === null) return `${counted(total, 'clip')}, state unknown.`;
  const made = completed_clips ?? 0;
  if (state === 'pending') return `${counted(total, 'clip')} queued.`;
  return made === total && total > 1
    ? `all ${formatCount(total)} clips done.`
    : `${formatCount(made)} of ${counted(total, 'clip')} done.`;
}

/**
 * Why a job without a verdict is where it is, in a sentence.
 * @param isAway the folder can't be listed: what is shown is what was known before
 */
export function undecidedSentence(row: JobRow, runner: RunnerView, isAway: boolean): string {
  if (isAway) return 'The watch folder can’t be reached: this is the last known state.';
  if (row.problem !== null) return row.problem;
  const nobody = !isAtWork(runner);
  if (row.state === 'pending') {
    if (nobody) return 'Queued: no runner on this folder.';
    if (runner.state === 'paused')
      return `Queued: the runner is paused (${runner.reason ?? 'it gives no reason'}).`;
    if (runner.held !== null) return `Queued: some jobs are held back (${runner.held}).`;
    return 'Queued for the next free worker, in the order of names.';
  }
  return nobody
    ? 'The runner stopped responding. When it restarts, this job is marked interrupted.'
    : 'Running.';
}

/** A reason without the words that only programs look for. */
export function ownWords(reason: string | null): string | null {
  return reason?.startsWith(CONTRACT_VIOLATION) ? reason.slice(CONTRACT_VIOLATION.length) : reason;
}

/** Their reasons are those of programs: what they mean has to be said before. */
const OF_PROGRAMS: ReadonlySet<FailureType | null> = new Set([
  'EngineError',
  'InternalError',
  'OutputMissingError',
]);

/** Why something failed, in plain words. An interruption has no more to say than that. */
export function plainReason(type: FailureType | null, reason: string | null): string {
  if (type === 'RunnerInterrupted') return `${FAILURES[type].short}.`;
  const short = type !== null && OF_PROGRAMS.has(type) ? [`${FAILURES[type].short}.`] : [];
  return [...short, ownWords(reason) ?? 'No reason was given.'].join(' ');
}

/** Who can do something about a failure. @param key of its cause, which knows better than its type */
export function whoCan(type: FailureType, key: string | null): string {
  const [code] = key?.startsWith('[') === true ? (JSON.parse(key) as string[]) : [];
  return adviceOf(type, null, code === undefined ? null : { code, arguments: {} }).who;
}

/** `For the assistant editor`. */
export function forWhom(who: string): string {
  return `For ${who.charAt(0).toLowerCase()}${who.slice(1)}`;
}

/** Whether the engine's last words tell why a clip failed: no check does. */
export function isEngineReason({ verification }: Pick<ClipResult, 'verification'>): boolean {
  return verification.every(({ passed }) => passed);
}

/** A watch folder that somebody has to look at before all else. */
export interface Alarm {
  folder: FolderView;
  /** What is the matter, in a few words. */
  short: string;
  /** The same with its reason, and what waits for it. */
  sentence: string;
}

/** What keeps folders from moving on. A runner that was stopped and has nothing to do is no alarm, nor is one that nobody has started yet. */
export function alarmsOf(folders: readonly FolderView[]): Alarm[] {
  return folders.flatMap((folder): Alarm[] => {
    const { problem, runner, counts, followers, record } = folder;
    if (problem?.isNew === true) return [];
    const waiting = counts.pending + counts.running;
    const lost = followers.find((follower) => follower.isSilent || follower.problem !== null);
    const isIdle = !isAtWork(runner) && waiting > 0;
    const found: [boolean, string, string | null][] = [
      [problem !== null, 'unreachable', `${problem?.sentence} Showing the last known state.`],
      [runner.state === 'paused', 'paused', `Paused: ${runner.reason ?? 'it gives no reason'}.`],
      [isIdle, 'no runner', runner.reason ?? `No runner yet. Start one: ${startCommand(folder)}`],
      [runner.held !== null, 'jobs held back', `Jobs are held back: ${runner.held}.`],
      [
        lost?.isSilent === true,
        'follower silent',
        '“plan --follow” isn’t responding: nothing new is planned.',
      ],
      [lost !== undefined, 'not all planned', `Not everything can be planned: ${lost?.problem}`],
      [record.problem !== null, 'record unreadable', record.problem],
    ];
    const [, short, sentence] = found.find(([isSo]) => isSo) ?? [];
    if (short === undefined) return [];
    const waits =
      waiting === 0 ? '' : ` ${counted(waiting, 'job')} ${waiting === 1 ? 'is' : 'are'} waiting.`;
    return [{ folder, short, sentence: `${sentence?.replace('..', '.')}${waits}` }];
  });
}

/** What starts a runner. */
export function startCommand({ path }: Pick<FolderView, 'path'>): string {
  return `watch-folder-runner ${shellQuote(path)}`;
}

/** A sentence about what is known: it says when that may not be all. */
export function soFar({ indexing }: { indexing: unknown }, sentence: string): string {
  return indexing === null ? sentence : `So far: ${sentence}`;
}
