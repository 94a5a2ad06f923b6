import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from 'sql-template-tag';
import type { FolderView, Progress, Snapshot } from '../jobs/folder-view.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { isDamage, type Database, type Value } from '../store/database.ts';
import { openForReading } from '../store/open-index.ts';
import { IndexerProcess } from './indexer-process.ts';
import { unreadFolder } from './unread-folder.ts';

const FIRST_LOOK_MS = 5000;

/** All watch folders as the indexer last saw them, and its index for asking. */
export class WatchIndex {
  readonly settings: Settings;
  readonly #listeners = new Set<() => void>();
  readonly #startedAt = Date.now();
  readonly #indexer: IndexerProcess;
  #db: Database | null = null;
  #folders: readonly FolderView[];
  #signature = '';
  #changes = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.#folders = settings.folders.map(unreadFolder);
    this.#indexer = new IndexerProcess(settings, {
      opened: (path) => {
        this.#db?.close();
        this.#db = openForReading(path);
        this.#tellAll();
      },
      news: (snapshot) => this.#take(snapshot),
      failed: () => this.#tellAll(),
    });
  }

  get folders(): readonly FolderView[] {
    return this.#folders;
  }

  /** Why nothing is read at all, in a sentence. */
  get problem(): string | null {
    return this.#indexer.problem;
  }

  /** Another value for every change of what pages show, and for every start of the server. */
  get version(): string {
    return `${this.#startedAt}-${this.#changes}`;
  }

  /** Progress of the first reading over all folders; `null` once it is done. */
  get indexing(): Progress | null {
    const open = this.#folders.flatMap(({ indexing }) => indexing ?? []);
    if (open.length === 0) return null;
    const sum = (key: keyof Progress) => open.reduce((total, part) => total + part[key], 0);
    return { done: sum('done'), total: sum('total') };
  }

  folder(name: string): FolderView | null {
    return this.#folders.find((folder) => folder.name === name) ?? null;
  }

  /** Asks the index. An index that turns out to be damaged is made anew. */
  ask<T>({ sql, values }: Sql): T[] {
    try {
      return this.#db?.rows<T>(sql, ...(values as Value[])) ?? [];
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#indexer.restart();
      return [];
    }
  }

  /** How many listen. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** @returns ends the listening */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Begins to follow the folders.
   * @param fail is told why there can't be an index, however late that turns out
   * @returns when each was looked at once, or after a moment in any case
   */
  async start(fail: (error: unknown) => void): Promise<void> {
    await Promise.race([this.#indexer.start().catch(fail), sleep(FIRST_LOOK_MS)]);
  }

  #take({ folders, revision }: Snapshot): void {
    this.#folders = folders;
    // When somebody looked last is no news: every page would be made again with each of its looks.
    const signature = JSON.stringify([revision, folders], (key: string, value: unknown) =>
      key === 'last_scan_at' || key === 'last_poll_at' ? undefined : value,
    );
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#tellAll();
  }

  #tellAll(): void {
    this.#changes += 1;
    for (const listener of this.#listeners) listener();
  }
}

// The bundles of pages, routes and instrumentation each have their own copy of this module: the index is one a process.
const SHARED = Symbol.for('watch-folder-runner.index');
type Shared = typeof globalThis & { [SHARED]?: WatchIndex };

/** The index of this server. */
export function watchIndex(): WatchIndex {
  const shared: Shared = globalThis;
  shared[SHARED] ??= new WatchIndex(readSettings());
  return shared[SHARED];
}
