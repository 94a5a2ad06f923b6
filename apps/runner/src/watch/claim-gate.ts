import { Injectable } from '@nestjs/common';
import { printable } from '@app/jobspec';
import {
  FILE_THREADS,
  isFull,
  MIN_FREE_BYTES,
  requiredPathProblem,
  scratchProblem,
  unansweredPaths,
  withinSeconds,
} from '@app/storage';
import { RunnerSettings } from '../config/settings.ts';
import { report } from '../logging/runner-logger.ts';
import { FullOutputGate } from './full-output-gate.ts';

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
