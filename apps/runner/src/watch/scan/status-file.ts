import { replaceFile } from '../../files/index.ts';
import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import type { RunnerStatus } from '@app/jobspec/folder';
import { RunnerSettings } from '../../config/settings.ts';
import { RUNNER_VERSION } from '../../config/version.ts';
import { timestamp } from '../../text/index.ts';
import { ClaimGate } from '../claim/index.ts';
import { WatchFolder } from '../folder/index.ts';
import { Workers } from '../work/index.ts';

/** Publishes `.runner/status.json`, by which others see whether a runner is alive and what it is doing. */
@Injectable()
export class StatusFile {
  readonly #startedAt = timestamp(new Date());

  constructor(
    private readonly folder: WatchFolder,
    private readonly workers: Workers,
    private readonly gate: ClaimGate,
    private readonly settings: RunnerSettings,
  ) {}

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
      paused: this.gate.paused,
      held: this.gate.held,
      stopped_at: stoppedAt,
      once: this.settings.once,
    };
    await replaceFile(this.folder.status, `${JSON.stringify(status, null, 2)}\n`);
  }
}
