import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { ARCHIVES, compareNames, refusalOfName, resultNameOf } from '@app/jobspec/folder';
import PQueue from 'p-queue';
import { RunnerSettings } from '../../config/settings.ts';
import {
  errorMessage,
  exists,
  lstat,
  makeFolders,
  readdir,
  rm,
  writeDurably,
} from '../../files/index.ts';
import { report, unreadJob } from '../../logging/index.ts';
import { runProcess } from '../../process/child-process.ts';
import { environment } from '../../process/environment.ts';
import { WatchFolder } from '../folder/index.ts';

/** Of what it says on stderr, so much is logged when it fails. */
const MOST_SAID = 400;
const TEMPORARY = '.note.tmp';

/**
 * Starts a program of the user's for each archived job, one after the other, beside the workers. A note is written before a job is
 * archived and removed once the program has ended: so a crash loses none, and may start it twice.
 */
@Injectable()
export class AfterJobs {
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #stop = new AbortController();
  /** A program may take so long for a job. */
  protected readonly limitSeconds: number = 60;
  #isResting = false;

  constructor(
    private readonly folder: WatchFolder,
    private readonly settings: RunnerSettings,
  ) {}

  /** Notes that the program is to be told of a job, which is not archived yet. @throws the system's error. */
  async expect(archivedAs: string): Promise<void> {
    if (this.settings.afterJob === null) return;
    await makeFolders(this.folder.afterJob);
    const path = join(this.folder.afterJob, archivedAs);
    await writeDurably(path, join(this.folder.afterJob, TEMPORARY), '');
  }

  /** Tells the program of every job that is noted and archived. */
  wake(): void {
    if (this.settings.afterJob === null || this.#queue.size > 0 || this.#isResting) return;
    void this.#queue.add(() => this.#workOff());
  }

  /** Resolves when the program has been told of all. */
  onIdle(): Promise<void> {
    return this.#queue.onIdle();
  }

  /** Starts it no more, and resolves when it has ended. What is noted is told at the next start. */
  rest(): Promise<void> {
    this.#isResting = true;
    return this.onIdle();
  }

  /** Ends it; the job that it was started for stays noted. */
  async abort(): Promise<void> {
    this.#stop.abort();
    await this.rest();
  }

  async #workOff() {
    try {
      let told = 1;
      while (told > 0) told = await this.#tellAll();
    } catch (error) {
      report('after_job_unread', { reason: errorMessage(error) });
    }
  }

  /** @returns how many jobs the program was told of. */
  async #tellAll(): Promise<number> {
    let told = 0;
    for (const name of await this.#noted()) {
      if (this.#isResting) return 0;
      const result = await this.#resultOf(name);
      if (result === null) continue;
      const isEnded = await this.#tell(name, result);
      if (!isEnded) return 0;
      told += 1;
    }
    return told;
  }

  /** In the order in which they were noted. */
  async #noted(): Promise<string[]> {
    const { afterJob } = this.folder;
    const names = (await exists(afterJob)) ? await readdir(afterJob) : [];
    const noted: { name: string; at: number }[] = [];
    for (const name of names.filter((one) => one !== TEMPORARY)) {
      const stats = await lstat(join(afterJob, name)).catch(() => null);
      if (stats !== null) noted.push({ name, at: stats.mtimeMs });
    }
    noted.sort((a, b) => a.at - b.at || compareNames(a.name, b.name));
    return noted.map(({ name }) => name);
  }

  /** `null` for a job that isn't archived yet; the note of one that somebody took away is removed. */
  async #resultOf(name: string): Promise<string | null> {
    for (const archive of ARCHIVES) {
      const path = join(this.folder[archive], resultNameOf(name));
      if (await exists(path)) return path;
    }
    const isRunning = (await readdir(this.folder.running)).length > 0;
    if (!isRunning) await this.#forget(name);
    return null;
  }

  /** @returns whether it has ended by itself, however; what a stop has ended is told again. */
  async #tell(name: string, result: string): Promise<boolean> {
    const program = this.settings.afterJob ?? '';
    const limit = AbortSignal.timeout(this.limitSeconds * 1000);
    const signal = AbortSignal.any([limit, this.#stop.signal]);
    const fault = await this.#run(program, result, signal).catch(errorMessage);
    if (this.#stop.signal.aborted) return false;
    const reason = limit.aborted ? `it took more than ${this.limitSeconds} s and was ended` : fault;
    if (reason !== null) report('after_job_failed', { ...unreadJob(name), program, reason });
    else report('after_job_ended', { ...unreadJob(name), program });
    await this.#forget(name);
    return true;
  }

  /** @returns why it failed; `null` for success. */
  async #run(program: string, result: string, signal: AbortSignal): Promise<string | null> {
    const { exitCode, endedBy, stderr } = await runProcess([program, result], {
      signal,
      stallSeconds: 0,
      environment: { ...environment(), ...(await this.#counts()) },
    });
    if (exitCode === 0) return null;
    const said = stderr.trim().slice(-MOST_SAID);
    const end = endedBy === null ? `it exited with code ${exitCode}` : `${endedBy} ended it`;
    return said === '' ? end : `${end}: ${said}`;
  }

  /**
   * Jobs go from pending to running and to the notes: counted in this order, none is missed. All three are 0 when this is the last
   * one.
   */
  async #counts(): Promise<Record<string, string>> {
    const pending = await jobsIn(this.folder.pending);
    const running = await jobsIn(this.folder.running);
    const untold = (await this.#noted()).length - 1;
    return {
      JOBS_PENDING: String(pending),
      JOBS_RUNNING: String(running),
      JOBS_UNTOLD: String(Math.max(0, untold)),
    };
  }

  #forget(name: string): Promise<void> {
    return rm(join(this.folder.afterJob, name), { force: true });
  }
}

async function jobsIn(directory: string): Promise<number> {
  const names = await readdir(directory);
  return names.filter((name) => refusalOfName(name) === null).length;
}
