import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { timestamp } from '@app/jobspec';
import type { RunnerStatus } from '@app/jobspec/folder';
import { replaceFile, RUNNER_VERSION, WatchFolder } from '@app/storage';
import { RunnerSettings } from '../config/settings.ts';
import { ClaimGate } from './claim-gate.ts';
import { BusyPeriod } from './busy-period.ts';
import { WorkerSlots } from './worker-slots.ts';

/** Publishes `.runner/status.json`, which shows whether a runner is alive and what it is doing. */
@Injectable()
export class StatusFile {
  readonly #startedAt = timestamp(new Date());

  constructor(
    private readonly folder: WatchFolder,
    private readonly slots: WorkerSlots,
    private readonly gate: ClaimGate,
    private readonly busyPeriod: BusyPeriod,
    private readonly settings: RunnerSettings,
  ) {}

  /** Replaces the file atomically. It isn't synced: after a crash it would be out of date anyway. @throws the system's error. */
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
      active: this.slots.list(),
      ...this.busyPeriod.read(scan.pending),
      paused: this.gate.paused,
      held: this.gate.held,
      stopped_at: stoppedAt,
      once: this.settings.once,
    };
    await replaceFile(this.folder.status, `${JSON.stringify(status, null, 2)}\n`);
  }
}
