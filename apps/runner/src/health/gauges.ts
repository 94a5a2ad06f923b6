import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import type { FollowerStatus } from '@app/jobspec/folder';
import { RunnerSettings } from '../config/settings.ts';
import {
  RUNNER_VERSION,
  followersOf,
  WatchFolder,
  fingerprintAt,
  unplannedIn,
  withinSeconds,
} from '@app/storage';
import { ClaimGate } from '../watch/claim-gate.ts';
import { FullOutputGate } from '../watch/full-output-gate.ts';
import { JobLoop } from '../watch/job-loop.ts';
import { WorkerSlots } from '../watch/worker-slots.ts';

type Reading = [name: string, help: string, read: () => number | undefined];

/** Metrics of the folder and the workers at the time of a scrape. Unknown values are NaN, never zero. */
@Injectable()
export class FolderGauges {
  constructor(
    registry: Registry,
    loop: JobLoop,
    slots: WorkerSlots,
    gate: ClaimGate,
    outputs: FullOutputGate,
    settings: RunnerSettings,
  ) {
    const scan = () => loop.latest;
    const readings: Reading[] = [
      ['wfr_pending_jobs', 'Jobs in pending/ at the last scan.', () => scan()?.pending],
      ['wfr_workers', 'Worker slots.', () => settings.maxWorkers],
      ['wfr_workers_busy', 'Worker slots with a job.', () => slots.list().length],
      ['wfr_paused', '1 while no job may be claimed.', () => Number(gate.paused !== null)],
      ['wfr_held_jobs', 'Jobs that wait for space where they write.', () => outputs.count],
      [
        'wfr_last_scan_timestamp_seconds',
        'When the last scan ended, Unix time.',
        () => scan()?.endedAt,
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

type FollowerReading = readonly [
  name: string,
  help: string,
  read: (status: FollowerStatus) => number,
];

const READINGS: readonly FollowerReading[] = [
  [
    'wfr_follower_last_poll_timestamp_seconds',
    'When a plan --follow last looked through its media, Unix time.',
    ({ last_poll_at }) => Date.parse(last_poll_at) / 1000,
  ],
  [
    'wfr_follower_poll_seconds',
    'Seconds between two of its polls.',
    ({ poll_seconds }) => poll_seconds,
  ],
  [
    'wfr_follower_problem',
    '1 while it can’t look through its media, or plan all that is in them.',
    ({ problem }) => Number(problem !== null),
  ],
];

/** Metrics of each `plan --follow` for this watch folder, except those that were stopped. */
@Injectable()
export class FollowerGauges {
  constructor(registry: Registry, folder: WatchFolder) {
    for (const [name, help, read] of READINGS) {
      const collect = async () => {
        gauge.reset();
        for (const { id, status } of await followersOf(folder))
          if (status.stopped_at === null) gauge.set({ follower: id }, read(status));
      };
      const registers = [registry];
      const gauge: Gauge = new Gauge({ name, help, labelNames: ['follower'], registers, collect });
    }
  }
}

/** Metric of clips on media that no job has requested, from the watch folder's record. */
@Injectable()
export class UnplannedClips {
  /** Fingerprint of the record and the folders when last read. */
  #fingerprint = '';
  #counts = new Map<string, number>();
  #fill = Number.NaN;

  constructor(
    registry: Registry,
    private readonly folder: WatchFolder,
  ) {
    const gauge: Gauge = new Gauge({
      name: 'wfr_clips_not_planned',
      help: 'Clips on media that no job has requested, by cause.',
      labelNames: ['cause'],
      registers: [registry],
      collect: async () => {
        const counts = await withinSeconds(ANSWER_SECONDS, () => this.#read()).catch(() => null);
        if (counts === null) return;
        gauge.reset();
        for (const [cause, count] of counts) gauge.set({ cause }, count);
      },
    });
    const fill: Gauge = new Gauge({
      name: 'wfr_inventory_fill_ratio',
      help: 'Share of its limits that the inventory of media used at the last scrape, 0 to 1.',
      registers: [registry],
      collect: () => fill.set(this.#fill),
    });
  }

  /** Reads the record only if it or the set of jobs has changed. */
  async #read(): Promise<ReadonlyMap<string, number>> {
    const { inventory, pending, running, completed, failed } = this.folder;
    const places = [inventory, pending, running, completed, failed];
    const fingerprints = places.map((path) => fingerprintAt(path).catch(() => ''));
    const fingerprint = (await Promise.all(fingerprints)).join();
    if (fingerprint === this.#fingerprint) return this.#counts;
    const counts = new Map<string, number>();
    const { clips, fill } = await unplannedIn(this.folder);
    for (const { cause } of clips) counts.set(cause, (counts.get(cause) ?? 0) + 1);
    [this.#fingerprint, this.#counts, this.#fill] = [fingerprint, counts, fill];
    return counts;
  }
}

/** Limit for storage to answer, in seconds: a share whose server is gone may never answer. */
const ANSWER_SECONDS = 2;
