import { JOB_STATES, jobNameOf, type JobState } from '@app/jobspec/folder';
import { join } from 'node:path';

import {
  NO_RUNNER,
  type FolderProblem,
  type FollowerView,
  type FolderView,
  type RunnerView,
  type Space,
} from '../jobs/folder-view.ts';
import { followersIn } from './followers.ts';
import type { PlaceStore } from '../store/place-store.ts';
import { isThere, type ListingProblem } from './listing.ts';
import { madeSoFar } from './made-so-far.ts';
import { RunnerWatch } from './runner-watch.ts';
import { spaceOf } from './space.ts';
import { Readers } from './readers.ts';
import { StateFolder } from './state-folder.ts';

/** At most this long is read in one go, so that listings stay fresh while a large folder is indexed. */
const READ_MS = 1000;
/** The most pressing first. */
const READING_ORDER = ['running', 'pending', 'failed', 'completed'] as const;
/** A scan that takes longer says that the storage does not answer. */
const UNANSWERED_MS = 15_000;
/** So many unread jobs take more than a moment. */
const WORTH_TELLING = 1000;

const LOST = 'The folder is not there. Is the volume mounted?';
const EMPTIED = 'The folder is there, but what was in it is not. Is the volume mounted?';
const NEW =
  'The folder is empty: a runner makes pending/, running/, completed/ and failed/ when it starts. If there were jobs, is the volume mounted?';

const BEGUN = 'The folder is new: a runner makes running/, completed/ and failed/ when it starts.';
/** What a runner makes in a folder that has pending/. */
const MADE = ['running', 'completed', 'failed'] as const;

/** One watch folder: its four state folders and its runner. */
export class FolderIndexer {
  readonly #name: string;
  readonly #path: string;
  readonly #states: Readonly<Record<JobState, StateFolder>>;
  readonly #stores: Readonly<Record<JobState, PlaceStore>>;
  readonly #runnerWatch: RunnerWatch;
  readonly #readers = new Readers();
  #runner: RunnerView = NO_RUNNER;
  #followers: readonly FollowerView[] = [];
  #problem: FolderProblem | null = null;
  #space: Space | null = null;
  #scanStartedAt: number | null = null;
  #running: readonly string[] = [];
  /** Whether everything that the first listing showed has been read. */
  #complete = false;

  constructor(name: string, path: string, open: (state: JobState, path: string) => PlaceStore) {
    this.#name = name;
    this.#path = path;
    this.#stores = eachState((state) => open(state, join(path, state)));
    this.#states = eachState(
      (state) =>
        new StateFolder(
          { folder: name, state, path: join(path, state) },
          this.#stores[state],
          this.#readers,
        ),
    );
    this.#runnerWatch = new RunnerWatch(path);
  }

  /** Goes up with every change of what is in the index. */
  get revision(): number {
    return JOB_STATES.reduce((sum, state) => sum + this.#stores[state].revision, 0);
  }

  hasLooked = false;

  get isComplete(): boolean {
    return this.#complete;
  }

  /** Whether the next look should come at once. */
  get isBusy(): boolean {
    const isSearching = JOB_STATES.some((state) => this.#states[state].isSearching);
    return this.#unread > 0 || this.#isListing || isSearching;
  }

  get view(): FolderView {
    return {
      name: this.#name,
      path: this.#path,
      runner: this.#runner,
      followers: this.#followers,
      problem: this.#isUnanswered()
        ? { sentence: 'The storage does not answer.', isNew: false }
        : this.#problem,
      counts: eachState((state) => this.#states[state].count),
      space: this.#space,
      indexing: this.#indexing(),
    };
  }

  /** One look at everything; call it again when it is done. Never throws for what storage does: a problem becomes a sentence. */
  async scan(): Promise<void> {
    this.#scanStartedAt = performance.now();
    this.#runner = await this.#runnerWatch.view();
    this.#followers = await followersIn(this.#path);
    this.#space = await spaceOf(this.#path);
    this.#lookForEnded();
    this.#problem = await this.#list();
    await this.#read();
    this.#stores.running.mark((base) => madeSoFar(this.#runner, jobNameOf(base)));
    if (this.#unread === 0 && !this.#isListing) {
      this.#complete = true;
      this.#readers.rest();
    }
    this.#scanStartedAt = null;
    this.hasLooked = true;
  }

  /** Each state gets its share of the time: of a million jobs those that failed are read beside those that did not. */
  async #read(): Promise<void> {
    const deadline = performance.now() + READ_MS;
    for (const [place, state] of READING_ORDER.entries()) {
      const left = deadline - performance.now();
      const share = left / (READING_ORDER.length - place);
      await this.#states[state].read(performance.now() + share);
      await this.#states[state].sweep();
    }
  }

  get #unread(): number {
    return JOB_STATES.reduce((sum, state) => sum + this.#states[state].unread, 0);
  }

  get #isListing(): boolean {
    return JOB_STATES.some((state) => this.#states[state].isListing);
  }

  #indexing(): FolderView['indexing'] {
    if (this.#complete && this.#unread < WORTH_TELLING) return null;
    const total = JOB_STATES.reduce((sum, state) => sum + this.#states[state].count, 0);
    return { done: Math.max(0, total - this.#unread), total };
  }

  #isUnanswered(): boolean {
    return this.#scanStartedAt !== null && performance.now() - this.#scanStartedAt > UNANSWERED_MS;
  }

  /** What the runner worked on at the last look and does no longer lies in completed/ or failed/ now. */
  #lookForEnded(): void {
    const running = this.#runner.active.map(({ name }) => name);
    for (const name of this.#running.filter((known) => !running.includes(known)))
      for (const state of ['completed', 'failed'] as const) this.#states[state].hint(name);
    this.#running = running;
  }

  /** In the order of a job's life, so that one which moves on meanwhile is seen twice rather than not at all. */
  async #list(): Promise<FolderProblem | null> {
    const problems: ListingProblem[] = [];
    const missing: JobState[] = [];
    for (const state of JOB_STATES) {
      const problem = await this.#states[state].list();
      if (problem !== null) problems.push(problem);
      if (problem?.isMissing === true) missing.push(state);
    }
    if (missing.length === JOB_STATES.length) return this.#missing();
    if (problems.length === 0) return null;
    if (problems.length === MADE.length && this.#isBegun(missing))
      return { sentence: BEGUN, isNew: true };
    return { sentence: problems.map(({ problem }) => problem).join(' '), isNew: false };
  }

  /** Whether somebody has made pending/ for a runner that is to come. Jobs may wait there already. */
  #isBegun(missing: readonly JobState[]): boolean {
    return (
      this.#runner.state === 'never' &&
      MADE.every((state) => missing.includes(state) && this.#states[state].count === 0)
    );
  }

  async #missing(): Promise<FolderProblem> {
    if (!(await isThere(this.#path))) return { sentence: LOST, isNew: false };
    const wasFilled =
      JOB_STATES.some((state) => this.#stores[state].count > 0) || this.#runner.state !== 'never';
    return wasFilled ? { sentence: EMPTIED, isNew: false } : { sentence: NEW, isNew: true };
  }
}

function eachState<T>(of: (state: JobState) => T): Record<JobState, T> {
  const entries = JOB_STATES.map((state) => [state, of(state)] as const);
  return Object.fromEntries(entries) as Record<JobState, T>;
}
