import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { RunnerSettings } from '../config/settings.ts';
import { report, unreadJob } from '../logging/index.ts';
import { printable } from '../text/index.ts';
import { FolderUnusableError } from './folder/index.ts';
import { Scanner } from './scan/index.ts';
import { JobIntake, Workers } from './work/index.ts';

/** `--once` waits at most this many settle times for files that are still being written. */
const MAX_SETTLE_TIMES = 10;

/** `--once`: what is in the folder now, and nothing that comes later. */
@Injectable()
export class OncePass {
  constructor(
    private readonly scanner: Scanner,
    private readonly intake: JobIntake,
    private readonly workers: Workers,
    private readonly settings: RunnerSettings,
  ) {}

  /**
   * Works it off. Files that are still being written are waited for, within bounds; what remains is named in the log.
   *
   * @param scanPeriodically called once with what is done again and again meanwhile.
   * @param stopped resolves when somebody asks to stop.
   * @returns how many jobs remain in `pending/`.
   * @throws FolderUnusableError when the folder can't be scanned.
   */
  async run(
    scanPeriodically: (scan: () => Promise<unknown>) => void,
    stopped: Promise<void>,
  ): Promise<number> {
    await this.#scanOnce();
    let found = new Set(this.intake.unclaimed);
    scanPeriodically(() => this.scanner.scan((name) => found.has(name)));
    let deadline: number | null = null;
    while (!this.intake.isStopped) {
      await Promise.race([this.workers.onIdle(), stopped]);
      if (this.#left === 0 || this.intake.isBlocked || !this.intake.isWaiting) break;
      found = new Set(this.intake.unclaimed);
      deadline ??= performance.now() + MAX_SETTLE_TIMES * this.settings.settleSeconds * 1000;
      if (performance.now() >= deadline) break;
      await sleep(Math.min(this.settings.pollSeconds, this.settings.settleSeconds / 2) * 1000);
      await this.#scanOnce((name) => found.has(name));
    }
    for (const name of this.intake.unclaimed) report('job_left', unreadJob(name));
    return this.#left;
  }

  get #left(): number {
    return this.intake.unclaimed.length + this.intake.beyond;
  }

  async #scanOnce(isWanted?: (name: string) => boolean) {
    const problem = await this.scanner.scan(isWanted);
    if (problem === null) return;
    throw new FolderUnusableError(
      `The watch folder ${printable(this.settings.folder)} can't be scanned: ${problem}`,
    );
  }
}
