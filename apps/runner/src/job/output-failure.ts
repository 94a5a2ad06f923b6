import { JobFailure } from '@app/jobspec';
import {
  errorCode,
  errorMessage,
  FileChangedError,
  isNoSpace,
  NoSpaceFailure,
} from '../files/index.ts';

const OUTPUT_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'is not writable',
  EPERM: 'is not writable',
  EROFS: 'is not writable',
};

/** Explains what the system said when an output was created or published. Other errors are passed through as defects. */
export function outputFailure(error: unknown, directory: string): JobFailure {
  if (error instanceof JobFailure) return error;
  if (error instanceof FileChangedError) {
    return new JobFailure('output_changed', { directory }, { cause: error });
  }
  const code = errorCode(error);
  if (isNoSpace(error)) return new NoSpaceFailure(directory, { cause: error });
  const problem = code && OUTPUT_PROBLEMS[code];
  if (problem)
    return new JobFailure('output_directory_unusable', { directory, problem }, { cause: error });
  if (code) {
    const facts = { directory, error: errorMessage(error) };
    return new JobFailure('output_not_written', facts, { cause: error });
  }
  throw error;
}
