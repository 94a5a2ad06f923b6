import { timestamp } from '@app/jobspec';
import type { ActiveJob } from '@app/jobspec/folder';
import type { JobProgress } from '../job/job-runner.ts';

/** State of a clip before the encoder's first report. */
const NOT_BEGUN = {
  phase: 'reading' as const,
  clip_started_at: null,
  frames: null,
  declared_frames: null,
  frames_at: null,
  speed: null,
};

/** Worker slots, numbered from 1, with their jobs. */
export class WorkerSlots {
  readonly #slots: (ActiveJob | null)[];

  constructor(maxWorkers: number) {
    this.#slots = Array.from({ length: maxWorkers }, () => null);
  }

  get count(): number {
    return this.#slots.length;
  }

  /** Takes the lowest free slot. @throws Error if none is free: more jobs were started than there are workers. */
  begin(name: string, startedAt = timestamp(new Date())): number {
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
      ...NOT_BEGUN,
    };
    return index + 1;
  }

  update(workerId: number, progress: JobProgress): void {
    const job = this.#slots[workerId - 1];
    if (!job) return;
    if (job.clip !== progress.clip)
      Object.assign(job, NOT_BEGUN, { clip_started_at: timestamp(new Date()) });
    job.job_id = progress.jobId;
    job.clip = progress.clip;
    job.total_clips = progress.totalClips;
    job.source_path = progress.sourcePath;
    if (progress.encoded === undefined) return;
    job.phase = progress.encoded.phase;
    if (job.frames !== progress.encoded.frames) job.frames_at = timestamp(new Date());
    job.frames = progress.encoded.frames;
    job.declared_frames = progress.encoded.declaredFrames;
    job.speed = progress.encoded.speed;
  }

  end(workerId: number): void {
    this.#slots[workerId - 1] = null;
  }

  list(): ActiveJob[] {
    return this.#slots.filter((job) => job !== null);
  }
}
