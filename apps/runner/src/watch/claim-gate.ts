import { Injectable } from '@nestjs/common';
import { JobFailure, parseJobSpec, printable } from '@app/jobspec';
import { RunnerSettings } from '../config/settings.ts';
import { report } from '../logging/runner-logger.ts';
import {
  contains,
  isFull,
  LONGEST_PATH,
  MIN_FREE_BYTES,
  realPathOf,
  realPathsOf,
  requiredPathProblem,
  scratchProblem,
  unansweredPaths,
  FILE_THREADS,
  type JobFile,
  withinSeconds,
} from '@app/storage';

/** A share that doesn't say within this time how full it is, in seconds, is not taken for full. */
const FULLNESS_SECONDS = 1;

/**
 * Holds back the jobs whose output filesystem is full: one after the other would fail. Others go on. A job is held while it
 * is in `pending/` and would be made if there were space; nothing is remembered of a job that has gone.
 */
@Injectable()
export class FullOutputs {
  /** Output directories that were looked at since the last scan, and whether they are full. */
  readonly #looked = new Map<string, Promise<boolean>>();
  /** What is held: the file as it was read, and where it wants to write. */
  readonly #held = new Map<string, { fingerprint: string; directory: string }>();

  constructor(private readonly settings: RunnerSettings) {}

  /** Looks at filesystems anew, and forgets jobs that are not on offer any more. */
  beginScan(names: readonly string[]): void {
    this.#looked.clear();
    const offered = new Set(names);
    for (const name of this.#held.keys()) if (!offered.has(name)) this.#held.delete(name);
  }

  /** Why jobs are held, in a sentence; `null` when none is. */
  get reason(): string | null {
    const [held] = this.#held.values();
    return held
      ? `no space left on the filesystem of ${held.directory}; jobs that write elsewhere go on`
      : null;
  }

  /** How many jobs are held. */
  get count(): number {
    return this.#held.size;
  }

  /** Whether a job that was held before can be passed over unread: it is the same, and its filesystem is still full. */
  async stillHolds(name: string, fingerprint: () => Promise<string>): Promise<boolean> {
    const held = this.#held.get(name);
    if (held?.fingerprint === undefined || held.fingerprint !== (await fingerprint())) return false;
    return this.#isFull(held.directory);
  }

  /** Whether a job is held back now. */
  async holds(name: string, file: JobFile): Promise<boolean> {
    const directory = outputDirectoryIn(file);
    const holds = directory !== null && (await this.#isFull(directory));
    if (holds) this.#held.set(name, { fingerprint: file.fingerprint, directory });
    else this.#held.delete(name);
    return holds;
  }

  #isFull(directory: string): Promise<boolean> {
    const known = this.#looked.get(directory);
    if (known) return known;
    if (directory.length > LONGEST_PATH) return Promise.resolve(false);
    const answer = withinSeconds(FULLNESS_SECONDS, () => this.#look(directory)).catch(() => false);
    this.#looked.set(directory, answer);
    return answer;
  }

  /** A directory outside the roots is not even looked at: its job is refused at once. */
  async #look(directory: string): Promise<boolean> {
    const roots = await realPathsOf(this.settings.allowOutputRoots);
    if (roots.length > 0) {
      const { real } = await realPathOf(directory);
      if (!roots.some((root) => contains(root.real, real))) return false;
    }
    return isFull(directory, MIN_FREE_BYTES.forOutputs);
  }
}

/** Where a job wants to write; `null` for one that is refused, and need not wait for that. */
function outputDirectoryIn({ reading }: JobFile): string | null {
  try {
    return parseJobSpec(reading).output_directory;
  } catch (error) {
    if (error instanceof JobFailure) return null;
    throw error;
  }
}

/** A share whose server is gone may not answer at all, in seconds. */
const ANSWER_SECONDS = 5;

/** Half of the threads that there are for the file system. */
const MOST_UNANSWERED = FILE_THREADS / 2;

/**
 * Says whether jobs may be claimed. A missing mount or a full disk must not drain the queue into `failed/`: while
 * there is a reason to pause, jobs stay in `pending/`, and the reason is visible in the log and in the status.
 */
@Injectable()
export class ClaimGate {
  /** Why a result waits to be written, or a clip waits, by job. */
  readonly #unwritten = new Map<string, string>();
  #paused: string | null = null;
  readonly #said = { paused: null as string | null, held: null as string | null };

  constructor(
    private readonly settings: RunnerSettings,
    private readonly outputs: FullOutputs,
  ) {}

  /** Why no job at all may be claimed, as of the last look, and what waits now; `null` while jobs are taken. */
  get paused(): string | null {
    return firstOf(this.#unwritten) ?? this.#paused;
  }

  /** Why some jobs wait while others are taken; `null` when none does. */
  get held(): string | null {
    return this.outputs.reason;
  }

  /** Pauses while no result can be archived. */
  resultUnwritten(name: string, reason: string): void {
    this.#unwritten.set(name, `the result of ${printable(name)} can't be archived: ${reason}`);
  }

  /** Pauses while a clip of a job waits for the disk of the watch folder. */
  clipWaits(name: string, reason: string): void {
    this.#unwritten.set(name, `a clip of ${printable(name)} waits: ${reason}`);
  }

  /** Nothing of a job waits to be written any more. */
  written(name: string): void {
    this.#unwritten.delete(name);
  }

  /** Looks again at everything that may forbid a claim. */
  async isOpen(): Promise<boolean> {
    this.#paused =
      (await this.#missingPath()) ??
      (await this.#fullFolder()) ??
      (await this.#scratchFault()) ??
      silence();
    this.#announce();
    return this.paused === null;
  }

  /** Some jobs may be held back while others are taken: these are two things, and each is said when it changes. */
  #announce() {
    const [said, { paused, held }] = [this.#said, this];
    if (paused !== said.paused) {
      if (paused === null) report('claims_resumed', {});
      else report('claims_paused', { reason: paused });
    }
    if (held !== said.held) {
      if (held === null) report('jobs_released', {});
      else report('jobs_held', { reason: held });
    }
    Object.assign(said, { paused, held });
  }

  async #missingPath(): Promise<string | null> {
    for (const path of this.settings.requirePaths) {
      const problem = await withinSeconds(ANSWER_SECONDS, () => requiredPathProblem(path));
      if (problem !== null) return `required path ${problem}: ${path}`;
    }
    return null;
  }

  async #fullFolder(): Promise<string | null> {
    const { folder } = this.settings;
    const full = await isFull(folder, MIN_FREE_BYTES.forResults);
    return full ? `no space left on the filesystem of ${folder}` : null;
  }

  async #scratchFault(): Promise<string | null> {
    const { scratchDirectory: path } = this.settings;
    const problem = path && (await withinSeconds(ANSWER_SECONDS, () => scratchProblem(path)));
    return problem && `the scratch directory ${path} ${problem}`;
  }
}

/** That of the first job, and how many more there are. */
function firstOf(reasons: ReadonlyMap<string, string>): string | null {
  const [first] = reasons.values();
  if (first === undefined) return null;
  return reasons.size === 1 ? first : `${first}; and ${reasons.size - 1} more`;
}

/** Every call that is not answered holds a thread; with none left nothing at all would go on. */
function silence(): string | null {
  const [first, ...others] = unansweredPaths();
  if (first === undefined || others.length < MOST_UNANSWERED) return null;
  return `storage does not answer: ${printable(first)}, and ${others.length} more paths`;
}
