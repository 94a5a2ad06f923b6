import { Injectable } from '@nestjs/common';
import {
  CHECK_SUBJECTS,
  ENGINES,
  failureStatusOf,
  FOUND_LATE,
  FAILURE_TYPES,
  type ClipResult,
  type ResultHead,
} from '@app/jobspec';
import { Counter, Histogram, Registry } from 'prom-client';
import { type JobObserver, JobObservers } from '../job/job-runner.ts';

/** Upper bounds of the buckets in seconds, from a job that is refused at once to a long feature film. */
const DURATION_BUCKETS = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400];

/** Counts how jobs and clips end. Each label has few values, so names of jobs and files aren't labels. */
@Injectable()
export class JobMeter implements JobObserver {
  readonly #jobs: Counter;
  readonly #jobSeconds: Histogram;
  readonly #clipSeconds: Histogram;
  readonly #sourceSeconds: Counter;
  readonly #failedChecks: Counter;

  constructor(registry: Registry, observers: JobObservers) {
    const registers = [registry];
    const buckets = DURATION_BUCKETS;
    this.#jobs = new Counter({
      name: 'wfr_jobs_ended_total',
      help: 'Jobs that ended since the start. Empty labels: no engine was chosen, no failure.',
      labelNames: ['final_status', 'execution_engine', 'failure_type'],
      registers,
    });
    this.#jobSeconds = new Histogram({
      name: 'wfr_job_duration_seconds',
      help: 'How long jobs took, from claim to result.',
      labelNames: ['final_status', 'execution_engine'],
      buckets,
      registers,
    });
    this.#clipSeconds = new Histogram({
      name: 'wfr_clip_duration_seconds',
      help: 'How long clips took, with verification and publishing.',
      labelNames: ['status', 'engine'],
      buckets,
      registers,
    });
    this.#sourceSeconds = new Counter({
      name: 'wfr_source_seconds_total',
      help: 'Seconds of source material that became proxies. Its rate is the speed as a multiple of real time.',
      labelNames: ['engine'],
      registers,
    });
    this.#failedChecks = new Counter({
      name: 'wfr_failed_checks_total',
      help: 'Checks that proxies have failed, by name. A proxy that fails several counts in each.',
      labelNames: ['engine', 'check'],
      registers,
    });
    this.#beginAtZero();
    observers.add(this);
  }

  /** Starts all series at 0: an alert can't see the first failure in a series that starts at 1. */
  #beginAtZero() {
    for (const execution_engine of ['', ...ENGINES]) {
      for (const failure_type of FAILURE_TYPES) {
        const final_status = failureStatusOf(failure_type);
        this.#jobs.inc({ final_status, execution_engine, failure_type }, 0);
      }
      for (const failure_type of FOUND_LATE) {
        this.#jobs.inc({ final_status: 'FAILED', execution_engine, failure_type }, 0);
      }
    }
    for (const engine of ENGINES) {
      this.#jobs.inc({ final_status: 'COMPLETED', execution_engine: engine, failure_type: '' }, 0);
      this.#sourceSeconds.inc({ engine }, 0);
      for (const check of Object.keys(CHECK_SUBJECTS)) this.#failedChecks.inc({ engine, check }, 0);
    }
  }

  clipEnded(clip: ClipResult, sourceSeconds: number | null): void {
    const { status, engine, duration_seconds, verification } = clip;
    for (const { check, passed } of verification)
      if (!passed) this.#failedChecks.inc({ engine, check });
    this.#clipSeconds.observe({ status, engine }, duration_seconds);
    if (status === 'COMPLETED') this.#sourceSeconds.inc({ engine }, sourceSeconds ?? 0);
  }

  jobEnded(job: ResultHead): void {
    const { final_status, failure_type } = job;
    const execution_engine = job.execution_engine ?? '';
    this.#jobs.inc({ final_status, execution_engine, failure_type: failure_type ?? '' });
    // A job that recovery ended has no duration of its own.
    if (job._metadata.worker_id === null) return;
    this.#jobSeconds.observe({ final_status, execution_engine }, job.duration_seconds);
  }
}
