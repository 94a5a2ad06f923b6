import { constants } from 'node:fs';
import { access, stat } from '../files/index.ts';
import { basename, delimiter, join } from 'node:path';
import { environment } from './environment.ts';

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
