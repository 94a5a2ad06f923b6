import type { EngineName, FinalStatus } from '@app/jobspec';
import { printable } from '../text/index.ts';
import {
  event,
  type ClipFacts,
  type EndFacts,
  type FailedFacts,
  type JobFacts,
  type Reason,
} from './event.ts';

interface ClipEnd {
  output_path: string;
  output_size_bytes: number | null;
  duration_seconds: number;
}

const job = ({ job }: JobFacts) => printable(job);
const clip = (it: ClipFacts) => `${job(it)} clip ${it.clip} of ${it.total_clips}`;
const failure = (it: FailedFacts) => `${it.failure_type}: ${printable(it.failure_reason ?? '')}`;
const end = (it: EndFacts) =>
  `${job(it)} ${it.final_status} after ${it.duration_seconds} s (${it.completed_clips} of ${it.total_clips} clips)`;

/** What is said of a job. */
export const JOB_EVENTS = {
  job_claimed: event(
    'log',
    'Jobs',
    (it: JobFacts) => `${job(it)} claimed by worker ${it.worker_id}`,
  ),
  job_not_claimed: event(
    'error',
    'Claims',
    (it: JobFacts & Reason) => `${job(it)} stays in pending/, it can't be claimed: ${it.reason}`,
  ),
  job_left: event('warn', 'Watch', (it: JobFacts) => `${job(it)} is left in pending/`),
  job_routed: event(
    'debug',
    'Jobs',
    (it: JobFacts & Reason & { execution_engine: EngineName }) =>
      `${job(it)} goes to ${it.execution_engine}: ${printable(it.reason)}`,
  ),
  clip_started: event(
    'debug',
    'Jobs',
    (it: ClipFacts) => `${clip(it)} started: ${printable(it.source_path)}`,
  ),
  clip_warning: event(
    'warn',
    'Jobs',
    (it: ClipFacts & { warning: string }) => `${clip(it)}: ${printable(it.warning)}`,
  ),
  clip_completed: event(
    'log',
    'Jobs',
    (it: ClipFacts & ClipEnd) =>
      `${clip(it)} completed after ${it.duration_seconds} s: ${printable(it.output_path)}`,
  ),
  clip_failed: event(
    'warn',
    'Jobs',
    (it: ClipFacts & ClipEnd & FailedFacts) =>
      `${clip(it)} failed after ${it.duration_seconds} s: ${printable(it.source_path)}: ${failure(it)}`,
  ),
  job_completed: event('log', 'Jobs', (it: EndFacts) => end(it)),
  job_failed: event('warn', 'Jobs', (it: EndFacts) => `${end(it)}: ${failure(it)}`),
  job_defect: event(
    'error',
    'Jobs',
    (it: JobFacts & { stack: string }) => `Defect while running ${job(it)}`,
  ),

  clip_waits: event(
    'error',
    'Jobs',
    (it: JobFacts & Reason) => `a clip of ${job(it)} waits: ${it.reason}`,
  ),
  clip_goes_on: event('log', 'Jobs', (it: JobFacts) => `The clip of ${job(it)} goes on`),
  result_unwritten: event(
    'error',
    'Results',
    (it: JobFacts & Reason) =>
      `the result of ${job(it)} can't be archived: ${it.reason}; the job stays in running/`,
  ),
  result_unprinted: event(
    'error',
    'Results',
    (it: JobFacts & Reason & { place: string }) =>
      `the result of ${job(it)} can't be written to ${it.place}: ${it.reason}; nothing else keeps it`,
  ),
  result_dropped: event(
    'error',
    'Results',
    (it: JobFacts) => `${job(it)} has been taken out of running/: its result is dropped`,
  ),
  result_kept: event(
    'error',
    'Results',
    (it: JobFacts & Reason & { kept_path: string }) =>
      `the result of ${job(it)} can't be used (${it.reason}) and is kept in ${printable(it.kept_path)}`,
  ),
  job_recovered: event(
    'log',
    'Recovery',
    (it: JobFacts & { final_status: FinalStatus }) =>
      `${job(it)} was ${it.final_status} and is archived now`,
  ),
  job_interrupted: event(
    'warn',
    'Recovery',
    (it: JobFacts) => `${job(it)} was interrupted and goes to failed/`,
  ),
  job_not_recovered: event(
    'error',
    'Recovery',
    (it: JobFacts & Reason) => `${job(it)} stays in running/: ${it.reason}`,
  ),
};
