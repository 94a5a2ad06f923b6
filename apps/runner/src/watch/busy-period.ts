import { Injectable } from '@nestjs/common';
import { timestamp } from '@app/jobspec';
import type { RunnerStatus } from '@app/jobspec/folder';
import { JobCounts } from './finisher.ts';
import { WorkerSlots } from './worker-slots.ts';

/** Period in which a runner has jobs without a break. The jobs that ended in it serve to estimate how long the rest takes. */
@Injectable()
export class BusyPeriod {
  #since: string | null = null;
  #endedBefore = 0;

  constructor(
    private readonly slots: WorkerSlots,
    private readonly counts: JobCounts,
  ) {}

  /**
   * Start of the current period, and the number of jobs that ended in it.
   *
   * @param waiting jobs that may be claimed.
   */
  read(waiting: number): Pick<RunnerStatus, 'busy_since' | 'ended'> {
    const { jobs } = this.counts.counts;
    const isBusy = waiting > 0 || this.slots.list().length > 0;
    if (!isBusy) [this.#since, this.#endedBefore] = [null, jobs];
    else this.#since ??= timestamp(new Date());
    return { busy_since: this.#since, ended: jobs - this.#endedBefore };
  }
}
