import { constants } from 'node:fs';
import { extname } from 'node:path';
import { isFollowerSilent } from '@app/jobspec/folder';
import {
  access,
  errorMessage,
  exists,
  folderFault,
  unplannedIn,
  isFull,
  MIN_FREE_BYTES,
  readdir,
  stat,
  statfs,
  FolderLock,
  FolderUnusableError,
  LET_LOCKS_BE_SEEN,
  followersOf,
  foreignFolderFault,
  WatchFolder,
} from '@app/storage';
import { extensionsOf } from '@app/engines';
import { plural, listed, printable, shellCommand } from '@app/jobspec';
import { LEFT_OUT } from '@app/jobspec/inventory';
import { ok, problem, warning, type Finding } from './finding.ts';

/**
 * Examines a watch folder without changing anything in it. @param isProved true if this host's FFmpeg is proved there
 */
export async function examineFolder(
  root: string,
  isProved: (watchFolder: string) => Promise<boolean>,
): Promise<Finding[]> {
  if (!(await exists(root).catch(() => false)))
    return [
      problem(
        `${printable(root)} does not exist. Create it (${shellCommand(['mkdir', '-p', root])}), or mount its volume.`,
      ),
    ];
  if (!(await stat(root)).isDirectory())
    return [problem(`${printable(root)} is a file. Name a directory.`)];
  const folder = new WatchFolder(root);
  return [
    ...(await examineUse(folder)),
    await examineSpace(root),
    await examineLock(folder),
    ...(await examineFollowers(folder)),
    ...(await examineInventory(folder)),
    examineProof(root, await isProved(root)),
    ...(await examineClips(folder)),
  ];
}

/**
 * Reports the runner that works on the folder, and whether a second one would be kept out. Unreadable locks are
 * ignored.
 */
async function examineLock(folder: WatchFolder): Promise<Finding> {
  try {
    const holder = await FolderLock.holder(folder);
    if (holder !== null) return ok(`a runner works on it: ${holder} (see status)`);
    const unseen = await FolderLock.unseenHolder(folder);
    if (unseen !== null)
      return problem(
        `a runner works on it whose lock this host doesn't see: ${unseen}. ${LET_LOCKS_BE_SEEN}`,
      );
  } catch (error) {
    if (error instanceof FolderUnusableError) return problem(error.message);
  }
  return ok('no runner works on it');
}

/** Checks that the runner can move jobs between the directories. */
async function examineUse(folder: WatchFolder): Promise<Finding[]> {
  const { root } = folder;
  try {
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
    const foreign = await foreignFolderFault(root);
    if (foreign !== null) return [problem(foreign)];
    await folder.check();
  } catch (error) {
    return [problem(errorMessage(error))];
  }
  const findings: Finding[] = [];
  for (const directory of folder.directories) {
    const fault = await folderFault(directory);
    if (fault !== null)
      findings.push(problem(`${printable(fault.path)} ${fault.fact}. Let the runner write to it.`));
  }
  if (findings.length > 0) return findings;
  const asRoot = process.getuid?.() === 0 ? '; as root, who may write everywhere' : '';
  return [ok(`${root} can be used${asRoot}`)];
}

/** Checks that FFmpeg is proved. */
function examineProof(root: string, isProved: boolean): Finding {
  if (isProved) return ok('this FFmpeg is proved');
  return warning(
    `this FFmpeg isn't proved here, and results say so. Run: ${shellCommand(['watch-folder-runner', 'doctor', '--prove', root])}`,
  );
}

/** Reports the followers that plan new media. */
async function examineFollowers(folder: WatchFolder): Promise<Finding[]> {
  return (await followersOf(folder)).flatMap(({ status }) => {
    const { host, pid, last_poll_at, media, waiting, problem: fault, stopped_at } = status;
    const who = `plan --follow of ${media.map(printable).join(', ')} (${host}, pid ${pid})`;
    if (stopped_at !== null) return [];
    if (isFollowerSilent(status, Date.now()))
      return [
        warning(`${who} has been silent since ${last_poll_at}: it plans nothing. Start it again.`),
      ];
    if (fault !== null) return [warning(`${who} can't plan everything now: ${fault}`)];
    return [
      ok(`${who} looked at ${last_poll_at}; ${plural(waiting, 'clip')} of it not planned yet`),
    ];
  });
}

/** Reports clips on media that no job was submitted for. */
async function examineInventory(folder: WatchFolder): Promise<Finding[]> {
  const media = await unplannedIn(folder).catch((error: unknown) => errorMessage(error));
  if (typeof media === 'string') return [problem(`what lies on media can't be read: ${media}`)];
  const faults = [...media.faults.map(problem), ...media.notices.map(warning)];
  const left = media.clips;
  const [first] = left;
  if (first === undefined) return faults;
  const { title, advice } = LEFT_OUT[first.cause];
  return [
    ...faults,
    warning(
      `${plural(left.length, 'clip')} on media not planned; the first is ${printable(first.path)}: ${title}. ${advice}`,
    ),
  ];
}

/** Reports clips and folders in `pending/`, where only JobSpecs are taken. */
async function examineClips({ root, pending }: WatchFolder): Promise<Finding[]> {
  const entries = await readdir(pending, { withFileTypes: true }).catch(() => []);
  const clips = entries
    .filter((entry) => entry.isDirectory() || CLIPS.has(extname(entry.name).toLowerCase()))
    .map(({ name }) => printable(name));
  if (clips.length === 0) return [];
  const follow = shellCommand([
    'watch-folder-runner',
    'plan',
    'FOLDER',
    '--follow',
    '--submit',
    root,
  ]);
  const way = ['watch-folder-runner make FOLDER --for SYSTEM', follow].join(', or ');
  return [
    warning(
      `${listed(clips)} in pending/: no proxies are made of clips there, as it takes JobSpecs. Put clips into a folder of their own, and run: ${way}`,
    ),
  ];
}

const CLIPS: ReadonlySet<string> = new Set(extensionsOf('clip'));

async function examineSpace(root: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(root);
  const free = `${Math.floor((bavail * bsize) / 1e6)} MB free for job files and results`;
  return (await isFull(root, MIN_FREE_BYTES.forResults))
    ? problem(`${free}: no job is claimed. Free some space.`)
    : ok(free);
}
