import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Database, isDamage } from './database.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

/** Dashboards of the same folders on one machine, each with an index of its own. */
const MOST_AT_ONCE = 16;
/** What a connection keeps of the file in memory, in KiB; the system keeps the rest. The first reading writes a great deal of it. */
const CACHE_KIB = { firstReading: 24_576, later: 8192 };

export interface OpenIndex {
  db: Database;
  path: string;
  /** Whether it had to be made anew: nothing is in there yet. */
  isNew: boolean;
}

/**
 * Opens the index of these folders for writing, and makes it when there is none, or none that serves.
 * @param key tells the index of one set of folders from that of another
 * @throws the system's error when the directory can't be written to
 */
export function openIndex(directory: string, key: string): OpenIndex {
  makeDirectory(directory);
  const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
  for (let number = 1; number <= MOST_AT_ONCE; number += 1) {
    const path = join(/* turbopackIgnore: true */ directory, `${name}-${number}.sqlite`);
    if (!isTaken(`${path}.lock`)) return openFile(path);
  }
  throw new Error(`${MOST_AT_ONCE} dashboards of the same folders are running already.`);
}

/** Node's own `recursive` never ends where the system knows no folder of the name in one that is there, as in `/proc`. */
export function makeDirectory(path: string): void {
  if (isDirectory(path)) return;
  const above = dirname(path);
  if (above !== path) makeDirectory(above);
  try {
    mkdirSync(/* turbopackIgnore: true */ path, { mode: 0o700 });
  } catch (error) {
    // Somebody else may have been quicker.
    if (!isDirectory(path)) throw error;
  }
}

function isDirectory(path: string): boolean {
  const stats = statSync(/* turbopackIgnore: true */ path, { throwIfNoEntry: false });
  return stats?.isDirectory() === true;
}

/** Locks are held until the process ends, however it ends. */
const locks: Database[] = [];

function isTaken(path: string): boolean {
  const lock = new Database(path);
  try {
    lock.exec('PRAGMA busy_timeout=0; PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE');
    locks.push(lock);
    return false;
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return true;
    if (!isDamage(error)) throw error;
    rmSync(path, { force: true });
    return isTaken(path);
  }
}

function openFile(path: string): OpenIndex {
  try {
    const db = connect(path);
    const { version } = db.first<{ version: number }>(
      'SELECT user_version AS version FROM pragma_user_version',
    ) ?? { version: 0 };
    if (version === SCHEMA_VERSION) return { db, path, isNew: false };
    db.close();
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  removeIndex(path);
  const db = connect(path);
  db.exec(SCHEMA);
  return { db, path, isNew: true };
}

export function removeIndex(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

function connect(path: string): Database {
  const db = new Database(path);
  db.exec(
    `PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000; PRAGMA cache_size=-${CACHE_KIB.firstReading}; PRAGMA temp_store=FILE; PRAGMA journal_size_limit=67108864`,
  );
  return db;
}

/** After the first reading little is written at a time. */
export function keepLess(db: Database): void {
  db.exec(`PRAGMA cache_size=-${CACHE_KIB.later}; PRAGMA shrink_memory`);
}

/** A connection for asking only. */
export function openForReading(path: string): Database {
  const db = new Database(path);
  db.exec(`PRAGMA busy_timeout=5000; PRAGMA cache_size=-${CACHE_KIB.later}; PRAGMA query_only=1`);
  return db;
}
