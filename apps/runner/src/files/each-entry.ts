import type { Dir, Dirent } from 'node:fs';

/**
 * Tells every entry of a directory, and closes it. Node's own iterator makes several promises for each, which is what a folder
 * of a million files is waited for.
 *
 * @param take may answer with a promise, which is waited for.
 * @throws the system's error; what `take` throws.
 */
export async function eachEntry(
  directory: Dir,
  take: (entry: Dirent) => Promise<void> | undefined,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const next = () => directory.read((error, entry) => (error ? reject(error) : go(entry)));
      const go = (entry: Dirent | null) => {
        if (entry === null) return resolve();
        try {
          const taken = take(entry);
          if (taken === undefined) next();
          else taken.then(next, reject);
        } catch (failure) {
          reject(failure);
        }
      };
      next();
    });
  } finally {
    await directory.close();
  }
}
