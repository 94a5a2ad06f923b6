import {
  stat,
  readFile,
  readWhole,
  replaceFile,
  runProcess,
  findExecutable,
  RUNNER_VERSION,
  type ProcessOptions,
  type ProcessOutcome,
} from '@app/storage';
import { JobFailure } from '@app/jobspec';
import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { OWN_DIRECTORY, OWN_NAMES } from '@app/jobspec/folder';

/** A program that is asked about itself answers within this time, in seconds. */
const ANSWER_SECONDS = 30;

/** A call of FFmpeg beside a job that takes so long, in seconds, hangs. */
const STALL_SECONDS = 120;

/** Asks FFmpeg once: a program that is upgraded, which its file's identity tells, is asked again. */
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
 * The installed FFmpeg, for example `ffmpeg 7.1.5-0+deb13u1`.
 *
 * @throws JobFailure `EngineUnavailableError` when it is not there or doesn't run.
 */
export const ffmpegVersion = once(askVersion);

async function askVersion(path: string): Promise<string> {
  const { output, ending } = await ask(path, '-version');
  const version = versionIn(output);
  if (version !== null) return version;
  throw new JobFailure('program_broken', { path, ending });
}

/** The names of all encoders that the installed FFmpeg was built with. @throws as {@link ffmpegVersion} does. */
export async function installedEncoders(): Promise<ReadonlySet<string>> {
  return listed('-encoders', /^ [VAS][\w.]{5} (\S+)/gm);
}

/** The names of all filters that it was built with. @throws as {@link ffmpegVersion} does. */
export async function installedFilters(): Promise<ReadonlySet<string>> {
  return listed('-filters', /^ [TSC.]{2,3} (\S+)/gm);
}

async function listed(list: string, line: RegExp): Promise<ReadonlySet<string>> {
  const { output } = await ask(await requireTool('ffmpeg'), '-hide_banner', list);
  return new Set(Array.from(output.matchAll(line), ([, name = '']) => name));
}

/** Runs FFmpeg for whoever makes no proxy by it. */
export function runFfmpeg(
  args: readonly string[],
  options?: Omit<ProcessOptions, 'stallSeconds'>,
): Promise<ProcessOutcome> {
  return runProcess(['ffmpeg', ...args], { stallSeconds: STALL_SECONDS, ...options });
}

/** What a program answers to a question about itself, on its standard output. */
async function ask(path: string, ...args: string[]) {
  const chunks: Uint8Array[] = [];
  const { exitCode, endedBy } = await runProcess([path, ...args], {
    stallSeconds: ANSWER_SECONDS,
    onStdout: (chunk) => chunks.push(chunk),
  });
  return { output: Buffer.concat(chunks).toString(), ending: exitCode ?? endedBy };
}

/** The version in what `ffmpeg -version` prints, for example `ffmpeg 7.1.5-0+deb13u1`; `null` when there is none. */
function versionIn(output: string): string | null {
  const version = /^ffmpeg version (\S+)/.exec(output)?.[1];
  return version === undefined ? null : `ffmpeg ${version}`;
}

/** @throws JobFailure `EngineUnavailableError` when the program is not on the PATH. */
export async function requireTool(name: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const path = await findExecutable(name);
  if (path !== null) return path;
  throw new JobFailure('program_missing', { program: name });
}

/** FFmpeg's own list of what it has in memory; a wrapper that starts it isn't in its way. */
const OWN_MAPS = '-v error -f data -i file:/proc/self/maps -map 0 -c copy -f data pipe:1';
/** Machines may take turns at a folder, and an FFmpeg may come back. */
const KEPT = 16;
const MOST_BYTES = 64 * 1024;

interface Proof {
  /** See {@link ffmpegBuild}. */
  build: string;
  ffmpeg: string;
  runner: string;
  proved_at: string;
}

/**
 * All that what FFmpeg makes may hang on, as a hash: the program, the libraries that it loads, what the processor can, and our release.
 * Files count by name, size and time of change, so a copy elsewhere counts as another.
 *
 * @throws JobFailure `EngineUnavailableError` when there is none; the system's error.
 */
export async function ffmpegBuild(): Promise<string> {
  const hash = createHash('sha256').update(`${RUNNER_VERSION}\n${await processor()}\n`);
  for (const path of await loadedFiles()) {
    const found = await stat(path).catch(() => null);
    hash.update(`${path}\n${found?.size}\n${found?.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Whether the installed FFmpeg is known to be proved where a runner works: what can't be found out isn't. @param watchFolder `''` for none */
export async function isProved(watchFolder: string): Promise<boolean> {
  if (watchFolder === '') return false;
  const proofs = await readProofs(watchFolder);
  if (proofs.length === 0) return false;
  const build = await ffmpegBuild().catch(() => null);
  return proofs.some((proof) => proof.build === build);
}

/** Notes that the installed FFmpeg is proved; or, that it isn't any more. */
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
  const proofs = [...others, ...(proved ? [proof] : [])].slice(-KEPT);
  await replaceFile(placeIn(watchFolder), `${JSON.stringify({ proofs }, null, 2)}\n`);
}

/** None where it isn't there, or isn't one of ours. */
async function readProofs(watchFolder: string): Promise<Proof[]> {
  try {
    const read = JSON.parse(String(await readWhole(placeIn(watchFolder), MOST_BYTES))) as {
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

/** What it can do decides which code FFmpeg runs. */
async function processor(): Promise<string> {
  const told = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return /^(?:flags|Features)\s*:.*$/m.exec(told)?.[0] ?? cpus()[0]?.model ?? '';
}
