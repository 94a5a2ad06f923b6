import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { RunnerSettings } from '../config/settings.ts';
import { RUNNER_VERSION } from '../config/version.ts';
import { ClaimGate, FullOutputs } from '../watch/claim/index.ts';
import { Scanner } from '../watch/scan/index.ts';
import { Workers } from '../watch/work/index.ts';

type Reading = [name: string, help: string, read: () => number | undefined];

/** What is true of the folder and the workers when somebody asks. What isn't known is NaN, never zero. */
@Injectable()
export class FolderGauges {
  constructor(
    registry: Registry,
    scanner: Scanner,
    workers: Workers,
    gate: ClaimGate,
    outputs: FullOutputs,
    settings: RunnerSettings,
  ) {
    const scan = () => scanner.latest;
    const readings: Reading[] = [
      ['wfr_pending_jobs', 'Jobs in pending/ at the last scan.', () => scan()?.pending],
      ['wfr_workers', 'Worker slots.', () => settings.maxWorkers],
      ['wfr_workers_busy', 'Worker slots with a job.', () => workers.active.list().length],
      ['wfr_paused', '1 while no job may be claimed.', () => Number(gate.paused !== null)],
      [
        'wfr_held_jobs',
        'Jobs that wait for space where they write; others are taken.',
        () => outputs.count,
      ],
      [
        'wfr_last_scan_timestamp_seconds',
        'When the last scan ended, Unix time.',
        () => dividedBy1000(scan()?.endedAt),
      ],
      [
        'wfr_last_scan_duration_seconds',
        'How long the last scan took.',
        () => scan()?.durationSeconds,
      ],
      [
        'wfr_last_scan_success',
        '1 if the last scan could read the folder, else 0.',
        () => Number(scan()?.problem === null),
      ],
    ];
    const registers = [registry];
    for (const [name, help, read] of readings) {
      const collect = (): void => gauge.set(read() ?? Number.NaN);
      const gauge: Gauge = new Gauge({ name, help, registers, collect });
    }
    new Gauge({
      name: 'wfr_build_info',
      help: 'Always 1; the version is a label.',
      labelNames: ['version'],
      registers,
    }).set({ version: RUNNER_VERSION }, 1);
  }
}

function dividedBy1000(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}
