import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { RunnerSettings } from '../../config/settings.ts';
import { ClipJournal, JobRunner } from '../../job/index.ts';
import { report } from '../../logging/index.ts';
import { ClaimGate } from '../claim/index.ts';
import { ActiveJobs } from './active-jobs.ts';
import { Finisher } from '../finish/index.ts';
import { JobIntake, type TakenJob } from './job-intake.ts';
import { WorkersStop } from './workers-stop.ts';
import { WatchFolder } from '../folder/index.ts';

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
