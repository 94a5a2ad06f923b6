import { Answer, lstat } from '../files/index.ts';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { JobIntake } from '../watch/work/index.ts';
import { Scanner } from '../watch/scan/index.ts';
import { WatchFolder } from '../watch/folder/index.ts';

/** A share whose server is gone may not answer at all, in seconds. */
const ANSWER_SECONDS = 2;

/**
 * How long the oldest job has waited. A job's age counts from the change of its inode, which a rename into `pending/`
 * makes, and not from its last write: copies keep that. Each file is asked once.
 */
@Injectable()
export class OldestPending {
  readonly #arrivals = new Map<string, number>();
  readonly #question = new Answer(() => this.#oldest(), ANSWER_SECONDS);

  constructor(
    registry: Registry,
    private readonly folder: WatchFolder,
    private readonly intake: JobIntake,
    private readonly scanner: Scanner,
  ) {
    const collect = async (): Promise<void> =>
      gauge.set((await this.#question.get()) ?? Number.NaN);
    const gauge: Gauge = new Gauge({
      name: 'wfr_oldest_pending_job_age_seconds',
      help: 'How long the oldest job in pending/ has waited; 0 when none waits, NaN when that is not known.',
      registers: [registry],
      collect,
    });
  }

  async #oldest(): Promise<number> {
    if (this.scanner.latest?.problem === null) await this.#lookAgain();
    else if (this.#arrivals.size === 0) return Number.NaN;
    let oldest = Date.now();
    for (const arrival of this.#arrivals.values()) oldest = Math.min(oldest, arrival);
    return (Date.now() - oldest) / 1000;
  }

  /** Jobs in a folder that can't be scanned go on waiting. */
  async #lookAgain() {
    const waiting = new Set(this.intake.unclaimed);
    for (const name of this.#arrivals.keys()) if (!waiting.has(name)) this.#arrivals.delete(name);
    for (const name of waiting) {
      if (this.#arrivals.has(name)) continue;
      const stats = await lstat(join(this.folder.pending, name)).catch(() => null);
      if (stats !== null) this.#arrivals.set(name, stats.ctimeMs);
    }
  }
}
