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
import { submitFile, errorFact, readInventory, type WatchFolder } from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { outputIn, type AskedBy, type FailedProxy, type OtherJobs } from './made.ts';
import type { ProxyKey } from './plan-request.ts';
import type { Found } from './walk.ts';

/** A clip as it lies on its medium; of what can't be looked at nothing is known. */
export interface RecordedClip extends Found, Pick<InventoryClip, 'gamma' | 'camera'> {
  bytes: number;
  mtime_ms: number;
  seconds: number | null;
}

type FileOnMedium = Pick<RecordedClip, 'path' | 'bytes' | 'mtime_ms'>;

/** So many lines lie in one file. */
const LINES_OF_A_FILE = 50_000;
/** No reason on record is longer. */
const MOST_REASON = 4000;

/**
 * What lies on media, as the watch folder has it on record: what is new is dropped into `pending/` for the runner to take over. Without a
 * watch folder nothing is recorded.
 */
export class MediaRecord {
  #inventory: Inventory | null = null;
  #news: DroppedLine[] = [];
  /** What was said of each clip last by the JobSpec that asks for it. */
  #byJob: Map<string, InventoryClip> | null = null;
  /** Lines whose jobs were met, or dropped by this process: nobody needs to find these again. */
  readonly #certain = new WeakSet<InventoryClip>();

  constructor(private readonly folder: WatchFolder | null) {}

  /** @throws Refusal when what was recorded before can't be read. */
  async open(): Promise<void> {
    if (this.#inventory !== null) return;
    try {
      this.#inventory = this.folder === null ? new Inventory() : await readInventory(this.folder);
    } catch (error) {
      const sentence = `What was planned before can't be read in ${this.folder?.root}: ${errorFact(error)}.`;
      throw new Refusal('folder', sentence);
    }
  }

  /** Why clips may be missing, sentences. */
  get faults(): readonly string[] {
    return this.#known.faults;
  }

  get #known(): Inventory {
    return (this.#inventory ??= new Inventory());
  }

  /** What was said of a clip and key last. */
  of(path: string, key: ProxyKey): InventoryClip | null {
    return this.#known.of(path, key);
  }

  /** Whether a clip, as it is, was asked for by a job that is known. A line alone may be forged, or older than a crash before its drop. */
  isAsked(clip: FileOnMedium, key: ProxyKey, { specs }: OtherJobs): boolean {
    const line = this.of(clip.path, key);
    if (line === null || line.job === null || !isSameFile(line, clip)) return false;
    if (this.#certain.has(line)) return true;
    const isKnown = outputIn(specs.get(line.job_sha256 ?? ''), clip.path) !== null;
    if (!isKnown && !this.#known.wasArchived(line)) return false;
    this.#certain.add(line);
    return true;
  }

  /** Whether what a job has made is of an earlier state of a clip, as far as that is on record. */
  isOfEarlier(clip: FileOnMedium, key: ProxyKey, by: AskedBy): boolean {
    const own = this.of(clip.path, key);
    if (own?.cause === 'made_before') return isSameFile(own, clip);
    this.#byJob ??= new Map(
      [...this.#known.clips].map((one) => [`${one.job_sha256}\n${one.path}`, one]),
    );
    const asked = own?.job == null ? this.#byJob.get(`${by.sha256}\n${clip.path}`) : own;
    return asked !== undefined && !isSameFile(asked, clip);
  }

  /** A clip is asked for by a job. */
  ask(clip: RecordedClip, key: ProxyKey, { job, sha256: job_sha256 }: AskedBy): void {
    this.#note(clip, { ...key, job, job_sha256, cause: null, reason: null });
  }

  /** A job that a line names was dropped. */
  wasDropped(path: string, key: ProxyKey): void {
    const line = this.of(path, key);
    if (line !== null) this.#certain.add(line);
  }

  /** @returns whether people are to be told: they may have put it aside. */
  leaveOut(clip: RecordedClip, key: ProxyKey, cause: LeftOutCause, reason: string): boolean {
    const said = reason.slice(0, MOST_REASON);
    this.#note(clip, { ...key, job: null, job_sha256: null, cause, reason: said });
    const line = this.of(clip.path, key);
    return line === null || !this.#known.isSeen(clip.path, line.at);
  }

  /** Whether a person has put aside the job that a clip, as it is, was asked for with. @param failed its last one, if that failed */
  isPutAside(clip: FileOnMedium, key: ProxyKey, failed?: FailedProxy): boolean {
    const line = this.of(clip.path, key);
    if (line === null || line.job === null || !isSameFile(line, clip)) return false;
    const { path } = clip;
    if (failed === undefined) return this.#known.isSeen(path, line.at);
    return this.#known.isSeen(failed.job, new Date(failed.endedAt ?? 0).toISOString());
  }

  /** Whether the runner has archived the job that a clip, as it is, was asked for with. */
  wasArchived(clip: FileOnMedium, key: ProxyKey): boolean {
    const line = this.of(clip.path, key);
    return line !== null && isSameFile(line, clip) && this.#known.wasArchived(line);
  }

  /** What is still being copied changes at every look, and is told once; what was asked for stays so until it is asked for anew. */
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

  /** A clip that came back is there again. */
  isThere(path: string, key: ProxyKey): void {
    const line = this.#known.isGone(path) ? this.of(path, key) : null;
    if (line === null) return;
    const again = { ...line, at: timestamp(new Date()) };
    if (this.#certain.has(line)) this.#certain.add(again);
    this.#add(again);
  }

  /** Clips of a medium that were there before, and whether each was asked for. */
  *before(medium: string): Iterable<{ path: string; isAsked: boolean }> {
    for (const { medium: own, path, job } of this.#known.clips)
      if (own === medium) yield { path, isAsked: job !== null };
  }

  forget(path: string): void {
    this.#add({ at: timestamp(new Date()), gone: path });
  }

  /** What a medium holds beside clips. */
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
   * Drops what is new, before any JobSpec that it names.
   *
   * @throws the system's error; then it is dropped the next time.
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
      await submitFile(Buffer.from(text), folder.pending, name);
      this.#news = this.#news.slice(lines.length);
    }
  }
}
