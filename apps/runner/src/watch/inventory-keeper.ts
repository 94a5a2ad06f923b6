import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { JobFailure, parseJobSpec, timestamp } from '@app/jobspec';
import { Inventory, INVENTORY_LIMITS, type InventoryLine } from '@app/jobspec/inventory';
import {
  errorMessage,
  exists,
  FileChangedError,
  open,
  readDropped,
  readJobFile,
  readRecord,
  RECORD_IS_FULL,
  rm,
  syncDirectory,
  WatchFolder,
  writeDurably,
  closing,
} from '@app/storage';
import { report } from '../logging/runner-logger.ts';

/** Number of lines appended at once. */
const BATCH = 10_000;

/**
 * Keeps the record of clips on media: imports the inventories that `plan` submits to `pending/`, and records archived jobs. No result
 * depends on the record: its errors are logged, and jobs go on.
 */
@Injectable()
export class InventoryKeeper {
  /** Refused inventories with their reasons; each is logged once. */
  readonly #refused = new Map<string, string>();
  /** True if there is a record; there is none until somebody has used `plan`. */
  #isThere = false;
  /** True if the last line of the record may be cut off. */
  #isTorn = false;

  constructor(private readonly folder: WatchFolder) {}

  /** Compacts the record: drops lines that later ones have replaced. */
  async open(): Promise<void> {
    try {
      this.#isThere = await exists(this.folder.inventory);
      if (!this.#isThere) return;
      const inventory = new Inventory();
      this.#isTorn = !(await readRecord(this.folder.inventory, (line) => inventory.add(line)));
      // Compacting an oversized record would lose the lines beyond the limit.
      if (inventory.isFull) throw new Error(RECORD_IS_FULL);
      await writeDurably(
        this.folder.inventory,
        `${this.folder.inventory}.tmp`,
        textOf(inventory.lines()),
      );
      this.#isTorn = false;
    } catch (error) {
      report('inventory_failed', { reason: errorMessage(error) });
    }
  }

  /**
   * Imports submitted inventories, in order. Each file is removed once its lines are durable; after a crash in between they are recorded
   * twice, which does no harm.
   */
  async takeOver(names: readonly string[]): Promise<void> {
    for (const name of this.#refused.keys()) if (!names.includes(name)) this.#refused.delete(name);
    for (const name of names) {
      if (this.#refused.has(name)) continue;
      try {
        const refused = await this.#takeOver(join(this.folder.pending, name));
        report('inventory_taken', { file: name, refused_lines: refused });
      } catch (error) {
        // Still being written.
        if (error instanceof FileChangedError) continue;
        this.#refused.set(name, errorMessage(error));
        report('file_ignored', { file: name, reason: errorMessage(error) });
      }
    }
  }

  async #takeOver(path: string): Promise<number> {
    const lines: InventoryLine[] = [];
    const refused = await readDropped(path, (line) => lines.push(line));
    await this.#append(lines, true);
    await rm(path);
    await syncDirectory(this.folder.pending);
    return refused;
  }

  /**
   * Records that a job is being archived, so that its clips count as requested even after its result is deleted.
   *
   * @param name that of the job in `running/`.
   */
  async jobArchived(name: string): Promise<void> {
    if (!this.#isThere) return;
    try {
      const { reading, sha256 } = await readJobFile(join(this.folder.running, name));
      const { sources } = parseJobSpec(reading);
      const line = { at: timestamp(new Date()), archived: name, sha256, sources };
      await this.#append([line], false);
    } catch (error) {
      // A refused job requests nothing.
      if (!(error instanceof JobFailure))
        report('inventory_failed', { reason: errorMessage(error) });
    }
  }

  async #append(lines: readonly InventoryLine[], isDurable: boolean) {
    await closing(await open(this.folder.inventory, 'a'), async (file) => {
      const texts: string[] = [];
      for (let from = 0; from < lines.length; from += BATCH)
        texts.push([...textOf(lines.slice(from, from + BATCH))].join(''));
      const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      // Readers refuse a larger record.
      if ((await file.stat()).size + bytes > INVENTORY_LIMITS.recordBytes)
        throw new Error(RECORD_IS_FULL);
      for (const text of texts) {
        const begun = this.#isTorn ? `\n${text}` : text;
        this.#isTorn = true;
        await file.appendFile(begun);
        this.#isTorn = false;
      }
      if (isDurable) await file.datasync();
    });
    if (!this.#isThere) await syncDirectory(this.folder.own);
    this.#isThere = true;
  }
}

function* textOf(lines: Iterable<InventoryLine>): Iterable<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}
