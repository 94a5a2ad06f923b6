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

/** Limit for a filesystem to report its free space, in seconds. After that it counts as not full. */
const FULLNESS_SECONDS = 1;

/**
 * Holds jobs whose output filesystem is full in `pending/`, because they would fail one after another. Other jobs go on. Jobs that
 * leave `pending/` are forgotten.
 */
@Injectable()
export class FullOutputGate {
  /** Output directories checked since the last scan, with true for full ones. */
  readonly #checks = new Map<string, Promise<boolean>>();
  /** Held jobs, by name: the job file's fingerprint when read, and its output directory. */
  readonly #held = new Map<string, { fingerprint: string; directory: string }>();

  constructor(private readonly settings: RunnerSettings) {}

  /** Checks filesystems again, and forgets jobs that are gone. */
  beginScan(names: readonly string[]): void {
    this.#checks.clear();
    const offered = new Set(names);
    for (const name of this.#held.keys()) if (!offered.has(name)) this.#held.delete(name);
  }

  /** Reason why jobs are held, as a sentence; `null` if none is. */
  get reason(): string | null {
    const [held] = this.#held.values();
    return held
      ? `no space left on the filesystem of ${held.directory}; jobs that write elsewhere go on`
      : null;
  }

  /** Number of held jobs. */
  get count(): number {
    return this.#held.size;
  }

  /** True if a held job can be skipped without reading its file: the file is unchanged, and the output filesystem is still full. */
  async stillHolds(name: string, fingerprint: () => Promise<string>): Promise<boolean> {
    const held = this.#held.get(name);
    if (held?.fingerprint === undefined || held.fingerprint !== (await fingerprint())) return false;
    return this.#isFull(held.directory);
  }

  /** Decides whether to hold a job, and records the decision. */
  async holds(name: string, file: JobFile): Promise<boolean> {
    const directory = outputDirectoryIn(file);
    const isHeld = directory !== null && (await this.#isFull(directory));
    if (isHeld) this.#held.set(name, { fingerprint: file.fingerprint, directory });
    else this.#held.delete(name);
    return isHeld;
  }

  #isFull(directory: string): Promise<boolean> {
    const known = this.#checks.get(directory);
    if (known) return known;
    if (directory.length > LONGEST_PATH) return Promise.resolve(false);
    const answer = withinSeconds(FULLNESS_SECONDS, () => this.#check(directory)).catch(() => false);
    this.#checks.set(directory, answer);
    return answer;
  }

  /** False for a directory outside the roots, whose jobs are refused at once. */
  async #check(directory: string): Promise<boolean> {
    const roots = await realPathsOf(this.settings.allowOutputRoots);
    if (roots.length > 0) {
      const { real } = await realPathOf(directory);
      if (!roots.some((root) => contains(root.real, real))) return false;
    }
    return isFull(directory, MIN_FREE_BYTES.forOutputs);
  }
}

/** Output directory of a job; `null` for a job that will be refused: it needn't wait for space. */
function outputDirectoryIn({ reading }: JobFile): string | null {
  try {
    return parseJobSpec(reading).output_directory;
  } catch (error) {
    if (error instanceof JobFailure) return null;
    throw error;
  }
}

/** Limit for a share to answer, in seconds. */
const ANSWER_SECONDS = 5;

/** Number of unanswered calls, besides the first, at which claims pause: half of the threads for file system calls. */
const MAX_UNANSWERED = FILE_THREADS / 2;

/**
 * Decides whether jobs may be claimed. A missing mount or a full disk must not drain the queue into `failed/`: while there
 * is a reason to pause, jobs stay in `pending/`, and log and status show the reason.
 */
@Injectable()
export class ClaimGate {
  /** Reasons why a result or a clip can't be written, by job. */
  readonly #unwritten = new Map<string, string>();
  #paused: string | null = null;
  readonly #reported = { paused: null as string | null, held: null as string | null };

  constructor(
    private readonly settings: RunnerSettings,
    private readonly outputs: FullOutputGate,
  ) {}

  /** Reason why no job may be claimed; `null` while jobs are claimed. */
  get paused(): string | null {
    return firstOf(this.#unwritten) ?? this.#paused;
  }

  /** Reason why some jobs are held while others are claimed; `null` if none is. */
  get held(): string | null {
    return this.outputs.reason;
  }

  /** Pauses claims while a result can't be archived. */
  resultUnwritten(name: string, reason: string): void {
    this.#unwritten.set(name, `the result of ${printable(name)} can't be archived: ${reason}`);
  }

  /** Pauses claims while a clip waits for the watch folder's disk. */
  clipWaits(name: string, reason: string): void {
    this.#unwritten.set(name, `a clip of ${printable(name)} waits: ${reason}`);
  }

  /** Drops a job's reason to pause. */
  written(name: string): void {
    this.#unwritten.delete(name);
  }

  /** Checks everything that may forbid a claim. @returns true if jobs may be claimed. */
  async isOpen(): Promise<boolean> {
    this.#paused =
      (await this.#missingPath()) ??
      (await this.#fullFolder()) ??
      (await this.#scratchFault()) ??
      storageStallReason();
    this.#announce();
    return this.paused === null;
  }

  /** Logs changes of {@link paused} and {@link held}, which are independent. */
  #announce() {
    const [reported, { paused, held }] = [this.#reported, this];
    if (paused !== reported.paused) {
      if (paused === null) report('claims_resumed', {});
      else report('claims_paused', { reason: paused });
    }
    if (held !== reported.held) {
      if (held === null) report('jobs_released', {});
      else report('jobs_held', { reason: held });
    }
    Object.assign(reported, { paused, held });
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

/** First reason, with the number of others. */
function firstOf(reasons: ReadonlyMap<string, string>): string | null {
  const [first] = reasons.values();
  if (first === undefined) return null;
  return reasons.size === 1 ? first : `${first}; and ${reasons.size - 1} more`;
}

/** Reason to pause while storage blocks more than half of the threads: with none left, everything would stop. */
function storageStallReason(): string | null {
  const [first, ...others] = unansweredPaths();
  if (first === undefined || others.length < MAX_UNANSWERED) return null;
  return `storage does not answer: ${printable(first)}, and ${others.length} more paths`;
}
