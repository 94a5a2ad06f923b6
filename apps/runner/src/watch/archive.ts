import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { isSameJob, type JobResult, type ResultHead, timestamp } from '@app/jobspec';
import {
  archiveName,
  archiveOf,
  ARCHIVES,
  resultNameOf,
  temporaryResultName,
} from '@app/jobspec/folder';
import { NotAResult } from '@app/jobspec/result';
import { report, unreadJob } from '../logging/runner-logger.ts';
import {
  isOneFile,
  isUnanswered,
  moveDurably,
  writeDurably,
  readHead,
  resultWith,
  readJobBytes,
  WatchFolder,
} from '@app/storage';
import { resultText } from '../job/result-text.ts';
import { AfterJobs } from './after-jobs.ts';
import { FolderLease } from './folder-lease.ts';

/**
 * Archives jobs. A job is decided once its result is in `running/NAME.result.json`, renamed from a temporary file; the moves that
 * follow can be repeated after a crash at any point. Calls must not overlap, because choosing a free name and taking it are two steps.
 */
@Injectable()
export class Archive {
  constructor(
    private readonly folder: WatchFolder,
    private readonly lease: FolderLease,
    private readonly after: AfterJobs,
  ) {}

  /**
   * Archives a job. If an earlier attempt or an earlier runner has already written the deciding result, continues from there.
   *
   * @param result the full result; only its head if the result file is already in `running/`.
   * @returns false if there is neither a job nor a result to archive.
   * @throws the system's error; the job is then still in `running/` and the call can be repeated.
   */
  async finish(name: string, result: JobResult | ResultHead): Promise<boolean> {
    const path = this.#decidedPath(name);
    if (!(await this.lease.confirmedMissing(path))) await this.#archive(name, await readHead(path));
    // The decided result was removed. Recovery will end the job as interrupted.
    else if (!('clips' in result)) return true;
    else if (await this.lease.confirmedMissing(join(this.folder.running, name))) return false;
    else await this.#decide(name, result);
    return true;
  }

  /**
   * Result that decides a job; `null` if there is none. A result that can't be parsed, decides another job, or has lost its job is put
   * aside.
   *
   * @throws the system's error; the call can be repeated.
   */
  async decided(name: string): Promise<ResultHead | null> {
    const path = this.#decidedPath(name);
    if (await this.lease.confirmedMissing(path)) return null;
    const decided = await readHead(path).catch(asFlaw);
    if (decided instanceof NotAResult) {
      await this.#putAside(name, `it ${decided.message}`);
    } else if (await this.#hasJobOf(name, decided)) {
      return decided;
    } else {
      await this.#putAside(name, 'its job is neither in running/ nor archived');
    }
    return null;
  }

  /** Writes the result and archives the pair. */
  async #decide(name: string, result: JobResult) {
    const decided = withArchiveName(result, await this.#freeName(name));
    await this.#write(this.#decidedPath(name), resultText(decided));
    await this.#archive(name, decided);
  }

  /**
   * Makes the remaining moves of a decided job: moves the job to the place that its result names, then the result beside it. A result
   * whose job was taken away is put aside.
   */
  async #archive(name: string, decided: ResultHead) {
    let result = decided;
    const jobPath = join(this.folder.running, name);
    if (!(await this.lease.confirmedMissing(jobPath))) {
      // A crash between link and unlink leaves the file under both names.
      const isMoved = await isOneFile(jobPath, this.#pathOf(decided));
      if (!isMoved) result = await this.#withFreeName(name, decided);
      await moveDurably(jobPath, this.#pathOf(result));
    } else if (await this.lease.confirmedMissing(this.#pathOf(decided))) {
      return this.#putAside(name, 'its job is neither in running/ nor archived');
    } else if (await this.#isTaken(resultNameOf(this.#pathOf(decided)), this.#decidedPath(name))) {
      return this.#putAside(name, 'another file lies beside its job');
    }
    await this.after.recordExpected(result._metadata.archived_as);
    await moveDurably(this.#decidedPath(name), resultNameOf(this.#pathOf(result)));
    this.after.wake();
  }

  /** True if the job that a result decides is in `running/` or archived. False if another job has its name there. */
  async #hasJobOf(name: string, decided: ResultHead): Promise<boolean> {
    const { jobspec_sha256: sha256 } = decided._metadata;
    for (const path of [join(this.folder.running, name), this.#pathOf(decided)]) {
      if (!(await this.lease.confirmedMissing(path)))
        return isSameJob(await readJobBytes(path), sha256);
    }
    return false;
  }

  /** True if a different file is there. A second link to our own file, left by a crash, doesn't count. */
  async #isTaken(path: string, own: string): Promise<boolean> {
    return !(await this.lease.confirmedMissing(path)) && !(await isOneFile(own, path));
  }

  /** Puts an unusable result in `running/` aside; it is never deleted. */
  async #putAside(name: string, reason: string) {
    const placeOf = (free: string) => join(this.folder.kept, resultNameOf(free));
    const target = placeOf(
      await freeName(name, (free) => this.lease.confirmedMissing(placeOf(free))),
    );
    await moveDurably(this.#decidedPath(name), target);
    report('result_kept', { ...unreadJob(name), reason, kept_path: target });
  }

  /** Rewrites the result with another archive name if the decided one is taken by now. */
  async #withFreeName(name: string, decided: ResultHead): Promise<ResultHead> {
    if (await this.#isFree(decided._metadata.archived_as)) return decided;
    const renamed = withArchiveName(decided, await this.#freeName(name));
    const path = this.#decidedPath(name);
    await this.#write(path, await resultWith(path, renamed._metadata));
    return renamed;
  }

  #decidedPath(name: string): string {
    return join(this.folder.running, resultNameOf(name));
  }

  /** Path of the archived job. */
  #pathOf(result: ResultHead): string {
    return join(this.#directoryOf(result), result._metadata.archived_as);
  }

  #directoryOf(result: ResultHead): string {
    return this.folder[archiveOf(result.final_status)];
  }

  async #write(path: string, result: Iterable<string> | Uint8Array) {
    await writeDurably(path, this.#temporaryPath(), result);
  }

  /** First temporary path that no unanswered write still uses. */
  #temporaryPath(): string {
    for (let number = 1; ; number++) {
      const path = join(this.folder.running, temporaryResultName(number));
      if (!isUnanswered(path)) return path;
    }
  }

  #freeName(name: string): Promise<string> {
    return freeName(name, (free) => this.#isFree(free));
  }

  /** True if neither archive has a job or result of the name: archived names are unique across both. */
  async #isFree(name: string): Promise<boolean> {
    for (const archive of ARCHIVES) {
      const path = join(this.folder[archive], name);
      if (!(await this.lease.confirmedMissing(path, resultNameOf(path)))) return false;
    }
    return true;
  }
}

/**
 * First free numbered name, assuming no gaps. Searches in doubling steps, then by bisection: a job may have
 * been archived thousands of times.
 */
async function freeName(name: string, isFree: (name: string) => Promise<boolean>): Promise<string> {
  let [taken, free] = [0, 1];
  while (!(await isFree(archiveName(name, free)))) [taken, free] = [free, free * 2];
  while (free - taken > 1) {
    const between = Math.floor((taken + free) / 2);
    if (await isFree(archiveName(name, between))) free = between;
    else taken = between;
  }
  return archiveName(name, free);
}

/** @throws any other error, because a storage fault may be temporary and says nothing about the result. */
function asFlaw(error: unknown): NotAResult {
  if (error instanceof NotAResult) return error;
  throw error;
}

function withArchiveName<T extends ResultHead>(result: T, archivedAs: string): T {
  const written = { archived_as: archivedAs, result_written_at: timestamp(new Date()) };
  return { ...result, _metadata: { ...result._metadata, ...written } };
}
