import type { Snapshot } from './folder-view.ts';

/** What the server tells its indexer, once. */
export interface ToIndexer {
  folders: { name: string; path: string }[];
  /** Where the index is kept. */
  dataDirectory: string;
}

/** What the indexer tells the server. */
export type FromIndexer =
  | { kind: 'opened'; path: string }
  | { kind: 'news'; snapshot: Snapshot }
  | { kind: 'failed'; isDamaged: boolean; message: string };
