import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Database, isDamage } from './database.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

/** Held until the process ends, however it ends. */
let lock: Database | null = null;

/**
 * Takes the place of the index of these folders for this process.
 * @param key tells the index of one set of folders from that of another
 * @returns the path of its file
 * @throws when the directory can't be written to, or another dashboard of these folders uses it
 */
export function reserveIndex(directory: string, key: string): string {
  mkdirSync(/* turbopackIgnore: true */ directory, { recursive: true, mode: 0o700 });
  const name = createHash('sha256').update(key).digest('hex').slice(0, 16);
  const path = join(/* turbopackIgnore: true */ directory, `${name}.sqlite`);
  lock = new Database(`${path}.lock`);
  try {
    lock.exec('PRAGMA busy_timeout=2000; PRAGMA journal_mode=MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')
      throw new Error('another dashboard of the same folders uses it', { cause: error });
    throw error;
  }
  return path;
}

/** Opens an index for asking, and makes it when there is none, or none that serves. */
export function openIndex(path: string): Database {
  const db = usable(path) ?? made(path);
  db.exec('PRAGMA query_only=1');
  return db;
}

/** `null` when nothing serves there. */
function usable(path: string): Database | null {
  const db = connect(path);
  try {
    const found = db.first<{ user_version: number }>('PRAGMA user_version');
    if (found?.user_version === SCHEMA_VERSION) return db;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  db.close();
  return null;
}

function made(path: string): Database {
  removeIndex(path);
  const db = connect(path);
  db.exec(SCHEMA);
  return db;
}

export function removeIndex(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/** Of the file a connection keeps 16 MiB in memory; the system keeps the rest. */
export function connect(path: string): Database {
  const db = new Database(path);
  db.exec(
    'PRAGMA busy_timeout=10000; PRAGMA synchronous=NORMAL; PRAGMA temp_store=FILE; PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864',
  );
  return db;
}
