import { rename, writeFile } from '../files/index.ts';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { OWN_NAMES, type RunnerStatus } from '@app/jobspec/folder';
import { RunnerSettings } from '../config/settings.ts';
import { RUNNER_VERSION } from '../config/version.ts';
import { timestamp } from '../text/index.ts';
import { ClaimGate } from './claim/claim-gate.ts';
import { WatchFolder } from './folder/watch-folder.ts';
import { Workers } from './workers.ts';

/** Publishes `.runner/status.json`, by which others see whether a runner is alive and what it is doing. */
@Injectable()
export class StatusFile {
  readonly #path: string;
  readonly #startedAt = timestamp(new Date());

  constructor(
    folder: WatchFolder,
    private readonly workers: Workers,
    private readonly gate: ClaimGate,
    private readonly settings: RunnerSettings,
  ) {
    this.#path = join(folder.own, OWN_NAMES.status);
  }

  /** Replaces the file atomically. It is news, not a record: nothing is synced. @throws the system's error. */
  async write(
    scan: Pick<RunnerStatus, 'last_scan_at' | 'pending'>,
    stoppedAt: string | null = null,
  ): Promise<void> {
    const status: RunnerStatus = {
      version: RUNNER_VERSION,
      host: hostname(),
      pid: process.pid,
      started_at: this.#startedAt,
      last_scan_at: scan.last_scan_at,
      poll_seconds: this.settings.pollSeconds,
      max_workers: this.settings.maxWorkers,
      pending: scan.pending,
      active: this.workers.active.list(),
      paused: this.gate.reason,
      stopped_at: stoppedAt,
    };
    await writeFile(`${this.#path}.tmp`, `${JSON.stringify(status, null, 2)}\n`);
    await rename(`${this.#path}.tmp`, this.#path);
  }
}
