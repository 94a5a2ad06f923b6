import {
  stat,
  readFile,
  readWhole,
  replaceFile,
  runProcess,
  findExecutable,
  RUNNER_VERSION,
  type ProcessOptions,
} from '@app/storage';
import type { ProgramEnding } from '@app/engines';
import { JobFailure } from '@app/jobspec';
import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { OWN_DIRECTORY, OWN_NAMES } from '@app/jobspec/folder';

/** Limit for a program to print facts about itself, in seconds. */
const ANSWER_SECONDS = 30;

/** Stall limit of FFmpeg calls outside of jobs, in seconds. */
const STALL_SECONDS = 120;

/** Caches an answer of FFmpeg until the program file changes, as an upgrade does. */
function once<Answer>(ask: (program: string) => Promise<Answer>): () => Promise<Answer> {
  const known = new Map<string, Answer>();
  return async () => {
    const program = await requireTool('ffmpeg');
    const { ino, mtimeMs } = await stat(program);
    const key = `${program}:${ino}:${mtimeMs}`;
    const answer = known.get(key) ?? (await ask(program));
    known.set(key, answer);
    return answer;
  };
}

/**
 * Version of the installed FFmpeg, for example `ffmpeg 7.1.5-0+deb13u1`.
 *
 * @throws JobFailure `EngineUnavailableError` if it is missing or doesn't run.
 */
export const ffmpegVersion = once(askVersion);

async function askVersion(path: string): Promise<string> {
  const { output, ending } = await ask(path, '-version');
  const version = versionIn(output);
  if (version !== null) return version;
  throw new JobFailure('program_broken', { path, ending });
}

/** Names of all encoders of the installed FFmpeg. @throws as {@link ffmpegVersion} does. */
export async function installedEncoders(): Promise<ReadonlySet<string>> {
  return listed('-encoders', /^ [VAS][\w.]{5} (\S+)/gm);
}

/** Names of all filters of the installed FFmpeg. @throws as {@link ffmpegVersion} does. */
export async function installedFilters(): Promise<ReadonlySet<string>> {
  return listed('-filters', /^ [TSC.]{2,3} (\S+)/gm);
}

async function listed(list: string, line: RegExp): Promise<ReadonlySet<string>> {
  const { output } = await ask(await requireTool('ffmpeg'), '-hide_banner', list);
  return new Set(Array.from(output.matchAll(line), ([, name = '']) => name));
}

/** Runs FFmpeg outside of jobs. */
export function runFfmpeg(
  args: readonly string[],
  options?: Omit<ProcessOptions, 'stallSeconds'>,
): Promise<ProgramEnding> {
  return runProcess(['ffmpeg', ...args], { stallSeconds: STALL_SECONDS, ...options });
}

/** Standard output and ending of a program that prints facts about itself. */
async function ask(path: string, ...args: string[]) {
  const chunks: Uint8Array[] = [];
  const { exitCode, endedBy } = await runProcess([path, ...args], {
    stallSeconds: ANSWER_SECONDS,
    onStdout: (chunk) => chunks.push(chunk),
  });
  return { output: Buffer.concat(chunks).toString(), ending: exitCode ?? endedBy };
}

/** Version in the output of `ffmpeg -version`, for example `ffmpeg 7.1.5-0+deb13u1`; `null` if there is none. */
function versionIn(output: string): string | null {
  const version = /^ffmpeg version (\S+)/.exec(output)?.[1];
  return version === undefined ? null : `ffmpeg ${version}`;
}

/** Path of a program. @throws JobFailure `EngineUnavailableError` if it is not on the PATH. */
export async function requireTool(name: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const path = await findExecutable(name);
  if (path !== null) return path;
  throw new JobFailure('program_missing', { program: name });
}

/** Arguments that make FFmpeg print its own memory maps; they work through a wrapper script, too. */
const OWN_MAPS = '-v error -f data -i file:/proc/self/maps -map 0 -c copy -f data pipe:1';
/** Number of proofs kept: several machines may use the folder, and an earlier FFmpeg may be installed again. */
const MAX_PROOFS = 16;
const MAX_BYTES = 64 * 1024;

interface Proof {
  /** See {@link ffmpegBuild}. */
  build: string;
  ffmpeg: string;
  runner: string;
  proved_at: string;
}

/**
 * Hash of everything that FFmpeg's output may depend on: the program, its loaded libraries, the processor's features and the runner's
 * release. Files are identified by path, size and modification time, so a copy elsewhere counts as another build.
 *
 * @throws JobFailure `EngineUnavailableError` without FFmpeg; the system's error.
 */
export async function ffmpegBuild(): Promise<string> {
  const hash = createHash('sha256').update(`${RUNNER_VERSION}\n${await processor()}\n`);
  for (const path of await loadedFiles()) {
    const found = await stat(path).catch(() => null);
    hash.update(`${path}\n${found?.size}\n${found?.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** True if the watch folder holds a proof of the installed FFmpeg; false if that can't be determined. @param watchFolder `''` for none. */
export async function isProved(watchFolder: string): Promise<boolean> {
  if (watchFolder === '') return false;
  const proofs = await readProofs(watchFolder);
  if (proofs.length === 0) return false;
  const build = await ffmpegBuild().catch(() => null);
  return proofs.some((proof) => proof.build === build);
}

/** Adds the proof of an FFmpeg build to the watch folder, or removes it if the build failed. */
export async function rememberProof(
  watchFolder: string,
  build: string,
  proved: boolean,
): Promise<void> {
  const others = (await readProofs(watchFolder)).filter((proof) => proof.build !== build);
  const proof = {
    build,
    ffmpeg: await ffmpegVersion(),
    runner: RUNNER_VERSION,
    proved_at: new Date().toISOString(),
  };
  const proofs = [...others, ...(proved ? [proof] : [])].slice(-MAX_PROOFS);
  await replaceFile(placeIn(watchFolder), `${JSON.stringify({ proofs }, null, 2)}\n`);
}

/** Proofs in the watch folder; none if the file is missing or malformed. */
async function readProofs(watchFolder: string): Promise<Proof[]> {
  try {
    const read = JSON.parse(String(await readWhole(placeIn(watchFolder), MAX_BYTES))) as {
      proofs: Proof[];
    };
    return read.proofs.filter(({ build }) => typeof build === 'string');
  } catch {
    return [];
  }
}

function placeIn(watchFolder: string): string {
  return join(watchFolder, OWN_DIRECTORY, OWN_NAMES.proofs);
}

const loadedFiles = once(async (program) => {
  const { output } = await ask(program, ...OWN_MAPS.split(' '));
  const loaded = Array.from(output.matchAll(/ r-xp .*? (\/.+)$/gm), ([, path = '']) => path);
  return [...new Set([program, ...loaded])].toSorted();
});

/** Features of the processor, by which FFmpeg chooses its code. */
async function processor(): Promise<string> {
  const cpuinfo = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return /^(?:flags|Features)\s*:.*$/m.exec(cpuinfo)?.[0] ?? cpus()[0]?.model ?? '';
}
