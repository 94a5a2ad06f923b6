import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWN_DIRECTORY } from '@app/jobspec/folder';

/**
 * Where tables of looks are kept, as long as results name them: with the watch folder, or, for a job without one, in a folder of
 * this user's for temporary files.
 *
 * @param watchFolder `''` without one.
 */
export function tablesFolderOf(watchFolder: string): string {
  if (watchFolder !== '') return join(watchFolder, OWN_DIRECTORY, 'looks');
  return join(tmpdir(), `watch-folder-runner-looks-${process.geteuid?.()}`);
}
