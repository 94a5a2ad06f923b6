import { Injectable, Logger } from '@nestjs/common';
import PQueue from 'p-queue';
import { errorMessage } from '../platform/system-error.ts';
import { timestamp } from '../results/timestamp.ts';
import { JobIntake } from './job-intake.ts';
import { PendingFolder } from './pending-folder.ts';
import { StatusFile } from './status-file.ts';
import { Workers } from './workers.ts';

/** Looks into `pending/`, offers what is there to the workers, and publishes the status. */
@Injectable()
export class Scanner {
  readonly #logger = new Logger('Scan');
  /** Scans never overlap. */
  readonly #scans = new PQueue({ concurrency: 1 });
  #problem: string | null = null;
  #last = { last_scan_at: timestamp(new Date()), pending: 0 };

  constructor(
    private readonly pending: PendingFolder,
    private readonly intake: JobIntake,
    private readonly workers: Workers,
    private readonly status: StatusFile,
  ) {}

  /**
   * Scans once. A scan that fails is reported once and changes nothing; the next one may succeed.
   *
   * @param only considers these names and no others.
   * @returns the names that were on offer, or `null` when the scan failed.
   */
  scan(only?: ReadonlySet<string>): Promise<string[] | null> {
    return this.#scans.add(() => this.#tryScan(only));
  }

  /** Publishes that the runner has stopped. @throws the system's error. */
  async publishStop(): Promise<void> {
    await this.#scans.onIdle();
    const pending = (await this.pending.list()).length;
    await this.status.write({ ...this.#last, pending }, timestamp(new Date()));
  }

  async #tryScan(only?: ReadonlySet<string>): Promise<string[] | null> {
    try {
      const found = await this.pending.list();
      const names = only ? found.filter((name) => only.has(name)) : found;
      this.intake.offer(names);
      await this.workers.wake();
      this.#last = { last_scan_at: timestamp(new Date()), pending: found.length };
      await this.status.write(this.#last);
      this.#report(null);
      return names;
    } catch (error) {
      this.#report(errorMessage(error));
      return null;
    }
  }

  #report(problem: string | null) {
    if (problem !== null && problem !== this.#problem) {
      this.#logger.error(`The watch folder can't be scanned: ${problem}`);
    }
    if (problem === null && this.#problem !== null) this.#logger.log('The watch folder is back');
    this.#problem = problem;
  }
}
