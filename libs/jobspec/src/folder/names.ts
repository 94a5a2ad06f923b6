import type { FinalStatus } from '../result/result.ts';
import { MAX_NAME_BYTES } from '../vocabulary/limits.ts';

/** The directories of a watch folder that hold jobs, in the order of a job's life; each is the state of the jobs in it. */
export const JOB_STATES = ['pending', 'running', 'completed', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** The directories that hold decided jobs. An archived name is unique across both. */
export const ARCHIVES = ['completed', 'failed'] as const satisfies readonly JobState[];

/** The directory that a decided job and its result end in. */
export const archiveOf = (status: FinalStatus): (typeof ARCHIVES)[number] =>
  status === 'COMPLETED' ? 'completed' : 'failed';

/** The runner's own directory inside a watch folder. */
export const OWN_DIRECTORY = '.runner';

/** A folder with one of these directories in it is a watch folder, whether a runner has worked on it yet or not. */
export const WATCH_FOLDER_MARKS = [JOB_STATES[0], OWN_DIRECTORY] as const;

/** Names inside `.runner/`. */
export const OWN_NAMES = {
  /** A file, locked by the runner that works on the folder. */
  lock: 'lock',
  /** A file: host, process and start of the runner that works on the folder, or did last and was killed. */
  holder: 'holder',
  /** A file: what the runner says of itself, a `RunnerStatus`. */
  status: 'status.json',
  /** A directory with one file per running job: the clips it has published so far. */
  journals: 'journals',
  /** A directory of files that could not be understood and are kept for a person. */
  kept: 'kept',
  /** A file: jobs that the program of `--after-job` is to be told of, and those that it has been told of. */
  afterJob: 'after-job.jsonl',
  /** A directory of small pictures of proxies, for people; results name them. */
  pictures: 'pictures',
  /** A directory of what proxies are compared with, while they are made. */
  scratch: 'scratch',
  /** A file: what lies on media, what was asked for and what was left out, in lines of JSON. */
  inventory: 'inventory.jsonl',
  /** A file: the FFmpeg builds that `doctor --prove` has found good. */
  proofs: 'proved.json',
} as const;

/**
 * A result that is being written into `running/`; never the name of a job or of a result, and short enough for every
 * filesystem. Further ones are for writes beside one that hangs.
 *
 * @param number from 1.
 */
export const temporaryResultName = (number: number) =>
  number === 1 ? '.result.tmp' : `.result-${number}.tmp`;

export const isTemporaryResultName = (name: string) => /^\.result(-\d+)?\.tmp$/.test(name);

const EXTENSION = '.json';
const RESULT_EXTENSION = '.result.json';

/** The name of a job by its stem: `x` becomes `x.json`. */
export const jobNameOf = (stem: string): string => stem + EXTENSION;

/** The stem of a job's name: `x` of `x.json`. */
export const stemOf = (jobName: string): string => jobName.slice(0, -EXTENSION.length);

/** The name, or path, of a job's result: `x.json` becomes `x.result.json`. */
export const resultNameOf = (jobName: string): string => stemOf(jobName) + RESULT_EXTENSION;

/** The name of the job that a result belongs to. */
export const jobNameOfResult = (resultName: string): string =>
  jobNameOf(resultName.slice(0, -RESULT_EXTENSION.length));

export const isResultName = (name: string): boolean => name.endsWith(RESULT_EXTENSION);

/** Whether a name is that of a job or of a result, whatever its length; hidden files belong to neither. */
export const isJobOrResultName = (name: string): boolean =>
  name.endsWith(EXTENSION) && !name.startsWith('.');

/** Says why a name can't be a job, or `null` when it can. Names of results and hidden files are not jobs either. */
export function refusalOfName(name: string): string | null {
  if (name.startsWith('.')) return 'its name begins with a dot';
  if (!name.endsWith(EXTENSION)) return 'its name does not end in .json';
  if (isResultName(name)) return 'it is a result file';
  if (isTooLong(resultNameOf(name))) {
    return 'its name is too long for a result beside it';
  }
  return null;
}

/** Counts bytes only where characters leave it open: none has more than three a unit, and a folder may have a million names. */
function isTooLong(name: string): boolean {
  return 3 * name.length > MAX_NAME_BYTES && Buffer.byteLength(name) > MAX_NAME_BYTES;
}

/**
 * The name under which a job is archived at the given attempt: `x.json`, then `x.2.json`, `x.3.json`. A stem that
 * leaves no room for the number is shortened.
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
