import { readdir, stat } from 'node:fs/promises';
import { JobFailure } from '@app/jobspec';
import type { SourceFacts } from '@app/engines';

/**
 * What the file system says of a source, symlinks followed; nothing is opened but a folder.
 *
 * @throws JobFailure `MissingSourcesError` when it can't be looked at (any more).
 */
export async function sourceFacts(path: string): Promise<SourceFacts> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return { path, kind: 'file', sizeBytes: stats.size };
    if (!stats.isDirectory()) return { path, kind: 'special' };
    const entries = await readdir(path, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
    return { path, kind: 'folder', fileNames: files.map(({ name }) => name) };
  } catch (cause) {
    throw new JobFailure('MissingSourcesError', `Missing source files: ${path}`, { cause });
  }
}
