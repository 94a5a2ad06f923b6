import { join } from 'node:path';
import { constants } from 'node:fs';
import { Injectable } from '@nestjs/common';
import PQueue from 'p-queue';
import { ARCHIVES, resultNameOf } from '@app/jobspec/folder';
import { RunnerSettings } from '../config/settings.ts';
import {
  access,
  errorCode,
  errorFact,
  errorMessage,
  exists,
  type FileHandle,
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

/** Of what it says on stderr, so much is logged when it fails. */
const MOST_SAID = 400;

/**
 * Starts a program of the user's for each archived job, one after the other, beside the workers. A line in a journal says before a job
 * is archived that the program is to be told, another one that it has been: so a crash loses none, and may start it twice.
 */
@Injectable()
export class AfterJobs {
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #lines = new PQueue({ concurrency: 1 });
  /** A program may take so long for a job. */
  protected readonly limitSeconds: number = 60;
  /** By archived name, in the order in which they were noted. */
  readonly #untold = new Set<string>();
  #journal: Promise<FileHandle> | null = null;
  #running = new AbortController();
  #isResting = false;
  #isStopped = false;

  constructor(
    private readonly folder: WatchFolder,
    private readonly settings: RunnerSettings,
  ) {}

  /** Notes that the program is to be told of a job, which is not archived yet. @throws the system's error. */
  async expect(archivedAs: string): Promise<void> {
    if (this.settings.afterJob === null) return;
    await this.#opened();
    this.#untold.add(archivedAs);
    await this.#note({ untold: archivedAs });
  }

  /** Tells the program of every job that is noted and archived. */
  wake(): void {
    if (this.settings.afterJob === null || this.#queue.size > 0 || this.#isResting) return;
    void this.#queue.add(() => this.#tellAll());
  }

  /** Resolves when the program has been told of all. */
  onIdle(): Promise<void> {
    return this.#queue.onIdle();
  }

  /** Starts it no more, and resolves when it has ended. What is noted is told at the next start. */
  async rest(): Promise<void> {
    this.#isResting = true;
    await this.onIdle();
    await this.#lines.onIdle();
  }

  /** Ends it; the job that it was started for stays noted. */
  async abort(): Promise<void> {
    this.#isStopped = true;
    this.#running.abort();
    await this.rest();
  }

  async #tellAll() {
    try {
      await this.#opened();
      for (const name of this.#untold) {
        if (this.#isResting) return;
        const result = await this.#resultOf(name);
        if (result !== null) await this.#tell(name, result);
      }
    } catch (error) {
      report('after_job_unread', { reason: errorMessage(error) });
    }
  }

  /** `null` for a job that isn't archived yet, and for one that somebody took away, which is forgotten. */
  async #resultOf(name: string): Promise<string | null> {
    const archived = await this.#archivedResult(name);
    if (archived !== null || (await readdir(this.folder.running)).length > 0) return archived;
    // It may have been archived since the first look.
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

  /** What a stop has ended is told again. */
  async #tell(name: string, result: string) {
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

  /** @returns why it failed; `null` for success. */
  async #run(program: string, result: string, signal: AbortSignal): Promise<string | null> {
    const { exitCode, endedBy, stderr } = await runProcess([program, result], {
      signal,
      stallSeconds: 0,
      environment: environment(),
    });
    if (exitCode === 0) return null;
    const said = stderr.trim().slice(-MOST_SAID);
    const end = endedBy === null ? `it exited with code ${exitCode}` : `${endedBy} ended it`;
    return said === '' ? end : `${end}: ${said}`;
  }

  async #forget(name: string) {
    this.#untold.delete(name);
    await this.#note({ told: name });
  }

  /** Reads what an earlier process has left to tell, once. */
  #opened(): Promise<FileHandle> {
    this.#journal ??= this.#open().catch((error: unknown) => {
      this.#journal = null;
      throw error;
    });
    return this.#journal;
  }

  async #open(): Promise<FileHandle> {
    const path = this.folder.afterJob;
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return '';
      throw error;
    });
    for (const { untold, told } of text.split('\n').map(lineOf)) {
      if (untold !== undefined) this.#untold.add(untold);
      if (told !== undefined) this.#untold.delete(told);
    }
    const left = Array.from(this.#untold, (untold) => `${JSON.stringify({ untold })}\n`);
    await writeDurably(path, `${path}.tmp`, left);
    return open(path, 'a');
  }

  /** A line of its own, whatever became of the one before. When nothing is left to tell, the journal begins anew. */
  async #note(line: Line) {
    const journal = await this.#opened();
    await this.#lines.add(async () => {
      if (this.#untold.size === 0) await journal.truncate(0);
      else await journal.appendFile(`\n${JSON.stringify(line)}\n`);
      await journal.datasync();
    });
  }
}

/** Of the journal, by the name that a job has in the archive. */
interface Line {
  untold?: string;
  told?: string;
}

/** Nothing for one that was cut off by a crash. */
function lineOf(text: string): Line {
  return jsonIn(text) ?? {};
}

/** Why a program can't be started after jobs, a sentence; `null` for one that can, and for none. */
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
