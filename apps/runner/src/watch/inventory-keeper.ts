import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { JobFailure, parseJobSpec, timestamp } from '@app/jobspec';
import { Inventory, INVENTORY_LIMITS, type InventoryLine } from '@app/jobspec/inventory';
import {
  closing,
  errorMessage,
  exists,
  FileChangedError,
  NEARLY_FULL,
  open,
  readDropped,
  readJobFile,
  readRecord,
  RECORD_IS_FULL,
  rm,
  stat,
  syncDirectory,
  WatchFolder,
  writeDurably,
} from '@app/storage';
import { report } from '../logging/runner-logger.ts';

/** Number of lines written at once. */
const BATCH = 2000;
/** Share of the record's limit by which it must have grown to be compacted again. */
const GROWN = 1 / 16;

/**
 * Keeps the record of clips on media: imports the inventories that `plan` submits to `pending/`, and records archived jobs. No result
 * depends on the record: its errors are logged, and jobs go on. Nor does any job wait for an import.
 */
@Injectable()
export class InventoryKeeper {
  /** Refused inventories with their reasons; each is logged once. */
  readonly #refused = new Map<string, string>();
  /** Writes to the record, one after the other. */
  readonly #writes = new PQueue({ concurrency: 1 });
  /** Import that goes on. */
  #import: Promise<void> | null = null;
  #isStopped = false;
  /** True if there is a record; there is none until somebody has used `plan`. */
  #isThere = false;
  /** True if the last line of the record may be cut off. */
  #isTorn = false;
  /** Bytes of the record when it was last compacted. */
  #compacted = 0;

  constructor(private readonly folder: WatchFolder) {}

  /** Begins with the record that the folder has now, and compacts it. */
  async open(): Promise<void> {
    this.#refused.clear();
    await this.#writes.add(async () => {
      try {
        this.#isThere = await exists(this.folder.inventory);
        if (this.#isThere) await this.#compact();
      } catch (error) {
        report('inventory_failed', { reason: errorMessage(error) });
      }
    });
  }

  /** Drops lines that later ones have replaced. @throws the system's error; an Error if the record is full. */
  async #compact() {
    const { inventory: path } = this.folder;
    const inventory = new Inventory();
    const { bytes, isWhole } = await readRecord(path, (line) => inventory.add(line));
    [this.#isTorn, this.#compacted] = [!isWhole, bytes];
    // Compacting an oversized record would lose the lines beyond the limit.
    if (inventory.isFull) throw new Error(RECORD_IS_FULL);
    await writeDurably(path, `${path}.tmp`, textsOf(inventory.lines()));
    [this.#isTorn, this.#compacted] = [false, (await stat(path)).size];
  }

  /**
   * Imports submitted inventories, in order. Each file is removed once its lines are durable; after a crash in between they are recorded
   * twice, which does no harm. While an import goes on, another one begins none.
   */
  takeOver(names: readonly string[]): Promise<void> {
    if (names.length === 0) return this.onIdle();
    this.#import ??= this.#takeAll(names).finally(() => (this.#import = null));
    return this.#import;
  }

  /** Resolves when no import goes on. */
  async onIdle(): Promise<void> {
    await this.#import;
  }

  /** Ends an import after the file that it is at. */
  stop(): void {
    this.#isStopped = true;
  }

  async #takeAll(names: readonly string[]) {
    const there = new Set(names);
    for (const name of this.#refused.keys()) if (!there.has(name)) this.#refused.delete(name);
    for (const name of names) {
      if (this.#isStopped) return;
      if (this.#refused.has(name)) continue;
      try {
        const refused = await this.#takeOver(join(this.folder.pending, name));
        report('inventory_taken', { file: name, refused_lines: refused });
      } catch (error) {
        // Still being written, or not to be waited for.
        if (error instanceof FileChangedError || this.#isStopped) continue;
        this.#refused.set(name, errorMessage(error));
        report('file_ignored', { file: name, reason: errorMessage(error) });
      }
    }
  }

  async #takeOver(path: string): Promise<number> {
    // A job that ends meanwhile is to be on record, too.
    await this.#write(Buffer.of());
    const [parts, batch] = [[] as Buffer[], [] as InventoryLine[]];
    const cut = () => parts.push(Buffer.from(textOf(batch.splice(0))));
    const refused = await readDropped(path, (line) => {
      if (batch.push(line) === BATCH) cut();
    });
    cut();
    await this.#writes.add(() => this.#makeRoom(...parts));
    for (const part of parts) await this.#write(part);
    await closing(await open(this.folder.inventory, 'r+'), (file) => file.datasync());
    await rm(path);
    await syncDirectory(this.folder.pending);
    return refused;
  }

  /** Compacts a record that fills up. @throws an Error if the text doesn't fit: readers refuse a larger record. */
  async #makeRoom(...texts: readonly Buffer[]) {
    const most = INVENTORY_LIMITS.recordBytes;
    const bytes = texts.reduce((sum, text) => sum + text.length, 0);
    const sizeAfter = async () =>
      (this.#isThere ? (await stat(this.folder.inventory)).size : 0) + bytes;
    const size = await sizeAfter();
    if (size > most * NEARLY_FULL && size - this.#compacted > most * GROWN)
      await this.#compact().catch((error: unknown) => {
        report('inventory_failed', { reason: errorMessage(error) });
      });
    if ((await sizeAfter()) > most) throw new Error(RECORD_IS_FULL);
  }

  /**
   * Records that a job is being archived, so that its clips count as requested even after its result is deleted.
   *
   * @param name that of the job in `running/`.
   */
  async jobArchived(name: string): Promise<void> {
    if (!this.#isThere && this.#import === null) return;
    try {
      const { reading, sha256 } = await readJobFile(join(this.folder.running, name));
      const { sources } = parseJobSpec(reading);
      const line = { at: timestamp(new Date()), archived: name, sha256, sources };
      await this.#write(Buffer.from(textOf([line])));
    } catch (error) {
      // A refused job requests nothing.
      if (!(error instanceof JobFailure))
        report('inventory_failed', { reason: errorMessage(error) });
    }
  }

  /** Appends whole lines, between those of an import if one goes on. */
  async #write(text: Buffer) {
    await this.#writes.add(async () => {
      await this.#makeRoom(text);
      await closing(await open(this.folder.inventory, 'a'), async (file) => {
        if (text.length === 0) return;
        const begun = this.#isTorn ? Buffer.concat([Buffer.from('\n'), text]) : text;
        this.#isTorn = true;
        await file.appendFile(begun);
        this.#isTorn = false;
      });
      if (!this.#isThere) await syncDirectory(this.folder.own);
      this.#isThere = true;
    });
  }
}

function textOf(lines: readonly InventoryLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Texts of {@link BATCH} lines each. */
function* textsOf(lines: Iterable<InventoryLine>): Iterable<string> {
  const batch: InventoryLine[] = [];
  for (const line of lines) if (batch.push(line) === BATCH) yield textOf(batch.splice(0));
  yield textOf(batch);
}
