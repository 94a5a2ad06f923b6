import {
  JOB_STATES,
  jobProgress,
  refusalOfName,
  silentAfterSeconds,
  type JobState,
  type RunnerStatus,
} from '@app/jobspec/folder';
import { plural, printable } from '@app/jobspec';
import {
  errorFact,
  isDirectory,
  readdir,
  unplannedIn,
  statusOf,
  WatchFolder,
  isAbsent,
  withinSeconds,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { activeWords, barOf, durationOf, type BarState } from './bar.ts';

/** Time limit for reading a watch folder, in seconds. */
const ANSWER_SECONDS = 10;

/** Progress of a watch folder. */
export interface FolderProgress {
  root: string;
  /** Status published by its runner; `null` if none has worked on it. */
  status: RunnerStatus | null;
  /** Seconds since the status was published. */
  age: number;
  jobs: Readonly<Record<JobState, number>>;
  /** Clips on media without a job; `null` if the inventory can't be read. */
  notPlanned: number | null;
  /** Reasons why the inventory lacks clips, or soon may, as sentences. */
  faults: readonly string[];
}

/**
 * Reads the progress of a watch folder from its runner's status and the entries of its folders, without reading jobs or
 * results.
 *
 * @throws Refusal if it isn't a watch folder, or doesn't respond
 */
export async function folderProgress(root: string): Promise<FolderProgress> {
  const folder = new WatchFolder(root);
  return withinSeconds(ANSWER_SECONDS, () => progressIn(folder)).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal('folder', `${printable(root)} can't be read: ${errorFact(error)}.`);
  });
}

async function progressIn(folder: WatchFolder): Promise<FolderProgress> {
  const pending = await countJobs(folder.pending);
  if (pending === null && !(await isDirectory(folder.own)))
    throw new Refusal('folder', `${printable(folder.root)} is not a watch folder. Check the path.`);
  const status = await statusOf(folder).catch(nullIfMissing);
  const jobs: Record<JobState, number> = { pending: 0, running: 0, completed: 0, failed: 0 };
  for (const state of JOB_STATES) jobs[state] = (await countJobs(folder[state])) ?? 0;
  const media = await unplannedIn(folder).catch(() => null);
  const saidAt = Date.parse(status?.stopped_at ?? status?.last_scan_at ?? '');
  return {
    root: folder.root,
    status,
    age: Math.max(0, (Date.now() - saidAt) / 1000) || 0,
    jobs,
    notPlanned: media && media.clips.length,
    faults: media ? [...media.faults, ...media.notices] : [],
  };
}

/** Count of jobs in a folder; `null` if it doesn't exist. */
async function countJobs(directory: string): Promise<number | null> {
  const names = await readdir(directory).catch(nullIfMissing);
  return names && names.filter((name) => refusalOfName(name) === null).length;
}

function nullIfMissing(error: unknown): null {
  if (isAbsent(error)) return null;
  throw error;
}

/** State of a runner by its last status. */
type RunnerState = 'working' | 'silent' | 'stopped' | 'none';

function runnerState({ status, age }: FolderProgress): RunnerState {
  if (status === null) return 'none';
  if (status.stopped_at !== null) return 'stopped';
  return age <= silentAfterSeconds(status.poll_seconds) ? 'working' : 'silent';
}

/** State of the bar: with an active runner it counts jobs since the runner was last idle, otherwise only jobs that wait. */
function barStateOf(progress: FolderProgress): BarState {
  const { status, jobs } = progress;
  const isWorking = runnerState(progress) === 'working';
  const ended = isWorking ? (status?.ended ?? 0) : 0;
  const active = isWorking ? (status?.active ?? []) : [];
  const since = Date.parse(status?.busy_since ?? '');
  return {
    word: 'job',
    ended,
    total: ended + jobs.running + jobs.pending,
    seconds: Number.isNaN(since) || !isWorking ? null : Math.max(0, (Date.now() - since) / 1000),
    active,
    begun: active.reduce((sum, job) => sum + jobProgress(job), 0),
    paused: status?.paused ?? null,
  };
}

/** Progress for people, one line per item. */
export function progressLines(progress: FolderProgress): string[] {
  const { root, status, jobs, notPlanned, faults } = progress;
  const bar = barStateOf(progress);
  const { pending, running, completed, failed } = jobs;
  const isTold = runnerState(progress) === 'working' && status !== null;
  const reasons = isTold ? [status.paused, status.held].filter((it) => it !== null) : [];
  const unplanned = notPlanned === null ? 'what lies on media' : plural(notPlanned, 'clip');
  return [
    `${printable(root)}: ${runnerWords(progress)}`,
    ...(bar.total > 0 ? [barOf(bar)] : []),
    ...bar.active.map((one) => `  ${activeWords(one)}${framesOf(one)}`),
    ...reasons.map((reason) => `The runner says: ${reason}`),
    `Jobs: ${pending} queued, ${running} ${isTold || running === 0 ? 'running' : 'interrupted'}, ${completed} done, ${failed} failed or rejected${failed > 0 ? ' (also those made since or put aside)' : ''}.`,
    ...(notPlanned === 0
      ? []
      : [
          `${unplanned} ${notPlanned === null ? "can't be read" : 'on media not planned: handover says why'}.`,
        ]),
    ...faults,
  ];
}

function framesOf({ frames, declared_frames: declared }: BarState['active'][number]): string {
  return frames === null || declared === null ? '' : ` (${frames} of ${declared} frames)`;
}

function runnerWords(progress: FolderProgress): string {
  const { status, age } = progress;
  if (status === null) return 'no runner yet';
  const ago = `${durationOf(age)} ago`;
  const who = `(${status.host}, pid ${status.pid})`;
  return {
    working: `a runner is active ${who}, last sign ${ago}`,
    silent: `the runner isn't responding ${who}: last sign ${ago}. Start it again.`,
    stopped: `no runner, the last one stopped ${ago}`,
    none: '',
  }[runnerState(progress)];
}
