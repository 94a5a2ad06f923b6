import { forgetName, rememberName } from './open-names.ts';
import { stat, type FileHandle } from './bounded-fs.ts';

/** Linux' own, which Node doesn't name: something is held, and nothing of it is read. For a folder no more rights are needed than for its files. */
export const O_PATH = 0o10000000;

/**
 * A path that leads to an open file or folder itself, for this process and the programs it starts, whatever becomes of the
 * name that it was opened by: nobody can put a link in its place.
 *
 * @param name that it was opened by.
 * @returns `name` where the system has no such paths, or doesn't let this process use its own: Linux has them in `/proc`.
 */
export async function pathOfOpen(file: FileHandle, name: string): Promise<string> {
  if (process.platform !== 'linux') return name;
  const path = `/proc/${process.pid}/fd/${file.fd}`;
  const [here, there] = await Promise.all([
    file.stat({ bigint: true }),
    stat(path, { bigint: true }).catch(() => null),
  ]);
  if (there === null || !isSameFile(here, there)) return name;
  rememberName(path, name);
  return path;
}

/** The file is about to be closed. */
export function forgetPathOf(file: FileHandle): void {
  forgetName(`/proc/${process.pid}/fd/${file.fd}`);
}

/** What tells a file from all others of its system, as long as it is there. */
export interface FileIdentity {
  dev: bigint;
  ino: bigint;
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.dev === other.dev && one.ino === other.ino;
}
