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
import { report, unreadJob } from '../logging/runner-logger.ts';
import {
  isOneFile,
  isUnanswered,
  moveDurably,
  writeDurably,
  NotAResult,
  readHead,
  resultWith,
  readJobBytes,
  WatchFolder,
} from '@app/storage';
import { resultText } from '../job/result-draft.ts';
import { AfterJobs } from './after-jobs.ts';
import { FolderHold } from './folder-hold.ts';

/**
 * Ends jobs. Once the result has its name in `running/` the job is decided; the moves that follow can be repeated
 * after a crash at any point. Calls must not overlap: an archive name is chosen and taken in one go.
 */
@Injectable()
export class Archive {
  constructor(
    private readonly folder: WatchFolder,
    private readonly hold: FolderHold,
    private readonly after: AfterJobs,
  ) {}

  /**
   * Archives a job. An earlier attempt, or an earlier runner, may have come as far as the decided result; the moves go on from
   * there.
   *
   * @param result without its lists when it lies in `running/` already.
   * @returns whether the job was there.
   * @throws the system's error; the job is then still in `running/` and the call can be repeated.
   */
  async finish(name: string, result: JobResult | ResultHead): Promise<boolean> {
    const path = this.#decidedPath(name);
    if (!(await this.hold.confirmedMissing(path))) await this.#settle(name, await readHead(path));
    // Somebody took the result that had decided it: the job is looked at anew, as any that no worker has.
    else if (!('clips' in result)) return true;
    else if (await this.hold.confirmedMissing(join(this.folder.running, name))) return false;
    else await this.#decide(name, result);
    return true;
  }

  /**
   * The result that decides a job; one that can't be understood, or decides another job, is put aside.
   *
   * @throws the system's error when that can't be told now; the call can be repeated.
   */
  async decided(name: string): Promise<ResultHead | null> {
    const path = this.#decidedPath(name);
    if (await this.hold.confirmedMissing(path)) return null;
    const decided = await readHead(path).catch(asFlaw);
    if (decided instanceof NotAResult) {
      await this.#keep(name, `it ${decided.message}`);
    } else if (await this.#hasJobOf(name, decided)) {
      return decided;
    } else {
      await this.#keep(name, 'its job is neither in running/ nor archived');
    }
    return null;
  }

  /** Writes the result and archives the pair. */
  async #decide(name: string, result: JobResult) {
    const decided = withArchiveName(result, await this.#freeName(name));
    await this.#write(this.#decidedPath(name), resultText(decided));
    await this.#settle(name, decided);
  }

  /**
   * Does the moves that a decided job still lacks: the job to where its result says, then the result beside it. A result
   * whose job somebody has taken away is kept.
   */
  async #settle(name: string, decided: ResultHead) {
    let result = decided;
    const jobPath = join(this.folder.running, name);
    if (!(await this.hold.confirmedMissing(jobPath))) {
      // A move by link that was cut off has taken the name for this very file.
      const isMoved = await isOneFile(jobPath, this.#pathOf(decided));
      if (!isMoved) result = await this.#withFreeName(name, decided);
      await moveDurably(jobPath, this.#pathOf(result));
    } else if (await this.hold.confirmedMissing(this.#pathOf(decided))) {
      return this.#keep(name, 'its job is neither in running/ nor archived');
    } else if (await this.#isTaken(resultNameOf(this.#pathOf(decided)), this.#decidedPath(name))) {
      return this.#keep(name, 'another file lies beside its job');
    }
    await this.after.expect(result._metadata.archived_as);
    await moveDurably(this.#decidedPath(name), resultNameOf(this.#pathOf(result)));
    this.after.wake();
  }

  /** Whether the job that a result in `running/` decides is where it can be: beside it, or archived already. */
  async #hasJobOf(name: string, decided: ResultHead): Promise<boolean> {
    const { jobspec_sha256: sha256 } = decided._metadata;
    for (const path of [join(this.folder.running, name), this.#pathOf(decided)]) {
      if (!(await this.hold.confirmedMissing(path)))
        return isSameJob(await readJobBytes(path), sha256);
    }
    return false;
  }

  /** Whether a name is that of another file: a move by link that was cut off has taken it for this very one. */
  async #isTaken(path: string, own: string): Promise<boolean> {
    return !(await this.hold.confirmedMissing(path)) && !(await isOneFile(own, path));
  }

  /** Puts a result in `running/` that can't be used aside: it is never deleted. */
  async #keep(name: string, reason: string) {
    const placeOf = (free: string) => join(this.folder.kept, resultNameOf(free));
    const target = placeOf(
      await freeName(name, (free) => this.hold.confirmedMissing(placeOf(free))),
    );
    await moveDurably(this.#decidedPath(name), target);
    report('result_kept', { ...unreadJob(name), reason, kept_path: target });
  }

  /** Should the decided name be taken by now, the result is written again with another one. */
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

  #pathOf(result: ResultHead): string {
    return join(this.#directoryOf(result), result._metadata.archived_as);
  }

  #directoryOf(result: ResultHead): string {
    return this.folder[archiveOf(result.final_status)];
  }

  async #write(path: string, result: Iterable<string> | Uint8Array) {
    await writeDurably(path, this.#temporaryPath(), result);
  }

  /** Beside a write that hangs, another name is free. */
  #temporaryPath(): string {
    for (let number = 1; ; number++) {
      const path = join(this.folder.running, temporaryResultName(number));
      if (!isUnanswered(path)) return path;
    }
  }

  #freeName(name: string): Promise<string> {
    return freeName(name, (free) => this.#isFree(free));
  }

  /** A name is free when neither folder holds a job or a result of it: archived names are unique across both. */
  async #isFree(name: string): Promise<boolean> {
    for (const archive of ARCHIVES) {
      const path = join(this.folder[archive], name);
      if (!(await this.hold.confirmedMissing(path, resultNameOf(path)))) return false;
    }
    return true;
  }
}

/**
 * A name that no attempt has yet: the one after the last, where none is missing between. It is looked for in steps that double, then
 * by halves, for a job may have been archived thousands of times.
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

/** @throws whatever else went wrong: storage that fails for a moment says nothing of a result. */
function asFlaw(error: unknown): NotAResult {
  if (error instanceof NotAResult) return error;
  throw error;
}

function withArchiveName<T extends ResultHead>(result: T, archivedAs: string): T {
  const written = { archived_as: archivedAs, result_written_at: timestamp(new Date()) };
  return { ...result, _metadata: { ...result._metadata, ...written } };
}
