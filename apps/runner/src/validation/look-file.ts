import { createHash } from 'node:crypto';
import {
  contractViolation,
  JobFailure,
  type JobLook,
  type JobLut,
  type JobSpec,
  type Violation,
} from '@app/jobspec';
import { CubeFault, CubeReader, ShowLut, type Lut, type RequestedLook } from '@app/engines';
import { errorMessage, readParts, type RealPath, realPathOf } from '../files/index.ts';
import {
  fileProblem,
  lookAtSource,
  surveySource,
  type SourceFingerprint,
} from '../sources/index.ts';
import { checkAllowed } from './places.ts';

const PATH = 'viewing.look.lut.path';
const PART_BYTES = 256 * 1024;

/** The file of a LUT as it was when it was read: a clip is only good while it stays so. */
export interface LutFile {
  path: string;
  fingerprint: SourceFingerprint;
}

/** What a job does to colours. */
export interface JobColours {
  file: LutFile | null;
  /** The look of each source, by its place; `undefined` where colours stay as they are. */
  lookOf: (index: number) => RequestedLook | undefined;
}

/**
 * Reads the look of a job, its LUT under the rules of a source.
 *
 * @param tablesFolder see {@link RequestedLook}.
 * @throws JobFailure `PathNotAllowedError`, `MissingSourcesError`; `JobSpecValidationError` for a file of another hash, or one that
 * isn't understood.
 */
export async function readLook(
  { viewing }: JobSpec,
  roots: readonly string[],
  tablesFolder: string,
): Promise<JobColours> {
  const look = viewing?.look;
  if (look === undefined) return { file: null, lookOf: () => undefined };
  const read = look.lut === undefined ? null : await readLut(look.lut, roots);
  return {
    file: read && read.file,
    lookOf: (index) => lookOf(look, read?.lut ?? null, index, tablesFolder),
  };
}

function lookOf(
  { cdl, lut_range = 'video', becomes }: JobLook,
  lut: ShowLut | null,
  index: number,
  tablesFolder: string,
): RequestedLook | undefined {
  const own = (cdl?.length === 1 ? cdl[0] : cdl?.[index]) ?? null;
  if (own === null && lut === null) return undefined;
  return { cdl: own, lut, levels: lut_range, becomes, tablesFolder };
}

async function readLut(wanted: JobLut, roots: readonly string[]) {
  const path = await realPathOf(wanted.path);
  await checkAllowed('LUT', [{ field: PATH, paths: [path] }], roots);
  const file = await fingerprintOf(path);
  const { sha256, lut } = await readCube(path);
  const violations: Violation[] = [];
  if (sha256 !== wanted.sha256)
    violations.push({
      path: 'viewing.look.lut.sha256',
      message: `viewing.look.lut.sha256 is not that of ${wanted.path}, which is ${sha256}`,
    });
  if (lut instanceof CubeFault)
    violations.push({
      path: PATH,
      message: `${PATH} ${wanted.path} can't be used: ${lut.message}`,
    });
  if (violations.length > 0 || lut instanceof CubeFault) throw contractViolation(violations);
  return { file, lut: new ShowLut(sha256, lut) };
}

/** @throws JobFailure `MissingSourcesError` for what is no readable file. */
async function fingerprintOf({ named, real, fault }: RealPath): Promise<LutFile> {
  if (fault) throw missing(named, errorMessage(fault));
  const problem = await fileProblem(real);
  if (problem !== null) throw missing(named, problem);
  const { fingerprint } = await surveySource(await lookAtSource(real));
  return { path: real, fingerprint };
}

/** Reads a `.cube` file and takes its hash. What isn't understood in it is a `CubeFault`. @throws JobFailure where it can't be read */
export async function readCube({
  named,
  real,
}: RealPath): Promise<{ sha256: string; lut: Lut | CubeFault }> {
  const hash = createHash('sha256');
  const reader = new CubeReader();
  let fault = null as CubeFault | null;
  try {
    await readParts(real, Buffer.allocUnsafe(PART_BYTES), (part) => {
      hash.update(part);
      fault ??= orFault(() => reader.take(part)) ?? null;
    });
  } catch (error) {
    throw missing(named, errorMessage(error));
  }
  return { sha256: hash.digest('hex'), lut: fault ?? orFault(() => reader.finish()) };
}

function orFault<T>(read: () => T): T | CubeFault {
  try {
    return read();
  } catch (error) {
    if (error instanceof CubeFault) return error;
    throw error;
  }
}

function missing(named: string, problem: string): JobFailure {
  const isGone = problem === '';
  const message = isGone ? `${named} does not exist` : `${named} can't be used: ${problem}`;
  const sources = [isGone ? named : `${named} (${problem})`];
  const violations = [{ path: PATH, message }];
  return new JobFailure('sources_missing', { sources, advice: '' }, { violations });
}
