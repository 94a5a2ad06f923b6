import type { ActiveJob, JobState } from '@app/jobspec/folder';
import type { FolderSetting } from './settings.ts';

/** `ended`: a `--once` run that finished. */
export type RunnerState = 'running' | 'paused' | 'silent' | 'ended' | 'never';

/** Runner of a folder that never had one. */
export const NO_RUNNER = {
  state: 'never' as RunnerState,
  /** Sentence: why it is paused, silent or ended. */
  reason: null as string | null,
  /** Sentence: why some jobs are held back while others run. */
  held: null as string | null,
  last_scan_at: null as string | null,
  version: null as string | null,
  host: null as string | null,
  max_workers: null as number | null,
  active: [] as readonly ActiveJob[],
};

/** Runner of one folder, according to `.runner/status.json` and the clock. */
export type RunnerView = typeof NO_RUNNER;

/** True if the runner responds, even if it is paused. */
export function isAtWork({ state }: Pick<RunnerView, 'state'>): boolean {
  return state === 'running' || state === 'paused';
}

export interface Progress {
  done: number;
  total: number;
}

/** Problem that keeps a folder's current state from being read. */
export interface FolderProblem {
  sentence: string;
  /** True if no runner has created the subfolders yet, which is no error. */
  isNew: boolean;
}

/** Space on a volume, in bytes. */
export interface Space {
  free: number;
  total: number;
}

/** Status of a `plan --follow` process. */
export interface FollowerView {
  /** Sentence: why it can't plan everything. */
  problem: string | null;
  /** True if it isn't responding. */
  isSilent: boolean;
}

/** Media of a watch folder without an inventory. */
export const NO_INVENTORY = {
  /** Cards and folders of which every clip is listed. */
  media: [] as readonly string[],
  /** Cards and folders of which every clip is listed except those that a person has put aside. */
  mediaWithPutAside: [] as readonly string[],
  /** Sentence: why the inventory can't be read. */
  problem: null as string | null,
  /** Sentence: that it will soon be full. */
  notice: null as string | null,
};
export type InventoryView = typeof NO_INVENTORY;

/** Watch folder as the indexer last saw it. */
export interface FolderView {
  name: string;
  /** Absolute path on this machine. */
  path: string;
  runner: RunnerView;
  followers: readonly FollowerView[];
  inventory: InventoryView;
  /** While set, the last known state is shown. */
  problem: FolderProblem | null;
  /** Number of jobs in the last listing, read or not. */
  counts: Readonly<Record<JobState, number>>;
  /** Names of files and folders in `pending/` that are no JobSpecs, at most 100. */
  ignored: readonly string[];
  /** Space on its volume; `null` if unknown. */
  space: Space | null;
  /** Progress of the first reading, or of 1,000 new jobs or more; `null` otherwise. */
  indexing: Progress | null;
}

/** Worker data of the indexer. */
export interface ToIndexer {
  /** Path of the index. */
  path: string;
  folders: readonly FolderSetting[];
}

/** Message from the indexer to the server. */
export type FromIndexer =
  /** Folder about to be read, as its storage may hang; `null` between passes. */
  | { reading: string | null }
  /** Folder after a pass, and the revision of the index. */
  | { view: FolderView; revision: number };
