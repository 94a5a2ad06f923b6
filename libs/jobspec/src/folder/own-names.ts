import { JOB_STATES } from './states.ts';

/** The runner's own directory inside a watch folder. */
export const OWN_DIRECTORY = '.runner';

/** A folder with one of these directories in it is a watch folder, whether a runner has worked on it yet or not. */
export const WATCH_FOLDER_MARKS = [JOB_STATES[0], OWN_DIRECTORY] as const;

/** Names inside `.runner/`. */
export const OWN_NAMES = {
  /** A file, locked by the runner that works on the folder. */
  lock: 'lock',
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
