import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import { JobFailure, jobIdOfFile, parseJobSpec, type JobResult } from '@app/jobspec';
import { ClipJournal } from '../job/clip-journal.ts';
import { interrupted } from '../job/clip-maker.ts';
import { exists } from '../platform/exists.ts';
import { printable } from '../platform/printable.ts';
import { errorMessage } from '../platform/system-error.ts';
import { readResult } from '../results/read-result.ts';
import { ResultDraft } from '../results/result-draft.ts';
import { timestamp } from '../results/timestamp.ts';
import { Archive, TEMPORARY_RESULT_NAME } from './archive.ts';
import { readJobFile } from './job-file.ts';
import { compareNames, isResultName, jobNameOfResult, resultNameOf } from './job-name.ts';
import { Tally } from './tally.ts';
import { WatchFolder } from './watch-folder.ts';

/**
 * Brings `running/` to rest after a runner that died, before anything is claimed. What is there says what to do, and
 * doing it twice changes nothing: a decided job is moved to where its result says; any other job was interrupted.
 */
@Injectable()
export class Recovery {
  readonly #logger = new Logger('Recovery');

  constructor(
    private readonly folder: WatchFolder,
    private readonly archive: Archive,
    private readonly tally: Tally,
  ) {}

  /** Archives every job and result in `running/`. @throws the system's error when a job can't be brought to rest. */
  async run(): Promise<void> {
    const names = await readdir(this.folder.running);
    if (names.includes(TEMPORARY_RESULT_NAME)) {
      await rm(join(this.folder.running, TEMPORARY_RESULT_NAME));
    }
    const jobs = names.filter((name) => name.endsWith('.json') && !isResultName(name));
    const decided = names.filter(isResultName).map(jobNameOfResult);
    for (const name of [...new Set([...jobs, ...decided])].sort(compareNames)) {
      const result = await this.#recover(name);
      if (result !== null) this.tally.add(result);
      await new ClipJournal(this.folder.journals, name).remove();
    }
  }

  async #recover(name: string): Promise<JobResult | null> {
    const decided = await this.#readDecided(name);
    const settled = decided && (await this.archive.settle(name, decided));
    if (settled) {
      this.#logger.log(`${printable(name)} was ${settled.final_status} and is now archived`);
      return settled;
    }
    if (decided) await this.#keep(name, 'its job is neither in running/ nor archived');
    return (await exists(join(this.folder.running, name))) ? this.#interrupt(name) : null;
  }

  async #interrupt(name: string): Promise<JobResult> {
    const path = join(this.folder.running, name);
    const { bytes, sha256 } = await readJobFile(path);
    const draft = new ResultDraft({ name, path, sha256, workerId: null });
    describeJob(draft, bytes);
    const { published, leftovers } = await new ClipJournal(this.folder.journals, name).read();
    for (const leftover of leftovers) await rm(leftover, { force: true });
    draft.clips.push(...published);
    draft.engine = published[0]?.engine ?? null;
    const _recovery = {
      reason: 'runner interrupted',
      recovered_at: timestamp(new Date()),
      original_path: path,
    };
    const { _metadata, ...facts } = draft.finish(interrupted());
    this.#logger.warn(`${printable(name)} was interrupted and is now in failed/`);
    return this.archive.finish(name, { ...facts, _recovery, _metadata });
  }

  async #readDecided(name: string): Promise<JobResult | null> {
    const path = join(this.folder.running, resultNameOf(name));
    if (!(await exists(path))) return null;
    try {
      return await readResult(path);
    } catch (error) {
      await this.#keep(name, errorMessage(error));
      return null;
    }
  }

  /** A result that can't be used is never deleted. */
  async #keep(name: string, reason: string) {
    const resultName = resultNameOf(name);
    let target = join(this.folder.kept, resultName);
    for (let number = 2; await exists(target); number++) {
      target = join(this.folder.kept, `${number}-${resultName}`);
    }
    await rename(join(this.folder.running, resultName), target);
    this.#logger.error(
      `${printable(resultName)} can't be used (${reason}) and is kept in ${target}`,
    );
  }
}

/** Says what can be said of an interrupted job; whether its JobSpec was valid doesn't change how it ends. */
function describeJob(draft: ResultDraft, bytes: Uint8Array) {
  draft.jobId = jobIdOfFile(bytes);
  try {
    draft.accept(parseJobSpec(bytes));
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
  }
}
