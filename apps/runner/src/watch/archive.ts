import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { JobResult } from '@app/jobspec';
import { moveDurably, writeDurably } from '../platform/durable-file.ts';
import { exists } from '../platform/exists.ts';
import { timestamp } from '../results/timestamp.ts';
import { readJobFile } from './job-file.ts';
import { archiveName, resultNameOf } from './job-name.ts';
import { WatchFolder } from './watch-folder.ts';

/** Never a job's or a result's name, and short enough for every filesystem. */
export const TEMPORARY_RESULT_NAME = '.result.tmp';

/**
 * Ends jobs. Once the result has its name in `running/` the job is decided; the moves that follow can be repeated
 * after a crash at any point. Calls must not overlap: an archive name is chosen and taken in one go.
 */
@Injectable()
export class Archive {
  constructor(private readonly folder: WatchFolder) {}

  /**
   * Writes the result and archives the pair.
   *
   * @returns the result as it was written, with the name it is archived under.
   * @throws the system's error; the job is then still in `running/` and the call can be repeated.
   */
  async finish(name: string, result: JobResult): Promise<JobResult> {
    const archivedAs = await this.#freeName(name);
    const decided = withArchiveName(result, archivedAs);
    await this.#writeResult(name, decided);
    return (await this.settle(name, decided)) ?? decided;
  }

  /**
   * Does the moves that a decided job still lacks: the job to where its result says, then the result beside it.
   *
   * @returns `null` when the result's job is neither in `running/` nor archived.
   * @throws the system's error; the call can be repeated.
   */
  async settle(name: string, decided: JobResult): Promise<JobResult | null> {
    let result = decided;
    const jobPath = join(this.folder.running, name);
    if (await isJobOf(jobPath, decided)) {
      result = await this.#withFreeName(name, decided);
      await moveDurably(jobPath, this.#pathOf(result));
    } else if (!(await isJobOf(this.#pathOf(decided), decided))) {
      return null;
    }
    const resultPath = join(this.folder.running, resultNameOf(name));
    await moveDurably(resultPath, resultNameOf(this.#pathOf(result)));
    return result;
  }

  /** Should the decided name be taken by now, the result is written again with another one. */
  async #withFreeName(name: string, decided: JobResult): Promise<JobResult> {
    if (await this.#isFree(decided._metadata.archived_as)) return decided;
    const renamed = withArchiveName(decided, await this.#freeName(name));
    await this.#writeResult(name, renamed);
    return renamed;
  }

  #pathOf(result: JobResult): string {
    return join(this.#directoryOf(result), result._metadata.archived_as);
  }

  #directoryOf(result: JobResult): string {
    return result.final_status === 'COMPLETED' ? this.folder.completed : this.folder.failed;
  }

  async #writeResult(name: string, result: JobResult) {
    await writeDurably(
      join(this.folder.running, resultNameOf(name)),
      join(this.folder.running, TEMPORARY_RESULT_NAME),
      `${JSON.stringify(result, null, 2)}\n`,
    );
  }

  async #freeName(name: string): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const candidate = archiveName(name, attempt);
      if (await this.#isFree(candidate)) return candidate;
    }
  }

  /** A name is free when neither folder holds a job or a result of it: archived names are unique across both. */
  async #isFree(name: string): Promise<boolean> {
    for (const directory of [this.folder.completed, this.folder.failed]) {
      if (await exists(join(directory, name))) return false;
      if (await exists(join(directory, resultNameOf(name)))) return false;
    }
    return true;
  }
}

function withArchiveName(result: JobResult, archivedAs: string): JobResult {
  const written = { archived_as: archivedAs, result_written_at: timestamp(new Date()) };
  return { ...result, _metadata: { ...result._metadata, ...written } };
}

async function isJobOf(path: string, result: JobResult): Promise<boolean> {
  if (!(await exists(path))) return false;
  return (await readJobFile(path)).sha256 === result._metadata.jobspec_sha256;
}
