import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

export type Value = string | number | null;

/** SQLite connection with cached statements. Values are passed as one array: libsql takes a lone `null` for named values. */
export class Database {
  readonly #db: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();

  constructor(path: string) {
    this.#db = new Libsql(path);
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** @returns number of changed rows */
  run(sql: string, ...values: Value[]): number {
    return this.#prepared(sql).run(values).changes;
  }

  rows<T>(sql: string, ...values: Value[]): T[] {
    return this.#prepared(sql).all(values) as T[];
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows what it asks for
  first<T>(sql: string, ...values: Value[]): T | null {
    return this.rows<T>(sql, ...values)[0] ?? null;
  }

  /** Opens a transaction unless one is open. */
  begin(): void {
    if (!this.#db.inTransaction) this.exec('BEGIN IMMEDIATE');
  }

  commit(): void {
    if (this.#db.inTransaction) this.exec('COMMIT');
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  #prepared(sql: string): Libsql.Statement {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** True if an error means that the index file is corrupt. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

/** Lock held until the process exits, even by a crash. */
let lock: Database | null = null;

/**
 * Locks the index of a set of folders for this process.
 * @param key identifies the set of folders
 * @returns path of the index file
 * @throws if the directory isn't writable or another dashboard of the same folders uses it
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

/** Opens an index read-only, first creating it if it is missing, corrupt or of another version. */
export function openIndex(path: string): Database {
  const db = usable(path) ?? made(path);
  db.exec('PRAGMA query_only=1');
  return db;
}

/** @returns `null` for a missing or corrupt index, or one of another version */
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

/** Opens a connection with a page cache of 16 MiB. */
export function connect(path: string): Database {
  const db = new Database(path);
  db.exec(
    'PRAGMA busy_timeout=10000; PRAGMA synchronous=NORMAL; PRAGMA temp_store=FILE; PRAGMA cache_size=-16384; PRAGMA journal_size_limit=67108864',
  );
  return db;
}
