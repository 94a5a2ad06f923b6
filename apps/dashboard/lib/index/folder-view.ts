import type { ActiveJob, JobState } from '@app/jobspec/folder';
import type { FolderSetting } from './settings.ts';

/** `ended`: it was to work off what was there, did that, and is not missed. */
export type RunnerState = 'running' | 'paused' | 'silent' | 'ended' | 'never';

/** What `.runner/status.json` and the clock say of the runner of one folder. */
export interface RunnerView {
  state: RunnerState;
  /** Why it is paused, silent or ended, in a sentence. */
  reason: string | null;
  /** Why some jobs wait while others are taken, in a sentence. */
  held: string | null;
  last_scan_at: string | null;
  version: string | null;
  host: string | null;
  max_workers: number | null;
  active: readonly ActiveJob[];
}

/** Whether somebody works on the jobs of its folder. */
export function isAtWork({ state }: Pick<RunnerView, 'state'>): boolean {
  return state === 'running' || state === 'paused';
}

export const NO_RUNNER: RunnerView = {
  state: 'never',
  reason: null,
  held: null,
  last_scan_at: null,
  version: null,
  host: null,
  max_workers: null,
  active: [],
};

export interface Progress {
  done: number;
  total: number;
}

/** Why a folder can't be shown as it is now. */
export interface FolderProblem {
  sentence: string;
  /** Nothing is wrong: no runner has made its directories yet. */
  isNew: boolean;
}

/** In bytes. */
export interface Space {
  free: number;
  total: number;
}

/** What a `plan --follow` says of itself. */
export interface FollowerView {
  /** Why it can't plan everything, in a sentence. */
  problem: string | null;
  /** It gives no sign of life. */
  isSilent: boolean;
}

/** What the record of a watch folder says of media. */
export interface RecordView {
  /** Cards and folders that were looked through: each of their clips is known. */
  media: readonly string[];
  /** The same, but for clips that a person has put aside. */
  mediaWithPutAside: readonly string[];
  /** Why it can't be read, in a sentence. */
  problem: string | null;
}

export const NO_RECORD: RecordView = { media: [], mediaWithPutAside: [], problem: null };

/** One watch folder as the indexer last saw it. */
export interface FolderView {
  name: string;
  /** Absolute path on this machine. */
  path: string;
  runner: RunnerView;
  followers: readonly FollowerView[];
  record: RecordView;
  /** What was known before is still shown. */
  problem: FolderProblem | null;
  /** Jobs by the last listing, read or not. */
  counts: Readonly<Record<JobState, number>>;
  /** Of the volume that it lies on; `null` when that is not known. */
  space: Space | null;
  /** Progress of the first reading, or of a great many new jobs; `null` when all is read. */
  indexing: Progress | null;
}

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
