import { stat } from './bounded-fs.ts';

/** Whether a path leads to a directory; false as well when that can't be told. */
export async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}
