import {
  JOB_STATES,
  madeOfJob,
  MAX_STATUS_BYTES,
  readRunnerStatus,
  refusalOfName,
  silentAfterSeconds,
  type JobState,
  type RunnerStatus,
} from '@app/jobspec/folder';
import { counted, printable } from '@app/jobspec';
import {
  errorFact,
  isDirectory,
  readdir,
  unplannedIn,
  readWhole,
  WatchFolder,
  isAbsent,
  withinSeconds,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { activeWords, barOf, durationOf, type HowFar } from './bar.ts';

/** How long each look into a watch folder may take, in seconds. */
const ANSWER_SECONDS = 10;

/** How far a watch folder is. */
export interface FolderProgress {
  root: string;
  /** What its runner says of itself; `null` where none has worked. */
  status: RunnerStatus | null;
  /** Seconds since it said so. */
  age: number;
  jobs: Readonly<Record<JobState, number>>;
  /** Clips on media that no job was asked for; `null` when that can't be read. */
  notPlanned: number | null;
  /** Why some of them may be missing, sentences. */
  faults: readonly string[];
}

/**
 * Looks how far a watch folder is: at what its runner says of itself, and at the entries of its folders. No job and no result is read.
 *
 * @throws Refusal for what is no watch folder, or doesn't answer.
 */
export async function folderProgress(root: string): Promise<FolderProgress> {
  const folder = new WatchFolder(root);
  return withinSeconds(ANSWER_SECONDS, () => lookInto(folder)).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal('folder', `${printable(root)} can't be read: ${errorFact(error)}.`);
  });
}

async function lookInto(folder: WatchFolder): Promise<FolderProgress> {
  const pending = await countJobs(folder.pending);
  if (pending === null && !(await isDirectory(folder.own)))
    throw new Refusal('folder', `${printable(folder.root)} is not a watch folder. Check the path.`);
  const bytes = await readWhole(folder.status, MAX_STATUS_BYTES).catch(nullIfMissing);
  const status = bytes && readRunnerStatus(bytes);
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
    faults: media?.faults ?? [],
  };
}

/** `null` for a folder that isn't there. */
async function countJobs(directory: string): Promise<number | null> {
  const names = await readdir(directory).catch(nullIfMissing);
  return names && names.filter((name) => refusalOfName(name) === null).length;
}

function nullIfMissing(error: unknown): null {
  if (isAbsent(error)) return null;
  throw error;
}

/** What a runner does, by what it said last. */
type RunnerState = 'working' | 'silent' | 'stopped' | 'none';

function runnerState({ status, age }: FolderProgress): RunnerState {
  if (status === null) return 'none';
  if (status.stopped_at !== null) return 'stopped';
  return age <= silentAfterSeconds(status.poll_seconds) ? 'working' : 'silent';
}

/** What a bar draws of it: of a runner that works, what has ended since it last had nothing to do; else what waits. */
function howFar(progress: FolderProgress): HowFar {
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
    begun: active.reduce((sum, job) => sum + madeOfJob(job), 0),
    paused: status?.paused ?? null,
  };
}

/** The same for people, a line for each thing. */
export function progressLines(progress: FolderProgress): string[] {
  const { root, status, jobs, notPlanned, faults } = progress;
  const far = howFar(progress);
  const { pending, running, completed, failed } = jobs;
  const isTold = runnerState(progress) === 'working' && status !== null;
  const reasons = isTold ? [status.paused, status.held].filter((it) => it !== null) : [];
  const unplanned = notPlanned === null ? 'what lies on media' : counted(notPlanned, 'clip');
  return [
    `${printable(root)}: ${runnerWords(progress)}`,
    ...(far.total > 0 ? [barOf(far)] : []),
    ...far.active.map((one) => `  ${activeWords(one)}${framesOf(one)}`),
    ...reasons.map((reason) => `The runner says: ${reason}`),
    `Jobs: ${pending} queued, ${running} ${isTold || running === 0 ? 'running' : 'interrupted'}, ${completed} done, ${failed} failed or rejected.`,
    ...(notPlanned === 0
      ? []
      : [
          `${unplanned} ${notPlanned === null ? "can't be read" : 'on media not planned: handover says why'}.`,
        ]),
    ...faults,
  ];
}

function framesOf({ frames, declared_frames: declared }: HowFar['active'][number]): string {
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
