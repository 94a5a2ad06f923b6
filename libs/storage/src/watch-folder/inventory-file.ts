import type { Stats } from 'node:fs';
import { timestamp } from '@app/jobspec/folder';
import { StringDecoder } from 'node:string_decoder';
import { join } from 'node:path';
import {
  INVENTORY_LIMITS,
  Inventory,
  isInventoryName,
  readDroppedLine,
  readInventoryLine,
  type DroppedLine,
  type InventoryLine,
} from '@app/jobspec/inventory';
import { lstat, readdir } from '../files/bounded-fs.ts';
import { FileChangedError, openEntry, readUpTo } from '../files/regular-file.ts';
import { errorCode, errorFact } from '../files/system-error.ts';
import { closing } from '../files/closing.ts';

const PART_BYTES = 256 * 1024;
/** Limit for the total bytes of inventories in `pending/`. */
const MAX_SUBMITTED_BYTES = 64 * 1024 * 1024;
/** Share of a limit from which the record is compacted, and it is told that it fills up. */
export const NEARLY_FULL = 3 / 4;

/** Fault of a record that is too small for all clips. */
export const RECORD_IS_FULL =
  'The inventory of media is full, so clips may be missing from it. Once all cards in it are done, move .runner/inventory.jsonl away and plan again.';

/** Notice about a record that will be too small for all clips. */
export const RECORD_FILLS_UP =
  'The inventory of media is nearly full. Before it is, and once all cards in it are done, move .runner/inventory.jsonl away.';

/** An inventory exceeds a limit; the message says which. */
class InventoryTooLargeError extends Error {
  override readonly name = 'InventoryTooLargeError';
}

/** Paths of a watch folder's record and of `pending/`. */
interface RecordPlaces {
  pending: string;
  inventory: string;
}

/**
 * Clips on media according to the runner's record and the inventories in `pending/`.
 *
 * @param mostBytes limit of the record, and of the inventories.
 * @throws InventoryTooLargeError; the system's error if an existing record can't be read.
 */
export async function readInventory(
  folder: RecordPlaces,
  mostBytes: number = INVENTORY_LIMITS.recordBytes,
): Promise<Inventory> {
  const inventory = new Inventory();
  const add = (line: InventoryLine) => inventory.add(line);
  // Listed before the record is read: an inventory imported meanwhile is read twice rather than missed.
  const dropped = await droppedInventories(folder);
  const early: DroppedLine[] = [];
  let room = Math.min(MAX_SUBMITTED_BYTES, mostBytes);
  for (const [index, name] of dropped.entries()) {
    const path = join(folder.pending, name);
    const size = (await lstat(path).catch(() => null))?.size ?? 0;
    // Oversized files are reported as such below.
    if (size <= INVENTORY_LIMITS.fileBytes) room -= size;
    if (room < 0 || index >= INVENTORY_LIMITS.files) {
      inventory.faults.push(
        `${folder.pending} holds too many inventories of media: ${dropped.length - index} of ${dropped.length} aren't read, from ${name} on. Start a runner.`,
      );
      break;
    }
    await readDropped(path, (line) => early.push(line)).catch((error: unknown) => {
      // The runner has imported it meanwhile.
      if (errorCode(error) !== 'ENOENT')
        inventory.faults.push(`${path} can't be read: ${errorFact(error)}. Move it away.`);
    });
  }
  const { bytes } = await readRecord(folder.inventory, add, mostBytes);
  for (const line of early) inventory.add(line);
  inventory.fill = Math.max(bytes / mostBytes, inventory.memoryFill);
  if (inventory.isFull) inventory.faults.push(RECORD_IS_FULL);
  else if (inventory.fill >= NEARLY_FULL) inventory.notices.push(RECORD_FILLS_UP);
  return inventory;
}

/** Names of the inventories in `pending/`, in order. */
async function droppedInventories({ pending }: Pick<RecordPlaces, 'pending'>): Promise<string[]> {
  const names = await readdir(pending).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter(isInventoryName).sort();
}

/**
 * Reads the runner's own record; skips lines that a crash has cut off.
 *
 * @throws the system's error, except for a missing record.
 */
export async function readRecord(
  path: string,
  onLine: (line: InventoryLine) => void,
  mostBytes = Infinity,
): Promise<ReadLines> {
  try {
    return await readLines(path, { mostBytes, ...RECORD }, (text) => {
      const line = readInventoryLine(text);
      if (line !== null) onLine(line);
    });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { bytes: 0, isWhole: true };
    throw error;
  }
}

/**
 * Reads a submitted inventory: checks each line, and opens nothing that it names.
 *
 * @returns number of invalid lines.
 * @throws InventoryTooLargeError; the system's error; an Error with a sentence if it is no regular file.
 */
export async function readDropped(
  path: string,
  onLine: (line: DroppedLine) => void,
): Promise<number> {
  let [lines, refused] = [0, 0];
  const now = Date.now();
  const limits = { ...DROPPED, mostBytes: INVENTORY_LIMITS.fileBytes };
  await readLines(path, limits, (text, { mtimeMs, uid }) => {
    if (++lines > INVENTORY_LIMITS.lines)
      throw new InventoryTooLargeError(`it has more than ${INVENTORY_LIMITS.lines} lines`);
    const line = readDroppedLine(text);
    if (line === null) {
      refused += 1;
      return;
    }
    // A line can't tell of anything later than its file's last change.
    const latest = Math.min(now, mtimeMs);
    if (Date.parse(line.at) > latest) line.at = timestamp(new Date(latest));
    // Whoever drops a file can't choose its owner.
    if ('gone' in line || 'dismissed' in line) {
      delete line.uid;
      if (HAS_OWNERS) line.uid = uid;
    }
    onLine(line);
  });
  return refused;
}

const HAS_OWNERS = process.platform !== 'win32';

interface LineLimits {
  mostBytes: number;
  lineBytes: number;
  mayGrow: boolean;
}

/** What was read of a file. */
interface ReadLines {
  bytes: number;
  /** True if it ends with a complete line. */
  isWhole: boolean;
}

/** The runner may append to its record at any time. */
const RECORD = { lineBytes: INVENTORY_LIMITS.recordLineBytes, mayGrow: true };
const DROPPED = { lineBytes: INVENTORY_LIMITS.lineBytes, mayGrow: false };

/**
 * Reads the lines that a file has now.
 *
 * @throws InventoryTooLargeError; FileChangedError unless it may grow; the system's error.
 */
async function readLines(
  path: string,
  { mostBytes, lineBytes, mayGrow }: LineLimits,
  onLine: (line: string, file: Stats) => void,
): Promise<ReadLines> {
  return closing(await openEntry(path), async (file) => {
    const stats = await file.stat();
    const { size } = stats;
    if (size > mostBytes) throw new InventoryTooLargeError(`it is larger than ${mostBytes} bytes`);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    let isTooLong = false;
    await readUpTo(file, size, Buffer.allocUnsafe(PART_BYTES), (part) => {
      const [first = '', ...others] = decoder.write(Buffer.from(part)).split('\n');
      rest += first;
      for (const text of others) {
        if (!isTooLong && rest !== '') onLine(rest, stats);
        [rest, isTooLong] = [text, false];
      }
      // An oversized line is dropped and counts as invalid.
      if (rest.length <= lineBytes) return;
      if (!isTooLong) onLine('', stats);
      [rest, isTooLong] = ['', true];
    });
    if (!mayGrow && (await file.stat()).size !== size) throw new FileChangedError();
    if (rest !== '') onLine(rest, stats);
    return { bytes: size, isWhole: rest === '' && !isTooLong };
  });
}
