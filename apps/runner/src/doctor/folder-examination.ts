import { constants } from 'node:fs';
import { access, errorMessage, exists, stat, statfs } from '../files/index.ts';
import { printable } from '../text/index.ts';
import { FolderLock, misplacedJobs, WatchFolder } from '../watch/folder/index.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

/** Looks at a watch folder without changing anything in it. */
export async function examineFolder(root: string): Promise<Finding[]> {
  if (!(await exists(root).catch(() => false)))
    return [
      problem(
        `${printable(root)} does not exist. Create it (mkdir -p ${root}), or mount its volume.`,
      ),
    ];
  if (!(await stat(root)).isDirectory())
    return [problem(`${printable(root)} is a file. Name a directory.`)];
  const folder = new WatchFolder(root);
  try {
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
    await folder.check();
  } catch (error) {
    return [problem(errorMessage(error))];
  }
  return [
    ok(`${root} can be used`),
    await examineSpace(root),
    await examineLock(folder),
    ...(await examineMisplaced(folder)),
  ];
}

/** Names JobSpecs that nobody will run. */
async function examineMisplaced(folder: WatchFolder): Promise<Finding[]> {
  const places = await misplacedJobs(folder);
  return places.map(({ directory, files, count }) => {
    const more = count > files.length ? ` and ${count - files.length} more` : '';
    return warning(
      `${files.map(printable).join(', ')}${more} in ${printable(directory)} will not be run: only what is in pending/ is. Move or remove them.`,
    );
  });
}

async function examineSpace(root: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(root);
  return ok(`${Math.floor((bavail * bsize) / 1e6)} MB free for job files and results`);
}

async function examineLock(folder: WatchFolder): Promise<Finding> {
  const holder = await FolderLock.holder(folder);
  return ok(holder === null ? 'no runner works on it' : `a runner works on it: ${holder}`);
}
