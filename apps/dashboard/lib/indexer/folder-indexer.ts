import { JOB_STATES, jobNameOf, type JobState } from '@app/jobspec/folder';
import { lstatSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  isAtWork,
  NO_INVENTORY,
  type FolderProblem,
  type FolderView,
  type RunnerView,
  type Space,
} from '../index/folder-view.ts';
import type { FolderSetting } from '../index/settings.ts';
import type { IndexWriter, MadeSoFar } from './index-writer.ts';
import { instant } from '../index/instant.ts';
import { followersIn, RunnerWatch } from './runner-watch.ts';
import { InventoryWatch } from './inventory-watch.ts';
import { StateFolder, type ListingProblem } from './state-folder.ts';

/** Limit on reading between two listings, to keep the listings fresh while a large folder is indexed. */
const READ_MS = 500;
/** Most urgent first. */
const READING_ORDER = ['running', 'pending', 'failed', 'completed'] as const;
/** Number of unread jobs from which progress is shown again after the first reading. */
const MANY_UNREAD = 1000;
/** Free space is rounded to steps of 1/500 of the volume, to avoid needless refreshes. */
const SPACE_STEPS = 500;

const NOT_FOUND = 'Folder not found. Is the volume mounted?';
const EMPTIED = 'The folder is there, but what was in it is not. Is the volume mounted?';
const NEW =
  'Empty folder: the runner creates its subfolders when it starts. If it had jobs, check that the volume is mounted.';
const BEGUN = 'New folder: the runner creates its subfolders when it starts.';

/** Indexer of one watch folder: its four state folders, its runner and its inventory. */
export class FolderIndexer {
  readonly name: string;
  readonly #path: string;
  readonly #states: Readonly<Record<JobState, StateFolder>>;
  readonly #writer: IndexWriter;
  #runnerWatch: RunnerWatch;
  #inventoryWatch: InventoryWatch;
  /** Device and inode of the watch folder; `null` before it was seen. */
  #identity: string | null = null;
  #inventory = NO_INVENTORY;
  /** True once everything in the first listing has been read. */
  #isComplete = false;

  constructor({ name, path }: FolderSetting, writer: IndexWriter) {
    this.name = name;
    this.#path = path;
    this.#writer = writer;
    this.#states = eachState(
      (state) => new StateFolder({ folder: name, state, path: join(path, state) }, writer),
    );
    this.#runnerWatch = new RunnerWatch(path);
    this.#inventoryWatch = new InventoryWatch({ name, path }, writer);
  }

  /** True if the next pass should come at once. */
  get isBusy(): boolean {
    return JOB_STATES.some((state) => this.#states[state].isBusy);
  }

  /** Reads everything once. Storage errors become sentences in the view. */
  async pass(): Promise<FolderView> {
    this.#beginAnew();
    const runner = await this.#runnerWatch.view();
    const followers = await followersIn(this.#path);
    const problem = this.#list(runner);
    const deadline = performance.now() + READ_MS;
    for (const state of READING_ORDER) {
      await this.#states[state].read(deadline);
      if (this.#isComplete) await this.#states[state].search();
    }
    this.#states.running.mark((base) => madeSoFar(runner, jobNameOf(base)));
    const isAllRead = sumOf((state) => this.#states[state].unread) === 0;
    if (problem === null && isAllRead) this.#inventory = await this.#inventoryWatch.view();
    const counts = eachState((state) => this.#states[state].count);
    const indexing = this.#indexing(sumOf((state) => counts[state]));
    const space = spaceOf(this.#path);
    const inventory = this.#inventory;
    const { ignored } = this.#states.pending;
    const facts = { runner, followers, inventory, problem, counts, ignored, space, indexing };
    return { name: this.name, path: this.#path, ...facts };
  }

  /** Forgets what only the old folder has if another watch folder has its place. An empty one may be where a lost volume was. */
  #beginAnew() {
    const identity = identityOf(join(this.#path, JOB_STATES[0])) && identityOf(this.#path);
    if (identity === null || identity === this.#identity) return;
    if (this.#identity !== null) {
      console.warn(`${this.#path} is another folder than before, or was mounted anew.`);
      const setting = { name: this.name, path: this.#path };
      this.#runnerWatch = new RunnerWatch(this.#path);
      this.#inventoryWatch = new InventoryWatch(setting, this.#writer);
      this.#inventory = NO_INVENTORY;
    }
    this.#identity = identity;
  }

  #indexing(total: number): FolderView['indexing'] {
    const unread = sumOf((state) => this.#states[state].unread);
    this.#isComplete ||= unread === 0;
    if (this.#isComplete && unread < MANY_UNREAD) return null;
    return { done: Math.max(0, total - unread), total };
  }

  /** Lists the state folders in the order in which jobs move, so that a job moved meanwhile is seen twice rather than never. */
  #list(runner: RunnerView): FolderProblem | null {
    const problems: ListingProblem[] = [];
    const missing: JobState[] = [];
    for (const state of JOB_STATES) {
      const problem = this.#states[state].list();
      if (problem !== null) problems.push(problem);
      if (problem?.isMissing === true) missing.push(state);
    }
    if (problems.length === 0) return null;
    const isKnown =
      runner.state !== 'never' || missing.some((state) => this.#states[state].count > 0);
    if (missing.length === JOB_STATES.length) {
      if (!isThere(this.#path)) return { sentence: NOT_FOUND, isNew: false };
      return isKnown ? { sentence: EMPTIED, isNew: false } : { sentence: NEW, isNew: true };
    }
    // A planner may create pending/ and submit jobs before the first start of a runner.
    const isBegun = missing.length === JOB_STATES.length - 1 && !missing.includes('pending');
    if (isBegun && !isKnown) return { sentence: BEGUN, isNew: true };
    return { sentence: problems.map(({ problem }) => problem).join(' '), isNew: false };
  }
}

/** Progress of a job in running/ as its runner reports it. The last finished clip ended when the current one started. */
function madeSoFar(runner: RunnerView, name: string): MadeSoFar {
  const active = runner.active.find((job) => job.name === name);
  return {
    made: Math.max(0, (active?.clip ?? 1) - 1),
    isBegun: active !== undefined && active.clip !== null && isAtWork(runner),
    at: instant(active?.clip_started_at ?? null) ?? Date.now(),
  };
}

/** Space on the volume of a folder; `null` if unknown. */
function spaceOf(path: string): Space | null {
  try {
    const { blocks, bsize, bavail } = statfsSync(path);
    const total = blocks * bsize;
    const step = total / SPACE_STEPS;
    return total > 0 ? { total, free: Math.floor((bavail * bsize) / step) * step } : null;
  } catch {
    return null;
  }
}

/** Device and inode of a folder; `null` if it isn't there, or that can't be determined. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/** True if the path exists, or if that can't be determined. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

function sumOf(count: (state: JobState) => number): number {
  return JOB_STATES.reduce((sum, state) => sum + count(state), 0);
}

function eachState<T>(of: (state: JobState) => T): Record<JobState, T> {
  const entries = JOB_STATES.map((state) => [state, of(state)] as const);
  return Object.fromEntries(entries) as Record<JobState, T>;
}
