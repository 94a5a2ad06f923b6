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
/** Limits for inventories in `pending/`: files, and their total bytes. */
const MAX_SUBMITTED = { files: 10_000, bytes: 64 * 1024 * 1024 };

/** Fault of a record that is too small for all clips. */
export const RECORD_IS_FULL =
  'The inventory of media is full, so clips may be missing from it. Once all cards in it are done, move .runner/inventory.jsonl away and plan again.';

/** An inventory exceeds a limit; the message says which. */
export class InventoryTooLargeError extends Error {
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
  let room = Math.min(MAX_SUBMITTED.bytes, mostBytes);
  for (const name of dropped) {
    const path = join(folder.pending, name);
    const size = (await lstat(path).catch(() => null))?.size ?? 0;
    // Oversized files are reported as such below.
    if (size <= INVENTORY_LIMITS.fileBytes) room -= size;
    if (room < 0) {
      inventory.faults.push(
        `${folder.pending} holds too many inventories of media. Start a runner.`,
      );
      break;
    }
    await readDropped(path, (line) => early.push(line)).catch((error: unknown) => {
      // The runner has imported it meanwhile.
      if (errorCode(error) !== 'ENOENT')
        inventory.faults.push(`${path} can't be read: ${errorFact(error)}. Move it away.`);
    });
  }
  await readRecord(folder.inventory, add, mostBytes);
  for (const line of early) inventory.add(line);
  if (inventory.isFull) inventory.faults.push(RECORD_IS_FULL);
  return inventory;
}

/** Inventories in `pending/`, in order of their names. @throws the system's error. */
export async function droppedInventories({
  pending,
}: Pick<RecordPlaces, 'pending'>): Promise<string[]> {
  const names = await readdir(pending).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter(isInventoryName).sort().slice(0, MAX_SUBMITTED.files);
}

/**
 * Reads the runner's own record; skips lines that a crash has cut off.
 *
 * @returns true if it ends with a complete line.
 * @throws the system's error, except for a missing record.
 */
export async function readRecord(
  path: string,
  onLine: (line: InventoryLine) => void,
  mostBytes = Infinity,
): Promise<boolean> {
  try {
    // The runner may append at any time.
    return await readLines(path, mostBytes, true, (text) => {
      const line = readInventoryLine(text);
      if (line !== null) onLine(line);
    });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return true;
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
  // A line can't tell of anything later than its file's last change.
  const latest = Math.min(Date.now(), (await lstat(path)).mtimeMs);
  await readLines(path, INVENTORY_LIMITS.fileBytes, false, (text) => {
    if (++lines > INVENTORY_LIMITS.lines)
      throw new InventoryTooLargeError(`it has more than ${INVENTORY_LIMITS.lines} lines`);
    const line = readDroppedLine(text);
    if (line === null) refused += 1;
    else onLine(Date.parse(line.at) > latest ? { ...line, at: timestamp(new Date(latest)) } : line);
  });
  return refused;
}

/**
 * Reads the lines that a file has now.
 *
 * @returns true if the file ends with a complete line.
 * @throws InventoryTooLargeError; FileChangedError unless it may grow; the system's error.
 */
async function readLines(
  path: string,
  mostBytes: number,
  mayGrow: boolean,
  onLine: (line: string) => void,
): Promise<boolean> {
  return closing(await openEntry(path), async (file) => {
    const { size } = await file.stat();
    if (size > mostBytes) throw new InventoryTooLargeError(`it is larger than ${mostBytes} bytes`);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    let isTooLong = false;
    await readUpTo(file, size, Buffer.allocUnsafe(PART_BYTES), (part) => {
      const [first = '', ...others] = decoder.write(Buffer.from(part)).split('\n');
      rest += first;
      for (const text of others) {
        if (!isTooLong && rest !== '') onLine(rest);
        [rest, isTooLong] = [text, false];
      }
      // An oversized line is dropped and counts as invalid.
      if (rest.length <= INVENTORY_LIMITS.lineBytes) return;
      if (!isTooLong) onLine('');
      [rest, isTooLong] = ['', true];
    });
    if (!mayGrow && (await file.stat()).size !== size) throw new FileChangedError();
    if (rest !== '') onLine(rest);
    return rest === '' && !isTooLong;
  });
}
