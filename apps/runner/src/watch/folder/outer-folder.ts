import { basename, dirname, join } from 'node:path';
import { JOB_STATES, OWN_DIRECTORY } from '@app/jobspec/folder';
import { isDirectory, realpath } from '../../files/index.ts';

/** A watch folder that another folder lies in. */
export interface OuterFolder {
  root: string;
  /** Whether it lies in a directory of the runner's own, where nobody looks for jobs. */
  isInside: boolean;
}

const OWN = new Set<string>([...JOB_STATES, OWN_DIRECTORY]);

/** The watch folder in whose own directories a folder lies, or else the nearest above it; `null` for none. */
export async function outerFolderOf(folder: string): Promise<OuterFolder | null> {
  const real = await realpath(folder).catch(() => folder);
  let nearest: OuterFolder | null = null;
  for (let inner = real; dirname(inner) !== inner; inner = dirname(inner)) {
    const root = dirname(inner);
    if (!(await isDirectory(join(root, JOB_STATES[0])))) continue;
    if (OWN.has(basename(inner))) return { root, isInside: true };
    nearest ??= { root, isInside: false };
  }
  return nearest;
}
