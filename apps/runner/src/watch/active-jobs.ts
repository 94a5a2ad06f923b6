import type { ActiveJob } from '@app/jobspec/folder';
import type { JobProgress } from '../job/job-runner.ts';

/** The worker slots, numbered from 1, and what each is doing. */
export class ActiveJobs {
  readonly #slots: (ActiveJob | null)[];

  constructor(maxWorkers: number) {
    this.#slots = Array.from({ length: maxWorkers }, () => null);
  }

  /** Takes the lowest free slot. @throws Error when none is free: more jobs were started than there are workers. */
  begin(name: string, startedAt: string): number {
    const index = this.#slots.indexOf(null);
    if (index < 0) throw new Error('no worker slot is free');
    this.#slots[index] = {
      name,
      job_id: null,
      worker_id: index + 1,
      started_at: startedAt,
      clip: null,
      total_clips: null,
      source_path: null,
    };
    return index + 1;
  }

  update(workerId: number, progress: JobProgress): void {
    const job = this.#slots[workerId - 1];
    if (!job) return;
    job.job_id = progress.jobId;
    job.clip = progress.clip;
    job.total_clips = progress.totalClips;
    job.source_path = progress.sourcePath;
  }

  end(workerId: number): void {
    this.#slots[workerId - 1] = null;
  }

  list(): ActiveJob[] {
    return this.#slots.filter((job) => job !== null);
  }
}
