import {
  errorMessage,
  exists,
  NoAnswerError,
  Patience,
  readdir,
  rm,
  withPatience,
} from '../../files/index.ts';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import {
  JobFailure,
  parseJobSpec,
  type JobReading,
  type JobResult,
  type ResultHead,
} from '@app/jobspec';
import {
  compareNames,
  isResultName,
  jobNameOfResult,
  resultNameOf,
  isTemporaryResultName,
} from '@app/jobspec/folder';
import { ClipJournal } from '../../job/clip-journal.ts';
import { interrupted } from '../../job/clip-maker.ts';
import { endedJob, report, unreadJob } from '../../logging/index.ts';
import { readHead } from '../../results/read-result.ts';
import { ResultDraft } from '../../results/result-draft.ts';
import { timestamp } from '../../text/index.ts';
import { Archive } from './archive.ts';
import { Finisher } from './finisher.ts';
import { readJobFile } from '../folder/job-file.ts';
import { Tally } from './tally.ts';
import { WatchFolder } from '../folder/watch-folder.ts';

/** How long a share that holds leftovers may take to answer, in seconds. */
const LEFTOVER_SECONDS = 5;

/**
 * Brings `running/` to rest after a runner that died, before anything is claimed. What is there says what to do, and
 * doing it twice changes nothing: a decided job is moved to where its result says; any other job was interrupted.
 */
@Injectable()
export class Recovery {
  /** Why jobs can't be brought to rest, by name. */
  readonly #troubles = new Map<string, string>();

  constructor(
    private readonly folder: WatchFolder,
    private readonly archive: Archive,
    private readonly finisher: Finisher,
    private readonly tally: Tally,
  ) {}

  /** Brings every job and result in `running/` to rest. @throws the system's error when the folder can't be read. */
  async run(): Promise<void> {
    const all = await readdir(this.folder.running);
    for (const name of all.filter(isTemporaryResultName)) await rm(join(this.folder.running, name));
    for (const name of await this.#names()) await this.#tryRecover(name);
    await this.#removeOldJournals();
  }

  /**
   * Does the same, while jobs are being made, for whatever belongs to no worker: the folder was gone for a moment, or
   * somebody has put a job there. Nothing may be claimed meanwhile.
   *
   * @param isOurs whether a worker has the job of this name, or has finished it.
   * @throws the system's error when the folder can't be read.
   */
  async adopt(isOurs: (name: string) => boolean): Promise<void> {
    const names = await this.#names();
    const there = new Set(names);
    for (const name of this.#troubles.keys()) if (!there.has(name)) this.#troubles.delete(name);
    for (const name of names) if (!isOurs(name)) await this.#tryRecover(name);
  }

  /** Of every job and every result in `running/`, in order. */
  async #names(): Promise<string[]> {
    const names = await readdir(this.folder.running);
    const jobs = names.filter((name) => name.endsWith('.json') && !isResultName(name));
    const decided = names.filter(isResultName).map(jobNameOfResult);
    return [...new Set([...jobs, ...decided])].sort(compareNames);
  }

  /** A file that can't be read now is looked at again with the next scan; the others don't wait for it. */
  async #tryRecover(name: string) {
    try {
      await this.#recover(name);
      this.#troubles.delete(name);
    } catch (error) {
      const reason = errorMessage(error);
      this.tally.leave(name);
      if (this.#troubles.get(name) !== reason)
        report('job_not_recovered', { ...unreadJob(name), reason });
      this.#troubles.set(name, reason);
    }
  }

  async #recover(name: string) {
    const decided = await this.#readDecided(name);
    if (decided !== null) {
      const { final_status } = decided;
      report('job_recovered', { ...endedJob(name, decided), final_status });
      await this.finisher.finish(name, decided);
    } else if (await exists(join(this.folder.running, name))) {
      const result = await this.#interruptedResult(name);
      report('job_interrupted', endedJob(name, result));
      await this.finisher.finish(name, result);
    }
  }

  async #interruptedResult(name: string): Promise<JobResult> {
    const path = join(this.folder.running, name);
    const { reading } = await readJobFile(path);
    const draft = new ResultDraft({ name, path, reading, workerId: null });
    acceptIfValid(draft, reading);
    const { clips, leftovers } = await new ClipJournal(this.folder.journals, name).read();
    await withPatience(new Patience(LEFTOVER_SECONDS), async () => {
      for (const leftover of leftovers) await removeLeftover(leftover);
    });
    draft.clips.push(...clips);
    draft.engine = clips[0]?.engine ?? null;
    const _recovery = {
      reason: 'runner interrupted',
      recovered_at: timestamp(new Date()),
      original_path: path,
    };
    const { _metadata, ...facts } = draft.finish(interrupted());
    return { ...facts, _recovery, _metadata };
  }

  /** The result that decides a job; one that can't be understood, or decides another job, is put aside. */
  async #readDecided(name: string): Promise<ResultHead | null> {
    const path = join(this.folder.running, resultNameOf(name));
    if (!(await exists(path))) return null;
    const decided = await readHead(path).catch(asError);
    if (decided instanceof Error) {
      await this.archive.keep(name, decided.message);
    } else if (await this.archive.hasJobOf(name, decided)) {
      return decided;
    } else {
      await this.archive.keep(name, 'its job is neither in running/ nor archived');
    }
    return null;
  }

  /** A journal that outlived its job must not be taken for that of the next job with its name. */
  async #removeOldJournals() {
    for (const name of await readdir(this.folder.journals)) {
      if (await exists(join(this.folder.running, name))) continue;
      await new ClipJournal(this.folder.journals, name).remove();
    }
  }
}

/** What lies on storage that does not answer stays there: the job's end doesn't wait for it. */
async function removeLeftover(path: string) {
  await rm(path, { force: true, recursive: true }).catch((error: unknown) => {
    if (!(error instanceof NoAnswerError)) throw error;
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Says what can be said of an interrupted job; whether its JobSpec was valid doesn't change how it ends. */
function acceptIfValid(draft: ResultDraft, reading: JobReading) {
  try {
    draft.accept(parseJobSpec(reading));
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
  }
}
