import { join } from 'node:path';
import { jobNameOf, stemOf } from '@app/jobspec/folder';
import { exists, isNameBusy, type WatchFolder } from '@app/storage';

/**
 * Maximum length of a stem, in UTF-16 code units of at most 3 bytes each; leaves room for a suffix in a name of 255
 * bytes.
 */
const MAX_STEM_LENGTH = 75;

/**
 * Name such as `day1-C0001-h264-3c16ac52-retry.json`, numbered if taken.
 *
 * @param of name of the failed job
 * @param others names given in this retry, which count as taken
 */
export async function freeName(
  folder: WatchFolder,
  of: string,
  others: readonly string[],
): Promise<string> {
  const stem = `${stemOf(of)
    .replace(/-retry(-\d+)?$/, '')
    .slice(0, MAX_STEM_LENGTH)
    .toWellFormed()}-retry`;
  const own = others.filter((name) => name.startsWith(stem)).length;
  for (let number = own + 1; ; number++) {
    const name = jobNameOf(number === 1 ? stem : `${stem}-${number}`);
    const isTaken = others.includes(name) || (await isKnown(folder, name));
    if (!isTaken) return name;
  }
}

/** True if a job has or had this name; reusing it would be ambiguous. */
async function isKnown(folder: WatchFolder, name: string): Promise<boolean> {
  for (const state of [folder.pending, folder.completed, folder.failed])
    if (await exists(join(state, name))) return true;
  return isNameBusy(folder, name);
}
