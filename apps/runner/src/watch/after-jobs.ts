import { join } from 'node:path';
import { constants } from 'node:fs';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { ARCHIVES, resultNameOf } from '@app/jobspec/folder';
import { RunnerSettings } from '../config/settings.ts';
import {
  access,
  closing,
  errorCode,
  errorFact,
  errorMessage,
  exists,
  open,
  readdir,
  readFile,
  stat,
  writeDurably,
  runProcess,
  environment,
  WatchFolder,
} from '@app/storage';
import { report, unreadJob } from '../logging/runner-logger.ts';
import { jsonIn, printable } from '@app/jobspec';

/** Limit of the stderr logged for a failure, in characters. */
const MAX_STDERR_LENGTH = 400;

/**
 * Starts the user's program for each archived job, one at a time, beside the workers. Each job gets one journal line before
 * archiving and one after its program has run. A crash never skips a job, but may run its program twice.
 */
@Injectable()
export class AfterJobs {
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #lines = new PQueue({ concurrency: 1 });
  /** Time limit for one job, in seconds. */
  protected readonly limitSeconds: number = 60;
  /** Archived names that are still to be reported, in the order of their journal entries. */
  readonly #names = new Set<string>();
  #loaded: Promise<void> | null = null;
  #running = new AbortController();
  #isResting = false;
  #isStopped = false;

  constructor(
    private readonly folder: WatchFolder,
    private readonly settings: RunnerSettings,
  ) {}

  /** Records that a job is to be reported, before it is archived. @throws the system's error. */
  async recordExpected(archivedAs: string): Promise<void> {
    if (this.settings.afterJob === null) return;
    await this.#load();
    this.#names.add(archivedAs);
    await this.#note({ unreported: archivedAs });
  }

  /** Reports every recorded job that is archived. */
  wake(): void {
    if (this.settings.afterJob === null || this.#queue.size > 0 || this.#isResting) return;
    void this.#queue.add(() => this.#reportAll());
  }

  /** Resolves when no program is running or queued. */
  onIdle(): Promise<void> {
    return this.#queue.onIdle();
  }

  /** Starts no more programs, and resolves when the last has ended. The remaining jobs are reported after the next start. */
  async rest(): Promise<void> {
    this.#isResting = true;
    await this.onIdle();
    await this.#lines.onIdle();
  }

  /** Ends the running program; its job stays recorded. */
  async abort(): Promise<void> {
    this.#isStopped = true;
    this.#running.abort();
    await this.rest();
  }

  async #reportAll() {
    try {
      await this.#load();
      for (const name of this.#names) {
        if (this.#isResting) return;
        const result = await this.#resultOf(name);
        if (result !== null) await this.#reportJob(name, result);
      }
    } catch (error) {
      report('after_job_unread', { reason: errorMessage(error) });
    }
  }

  /** Path of the archived result; `null` if there is none. If `running/` is empty too, the job was removed and is forgotten. */
  async #resultOf(name: string): Promise<string | null> {
    const archived = await this.#archivedResult(name);
    if (archived !== null || (await readdir(this.folder.running)).length > 0) return archived;
    // It may have been archived since the first check.
    const later = await this.#archivedResult(name);
    if (later === null) await this.#forget(name);
    return later;
  }

  async #archivedResult(name: string): Promise<string | null> {
    for (const archive of ARCHIVES) {
      const path = join(this.folder[archive], resultNameOf(name));
      if (await exists(path)) return path;
    }
    return null;
  }

  /** Runs the program for one job. If a stop ends the program, the job stays in the journal. */
  async #reportJob(name: string, result: string) {
    const program = this.settings.afterJob ?? '';
    const running = new AbortController();
    this.#running = running;
    const timer = setTimeout(() => running.abort(), this.limitSeconds * 1000);
    const fault = await this.#run(program, result, running.signal).catch(errorMessage);
    clearTimeout(timer);
    if (this.#isStopped) return;
    const isLate = running.signal.aborted;
    const reason = isLate ? `it took more than ${this.limitSeconds} s and was ended` : fault;
    if (reason !== null) report('after_job_failed', { ...unreadJob(name), program, reason });
    else report('after_job_ended', { ...unreadJob(name), program });
    await this.#forget(name);
  }

  /** @returns the reason of a failure; `null` for success. */
  async #run(program: string, result: string, signal: AbortSignal): Promise<string | null> {
    const { exitCode, endedBy, stderr } = await runProcess([program, result], {
      signal,
      stallSeconds: 0,
      environment: environment(),
    });
    if (exitCode === 0) return null;
    const output = stderr.trim().slice(-MAX_STDERR_LENGTH);
    const end = endedBy === null ? `it exited with code ${exitCode}` : `${endedBy} ended it`;
    return output === '' ? end : `${end}: ${output}`;
  }

  async #forget(name: string) {
    this.#names.delete(name);
    await this.#note({ reported: name });
  }

  /** Loads, once, the jobs that an earlier process left unreported. */
  #load(): Promise<void> {
    this.#loaded ??= this.#read().catch((error: unknown) => {
      this.#loaded = null;
      throw error;
    });
    return this.#loaded;
  }

  async #read() {
    const path = this.folder.afterJob;
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return '';
      throw error;
    });
    for (const { unreported, reported } of text.split('\n').map(lineOf)) {
      if (unreported !== undefined) this.#names.add(unreported);
      if (reported !== undefined) this.#names.delete(reported);
    }
    const left = Array.from(this.#names, (unreported) => `${JSON.stringify({ unreported })}\n`);
    await writeDurably(path, `${path}.tmp`, left);
  }

  /**
   * Appends a line to the journal, after a line break in case the previous line was cut off. With nothing left to report, empties the
   * journal instead.
   */
  async #note(line: Line) {
    await this.#lines.add(async () => {
      await closing(await open(this.folder.afterJob, 'a'), async (journal) => {
        if (this.#names.size === 0) await journal.truncate(0);
        else await journal.appendFile(`\n${JSON.stringify(line)}\n`);
        await journal.datasync();
      });
    });
  }
}

/** Journal line with the job's archived name. */
interface Line {
  unreported?: string;
  reported?: string;
}

/** Parses a journal line; `{}` if it isn't valid JSON. */
function lineOf(text: string): Line {
  return jsonIn(text) ?? {};
}

/** Reason why the program of `--after-job` can't be started, as a sentence; `null` if it can, or none is set. */
export async function afterJobFault(program: string | null): Promise<string | null> {
  if (program === null) return null;
  const fact = await factOf(program);
  const advice = 'Name a program that the runner may start, or leave --after-job out.';
  return fact === null
    ? null
    : `The program of --after-job, ${printable(program)}, ${fact}. ${advice}`;
}

async function factOf(program: string): Promise<string | null> {
  try {
    if (!(await stat(program)).isFile()) return 'is not a file';
    await access(program, constants.X_OK);
    return null;
  } catch (error) {
    return `can't be started: ${errorFact(error)}`;
  }
}
