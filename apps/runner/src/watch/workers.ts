import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import type { ActiveJob } from '@app/jobspec/folder';
import { RunnerSettings } from '../config/settings.ts';
import { ClipJournal } from '../job/clip-journal.ts';
import { type JobProgress, JobRunner } from '../job/job-runner.ts';
import { report } from '../logging/runner-logger.ts';
import { ClaimGate } from './claim-gate.ts';
import { Finisher } from './finisher.ts';
import { WatchFolder, StorageDeadline, withDeadline } from '@app/storage';
import { timestamp } from '@app/jobspec';
import { JobIntake, type TakenJob } from './job-intake.ts';

/** Of a clip that no encoder has said anything of. */
const NOT_BEGUN = {
  phase: 'reading' as const,
  clip_started_at: null,
  frames: null,
  declared_frames: null,
  frames_at: null,
  speed: null,
};

/** The worker slots, numbered from 1, and what each is doing. */
export class ActiveJobs {
  readonly #slots: (ActiveJob | null)[];

  constructor(maxWorkers: number) {
    this.#slots = Array.from({ length: maxWorkers }, () => null);
  }

  /** Takes the lowest free slot. @throws Error when none is free: more jobs were started than there are workers. */
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

/** What ends the work of all workers at once, and what they wait for storage with. */
class WorkersStop {
  readonly #stop = new AbortController();
  /** One for all jobs: a signal that lives as long as the runner would keep a listener of each. */
  readonly #patience: StorageDeadline;

  /** @param answerSeconds how long storage may take to answer. */
  constructor(answerSeconds: number) {
    // Every program of every worker listens; Node takes more than ten for a leak.
    setMaxListeners(0, this.signal);
    this.#patience = new StorageDeadline(answerSeconds, this.signal);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  begin(): void {
    this.#stop.abort();
  }

  /** Works with storage that may not answer; the stop ends the waiting too. */
  patiently<Value>(work: () => Promise<Value>): Promise<Value> {
    return withDeadline(this.#patience, work);
  }
}

/** Works jobs off, at most as many at once as there are worker slots. A worker that is done takes the next job at once. */
@Injectable()
export class Workers {
  readonly active: ActiveJobs;
  readonly #queue: PQueue;
  readonly #stop: WorkersStop;

  constructor(
    private readonly folder: WatchFolder,
    private readonly intake: JobIntake,
    private readonly runner: JobRunner,
    private readonly finisher: Finisher,
    private readonly gate: ClaimGate,
    settings: RunnerSettings,
  ) {
    this.active = new ActiveJobs(settings.maxWorkers);
    this.#queue = new PQueue({ concurrency: settings.maxWorkers });
    this.#stop = new WorkersStop(settings.stallTimeoutSeconds);
  }

  /** Archives what could not be archived before, then sets idle workers to work on what is on offer. */
  async wake(): Promise<void> {
    await this.finisher.retry();
    while (this.#queue.pending + this.#queue.size < this.#queue.concurrency) {
      void this.#queue.add(() => this.#workOff());
    }
  }

  /** Whether the job of this name in `running/` is a worker's, or is still to be archived. */
  has(name: string): boolean {
    return this.active.list().some((job) => job.name === name) || this.finisher.isHolding(name);
  }

  /** Resolves when no worker has a job. */
  onIdle(): Promise<void> {
    return this.#queue.onIdle();
  }

  /** Ends running jobs as interrupted, their encoders stopped, and archives what can be archived. */
  async abort(): Promise<void> {
    this.#stop.begin();
    await this.onIdle();
    await this.finisher.retry();
  }

  async #workOff() {
    for (let job = await this.intake.next(); job !== null; job = await this.intake.next()) {
      await this.#work(job);
    }
  }

  async #work({ name, path, read }: TakenJob) {
    const workerId = this.active.begin(name);
    const { reading } = await read();
    const { signal } = this.#stop;
    const facts = { job: name, job_id: reading.jobId, worker_id: workerId };
    report('job_claimed', facts);
    const onWait = (reason: string | null) => {
      if (reason === null) {
        this.gate.written(name);
        report('clip_goes_on', facts);
      } else {
        this.gate.clipWaits(name, reason);
        report('clip_waits', { ...facts, reason });
      }
    };
    const journal = new ClipJournal(this.folder.journals, name, { signal, onWait });
    const { result } = await this.#stop.patiently(() =>
      this.runner.run({
        origin: { name, path, reading, workerId },
        journal,
        picturesFolder: this.folder.pictures,
        scratchDirectory: this.folder.scratch,
        signal,
        onWait,
        onProgress: (progress) => this.active.update(workerId, progress),
      }),
    );
    await journal.close();
    this.gate.written(name);
    await this.finisher.finish(name, result);
    this.active.end(workerId);
  }
}
