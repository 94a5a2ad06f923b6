import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings, type Settings } from '../settings.ts';
import { Catalogue } from './catalogue.ts';
import { FolderIndex } from './folder-index.ts';

/** Between two looks; less while there is more to be read, but something: a file that never rests must not cost a core. */
const SCAN_PAUSE_MS = { rest: 1000, busy: 50 };
const FIRST_LOOK_MS = 2000;

/** All watch folders, held in memory and kept up to date from when the server starts. */
export class WatchIndex {
  readonly settings: Settings;
  readonly catalogue = new Catalogue();
  readonly folders: readonly FolderIndex[];
  readonly #listeners = new Set<() => void>();
  readonly #startedAt = Date.now();
  #changes = 0;

  constructor(settings: Settings) {
    this.settings = settings;
    this.folders = settings.folders.map((folder) => new FolderIndex(folder, this.catalogue));
  }

  /** Another value for every change of what pages show, and for every start of the server. */
  get version(): string {
    return `${this.#startedAt}-${this.#changes}`;
  }

  /** Progress of the first indexing over all folders; `null` once it is done. */
  get indexing(): { done: number; total: number } | null {
    const open = this.folders.flatMap((folder) => folder.indexing ?? []);
    if (open.length === 0) return null;
    const sum = (key: 'done' | 'total') => open.reduce((total, part) => total + part[key], 0);
    return { done: sum('done'), total: sum('total') };
  }

  folder(name: string): FolderIndex | null {
    return this.folders.find((folder) => folder.name === name) ?? null;
  }

  /** @returns ends the listening */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Begins to follow the folders, each at its own pace: storage that hangs holds up nobody else.
   * @returns when each was looked at once, or after a moment in any case
   */
  async start(): Promise<void> {
    const firstLooks = this.folders.map(async (folder) => {
      await folder.scan();
      void this.#follow(folder);
    });
    await Promise.race([Promise.all(firstLooks), sleep(FIRST_LOOK_MS)]);
  }

  async #follow(folder: FolderIndex): Promise<never> {
    for (let before = folder.signature; ;) {
      const { version } = this.catalogue;
      await folder.scan();
      const after = folder.signature;
      if (after !== before || version !== this.catalogue.version) this.#announce();
      before = after;
      await sleep(folder.isBusy ? SCAN_PAUSE_MS.busy : SCAN_PAUSE_MS.rest);
    }
  }

  #announce(): void {
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
