import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { JobFailure, type JobReading, type JobResult, parseJobSpec, timestamp } from '@app/jobspec';
import {
  compareNames,
  isResultName,
  isTemporaryResultName,
  jobNameOfResult,
} from '@app/jobspec/folder';
import {
  errorMessage,
  OpenDirectory,
  isMadeFile,
  lstat,
  NoAnswerError,
  readdir,
  rm,
  readJobFile,
  WatchFolder,
  withinSeconds,
} from '@app/storage';
import { endedJob, report, unreadJob } from '../logging/runner-logger.ts';
import { ClipJournal } from '../job/clip-journal.ts';
import { interrupted } from '../job/engine-run.ts';
import { ResultDraft } from '../job/result-draft.ts';
import { Archive } from './archive.ts';
import { Finisher, JobCounts } from './finisher.ts';
import { FolderLease } from './folder-lease.ts';

/**
 * Recovers `running/` after a runner has died, before anything is claimed. The files alone determine what is done, so it can be
 * repeated: a decided job is moved to the place that its result names; any other job ends as interrupted.
 */
@Injectable()
export class Recovery {
  /** Errors of jobs that can't be recovered, by name. */
  readonly #troubles = new Map<string, string>();

  constructor(
    private readonly folder: WatchFolder,
    private readonly lease: FolderLease,
    private readonly archive: Archive,
    private readonly finisher: Finisher,
    private readonly jobCounts: JobCounts,
  ) {}

  /** Recovers every job and result in `running/`. @throws the system's error if the folder can't be read. */
  async run(): Promise<void> {
    await removeTemporaryFiles(this.folder);
    for (const name of await namesIn(this.folder)) await this.recoverJob(name);
    await removeOldJournals(this.folder, this.lease);
  }

  /**
   * Recovers the jobs in `running/` that have no worker, while others are being made: the folder was away for a moment, or somebody
   * has put a job there. Nothing may be claimed meanwhile.
   *
   * @param isOurs true if a worker has the job of this name, or has finished it.
   * @throws the system's error if the folder can't be read.
   */
  async adopt(isOurs: (name: string) => boolean): Promise<void> {
    const names = await namesIn(this.folder);
    const there = new Set(names);
    for (const name of this.#troubles.keys()) if (!there.has(name)) this.#troubles.delete(name);
    for (const name of names) if (!isOurs(name)) await this.recoverJob(name);
  }

  /**
   * Recovers the job of a name. If its files can't be read now, it is retried at the next scan without delaying the others. Nothing may
   * be claimed meanwhile.
   */
  async recoverJob(name: string) {
    try {
      await this.#recover(name);
      this.#troubles.delete(name);
    } catch (error) {
      const reason = errorMessage(error);
      this.jobCounts.markStuck(name);
      if (this.#troubles.get(name) !== reason)
        report('job_not_recovered', { ...unreadJob(name), reason });
      this.#troubles.set(name, reason);
    }
  }

  async #recover(name: string) {
    const decided = await this.archive.decided(name);
    if (decided !== null) {
      const { final_status } = decided;
      report('job_recovered', { ...endedJob(name, decided), final_status });
      await this.finisher.finish(name, decided);
    } else if (!(await this.lease.confirmedMissing(join(this.folder.running, name)))) {
      const result = await interruptedResult(this.folder, name);
      report('job_interrupted', endedJob(name, result));
      await this.finisher.finish(name, result);
    }
  }
}

/** Limit for removing leftovers, in seconds: their share may not answer. */
const LEFTOVER_SECONDS = 5;

/**
 * Result of a job that a runner was making when it died, with the clips of its journal. Removes unfinished files.
 *
 * @throws the system's error if the job can't be read.
 */
async function interruptedResult(folder: WatchFolder, name: string): Promise<JobResult> {
  const path = join(folder.running, name);
  const { reading } = await readJobFile(path);
  const draft = new ResultDraft({ name, path, reading, workerId: null });
  acceptIfValid(draft, reading);
  const { clips, leftovers } = await new ClipJournal(folder.journals, name).read();
  await withinSeconds(LEFTOVER_SECONDS, async () => {
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

/** Removes a leftover, or leaves it if its storage doesn't answer. */
async function removeLeftover(path: string) {
  await removeFlat(path).catch((error: unknown) => {
    if (!(error instanceof NoAnswerError)) throw error;
  });
}

/** Removes a file, or a folder with the files that the runner makes. Anything else in the folder stays: it may have been put there. */
async function removeFlat(path: string) {
  const there = await lstat(path).catch(() => null);
  if (!there?.isDirectory()) return rm(path, { force: true });
  const folder = await OpenDirectory.open(path);
  await folder.remove(isMadeFile).catch(() => undefined);
}

/** Adds the JobSpec's facts if it is valid; an invalid one doesn't change how an interrupted job ends. */
function acceptIfValid(draft: ResultDraft, reading: JobReading) {
  try {
    draft.accept(parseJobSpec(reading));
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
  }
}

/** Names of all jobs in `running/`, and of those that have only a result there, sorted. */
export async function namesIn({ running }: WatchFolder): Promise<string[]> {
  const names = await readdir(running);
  const jobs = names.filter((name) => name.endsWith('.json') && !isResultName(name));
  const decided = names.filter(isResultName).map(jobNameOfResult);
  return [...new Set([...jobs, ...decided])].sort(compareNames);
}

/** Removes unfinished results of a runner that died. */
async function removeTemporaryFiles({ running }: WatchFolder): Promise<void> {
  const names = await readdir(running);
  for (const name of names.filter(isTemporaryResultName)) await rm(join(running, name));
}

/** Removes journals that outlived their job, so that no later job of the same name inherits one. */
async function removeOldJournals(folder: WatchFolder, lease: FolderLease): Promise<void> {
  for (const name of await readdir(folder.journals)) {
    if (await lease.confirmedMissing(join(folder.running, name)))
      await new ClipJournal(folder.journals, name).remove();
  }
}
