import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { JOB_STATES, stemOf, type JobState } from '@app/jobspec/folder';
import type { FolderSetting } from '../settings.ts';
import type { Catalogue } from './catalogue.ts';
import type { JobRow } from './job-row.ts';
import type { ListingProblem } from './listing.ts';
import { codeOf } from './read-listed-file.ts';
import { NO_RUNNER, RunnerWatch, type RunnerView } from './runner-view.ts';
import { StateFolder } from './state-folder.ts';

/** At most this long is read in one go, so that listings stay fresh while a large folder is indexed. */
const READ_MS = 700;
/** A scan that takes longer says that the storage does not answer. */
const UNANSWERED_MS = 15_000;
/** So many unread jobs take more than a moment. */
const WORTH_TELLING = 1000;

const LOST_FOLDER = 'The folder is not there. Is the volume mounted?';
const EMPTY_FOLDER =
  'The folder holds no pending/, running/, completed/ or failed/. Is the volume mounted? For a new folder, a runner makes them when it starts.';

export type StateFolders = Readonly<Record<JobState, StateFolder>>;

/** One watch folder: its four state folders and its runner. */
export class FolderIndex {
  readonly name: string;
  readonly path: string;
  readonly states: StateFolders;
  readonly #runnerWatch: RunnerWatch;
  #runner = NO_RUNNER;
  #problem: string | null = null;
  #scanStartedAt: number | null = null;
  /** Whether everything that the first listing showed has been read. */
  #complete = false;

  constructor({ name, path }: FolderSetting, catalogue: Catalogue) {
    this.name = name;
    this.path = path;
    const open = (state: JobState) =>
      new StateFolder(
        { folder: name, state, path: join(/* turbopackIgnore: true */ path, state) },
        catalogue,
      );
    this.states = {
      pending: open('pending'),
      running: open('running'),
      completed: open('completed'),
      failed: open('failed'),
    };
    this.#runnerWatch = new RunnerWatch(path);
  }

  get runner(): RunnerView {
    return this.#runner;
  }

  /** Why the folder cannot be listed, in a sentence; what was known before is still shown. */
  get problem(): string | null {
    const waited = this.#scanStartedAt === null ? 0 : performance.now() - this.#scanStartedAt;
    return waited > UNANSWERED_MS ? 'The storage does not answer.' : this.#problem;
  }

  /** How many jobs wait to be read. */
  get unread(): number {
    return this.#sum((state) => state.unread);
  }

  /** Whether the next look should come at once. */
  get isBusy(): boolean {
    return this.unread > 0 || JOB_STATES.some((state) => this.states[state].isSearching);
  }

  /** Progress of the first indexing, or of reading a great many new jobs; `null` when all is read. */
  get indexing(): { done: number; total: number } | null {
    const { unread } = this;
    if (this.#complete && unread < WORTH_TELLING) return null;
    const total = this.#sum((state) => state.count);
    return { done: total - unread, total };
  }

  /** Everything apart from the rows that a page shows of this folder, for telling whether it changed. */
  get signature(): string {
    const { last_scan_at: _, ...runner } = this.#runner;
    const counts = JOB_STATES.map((state) => this.states[state].count);
    return JSON.stringify([runner, counts, this.problem, this.indexing]);
  }

  /** One look at everything; call it again when it is done. Never throws: a problem becomes a sentence. */
  async scan(): Promise<void> {
    this.#scanStartedAt = performance.now();
    this.#problem = await this.#list();
    const deadline = performance.now() + READ_MS;
    for (const state of ['running', 'pending', 'failed', 'completed'] as const) {
      await this.states[state].read(deadline);
      await this.states[state].sweep();
    }
    this.#runner = await this.#runnerWatch.view();
    this.#tellProgress();
    if (this.unread === 0) this.#complete = true;
    this.#scanStartedAt = null;
  }

  /** In the order of a job's life, so that one which moves on meanwhile is seen twice rather than not at all. */
  async #list(): Promise<string | null> {
    const problems: ListingProblem[] = [];
    for (const state of JOB_STATES) {
      const problem = await this.states[state].list();
      if (problem !== null) problems.push(problem);
    }
    const areAllMissing =
      problems.filter(({ isMissing }) => isMissing).length === JOB_STATES.length;
    if (areAllMissing) return (await exists(this.path)) ? EMPTY_FOLDER : LOST_FOLDER;
    return problems.length === 0 ? null : problems.map(({ problem }) => problem).join(' ');
  }

  /** Who works on a job, since when and at which clip stands in the runner's status only. */
  #tellProgress(): void {
    for (const row of this.states.running.rows) {
      if (row.final_status !== null) continue;
      const progress = progressOf(this.#runner, row.name);
      if (!isTold(row, progress))
        this.states.running.amend(stemOf(row.name), (known) => ({
          ...known,
          ...progress,
        }));
    }
  }

  #sum(of: (state: StateFolder) => number): number {
    return JOB_STATES.reduce((sum, state) => sum + of(this.states[state]), 0);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => codeOf(error) !== 'ENOENT',
  );
}

type Progress = Pick<JobRow, 'worker_id' | 'started_at' | 'completed_clips' | 'clip'>;

/** Clips are made in order: those before the one being made are done, and stay so when their runner falls silent. */
function progressOf({ state, active }: RunnerView, name: string): Progress {
  const job = active.find((candidate) => candidate.name === name);
  return {
    worker_id: job?.worker_id ?? null,
    started_at: job?.started_at ?? null,
    completed_clips: job === undefined ? null : (job.clip ?? 1) - 1,
    clip: state === 'silent' ? null : (job?.clip ?? null),
  };
}

function isTold(row: JobRow, progress: Progress): boolean {
  return Object.entries(progress).every(([key, value]) => row[key as keyof Progress] === value);
}
