import { randomBytes } from 'node:crypto';
import { timestamp } from '@app/jobspec';
import {
  INVENTORY_EXTENSION,
  Inventory,
  isSameFile,
  type DroppedLine,
  type InventoryClip,
  type LeftOutCause,
} from '@app/jobspec/inventory';
import { submitFile, errorFact, readInventory, whoRuns, type WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { outputIn, type JobReference, type FailedProxy, type JobIndex } from './job-index.ts';
import type { ProxyKey } from './plan-request.ts';
import type { Entry } from './walk.ts';

/** Clip on its medium. Sizes and times are 0 if it can't be read. */
export interface RecordedClip extends Entry, Pick<InventoryClip, 'gamma' | 'camera'> {
  bytes: number;
  mtime_ms: number;
  seconds: number | null;
}

type FileOnMedium = Pick<RecordedClip, 'path' | 'bytes' | 'mtime_ms'>;

/** Lines per file. */
const LINES_PER_FILE = 50_000;
/** Length limit of a recorded reason. */
const MAX_REASON_LENGTH = 4000;

/**
 * Inventory of media in the watch folder. New lines are submitted through `pending/`, from which the runner takes them.
 * Without a watch folder, nothing is recorded.
 */
export class MediaRecord {
  #inventory: Inventory | null = null;
  #newLines: DroppedLine[] = [];
  /** Last line of each clip by the JobSpec that requests it. */
  #byJob: Map<string, InventoryClip> | null = null;
  /** Lines whose jobs were seen, or submitted by this process; they need no further search. */
  readonly #confirmed = new WeakSet<InventoryClip>();

  constructor(private readonly folder: WatchFolder | null) {}

  /** @throws Refusal if the inventory can't be read */
  async open(): Promise<void> {
    if (this.#inventory !== null) return;
    try {
      this.#inventory = this.folder === null ? new Inventory() : await readInventory(this.folder);
    } catch (error) {
      const sentence = `What was planned before can't be read in ${this.folder?.root}: ${errorFact(error)}.`;
      throw new Refusal('folder', sentence);
    }
  }

  /** Reasons why clips may be missing, as sentences. */
  get faults(): readonly string[] {
    return this.#known.faults;
  }

  get #known(): Inventory {
    return (this.#inventory ??= new Inventory());
  }

  /** Last line of a clip and key. */
  of(path: string, key: ProxyKey): InventoryClip | null {
    return this.#known.of(path, key);
  }

  /**
   * True if a known job already requests this clip in its current state. The record alone isn't enough: a line may be
   * forged, or a crash may have kept its JobSpec from being submitted.
   */
  isRequested(clip: FileOnMedium, key: ProxyKey, { specs }: JobIndex): boolean {
    const line = this.of(clip.path, key);
    if (line === null || line.job === null || !isSameFile(line, clip)) return false;
    if (this.#confirmed.has(line)) return true;
    const isKnown = outputIn(specs.get(line.job_sha256 ?? ''), clip.path) !== null;
    if (!isKnown && !this.#known.wasArchived(line)) return false;
    this.#confirmed.add(line);
    return true;
  }

  /** True if the inventory shows that a job made its proxy from an earlier state of the clip. */
  isOfEarlier(clip: FileOnMedium, key: ProxyKey, by: JobReference): boolean {
    const own = this.of(clip.path, key);
    if (own?.cause === 'made_before') return isSameFile(own, clip);
    this.#byJob ??= new Map(
      [...this.#known.clips].map((one) => [`${one.job_sha256}\n${one.path}`, one]),
    );
    const requested = own?.job == null ? this.#byJob.get(`${by.sha256}\n${clip.path}`) : own;
    return requested !== undefined && !isSameFile(requested, clip);
  }

  /** Records that a job requests a clip. */
  addRequest(clip: RecordedClip, key: ProxyKey, { job, sha256: job_sha256 }: JobReference): void {
    this.#record(clip, { ...key, job, job_sha256, cause: null, reason: null });
  }

  /** Marks the job of a line as submitted. */
  wasSubmitted(path: string, key: ProxyKey): void {
    const line = this.of(path, key);
    if (line !== null) this.#confirmed.add(line);
  }

  /** @returns true if it is to be reported; a person may have put it aside */
  leaveOut(clip: RecordedClip, key: ProxyKey, cause: LeftOutCause, reason: string): boolean {
    const text = reason.slice(0, MAX_REASON_LENGTH);
    this.#record(clip, { ...key, job: null, job_sha256: null, cause, reason: text });
    const line = this.of(clip.path, key);
    return line === null || !this.#known.isDismissed(clip.path, line.at);
  }

  /** True if the job that requests this state of the clip was put aside. @param failed its last job, if that failed */
  isPutAside(clip: FileOnMedium, key: ProxyKey, failed?: FailedProxy): boolean {
    const line = this.of(clip.path, key);
    if (line === null || line.job === null || !isSameFile(line, clip)) return false;
    const { path } = clip;
    if (failed === undefined) return this.#known.isDismissed(path, line.at);
    return this.#known.isDismissed(failed.job, new Date(failed.endedAt ?? 0).toISOString());
  }

  /** True if the runner has archived the job that requests this state of the clip. */
  wasArchived(clip: FileOnMedium, key: ProxyKey): boolean {
    const line = this.of(clip.path, key);
    return line !== null && isSameFile(line, clip) && this.#known.wasArchived(line);
  }

  /**
   * Records a clip that is still being copied: only once, although it changes with every pass. A requested clip keeps
   * its line until it is requested anew.
   */
  defer(clip: RecordedClip, key: ProxyKey, reason: string): void {
    const line = this.of(clip.path, key);
    const isNew = line === null || (line.job === null && line.cause !== 'being_copied');
    if (isNew || this.#known.isGone(clip.path)) this.leaveOut(clip, key, 'being_copied', reason);
  }

  #record(
    clip: RecordedClip,
    entry: Pick<InventoryClip, keyof ProxyKey | 'job' | 'job_sha256' | 'cause' | 'reason'>,
  ) {
    const { path, bytes, mtime_ms } = clip;
    const before = this.of(path, entry);
    const isSame =
      before !== null &&
      !this.#known.isGone(path) &&
      !this.#known.replacesLeftOut({ path, ...entry }) &&
      before.bytes === bytes &&
      before.mtime_ms === mtime_ms &&
      before.job_sha256 === entry.job_sha256 &&
      before.reason === entry.reason;
    if (isSame) return;
    const at = timestamp(new Date());
    this.#add({ at, ...clip, ...entry });
  }

  /** Records that a clip is back, or that its request counts again instead of a later one that was left out. */
  markPresent(path: string, key: ProxyKey): void {
    const line = this.of(path, key);
    if (line === null) return;
    const isGone = this.#known.isGone(path);
    if (!isGone && !this.#known.replacesLeftOut(line)) return;
    // With the old time, a dismissal stays valid: it counts for lines up to its own time.
    const present = isGone ? { ...line, at: timestamp(new Date()) } : line;
    if (this.#confirmed.has(line)) this.#confirmed.add(present);
    this.#add(present);
  }

  /** Clips previously on a medium, and whether each was requested. */
  *previousClips(medium: string): Iterable<{ path: string; isRequested: boolean }> {
    for (const { medium: own, path, job } of this.#known.clips)
      if (own === medium) yield { path, isRequested: job !== null };
  }

  forget(path: string): void {
    this.#add({ at: timestamp(new Date()), gone: path, by: whoRuns() });
  }

  /** Counts the files of a medium that aren't clips. */
  count(medium: string, others: Readonly<Record<string, number>>): void {
    const before = this.#known.medium(medium)?.others ?? {};
    if (JSON.stringify(before) === JSON.stringify(others)) return;
    this.#add({ at: timestamp(new Date()), medium, others });
  }

  #add(line: DroppedLine) {
    this.#known.add(line);
    this.#newLines.push(line);
  }

  /**
   * Submits new lines, before any JobSpec that they name.
   *
   * @throws system errors; the lines are kept for the next time
   */
  async submit(): Promise<void> {
    const { folder } = this;
    if (folder === null) {
      this.#newLines = [];
      return;
    }
    while (this.#newLines.length > 0) {
      const lines = this.#newLines.slice(0, LINES_PER_FILE);
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const time = new Date().toISOString().replaceAll(/\W/g, '');
      const name = `plan-${time}-${randomBytes(4).toString('hex')}${INVENTORY_EXTENSION}`;
      await submitFile(Buffer.from(text), folder.pending, name);
      this.#newLines = this.#newLines.slice(lines.length);
    }
  }
}
