import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractViolation, type JobLook, type JobLut, type JobSpec } from '@app/jobspec';
import type { ProxyRequest, ShowLut } from '@app/engines';
import { OWN_DIRECTORY } from '@app/jobspec/folder';
import {
  errorMessage,
  realPathOf,
  type RealPath,
  type Roots,
  checkHeld,
  fileProblem,
  OpenSource,
  outsideRoots,
  OutsideRootsError,
  problemIn,
  type SourceFingerprint,
  surveySource,
  missingLut,
  readCube,
  closing,
} from '@app/storage';
import { checkAllowed } from './places.ts';

const PATH = 'viewing.look.lut.path';
const HASH = 'viewing.look.lut.sha256';

/** File of a LUT as it was when read. It must not change while clips are made. */
export interface LutFile {
  path: string;
  fingerprint: SourceFingerprint;
}

/** Look of a job, with its LUT read. */
export interface ReadLook {
  file: LutFile | null;
  /** Look of the source at an index; `undefined` if its colours stay unchanged. */
  lookOf: (index: number) => ProxyRequest['look'];
}

/**
 * Reads the look of a job. The rules for sources apply to its LUT.
 *
 * @param tablesFolder see `RequestedLook`.
 * @throws JobFailure `PathNotAllowedError`, `MissingSourcesError`; `JobSpecValidationError` if the file has another hash or can't be
 * parsed; the reason of `signal`.
 */
export async function readLook(
  { viewing }: JobSpec,
  roots: Roots,
  tablesFolder: string,
  signal?: AbortSignal,
): Promise<ReadLook> {
  const look = viewing?.look;
  if (look === undefined) return { file: null, lookOf: () => undefined };
  const read = look.lut === undefined ? null : await readLut(look.lut, roots, signal);
  return {
    file: read && read.file,
    lookOf: (index) => lookOf(look, read?.lut ?? null, index, tablesFolder),
  };
}

function lookOf(
  { cdl, lut: _lut, lut_range = 'video', becomes, ...forgotten }: JobLook,
  lut: ShowLut | null,
  index: number,
  tablesFolder: string,
): ProxyRequest['look'] {
  forgotten satisfies Record<string, never>;
  const own = (cdl?.length === 1 ? cdl[0] : cdl?.[index]) ?? null;
  if (own === null && lut === null) return undefined;
  return { cdl: own, lut, levels: lut_range, becomes: becomes ?? null, tablesFolder };
}

async function readLut(wanted: JobLut, roots: Roots, signal?: AbortSignal) {
  const { real, fault } = await realPathOf(wanted.path);
  checkAllowed('LUT', [{ field: PATH, paths: [{ named: wanted.path, real }] }], roots);
  const { file, lut } = await readHeld(wanted.path, { real, fault }, roots, signal).catch(
    (error: unknown) => {
      if (!(error instanceof OutsideRootsError)) throw error;
      throw outsideRoots('LUT', roots, [{ field: PATH, names: [wanted.path] }]);
    },
  );
  if (lut instanceof Error) {
    const message = `${PATH} ${wanted.path} can't be used: ${lut.message}`;
    throw contractViolation([{ path: PATH, message }]);
  }
  if (lut.sha256 !== wanted.sha256) {
    const message = `${HASH} is not that of ${wanted.path}, which is ${lut.sha256}`;
    throw contractViolation([{ path: HASH, message }]);
  }
  return { file, lut };
}

/**
 * Opens a LUT, and reads the file that was opened.
 *
 * @throws JobFailure `MissingSourcesError` if it isn't a readable file, `SourceChangedError`; OutsideRootsError; the reason of `signal`.
 */
async function readHeld(
  named: string,
  { real, fault }: Pick<RealPath, 'real' | 'fault'>,
  roots: Roots,
  signal?: AbortSignal,
): Promise<{ file: LutFile; lut: Awaited<ReturnType<typeof readCube>> }> {
  if (fault) throw missingLut(named, errorMessage(fault));
  const source = await OpenSource.open(real, roots).catch(problemIn);
  if (typeof source === 'string') throw missingLut(named, source);
  return closing(source, async () => {
    const problem = await fileProblem(source);
    if (problem !== null) throw missingLut(named, problem);
    const { fingerprint } = await surveySource(source.state);
    const lut = await readCube({ named, real: source.file }, signal);
    await checkHeld(source);
    return { file: { path: real, fingerprint }, lut };
  });
}

/**
 * Folder for look tables, which are kept because results name them: inside the watch folder or, without one, a temporary folder of the
 * user.
 *
 * @param watchFolder empty without one.
 */
export function tablesFolderOf(watchFolder: string): string {
  if (watchFolder !== '') return join(watchFolder, OWN_DIRECTORY, 'looks');
  return join(tmpdir(), `watch-folder-runner-looks-${process.geteuid?.()}`);
}
