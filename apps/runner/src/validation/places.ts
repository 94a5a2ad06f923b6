import { dirname, join } from 'node:path';
import { constants } from 'node:fs';
import { JobFailure, type JobSpec, outputNames, type Violation } from '@app/jobspec';
import {
  access,
  errorCode,
  errorFact,
  exists,
  realpath,
  stat,
  type RealPath,
  type Roots,
  outsideRoots,
} from '@app/storage';

/** Paths of one field of a JobSpec, or of files that belong to a source. */
export interface FieldPaths {
  /** Field as in a violation: `sources[1]`. */
  field: string;
  paths: readonly RealPath[];
}

/**
 * Checks that real paths are inside one of the allowed roots. Without roots, all paths are allowed.
 *
 * @param role noun for the sentence: `Source` or `Output directory`.
 * @throws JobFailure `PathNotAllowedError` naming every path outside, with a violation for each field.
 */
export function checkAllowed(role: string, fields: readonly FieldPaths[], roots: Roots): void {
  const outside = fields
    .map(({ field, paths }) => ({
      field,
      names: paths.filter(({ real }) => !roots.contain(real)).map(({ named }) => named),
    }))
    .filter(({ names }) => names.length > 0);
  if (outside.length > 0) throw outsideRoots(role, roots, outside);
}

export const OUTPUT_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'is not writable',
  EPERM: 'is not writable',
  EROFS: 'is not writable',
};
const PROBLEMS: typeof OUTPUT_PROBLEMS = {
  ...OUTPUT_PROBLEMS,
  ENAMETOOLONG: 'has too long a path for the output names',
};

/** Output paths of a job, in the order of its sources. */
export function outputPaths(jobSpec: JobSpec, jobId: string, directory: string): string[] {
  return outputNames(jobSpec, jobId).map((name) => join(directory, name));
}

/**
 * Checks that an output directory can be used.
 *
 * @param path real path.
 * @param named path as in the JobSpec.
 * @param fault error of resolving the real path.
 * @throws JobFailure `OutputDirectoryError` if the directory doesn't exist, or can't be written to or read.
 */
export async function checkOutputDirectory(
  path: string,
  named = path,
  fault?: Error,
): Promise<void> {
  try {
    if (fault) throw fault;
    if (!(await stat(path)).isDirectory()) throw unusable(named, 'is not a directory');
    await access(path, constants.W_OK | constants.X_OK);
    // Syncing a directory, so that a proxy's name survives a crash, requires opening it for reading.
    if (!(await isReadable(path))) throw unusable(named, 'is not readable');
  } catch (error) {
    throw explain(error, named);
  }
}

async function isReadable(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'EACCES') return false;
      throw error;
    },
  );
}

/**
 * Checks that a resolved path still resolves to itself: one of its directories may have been replaced by a link.
 *
 * @throws JobFailure `OutputDirectoryError`.
 */
export async function checkSameDirectory(path: string): Promise<void> {
  const now = await realpath(path).catch((error: unknown) => {
    throw explain(error, path);
  });
  if (now !== path) throw unusable(path, `was replaced by a link to ${now}`);
}

/**
 * Checks that no output exists yet.
 *
 * @param paths output paths, in the order of the sources.
 * @throws JobFailure `OutputCollisionError` naming every existing output, with a violation for the source of each;
 * `OutputDirectoryError` if that can't be determined.
 */
export async function checkNoOutputExists(paths: readonly string[]): Promise<void> {
  const taken: string[] = [];
  const violations: Violation[] = [];
  for (const [index, path] of paths.entries()) {
    if (!(await isTaken(path))) continue;
    taken.push(path);
    const message = `Output file already exists: ${path}`;
    violations.push({ path: `sources[${index}]`, message });
  }
  if (taken.length > 0) throw new JobFailure('output_exists', { paths: taken }, { violations });
}

async function isTaken(path: string): Promise<boolean> {
  try {
    return await exists(path);
  } catch (error) {
    throw explain(error, dirname(path));
  }
}

function explain(error: unknown, directory: string): unknown {
  const code = errorCode(error);
  if (error instanceof JobFailure || code === undefined) return error;
  return unusable(directory, PROBLEMS[code] ?? `can't be used (${errorFact(error)})`);
}

function unusable(directory: string, problem: string): JobFailure {
  return new JobFailure('output_directory_unusable', { directory, problem });
}
