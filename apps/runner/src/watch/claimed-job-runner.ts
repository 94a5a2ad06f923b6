import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import type { JobResult } from '@app/jobspec';
import { StorageDeadline, WatchFolder, withDeadline } from '@app/storage';
import { RunnerSettings } from '../config/settings.ts';
import { ClipJournal } from '../job/clip-journal.ts';
import { JobRunner, type JobInput } from '../job/job-runner.ts';
import { report } from '../logging/runner-logger.ts';
import { ClaimGate } from './claim-gate.ts';
import type { ClaimedJob } from './claim.ts';

/** Runs claimed jobs, each with a journal in the watch folder. While one of their clips waits for space, nothing is claimed. */
@Injectable()
export class ClaimedJobRunner {
  readonly #abort = new AbortController();
  /** Shared by all jobs: with one deadline per job, the signal would collect listeners for as long as the runner lives. */
  readonly #storageDeadline: StorageDeadline;

  constructor(
    private readonly folder: WatchFolder,
    private readonly gate: ClaimGate,
    private readonly runner: JobRunner,
    { stallTimeoutSeconds }: RunnerSettings,
  ) {
    const { signal } = this.#abort;
    // Every program of every worker adds a listener; Node warns beyond ten.
    setMaxListeners(0, signal);
    this.#storageDeadline = new StorageDeadline(stallTimeoutSeconds, signal);
  }

  async run(
    { name, path, read }: ClaimedJob,
    workerId: number,
    onProgress: JobInput['onProgress'],
  ): Promise<JobResult> {
    const { reading } = await read();
    const { signal } = this.#abort;
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
    const { result } = await withDeadline(this.#storageDeadline, () =>
      this.runner.run({
        origin: { name, path, reading, workerId },
        journal,
        thumbnailsFolder: this.folder.pictures,
        scratchDirectory: this.folder.scratch,
        signal,
        onWait,
        onProgress,
      }),
    );
    await journal.close();
    this.gate.written(name);
    return result;
  }

  /** Interrupts running jobs, and stops their encoders. */
  abort(): void {
    this.#abort.abort();
  }
}
