import { constants } from 'node:fs';
import { basename, delimiter, join, parse } from 'node:path';
import { access, stat } from '../files/bounded-fs.ts';

/** Working directory of programs. Every path is absolute, and the runner's own directory may be gone. */
export const PROGRAM_DIRECTORY = parse(process.execPath).root;

/**
 * Environment of the process: read here for `PATH`, the variables of Resolve and what child processes inherit. The
 * runner's own settings are read by `config/` alone.
 */
export function environment(): Readonly<NodeJS.ProcessEnv> {
  return process.env;
}

/** Variables that programs need to be found, to load their libraries and to create temporary files. */
const HANDED_ON = [
  ['PATH', 'HOME', 'TMPDIR'],
  ['LD_LIBRARY_PATH', 'LD_PRELOAD', 'DYLD_LIBRARY_PATH', 'DYLD_FALLBACK_LIBRARY_PATH'],
  // Windows starts few programs without these.
  ['Path', 'PATHEXT', 'SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'USERPROFILE'],
].flat();

/**
 * Environment of programs whose output is parsed and whose files are compared. Variables such as `AV_LOG_FORCE_COLOR` and `FFREPORT`
 * would change FFmpeg's output and so the verdict: the same job must end the same way on every machine.
 */
export function knownEnvironment(): Record<string, string> {
  const known = HANDED_ON.flatMap((name) => {
    const value = environment()[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(known), LC_ALL: 'C.UTF-8' };
}

/** Number of threads for file system calls; Node's default is 4. */
export const FILE_THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);

/** Full path of a program on the `PATH`, or of one named by its path; `null` if it doesn't exist. */
export async function findExecutable(name: string): Promise<string | null> {
  if (basename(name) !== name) return (await isExecutable(name)) ? name : null;
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  for (const directory of (environment()['PATH'] ?? '').split(delimiter)) {
    for (const suffix of suffixes) {
      const path = join(directory || '.', name + suffix);
      if (await isExecutable(path)) return path;
    }
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
