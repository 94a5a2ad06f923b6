import { constants } from 'node:fs';
import { basename, delimiter, join, parse } from 'node:path';
import { access, stat } from '../files/bounded-fs.ts';

/** Where programs run: every path is absolute, and the directory that the runner was started in may be gone. */
export const PROGRAM_DIRECTORY = parse(process.execPath).root;

/**
 * The process's environment, for what is not a setting of ours: `PATH`, the variables of Resolve, and what child processes
 * inherit. Settings come from `config/`.
 */
export function environment(): Readonly<NodeJS.ProcessEnv> {
  return process.env;
}

/** What a program needs to be found, to load its libraries, and to have a place for temporary files. */
const HANDED_ON = [
  ['PATH', 'HOME', 'TMPDIR'],
  ['LD_LIBRARY_PATH', 'LD_PRELOAD', 'DYLD_LIBRARY_PATH', 'DYLD_FALLBACK_LIBRARY_PATH'],
  // Windows starts few programs without these.
  ['Path', 'PATHEXT', 'SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'USERPROFILE'],
].flat();

/**
 * The environment of programs whose words are read and whose files are compared. Variables such as `AV_LOG_FORCE_COLOR` and
 * `FFREPORT` would change what FFmpeg says, and with it the verdict: the same job must end the same way on every machine.
 */
export function knownEnvironment(): Record<string, string> {
  const known = HANDED_ON.flatMap((name) => {
    const value = environment()[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(known), LC_ALL: 'C.UTF-8' };
}

/** How many threads there are for the file system; Node's own number where nothing is set. */
export const FILE_THREADS = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4);

/** The full path of a program on the `PATH`, or of one that is named by its path; `null` when it isn't there. */
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
