import { stat } from '../files/index.ts';
import { JobFailure } from '@app/jobspec';
import { runProcess } from '../process/child-process.ts';
import { findExecutable } from '../process/find-executable.ts';

/** A program that is asked about itself answers within this time, in seconds. */
const ANSWER_SECONDS = 30;

/** Versions by the program file's identity: a program that is upgraded is asked again. */
const versions = new Map<string, string>();

/**
 * The installed FFmpeg, for example `ffmpeg 7.1.5-0+deb13u1`.
 *
 * @throws JobFailure `EngineUnavailableError` when it is not there or doesn't run.
 */
export async function ffmpegVersion(): Promise<string> {
  const path = await requireTool('ffmpeg');
  const { ino, mtimeMs } = await stat(path);
  const key = `${path}:${ino}:${mtimeMs}`;
  const known = versions.get(key);
  if (known !== undefined) return known;
  const version = await askVersion(path);
  versions.set(key, version);
  return version;
}

async function askVersion(path: string): Promise<string> {
  const { output, ending } = await ask(path, '-version');
  const version = versionIn(output);
  if (version !== null) return version;
  throw new JobFailure('program_broken', { path, ending });
}

/** The names of all encoders that the installed FFmpeg was built with. @throws as {@link ffmpegVersion} does. */
export async function installedEncoders(): Promise<ReadonlySet<string>> {
  const path = await requireTool('ffmpeg');
  const { output } = await ask(path, '-hide_banner', '-encoders');
  return new Set(Array.from(output.matchAll(/^ [VAS][\w.]{5} (\S+)/gm), ([, name = '']) => name));
}

/** The names of all filters that it was built with. @throws as {@link ffmpegVersion} does. */
export async function installedFilters(): Promise<ReadonlySet<string>> {
  const path = await requireTool('ffmpeg');
  const { output } = await ask(path, '-hide_banner', '-filters');
  return new Set(Array.from(output.matchAll(/^ [TSC.]{2,3} (\S+)/gm), ([, name = '']) => name));
}

/** What a program answers to a question about itself, on its standard output. */
export async function ask(path: string, ...args: string[]) {
  const chunks: Uint8Array[] = [];
  const { exitCode, endedBy } = await runProcess([path, ...args], {
    stallSeconds: ANSWER_SECONDS,
    onStdout: (chunk) => chunks.push(chunk),
  });
  return { output: Buffer.concat(chunks).toString(), ending: exitCode ?? endedBy };
}

/** The version in what `ffmpeg -version` prints, for example `ffmpeg 7.1.5-0+deb13u1`; `null` when there is none. */
export function versionIn(output: string): string | null {
  const version = /^ffmpeg version (\S+)/.exec(output)?.[1];
  return version === undefined ? null : `ffmpeg ${version}`;
}

/** @throws JobFailure `EngineUnavailableError` when the program is not on the PATH. */
export async function requireTool(name: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const path = await findExecutable(name);
  if (path !== null) return path;
  throw new JobFailure('program_missing', { program: name });
}
