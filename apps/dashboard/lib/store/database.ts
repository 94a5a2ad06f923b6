import Libsql from 'libsql';

export type Value = string | number | null;

/**
 * SQLite behind the few calls that are used here; statements are prepared once. Values are handed over as one array: a lone `null`
 * would be taken for an object of named values.
 */
export class Database {
  readonly #db: Libsql.Database;
  readonly #statements = new Map<string, Libsql.Statement>();

  constructor(path: string) {
    this.#db = new Libsql(path);
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** @returns how many rows it changed */
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

  /** Opens a transaction unless one is open. What is not committed when the process ends was never there. */
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

/** Whether an error says that the file of the index can't be trusted any more. */
export function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}
