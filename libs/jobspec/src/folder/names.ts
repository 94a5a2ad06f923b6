import type { FinalStatus } from '../result/result.ts';
import { MAX_NAME_BYTES } from '../vocabulary/limits.ts';

/** Directories of a watch folder that hold jobs, in the order of a job's life; each is the state of its jobs. */
export const JOB_STATES = ['pending', 'running', 'completed', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Directories of finished jobs. An archived name is unique across both. */
export const ARCHIVES = ['completed', 'failed'] as const satisfies readonly JobState[];

/** Directory in which a finished job and its result are archived. */
export const archiveOf = (status: FinalStatus): (typeof ARCHIVES)[number] =>
  status === 'COMPLETED' ? 'completed' : 'failed';

/** The runner's own directory inside a watch folder. */
export const OWN_DIRECTORY = '.runner';

/** Directories that mark a watch folder, whether a runner has worked on it yet or not. */
export const WATCH_FOLDER_MARKS = [JOB_STATES[0], OWN_DIRECTORY] as const;

/** Names inside `.runner/`. */
export const OWN_NAMES = {
  /** File locked by the runner that works on the folder. */
  lock: 'lock',
  /**
   * File with host, process id and start time of the runner that works on the folder, or of the last one if it was
   * killed.
   */
  holder: 'holder',
  /** File with the `RunnerStatus`. */
  status: 'status.json',
  /** Directory with one file per running job: the clips it has published so far. */
  journals: 'journals',
  /** Directory of unreadable results, kept for somebody to inspect. */
  kept: 'kept',
  /** File of jobs to report to the program of `--after-job`, and of those already reported. */
  afterJob: 'after-job.jsonl',
  /** Directory of thumbnails of proxies; results name them. */
  pictures: 'pictures',
  /** Directory of the data that proxies are compared with, while they are made. */
  scratch: 'scratch',
  /** File of the clips found on media, requested and left out, as lines of JSON. */
  inventory: 'inventory.jsonl',
  /** File of the FFmpeg builds that `doctor --prove` has found good. */
  proofs: 'proved.json',
} as const;

/**
 * Name of a result being written into `running/`: never that of a job or a result, and short enough for every file
 * system. Higher numbers are for writes while an earlier one hangs.
 *
 * @param number from 1.
 */
export const temporaryResultName = (number: number) =>
  number === 1 ? '.result.tmp' : `.result-${number}.tmp`;

export const isTemporaryResultName = (name: string) => /^\.result(-\d+)?\.tmp$/.test(name);

const EXTENSION = '.json';
const RESULT_EXTENSION = '.result.json';

/** Name of a job by its stem: `x` becomes `x.json`. */
export const jobNameOf = (stem: string): string => stem + EXTENSION;

/** Stem of a job's name: `x` of `x.json`. */
export const stemOf = (jobName: string): string => jobName.slice(0, -EXTENSION.length);

/** Name, or path, of a job's result: `x.json` becomes `x.result.json`. */
export const resultNameOf = (jobName: string): string => stemOf(jobName) + RESULT_EXTENSION;

/** Name of the job that a result belongs to. */
export const jobNameOfResult = (resultName: string): string =>
  jobNameOf(resultName.slice(0, -RESULT_EXTENSION.length));

export const isResultName = (name: string): boolean => name.endsWith(RESULT_EXTENSION);

/** True for a name of a job or a result, of any length; hidden files are neither. */
export const isJobOrResultName = (name: string): boolean =>
  name.endsWith(EXTENSION) && !name.startsWith('.');

/** Reason why a name can't be a job, or `null` if it can. Results and hidden files are no jobs either. */
export function refusalOfName(name: string): string | null {
  if (name.startsWith('.')) return 'its name begins with a dot';
  if (!name.endsWith(EXTENSION)) return 'its name does not end in .json';
  if (isResultName(name)) return 'it is a result file';
  if (isTooLong(resultNameOf(name))) {
    return 'its name is too long for a result beside it';
  }
  return null;
}

/**
 * Counts bytes only if the length leaves it open: a UTF-16 code unit takes at most three bytes, and a folder may hold a
 * million names.
 */
function isTooLong(name: string): boolean {
  return 3 * name.length > MAX_NAME_BYTES && Buffer.byteLength(name) > MAX_NAME_BYTES;
}

/**
 * Name under which a job is archived at the given attempt: `x.json`, then `x.2.json`, `x.3.json`. Shortens a stem that leaves
 * no room for the number.
 */
export function archiveName(jobName: string, attempt: number): string {
  if (attempt === 1) return jobName;
  const suffix = `.${attempt}`;
  let stem = stemOf(jobName);
  while (Buffer.byteLength(stem + suffix + RESULT_EXTENSION) > MAX_NAME_BYTES) {
    stem = Array.from(stem).slice(0, -1).join('');
  }
  return jobNameOf(stem + suffix);
}

/** Orders names by Unicode code point, which JavaScript's own comparison of UTF-16 units does not. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above U+FFFF, so they sort after every other UTF-16 unit. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit;
}
