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
import { dropFile, errorFact, readInventory, type WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { outputIn, type AskedBy, type FailedProxy, type OtherJobs } from './made.ts';
import type { ProxyKey } from './plan-request.ts';
import type { Found } from './walk.ts';

/** Clip on its medium. Sizes and times are 0 if it can't be read. */
export interface RecordedClip extends Found, Pick<InventoryClip, 'gamma' | 'camera'> {
  bytes: number;
  mtime_ms: number;
  seconds: number | null;
}

type FileOnMedium = Pick<RecordedClip, 'path' | 'bytes' | 'mtime_ms'>;

/** Lines per file. */
const LINES_OF_A_FILE = 50_000;
/** Length limit of a recorded reason. */
const MOST_REASON = 4000;

/**
 * Inventory of media in the watch folder. New lines are submitted through `pending/`, from which the runner takes them.
 * Without a watch folder, nothing is recorded.
 */
export class MediaRecord {
  #inventory: Inventory | null = null;
  #news: DroppedLine[] = [];
  /** Last line of each clip by the JobSpec that requests it. */
  #byJob: Map<string, InventoryClip> | null = null;
  /** Lines whose jobs were seen, or submitted by this process; they need no further search. */
  readonly #certain = new WeakSet<InventoryClip>();

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
   * forged, or older than a crash before its JobSpec was submitted.
   */
  isAsked(clip: FileOnMedium, key: ProxyKey, { specs }: OtherJobs): boolean {
    const line = this.of(clip.path, key);
    if (line === null || line.job === null || !isSameFile(line, clip)) return false;
    if (this.#certain.has(line)) return true;
    const isKnown = outputIn(specs.get(line.job_sha256 ?? ''), clip.path) !== null;
    if (!isKnown && !this.#known.wasArchived(line)) return false;
    this.#certain.add(line);
    return true;
  }

  /** True if the inventory shows that a job made its proxy from an earlier state of the clip. */
  isOfEarlier(clip: FileOnMedium, key: ProxyKey, by: AskedBy): boolean {
    const own = this.of(clip.path, key);
    if (own?.cause === 'made_before') return isSameFile(own, clip);
    this.#byJob ??= new Map(
      [...this.#known.clips].map((one) => [`${one.job_sha256}\n${one.path}`, one]),
    );
    const asked = own?.job == null ? this.#byJob.get(`${by.sha256}\n${clip.path}`) : own;
    return asked !== undefined && !isSameFile(asked, clip);
  }

  /** Records that a job requests a clip. */
  ask(clip: RecordedClip, key: ProxyKey, { job, sha256: job_sha256 }: AskedBy): void {
    this.#note(clip, { ...key, job, job_sha256, cause: null, reason: null });
  }

  /** Marks the job of a line as submitted. */
  wasDropped(path: string, key: ProxyKey): void {
    const line = this.of(path, key);
    if (line !== null) this.#certain.add(line);
  }

  /** @returns true if it is to be reported: it may have been put aside */
  leaveOut(clip: RecordedClip, key: ProxyKey, cause: LeftOutCause, reason: string): boolean {
    const said = reason.slice(0, MOST_REASON);
    this.#note(clip, { ...key, job: null, job_sha256: null, cause, reason: said });
    const line = this.of(clip.path, key);
    return line === null || !this.#known.isSeen(clip.path, line.at);
  }

  /** True if the job that requests this state of the clip was put aside. @param failed its last job, if that failed */
  isPutAside(clip: FileOnMedium, key: ProxyKey, failed?: FailedProxy): boolean {
    const line = this.of(clip.path, key);
    if (line === null || line.job === null || !isSameFile(line, clip)) return false;
    const { path } = clip;
    if (failed === undefined) return this.#known.isSeen(path, line.at);
    return this.#known.isSeen(failed.job, new Date(failed.endedAt ?? 0).toISOString());
  }

  /** True if the runner has archived the job that requests this state of the clip. */
  wasArchived(clip: FileOnMedium, key: ProxyKey): boolean {
    const line = this.of(clip.path, key);
    return line !== null && isSameFile(line, clip) && this.#known.wasArchived(line);
  }

  /**
   * Records a clip that is still being copied, once although it changes with every look. A requested clip stays so
   * until it is requested anew.
   */
  waitFor(clip: RecordedClip, key: ProxyKey, reason: string): void {
    const line = this.of(clip.path, key);
    const isTold = line !== null && (line.job !== null || line.cause === 'being_copied');
    if (!isTold || this.#known.isGone(clip.path)) this.leaveOut(clip, key, 'being_copied', reason);
  }

  #note(
    clip: RecordedClip,
    what: Pick<InventoryClip, keyof ProxyKey | 'job' | 'job_sha256' | 'cause' | 'reason'>,
  ) {
    const { path, bytes, mtime_ms } = clip;
    const before = this.of(path, what);
    const isSame =
      before !== null &&
      !this.#known.isGone(path) &&
      this.#known.replacedBy({ path, ...what }).length === 0 &&
      before.bytes === bytes &&
      before.mtime_ms === mtime_ms &&
      before.job_sha256 === what.job_sha256 &&
      before.reason === what.reason;
    if (isSame) return;
    const at = timestamp(new Date());
    this.#add({ at, ...clip, ...what });
  }

  /** Records that a clip is back. */
  isThere(path: string, key: ProxyKey): void {
    const line = this.#known.isGone(path) ? this.of(path, key) : null;
    if (line === null) return;
    const again = { ...line, at: timestamp(new Date()) };
    if (this.#certain.has(line)) this.#certain.add(again);
    this.#add(again);
  }

  /** Clips previously on a medium, and whether each was requested. */
  *before(medium: string): Iterable<{ path: string; isAsked: boolean }> {
    for (const { medium: own, path, job } of this.#known.clips)
      if (own === medium) yield { path, isAsked: job !== null };
  }

  forget(path: string): void {
    this.#add({ at: timestamp(new Date()), gone: path });
  }

  /** Counts the files of a medium that aren't clips. */
  count(medium: string, others: Readonly<Record<string, number>>): void {
    const before = [...this.#known.media].find((one) => one.medium === medium);
    if (JSON.stringify(before?.others ?? {}) === JSON.stringify(others)) return;
    this.#add({ at: timestamp(new Date()), medium, others });
  }

  #add(line: DroppedLine) {
    this.#known.add(line);
    this.#news.push(line);
  }

  /**
   * Submits new lines, before any JobSpec that they name.
   *
   * @throws system errors; the lines are kept for the next time
   */
  async drop(): Promise<void> {
    const { folder } = this;
    if (folder === null) {
      this.#news = [];
      return;
    }
    while (this.#news.length > 0) {
      const lines = this.#news.slice(0, LINES_OF_A_FILE);
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const time = new Date().toISOString().replaceAll(/\W/g, '');
      const name = `plan-${time}-${randomBytes(4).toString('hex')}${INVENTORY_EXTENSION}`;
      await dropFile(Buffer.from(text), folder.pending, name);
      this.#news = this.#news.slice(lines.length);
    }
  }
}
