import type { BigIntStats, Dirent } from 'node:fs';
import { readdir, stat } from '../files/index.ts';
import { basename, dirname } from 'node:path';
import {
  frameNames,
  frameSequence,
  PER_CENT,
  rawFrameFormat,
  type FrameSequence,
} from '@app/engines';

/** What a source is at one moment. Everything that is decided of it at that moment shares one look. */
export interface SourceLook {
  path: string;
  /** Of what a link leads to. */
  stats: BigIntStats;
  /** The folder that a sequence of frames lies in; `null` for a clip in one file. */
  folder: ListedFolder | null;
}

interface ListedFolder {
  path: string;
  /** The frame that stands for its sequence; undefined when the folder does. */
  firstFrame: string | undefined;
  entries: readonly Dirent[];
}

/** Where the frames of a source lie. */
export interface FrameFolder {
  path: string;
  firstFrame: string | undefined;
  /** Of the frames that the source consists of, sorted. */
  names: readonly string[];
  /** Those of them that are symbolic links. */
  links: readonly string[];
}

/** Lists the folder of a source's frames and opens nothing else. @throws the system's error. */
export async function lookAtSource(path: string): Promise<SourceLook> {
  const stats = await stat(path, { bigint: true });
  const isFolder = stats.isDirectory();
  const isFrame = stats.isFile() && rawFrameFormat(path) !== null;
  if (!isFolder && !isFrame) return { path, stats, folder: null };
  const folder = isFolder ? path : dirname(path);
  const entries = await readdir(folder, { withFileTypes: true });
  return {
    path,
    stats,
    folder: { path: folder, firstFrame: isFolder ? undefined : basename(path), entries },
  };
}

/** The frames of a source; `null` for a clip in one file. */
export function framesOf({ folder }: SourceLook): FrameFolder | null {
  if (folder === null) return null;
  const { path, firstFrame, entries } = folder;
  const fileNames = entries.map(({ name }) => name);
  const names = frameNames(fileNames, firstFrame);
  const isLink = new Map(entries.map((entry) => [entry.name, entry.isSymbolicLink()]));
  return { path, firstFrame, names, links: names.filter((name) => isLink.get(name)) };
}

/**
 * The one sequence of a folder; `null` for a single frame without a number.
 *
 * @throws RangeError with a sentence when frames are missing, it isn't clear which are meant, or they can't be named to Resolve.
 */
export function sequenceIn({ path, names, firstFrame }: FrameFolder): FrameSequence | null {
  const sequence = frameSequence(names, firstFrame);
  if (sequence !== null && path.includes('%')) throw new RangeError(PER_CENT);
  return sequence;
}
