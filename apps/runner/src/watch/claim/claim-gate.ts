import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { RunnerSettings } from '../../config/settings.ts';
import { report } from '../../logging/report.ts';
import { Answer } from '../../files/answer.ts';
import { requiredPathProblem } from '../../files/required-path.ts';

/** A filesystem with less than this free counts as full: bytes, or a share of it where it is small. */
const MIN_FREE_BYTES = { forOutputs: 64 * 1024 * 1024, forResults: 1024 * 1024 } as const;
const MIN_FREE_SHARE = 0.05;

/** A share whose server is gone may not answer at all, in seconds. */
const ANSWER_SECONDS = 5;

/**
 * Says whether jobs may be claimed. A missing mount or a full disk must not drain the queue into `failed/`: while
 * there is a reason to pause, jobs stay in `pending/`, and the reason is visible in the log and in the status.
 */
@Injectable()
export class ClaimGate {
  /** Directories on filesystems that were full when a clip needed space. */
  readonly #full = new Set<string>();
  /** What is wrong with each required path. */
  readonly #required: ReadonlyMap<string, Answer<{ problem: string | null }>>;
  #unwritten: string | null = null;
  #reason: string | null = null;

  constructor(private readonly settings: RunnerSettings) {
    this.#required = new Map(
      settings.requirePaths.map((path) => [path, new Answer(() => lookAt(path), ANSWER_SECONDS)]),
    );
  }

  /** Why nothing is claimed, as of the last look. */
  get reason(): string | null {
    return this.#reason;
  }

  /** Pauses until the directory's filesystem has space again. */
  noSpaceIn(directory: string): void {
    this.#full.add(directory);
  }

  /**
   * Whether a job that wants to write there may be claimed. On a filesystem that is full already one job after the other
   * would fail: then claims pause.
   */
  async admits(outputDirectory: string | null): Promise<boolean> {
    if (outputDirectory === null) return true;
    if (!(await isFull(outputDirectory, MIN_FREE_BYTES.forOutputs))) return true;
    this.noSpaceIn(outputDirectory);
    return false;
  }

  /** Pauses while a result can't be written; `null` when it has been. */
  resultUnwritten(reason: string | null): void {
    this.#unwritten = reason;
  }

  /** Looks again at everything that may forbid a claim. */
  async isOpen(): Promise<boolean> {
    const reason = this.#unwritten ?? (await this.#missingPath()) ?? (await this.#fullDirectory());
    if (reason !== this.#reason) this.#announce(reason);
    this.#reason = reason;
    return reason === null;
  }

  #announce(reason: string | null) {
    if (reason === null) report('claims_resumed', {});
    else report('claims_paused', { reason });
  }

  async #missingPath(): Promise<string | null> {
    for (const [path, question] of this.#required) {
      const answer = await question.get();
      if (answer === null) return `required path does not answer: ${path}`;
      if (answer.problem !== null) return `required path ${answer.problem}: ${path}`;
    }
    return null;
  }

  async #fullDirectory(): Promise<string | null> {
    const { folder } = this.settings;
    if (await isFull(folder, MIN_FREE_BYTES.forResults)) return noSpace(folder);
    for (const directory of this.#full) {
      if (await isFull(directory, MIN_FREE_BYTES.forOutputs)) return noSpace(directory);
      this.#full.delete(directory);
    }
    return null;
  }
}

async function lookAt(path: string): Promise<{ problem: string | null }> {
  return { problem: await requiredPathProblem(path) };
}

function noSpace(directory: string): string {
  return `no space left on the filesystem of ${directory}`;
}

/** A filesystem that is gone is another problem than a full one. */
async function isFull(directory: string, minFreeBytes: number): Promise<boolean> {
  try {
    const { bavail, blocks, bsize } = await statfs(directory);
    return bavail * bsize < Math.min(minFreeBytes, blocks * bsize * MIN_FREE_SHARE);
  } catch {
    return false;
  }
}
