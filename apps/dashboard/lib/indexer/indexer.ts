import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../jobs/folder-view.ts';
import type { FolderSetting } from '../settings/settings.ts';
import type { Database } from '../store/database.ts';
import { IndexWriter } from '../store/index-writer.ts';
import { keepLess } from '../store/open-index.ts';
import { PlaceStore } from '../store/place-store.ts';
import { LATE_INDEXES } from '../store/schema.ts';
import { FolderIndexer } from './folder-indexer.ts';

/** Between two looks; less while there is more to be read, but something: a file that never rests must not cost a core. */
const SCAN_PAUSE_MS = { rest: 700, busy: 20 };
const TELL_EVERY_MS = 150;

/** Follows all watch folders, each at its own pace: storage that hangs holds up nobody else. */
export class Indexer {
  readonly #db: Database;
  readonly #folders: readonly FolderIndexer[];
  readonly #tell: (snapshot: Snapshot) => void;
  #reported = '';
  #hasLateIndexes = false;

  constructor(db: Database, folders: readonly FolderSetting[], tell: (snapshot: Snapshot) => void) {
    this.#db = db;
    this.#tell = tell;
    const writer = new IndexWriter(db);
    this.#folders = folders.map(
      ({ name, path }) =>
        new FolderIndexer(
          name,
          path,
          (state, place) => new PlaceStore(db, writer, { folder: name, state, path: place }),
        ),
    );
  }

  /** Never returns. @throws when the index can't be written */
  async run(): Promise<never> {
    this.#tellNews();
    const following = this.#folders.map(async (folder) => this.#follow(folder));
    return Promise.race([...following, this.#keepTelling()]);
  }

  async #follow(folder: FolderIndexer): Promise<never> {
    for (;;) {
      await folder.scan();
      this.#index();
      this.#tellNews();
      await sleep(folder.isBusy ? SCAN_PAUSE_MS.busy : SCAN_PAUSE_MS.rest);
    }
  }

  /** A storage that hangs is told of while it does. */
  async #keepTelling(): Promise<never> {
    for (;;) {
      await sleep(TELL_EVERY_MS);
      this.#tellNews();
    }
  }

  #index(): void {
    if (this.#hasLateIndexes || !this.#folders.every(({ isComplete }) => isComplete)) return;
    this.#db.exec(LATE_INDEXES);
    keepLess(this.#db);
    this.#hasLateIndexes = true;
  }

  #tellNews(): void {
    const revision = this.#folders.reduce((sum, folder) => sum + folder.revision, 0);
    const hasLooked = this.#folders.every((folder) => folder.hasLooked);
    const snapshot = { folders: this.#folders.map(({ view }) => view), revision, hasLooked };
    const text = JSON.stringify(snapshot);
    if (text === this.#reported) return;
    this.#reported = text;
    this.#tell(snapshot);
  }
}
