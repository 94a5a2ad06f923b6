import {
  plural,
  type EngineName,
  type ClipResult,
  type FinalStatus,
  type ResultHead,
  printable,
  shellCommand,
  withoutControls,
} from '@app/jobspec';
import type { MisplacedJobs } from '@app/storage';
import { type UnknownVariable, unknownVariableSentence } from '../config/read-settings.ts';

/** Fields of every event of a job; `null` if not yet known. */
export interface JobFacts {
  /** File name of the JobSpec. */
  job: string;
  job_id: string | null;
  worker_id: number | null;
}

/** Fields of every event of a clip; clips are numbered from 1. */
export interface ClipFacts extends JobFacts {
  clip: number;
  total_clips: number;
  source_path: string;
}

/** Ending of a job, as in its result. */
type EndFacts = JobFacts &
  Pick<
    ResultHead,
    'final_status' | 'execution_engine' | 'total_clips' | 'completed_clips' | 'duration_seconds'
  > &
  FailedFacts;

/** Reason as a sentence or a part of one. */
type Reason = { reason: string };
type FailedFacts = Pick<ResultHead, 'failure_type' | 'failure_reason'>;

/** Definition of an event. */
interface LogEvent<Fields> {
  level: 'error' | 'warn' | 'log' | 'debug';
  /** Part of the runner that logs it. */
  context: string;
  /** Line for people; programs read the fields. */
  text: (fields: Fields) => string;
}

/** Functions that define events of a part of the runner, by level. */
function eventsOf(context: string) {
  const at =
    (level: LogEvent<never>['level']) =>
    <Fields>(text: LogEvent<Fields>['text']): LogEvent<Fields> => ({ level, context, text });
  return { error: at('error'), warn: at('warn'), log: at('log'), debug: at('debug') };
}

const after = eventsOf('After');
const claims = eventsOf('Claims');
const health = eventsOf('Health');
const jobs = eventsOf('Jobs');
const pending = eventsOf('Pending');
const recovery = eventsOf('Recovery');
const resolve = eventsOf('Resolve');
const results = eventsOf('Results');
const scan = eventsOf('Scan');
const watch = eventsOf('Watch');

interface OnceFacts {
  jobs: number;
  completed: number;
  failed: number;
  refused: number;
  stuck: number;
  left: number;
}

type ClipEnd = { output_path: string } & Pick<ClipResult, 'output_size_bytes' | 'duration_seconds'>;

const job = ({ job }: JobFacts) => printable(job);
const clip = (it: ClipFacts) => `${job(it)} clip ${it.clip} of ${it.total_clips}`;
// Not in quotes of its own: it may end with a command to be pasted.
const failure = (it: FailedFacts) =>
  `${it.failure_type}: ${withoutControls(it.failure_reason ?? '')}`;
const status = (word: FinalStatus) =>
  word === 'PARTIAL' ? 'PARTIAL (rejected, nothing was made)' : word;
const end = (it: EndFacts) =>
  `${job(it)} ${status(it.final_status)} after ${it.duration_seconds} s (${it.completed_clips} of ${it.total_clips} clips)`;

/** All events that the runner logs. Names of retired events are never reused. */
export const EVENTS = {
  runner_started: watch.log(
    (it: { version: string; folder: string; max_workers: number }) =>
      `watch-folder-runner ${it.version} works on ${printable(it.folder)} with ${it.max_workers} ${it.max_workers === 1 ? 'worker' : 'workers'}`,
  ),
  ffmpeg_not_proved: watch.log(
    (it: { folder: string }) =>
      `This FFmpeg isn't proved: fine detail, burnt-in text and encoded sound of its proxies haven't been checked. To prove it, run: ${shellCommand(['watch-folder-runner', 'doctor', '--prove', it.folder])}`,
  ),
  folder_taken_again: watch.log(
    (it: { folder: string }) =>
      `${printable(it.folder)} is another folder than before, or was mounted anew: the runner begins anew in it`,
  ),
  variable_unknown: watch.warn((it: UnknownVariable) => unknownVariableSentence(it)),
  runner_refused: watch.error((it: Reason & { exit_code: number }) => it.reason),
  runner_stopping: watch.log(
    (it: { signal: string; grace_seconds: number }) =>
      `${it.signal}: no more jobs are claimed. Running jobs may end within ${it.grace_seconds} s; a second signal stops them at once`,
  ),
  hangup_ignored: watch.warn<object>(
    () => 'SIGHUP is ignored: settings are read at the start. SIGTERM stops the runner',
  ),
  jobs_stopping: watch.warn((it: { signal: string }) => `${it.signal}: running jobs are stopped`),
  once_ended: watch.log(
    (it: OnceFacts) =>
      `${it.jobs} ${it.jobs === 1 ? 'job' : 'jobs'}: ${it.completed} done, ${it.failed} failed, ${it.refused} rejected` +
      (it.stuck === 0 ? '' : `, ${it.stuck} stuck`) +
      (it.left === 0 ? '' : `, ${it.left} left in pending/`),
  ),
  http_listening: health.log(
    (it: { host: string; port: number }) =>
      `Health and metrics are served on ${it.host}, port ${it.port}`,
  ),

  scan_failed: scan.error((it: Reason) => `the watch folder can't be scanned: ${it.reason}`),
  scan_works_again: scan.log<object>(() => 'The watch folder can be scanned again'),
  status_failed: scan.error((it: Reason) => `the status can't be written: ${it.reason}`),
  status_works_again: scan.log<object>(() => 'The status can be written again'),
  file_ignored: pending.warn(
    (it: Reason & { file: string }) =>
      `${printable(it.file)} in pending/ is left alone: ${it.reason}`,
  ),
  jobs_misplaced: watch.warn(
    (it: MisplacedJobs) =>
      `${it.files.map(printable).join(', ')}${it.count > it.files.length ? ` and ${it.count - it.files.length} more` : ''} in ${printable(it.directory)} will not be run: only what is in pending/ is`,
  ),
  files_ignored: pending.warn(
    (it: { count: number }) => `${it.count} more files in pending/ are left alone`,
  ),
  inventory_taken: pending.log(
    (it: { file: string; refused_lines: number }) =>
      `${printable(it.file)} is on record${it.refused_lines === 0 ? '' : `; ${plural(it.refused_lines, 'line')} of it can't be used`}`,
  ),
  inventory_failed: pending.error(
    (it: Reason) => `the record of what lies on media can't be kept: ${it.reason}`,
  ),
  claims_paused: claims.warn((it: Reason) => `No job is claimed: ${it.reason}`),
  claims_resumed: claims.log<object>(() => 'Jobs are claimed again'),
  jobs_held: claims.warn((it: Reason) => `Some jobs wait: ${it.reason}`),
  jobs_released: claims.log<object>(() => 'No job waits any more'),

  after_job_ended: after.debug(
    (it: JobFacts & { program: string }) =>
      `${printable(it.program)} has run for ${printable(it.job)}`,
  ),
  after_job_failed: after.warn(
    (it: JobFacts & Reason & { program: string }) =>
      `${printable(it.program)} failed for ${printable(it.job)}, and isn't started again for it: ${it.reason}`,
  ),
  after_job_unread: after.error(
    (it: Reason) => `the journal of --after-job can't be read or written: ${it.reason}`,
  ),

  directory_unsyncable: watch.warn(
    (it: { directory: string }) =>
      `the file system of ${printable(it.directory)} can't sync directories: after a power cut, names of finished files may be gone there`,
  ),

  resolve_awaited: resolve.log<object>(() => 'Resolve is in use: waiting for it'),

  job_claimed: jobs.log((it: JobFacts) => `${job(it)} claimed by worker ${it.worker_id}`),
  job_not_claimed: claims.error(
    (it: JobFacts & Reason) => `${job(it)} stays in pending/, it can't be claimed: ${it.reason}`,
  ),
  job_left: watch.warn((it: JobFacts) => `${job(it)} is left in pending/`),
  job_routed: jobs.debug(
    (it: JobFacts & Reason & { execution_engine: EngineName }) =>
      `${job(it)} goes to ${it.execution_engine}: ${printable(it.reason)}`,
  ),
  clip_started: jobs.debug((it: ClipFacts) => `${clip(it)} started: ${printable(it.source_path)}`),
  clip_warning: jobs.warn(
    (it: ClipFacts & { warning: string }) => `${clip(it)}: ${printable(it.warning)}`,
  ),
  clip_completed: jobs.log(
    (it: ClipFacts & ClipEnd) =>
      `${clip(it)} completed after ${it.duration_seconds} s: ${printable(it.output_path)}`,
  ),
  clip_failed: jobs.warn(
    (it: ClipFacts & ClipEnd & FailedFacts) =>
      `${clip(it)} failed after ${it.duration_seconds} s: ${printable(it.source_path)}: ${failure(it)}`,
  ),
  job_completed: jobs.log((it: EndFacts) => end(it)),
  job_failed: jobs.warn((it: EndFacts) => `${end(it)}: ${failure(it)}`),
  job_defect: jobs.error((it: JobFacts & { stack: string }) => `Defect while running ${job(it)}`),

  clip_waits: jobs.error((it: JobFacts & Reason) => `a clip of ${job(it)} waits: ${it.reason}`),
  clip_goes_on: jobs.log((it: JobFacts) => `The clip of ${job(it)} goes on`),
  result_unwritten: results.error(
    (it: JobFacts & Reason) =>
      `the result of ${job(it)} can't be archived: ${it.reason}; the job stays in running/`,
  ),
  result_unprinted: results.error(
    (it: JobFacts & Reason & { place: string }) =>
      `the result of ${job(it)} can't be written to ${it.place}: ${it.reason}; nothing else keeps it`,
  ),
  result_dropped: results.error(
    (it: JobFacts) => `${job(it)} has been taken out of running/: its result is dropped`,
  ),
  result_kept: results.error(
    (it: JobFacts & Reason & { kept_path: string }) =>
      `the result of ${job(it)} can't be used (${it.reason}) and is kept in ${printable(it.kept_path)}`,
  ),
  job_recovered: recovery.log(
    (it: JobFacts & { final_status: FinalStatus }) =>
      `${job(it)} was ${status(it.final_status)} and is archived now`,
  ),
  job_interrupted: recovery.warn(
    (it: JobFacts) => `${job(it)} was interrupted and goes to failed/`,
  ),
  job_not_recovered: recovery.error(
    (it: JobFacts & Reason) => `${job(it)} stays in running/: ${it.reason}`,
  ),
};

export type EventName = keyof typeof EVENTS;
export type EventFields<Name extends EventName> = Parameters<(typeof EVENTS)[Name]['text']>[0];
