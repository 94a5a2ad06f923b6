import type { FolderView } from '../jobs/folder-view.ts';
import type { FolderSetting } from '../settings/settings.ts';

/** What the indexer starts with. */
export interface ToIndexer {
  /** Of the index. */
  path: string;
  folders: readonly FolderSetting[];
}

/** What the indexer tells the server. */
export type FromIndexer =
  /** Before it looks at a folder, whose storage may never answer; `null` when it rests. */
  | { looksAt: string | null }
  /** What it saw there, and a number that goes up with every change of the index. */
  | { view: FolderView; revision: number };
