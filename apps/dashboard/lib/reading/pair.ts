import { isJobOrResultName, isResultName, jobNameOfResult, stemOf } from '@app/jobspec/folder';

/** Which of its two files a job has in a folder. */
export interface Pair {
  /** The name of the job without `.json`. */
  base: string;
  hasJob: boolean;
  hasResult: boolean;
}

/** A pair as one number, by which the index keeps it. */
export const FILES = { job: 1, result: 2 };

export function filesOf({ hasJob, hasResult }: Pair): number {
  return (hasJob ? FILES.job : 0) + (hasResult ? FILES.result : 0);
}

export function pairOf(base: string, files: number): Pair {
  return { base, hasJob: (files & FILES.job) !== 0, hasResult: (files & FILES.result) !== 0 };
}

/** Which file of which job a name is that of; `null` for any other file. */
export function fileOf(name: string): { base: string; file: number } | null {
  if (!isJobOrResultName(name)) return null;
  return isResultName(name)
    ? { base: stemOf(jobNameOfResult(name)), file: FILES.result }
    : { base: stemOf(name), file: FILES.job };
}
