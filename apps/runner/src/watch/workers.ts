import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { RunnerSettings } from '../config/settings.ts';
import { ClipJournal } from '../job/clip-journal.ts';
import { JobRunner } from '../job/job-runner.ts';
import { report } from '../logging/index.ts';
import { timestamp } from '../text/index.ts';
import { ActiveJobs } from './active-jobs.ts';
import { Patience, withPatience } from '../files/index.ts';
import { readClaimed, type ClaimedJob } from './claim/claim.ts';
import { Finisher } from './finish/finisher.ts';
import { JobIntake } from './job-intake.ts';
import { WatchFolder } from './folder/watch-folder.ts';

/** Works jobs off, at most as many at once as there are worker slots. A worker that is done takes the next job at once. */
@Injectable()
export class Workers {
  readonly active: ActiveJobs;
  readonly #queue: PQueue;
  readonly #stop = new AbortController();
  /** One for all jobs: a signal that lives as long as the runner would keep a listener of each. */
  readonly #patience: Patience;

  constructor(
    private readonly folder: WatchFolder,
    private readonly intake: JobIntake,
    private readonly runner: JobRunner,
    private readonly finisher: Finisher,
    settings: RunnerSettings,
  ) {
    this.active = new ActiveJobs(settings.maxWorkers);
    this.#queue = new PQueue({ concurrency: settings.maxWorkers });
    // Every program of every worker listens; Node takes more than ten for a leak.
    setMaxListeners(0, this.#stop.signal);
    this.#patience = new Patience(settings.stallTimeoutSeconds, this.#stop.signal);
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
    this.#stop.abort();
    await this.onIdle();
    await this.finisher.retry();
  }

  async #workOff() {
    for (let job = await this.intake.next(); job !== null; job = await this.intake.next()) {
      await this.#work(job);
    }
  }

  async #work(job: ClaimedJob) {
    const { name, path } = job;
    const workerId = this.active.begin(name, timestamp(new Date()));
    const { reading } = await readClaimed(this.folder, job);
    report('job_claimed', { job: name, job_id: reading.jobId, worker_id: workerId });
    const { signal } = this.#stop;
    const journal = new ClipJournal(this.folder.journals, name);
    const { result } = await withPatience(this.#patience, () =>
      this.runner.run({
        origin: { name, path, reading, workerId },
        journal,
        signal,
        onProgress: (progress) => this.active.update(workerId, progress),
      }),
    );
    await journal.close();
    await this.finisher.finish(name, result);
    this.active.end(workerId);
  }
}
