import { JobFailure } from '@app/jobspec';
import {
  errorCode,
  errorMessage,
  FileChangedError,
  isNoSpace,
  NoSpaceFailure,
} from '../files/index.ts';

const OUTPUT_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'Output directory does not exist',
  ENOTDIR: 'Output directory does not exist',
  EACCES: 'Output directory is not writable',
  EPERM: 'Output directory is not writable',
  EROFS: 'Output directory is not writable',
};

/** Explains what the system said when an output was created or published. Other errors are passed through as defects. */
export function outputFailure(error: unknown, directory: string): JobFailure {
  if (error instanceof JobFailure) return error;
  if (error instanceof FileChangedError) {
    const message = `Another program changed the proxy in ${directory} while it was read for its hash.`;
    return new JobFailure('OutputVerificationError', message, { cause: error });
  }
  const code = errorCode(error);
  if (isNoSpace(error)) return new NoSpaceFailure(directory, { cause: error });
  const problem = code && OUTPUT_PROBLEMS[code];
  if (problem)
    return new JobFailure('OutputDirectoryError', `${problem}: ${directory}`, { cause: error });
  if (code) {
    return new JobFailure(
      'EngineError',
      `The output could not be written to ${directory}: ${errorMessage(error)}`,
      { cause: error },
    );
  }
  throw error;
}
