import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import type { FollowerStatus } from '@app/jobspec/folder';
import type { ClipResult } from '@app/jobspec';
import { RunnerSettings } from '../config/settings.ts';
import {
  RUNNER_VERSION,
  followersOf,
  WatchFolder,
  NoAnswerError,
  fingerprintAt,
  lstat,
  unplannedIn,
  stat,
  statfs,
  withinSeconds,
} from '@app/storage';
import { ClaimGate, FullOutputs } from '../watch/claim-gate.ts';
import { JobLoop } from '../watch/job-loop.ts';
import { JobQueue } from '../watch/job-queue.ts';
import { WorkerSlots } from '../watch/worker-slots.ts';
import { type JobObserver, JobObservers } from '../job/job-runner.ts';

type Reading = [name: string, help: string, read: () => number | undefined];

/** What is true of the folder and the workers when somebody asks. What isn't known is NaN, never zero. */
@Injectable()
export class FolderGauges {
  constructor(
    registry: Registry,
    loop: JobLoop,
    slots: WorkerSlots,
    gate: ClaimGate,
    outputs: FullOutputs,
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
    'When a plan --follow has last looked through its media, Unix time.',
    ({ last_poll_at }) => Date.parse(last_poll_at) / 1000,
  ],
  [
    'wfr_follower_poll_seconds',
    'Seconds between two of its looks.',
    ({ poll_seconds }) => poll_seconds,
  ],
  [
    'wfr_follower_waiting_clips',
    'Clips that it has seen and not planned yet.',
    ({ waiting }) => waiting,
  ],
  [
    'wfr_follower_problem',
    '1 while it can’t look through its media, or plan all that is in them.',
    ({ problem }) => Number(problem !== null),
  ],
];

/** What those say of themselves that plan what comes into media, for this watch folder; nothing of those that somebody has stopped. */
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

/** Clips that lie on media and that no job was asked for, as the record of the watch folder has them. */
@Injectable()
export class UnplannedClips {
  /** Of the record and the folders as they were read last. */
  #fingerprint = '';
  #counts = new Map<string, number>();

  constructor(
    registry: Registry,
    private readonly folder: WatchFolder,
  ) {
    const gauge: Gauge = new Gauge({
      name: 'wfr_clips_not_planned',
      help: 'Clips that lie on media and that no job was asked for, by cause.',
      labelNames: ['cause'],
      registers: [registry],
      collect: async () => {
        const counts = await withinSeconds(ANSWER_SECONDS, () => this.#read()).catch(() => null);
        if (counts === null) return;
        gauge.reset();
        for (const [cause, count] of counts) gauge.set({ cause }, count);
      },
    });
  }

  /** Reads the record only when it, or which jobs there are, has changed. */
  async #read(): Promise<ReadonlyMap<string, number>> {
    const { inventory, pending, running, completed, failed } = this.folder;
    const places = [inventory, pending, running, completed, failed];
    const fingerprints = places.map((path) => fingerprintAt(path).catch(() => ''));
    const fingerprint = (await Promise.all(fingerprints)).join();
    if (fingerprint === this.#fingerprint) return this.#counts;
    const counts = new Map<string, number>();
    const { clips } = await unplannedIn(this.folder);
    for (const { cause } of clips) counts.set(cause, (counts.get(cause) ?? 0) + 1);
    [this.#fingerprint, this.#counts] = [fingerprint, counts];
    return counts;
  }
}

/** A share whose server is gone may not answer at all, in seconds. */
const ANSWER_SECONDS = 2;

/**
 * Free bytes of the filesystems that the runner writes to: that of the watch folder, and each that a clip was made on or that jobs
 * wait for, under the first directory that was seen there.
 */
@Injectable()
export class FreeSpace implements Pick<JobObserver, 'clipEnded'> {
  /** By device number: as few as there are mounts, however many directories jobs name. */
  readonly #outputs = new Map<number, string>();
  readonly #gauge: Gauge;

  constructor(
    registry: Registry,
    observers: JobObservers,
    private readonly folder: WatchFolder,
    private readonly full: FullOutputs,
  ) {
    this.#gauge = new Gauge({
      name: 'wfr_filesystem_free_bytes',
      help: 'Free bytes for the runner, on the filesystem of the watch folder and on those of outputs.',
      labelNames: ['filesystem', 'path'],
      registers: [registry],
      collect: () => this.#collect(),
    });
    observers.add(this);
  }

  clipEnded({ resolved_output_path }: ClipResult): void {
    void this.#know(dirname(resolved_output_path));
  }

  async #know(directory: string) {
    await stat(directory).then(
      ({ dev }) => {
        if (!this.#outputs.has(dev)) this.#outputs.set(dev, directory);
      },
      () => undefined,
    );
  }

  async #collect() {
    this.#gauge.reset();
    for (const directory of this.full.directories) void this.#know(directory);
    const outputs = [...this.#outputs.values()].map((output) => this.#measure('output', output));
    await Promise.all([this.#measure('watch', this.folder.root), ...outputs]);
  }

  /** What doesn't answer is left out. */
  async #measure(filesystem: 'watch' | 'output', path: string) {
    const free = await withinSeconds(ANSWER_SECONDS, () => statfs(path)).catch(() => null);
    if (free !== null) this.#gauge.set({ filesystem, path }, free.bavail * free.bsize);
  }
}

/**
 * How long the oldest job has waited. A job's age counts from the change of its inode, which a rename into `pending/`
 * makes, and not from its last write: copies keep that. Each file is asked once; what takes longer goes on at the next question.
 */
@Injectable()
export class OldestPending {
  readonly #arrivals = new Map<string, number>();

  constructor(
    registry: Registry,
    private readonly folder: WatchFolder,
    private readonly queue: JobQueue,
    private readonly loop: JobLoop,
  ) {
    const collect = async (): Promise<void> =>
      gauge.set(await withinSeconds(ANSWER_SECONDS, () => this.#oldest()).catch(() => Number.NaN));
    const gauge: Gauge = new Gauge({
      name: 'wfr_oldest_pending_job_age_seconds',
      help: 'How long the oldest job in pending/ has waited; 0 when none waits, NaN when that is not known.',
      registers: [registry],
      collect,
    });
  }

  async #oldest(): Promise<number> {
    if (this.loop.latest?.problem === null) await this.#lookAgain();
    else if (this.#arrivals.size === 0) return Number.NaN;
    let oldest = Date.now();
    for (const arrival of this.#arrivals.values()) oldest = Math.min(oldest, arrival);
    return (Date.now() - oldest) / 1000;
  }

  /** Jobs in a folder that can't be scanned go on waiting. */
  async #lookAgain() {
    const end = performance.now() + ANSWER_SECONDS * 1000;
    const waiting = new Set(this.queue.unclaimed);
    for (const name of this.#arrivals.keys()) if (!waiting.has(name)) this.#arrivals.delete(name);
    for (const name of waiting) {
      if (this.#arrivals.has(name)) continue;
      if (performance.now() > end) throw new NoAnswerError(this.folder.pending);
      const stats = await lstat(join(this.folder.pending, name)).catch(absent);
      if (stats !== null) this.#arrivals.set(name, stats.ctimeMs);
    }
  }
}

function absent(error: unknown): null {
  if (error instanceof NoAnswerError) throw error;
  return null;
}
