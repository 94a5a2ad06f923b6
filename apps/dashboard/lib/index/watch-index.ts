import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import type { Sql } from 'sql-template-tag';
import {
  NO_INVENTORY,
  NO_RUNNER,
  type FolderView,
  type FromIndexer,
  type Progress,
  type ToIndexer,
} from './folder-view.ts';
import { readSettings, type FolderSetting, type Settings } from './settings.ts';
import {
  isDamage,
  openIndex,
  removeIndex,
  reserveIndex,
  type Database,
  type Value,
} from './database.ts';

/** Global set by the start script: a bundle doesn't know the path of the indexer's program. */
const START_INDEXER = Symbol.for('watch-folder-runner.start-indexer');
type Started = typeof globalThis & { [START_INDEXER]: (workerData: ToIndexer) => Worker };
const FIRST_PASS_MS = 5000;
const RESTART_PAUSE_MS = 1000;
/** Time after which a folder's storage counts as not responding. */
const UNANSWERED_MS = 15_000;

/** Watch folders as the indexer last saw them, and read access to its index. */
export class WatchIndex {
  readonly settings: Settings;
  readonly #listeners = new Set<() => void>();
  readonly #startedAt = Date.now();
  readonly #views = new Map<string, FolderView>();
  #path = '';
  #db: Database | null = null;
  #indexer: Worker | null = null;
  #reading: { name: string | null; since: number } = { name: null, since: 0 };
  #revision = 0;
  #signature = '';
  #changes = 0;
  #problem: string | null = null;

  constructor(settings: Settings) {
    this.settings = settings;
  }

  get folders(): readonly FolderView[] {
    const silent = this.#silent;
    return this.settings.folders.map((folder) => {
      const view = this.#views.get(folder.name) ?? unread(folder);
      if (silent === null) return view;
      const sentence =
        silent === folder.name
          ? 'Storage isn’t responding.'
          : `Not checked while the storage of ${silent} isn’t responding.`;
      return { ...view, problem: { sentence, isNew: false } };
    });
  }

  /** Folder whose storage isn't responding: the indexer is blocked on it and reads no other. */
  get #silent(): string | null {
    const { name, since } = this.#reading;
    return name !== null && performance.now() - since > UNANSWERED_MS ? name : null;
  }

  /** Sentence: why nothing is read at all; the last known state is shown. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Version of the content of pages; also changes with every start of the server. */
  get version(): string {
    return `${this.#startedAt}-${this.#changes}`;
  }

  /** Progress of the first reading over all folders; `null` once it is done. */
  get indexing(): Progress | null {
    const open = this.folders.flatMap(({ indexing }) => indexing ?? []);
    if (open.length === 0) return null;
    const sum = (key: keyof Progress) => open.reduce((total, part) => total + part[key], 0);
    return { done: sum('done'), total: sum('total') };
  }

  folder(name: string): FolderView | null {
    return this.folders.find((folder) => folder.name === name) ?? null;
  }

  /** Queries the index. A corrupt index is rebuilt. */
  ask<T>({ sql, values }: Sql): T[] {
    try {
      return this.#db?.rows<T>(sql, ...(values as Value[])) ?? [];
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#restart(error);
      return [];
    }
  }

  /** Number of listeners. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** @returns function that unsubscribes */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts the indexer. Resolves once each folder was read, or after five seconds.
   * @throws Error with one sentence if the index can't be created
   */
  async start(): Promise<void> {
    const { dataDirectory, folders } = this.settings;
    try {
      this.#path = reserveIndex(dataDirectory, JSON.stringify(folders));
      this.#begin();
    } catch (error) {
      throw new Error(this.#sentence(error), { cause: error });
    }
    setInterval(() => this.#compare(), 1000).unref();
    const until = performance.now() + FIRST_PASS_MS;
    while (this.#views.size < folders.length && performance.now() < until) await sleep(10);
  }

  /** Stops the indexer. */
  async stop(): Promise<void> {
    await this.#indexer?.terminate();
  }

  #begin(): void {
    this.#db?.close();
    this.#db = null;
    this.#db = openIndex(this.#path);
    const { folders } = this.settings;
    const indexer = (globalThis as Started)[START_INDEXER]({ path: this.#path, folders });
    this.#indexer = indexer;
    indexer.on('message', (message: FromIndexer) => {
      if (indexer === this.#indexer) this.#take(message);
    });
    indexer.on('error', (error) => {
      if (indexer === this.#indexer) this.#restart(error);
    });
  }

  #take(message: FromIndexer): void {
    if ('view' in message) {
      this.#views.set(message.view.name, message.view);
      this.#revision = message.revision;
      this.#problem = null;
      this.#compare();
    } else this.#reading = { name: message.reading, since: performance.now() };
  }

  /** Starts another indexer after a pause, with a new index if it was corrupt. */
  #restart(error: unknown): void {
    const sentence = isDamage(error)
      ? `The index is made anew: ${messageOf(error)}`
      : this.#sentence(error);
    if (sentence !== this.#problem) console.error(sentence);
    this.#problem = sentence;
    this.#reading = { name: null, since: 0 };
    const ended = this.#indexer?.terminate();
    this.#indexer = null;
    if (isDamage(error)) {
      this.#db?.close();
      this.#db = null;
    }
    this.#compare();
    const again = async () => {
      // SQLite may delete files of the same names when the old indexer closes its connection.
      await ended;
      if (this.#indexer !== null) return;
      try {
        if (isDamage(error)) removeIndex(this.#path);
        this.#begin();
      } catch (failure) {
        this.#restart(failure);
      }
    };
    setTimeout(() => void again(), RESTART_PAUSE_MS).unref();
  }

  /** Notifies listeners if the content of pages has changed. */
  #compare(): void {
    // Without the time of the last scan, which would refresh every page with each scan.
    const { folders, problem } = this;
    const signature = JSON.stringify(
      [this.#indexer?.threadId, this.#revision, problem, folders],
      (key: string, value: unknown) => (key === 'last_scan_at' ? undefined : value),
    );
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#changes += 1;
    for (const listener of this.#listeners) listener();
  }

  #sentence(error: unknown): string {
    const message = messageOf(error);
    const reason = message.startsWith('ConnectionFailed') ? 'no file can be opened there' : message;
    return `The index can't be kept in ${this.settings.dataDirectory} (${reason}). Name a directory on a local disk with --data-dir PATH.`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Folder before it was read for the first time. */
function unread({ name, path }: FolderSetting): FolderView {
  const counts = { pending: 0, running: 0, completed: 0, failed: 0 };
  const indexing = { done: 0, total: 0 };
  const inventory = NO_INVENTORY;
  const facts = { runner: NO_RUNNER, followers: [], inventory, problem: null, space: null };
  return { name, path, ...facts, counts, ignored: [], indexing };
}

// Global, because the bundles of pages, routes and instrumentation each have their own copy of this module.
const SHARED = Symbol.for('watch-folder-runner.index');
type Shared = typeof globalThis & { [SHARED]?: WatchIndex };

/** Index of this process. */
export function watchIndex(): WatchIndex {
  const shared: Shared = globalThis;
  shared[SHARED] ??= new WatchIndex(readSettings());
  return shared[SHARED];
}
