import { watch, type FSWatcher } from 'node:fs';

/** So many changes at once are for a listing to find. */
const MOST = 2000;

/**
 * Names that the system says something happened to: a folder of a million results need not be listed for each new one.
 * Only a hint. Network shares tell of nothing that others do there, and what is missed here is found by listing.
 */
export class FolderHints {
  readonly #path: string;
  readonly #names = new Set<string>();
  #watcher: FSWatcher | null = null;
  #isRefused = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Begins to listen, unless it does. */
  follow(): void {
    if (this.#watcher !== null || this.#isRefused) return;
    try {
      this.#watcher = watch(this.#path, (_, name) => this.add(name ?? ''));
      this.#watcher.on('error', () => this.#stop());
    } catch {
      // No more watches, or storage that has none.
      this.#isRefused = true;
    }
  }

  add(name: string): void {
    if (this.#names.size < MOST) this.#names.add(name);
  }

  take(): string[] {
    const names = this.#names.size < MOST ? [...this.#names] : [];
    this.#names.clear();
    return names;
  }

  #stop(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}
