import { type UnknownVariable, unknownVariableSentence } from '../config/unknown-variables.ts';
import { printable } from '../text/index.ts';
import { event, type JobFacts, type Reason } from './event.ts';

interface OnceFacts {
  jobs: number;
  completed: number;
  failed: number;
  refused: number;
  stuck: number;
  left: number;
}

function misplaced({
  directory,
  files,
  count,
}: {
  directory: string;
  files: string[];
  count: number;
}) {
  const more = count > files.length ? ` and ${count - files.length} more` : '';
  return `${files.map(printable).join(', ')}${more} in ${printable(directory)} will not be run: only what is in pending/ is`;
}

/** What is said of the runner and its folder. */
export const RUNNER_EVENTS = {
  runner_started: event(
    'log',
    'Watch',
    (it: { version: string; folder: string; max_workers: number }) =>
      `watch-folder-runner ${it.version} works on ${printable(it.folder)} with ${it.max_workers} ${it.max_workers === 1 ? 'worker' : 'workers'}`,
  ),
  ffmpeg_not_proved: event(
    'log',
    'Watch',
    (it: { folder: string }) =>
      `This FFmpeg isn't proved: fine detail, text and coded sound of proxies are as good as it is. To prove it, run: watch-folder-runner doctor --prove ${printable(it.folder)}`,
  ),
  variable_unknown: event('warn', 'Watch', (it: UnknownVariable) => unknownVariableSentence(it)),
  runner_refused: event('error', 'Watch', (it: Reason & { exit_code: number }) => it.reason),
  runner_stopping: event(
    'log',
    'Watch',
    (it: { signal: string; grace_seconds: number }) =>
      `${it.signal}: no more jobs are claimed. Running jobs may end within ${it.grace_seconds} s; a second signal stops them at once`,
  ),
  hangup_ignored: event<object>(
    'warn',
    'Watch',
    () => 'SIGHUP is ignored: settings are read at the start. SIGTERM stops the runner',
  ),
  jobs_stopping: event(
    'warn',
    'Watch',
    (it: { signal: string }) => `${it.signal}: running jobs are stopped`,
  ),
  once_ended: event(
    'log',
    'Watch',
    (it: OnceFacts) =>
      `${it.jobs} ${it.jobs === 1 ? 'job' : 'jobs'}: ${it.completed} completed, ${it.failed} failed, ${it.refused} refused` +
      (it.stuck === 0 ? '' : `, ${it.stuck} stuck`) +
      (it.left === 0 ? '' : `, ${it.left} left in pending/`),
  ),
  http_listening: event(
    'log',
    'Health',
    (it: { host: string; port: number }) =>
      `Health and metrics are served on ${it.host}, port ${it.port}`,
  ),

  scan_failed: event(
    'error',
    'Scan',
    (it: Reason) => `the watch folder can't be scanned: ${it.reason}`,
  ),
  scan_works_again: event<object>('log', 'Scan', () => 'The watch folder can be scanned again'),
  status_failed: event(
    'error',
    'Scan',
    (it: Reason) => `the status can't be written: ${it.reason}`,
  ),
  status_works_again: event<object>('log', 'Scan', () => 'The status can be written again'),
  file_ignored: event(
    'warn',
    'Pending',
    (it: Reason & { file: string }) =>
      `${printable(it.file)} in pending/ is left alone: ${it.reason}`,
  ),
  jobs_misplaced: event(
    'warn',
    'Watch',
    (it: { directory: string; files: string[]; count: number }) => misplaced(it),
  ),
  files_ignored: event(
    'warn',
    'Pending',
    (it: { count: number }) => `${it.count} more files in pending/ are left alone`,
  ),
  claims_paused: event('warn', 'Claims', (it: Reason) => `No job is claimed: ${it.reason}`),
  claims_resumed: event<object>('log', 'Claims', () => 'Jobs are claimed again'),
  jobs_held: event('warn', 'Claims', (it: Reason) => `Some jobs wait: ${it.reason}`),
  jobs_released: event<object>('log', 'Claims', () => 'No job waits any more'),

  after_job_ended: event(
    'debug',
    'After',
    (it: JobFacts & { program: string }) =>
      `${printable(it.program)} was told of ${printable(it.job)}`,
  ),
  after_job_failed: event(
    'warn',
    'After',
    (it: JobFacts & Reason & { program: string }) =>
      `${printable(it.program)} failed for ${printable(it.job)}, and isn't started again for it: ${it.reason}`,
  ),
  after_job_unread: event(
    'error',
    'After',
    (it: Reason) => `it can't be told which jobs --after-job is still to be told of: ${it.reason}`,
  ),

  directory_unsyncable: event(
    'warn',
    'Watch',
    (it: { directory: string }) =>
      `the file system of ${printable(it.directory)} can't sync directories: after a power cut, names of finished files may be gone there`,
  ),

  resolve_awaited: event<object>('log', 'Resolve', () => 'Resolve is in use: waiting for it'),
};
