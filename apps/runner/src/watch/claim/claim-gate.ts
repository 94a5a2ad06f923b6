import { Injectable } from '@nestjs/common';
import { RunnerSettings } from '../../config/settings.ts';
import { report } from '../../logging/index.ts';
import {
  Answer,
  isFull,
  MIN_FREE_BYTES,
  requiredPathProblem,
  scratchProblem,
  unansweredPaths,
} from '../../files/index.ts';
import { FILE_THREADS } from '../../process/environment.ts';
import { printable } from '../../text/index.ts';
import { FullOutputs } from './full-outputs.ts';

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
  /** What is wrong with each required path. */
  readonly #required: ReadonlyMap<string, Answer<{ problem: string | null }>>;
  /** What is wrong with the scratch directory. */
  readonly #scratch: Answer<{ problem: string | null }>;
  /** Why a result waits to be written, or a clip waits, by job. */
  readonly #unwritten = new Map<string, string>();
  /** Why a job stays in `running/` though others can be archived, by job. */
  readonly #unarchived = new Map<string, string>();
  #paused: string | null = null;
  readonly #said = { paused: null as string | null, held: null as string | null };

  constructor(
    private readonly settings: RunnerSettings,
    private readonly outputs: FullOutputs,
  ) {
    this.#required = new Map(
      settings.requirePaths.map((path) => [path, new Answer(() => lookAt(path), ANSWER_SECONDS)]),
    );
    this.#scratch = new Answer(() => lookAtScratch(settings), ANSWER_SECONDS);
  }

  /** Why no job at all may be claimed, as of the last look, and what waits now; `null` while jobs are taken. */
  get paused(): string | null {
    return firstOf(this.#unwritten) ?? this.#paused;
  }

  /** Why some jobs wait while others are taken; `null` when none does. */
  get held(): string | null {
    return this.outputs.reason ?? firstOf(this.#unarchived);
  }

  /** Pauses while no result can be archived. */
  resultUnwritten(name: string, reason: string): void {
    this.#unwritten.set(name, unarchived(name, reason));
  }

  /** Pauses while a clip of a job waits for the disk of the watch folder. */
  clipWaits(name: string, reason: string): void {
    this.#unwritten.set(name, `a clip of ${printable(name)} waits: ${reason}`);
  }

  /** Tells that this one job can't be archived; the others go on. */
  jobUnarchived(name: string, reason: string): void {
    this.#unwritten.delete(name);
    this.#unarchived.set(name, unarchived(name, reason));
  }

  /** Nothing of a job waits to be written any more. */
  written(name: string): void {
    this.#unwritten.delete(name);
    this.#unarchived.delete(name);
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
    for (const [path, question] of this.#required) {
      const answer = await question.get();
      if (answer === null) return `required path does not answer: ${path}`;
      if (answer.problem !== null) return `required path ${answer.problem}: ${path}`;
    }
    return null;
  }

  async #fullFolder(): Promise<string | null> {
    const { folder } = this.settings;
    const full = await isFull(folder, MIN_FREE_BYTES.forResults);
    return full ? `no space left on the filesystem of ${folder}` : null;
  }

  async #scratchFault(): Promise<string | null> {
    const answer = await this.#scratch.get();
    const problem = answer === null ? 'does not answer' : answer.problem;
    return problem && `the scratch directory ${this.settings.scratchDirectory} ${problem}`;
  }
}

function unarchived(name: string, reason: string): string {
  return `the result of ${printable(name)} can't be archived: ${reason}`;
}

/** That of the first job, and how many more there are. */
function firstOf(reasons: ReadonlyMap<string, string>): string | null {
  const [first] = reasons.values();
  if (first === undefined) return null;
  return reasons.size === 1 ? first : `${first}; and ${reasons.size - 1} more`;
}

async function lookAtScratch({ scratchDirectory: path }: RunnerSettings) {
  return { problem: path ? await scratchProblem(path) : null };
}

async function lookAt(path: string): Promise<{ problem: string | null }> {
  return { problem: await requiredPathProblem(path) };
}

/** Every call that is not answered holds a thread; with none left nothing at all would go on. */
function silence(): string | null {
  const [first, ...others] = unansweredPaths();
  if (first === undefined || others.length < MOST_UNANSWERED) return null;
  return `storage does not answer: ${printable(first)}, and ${others.length} more paths`;
}
