import { readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import {
  frameNames,
  frameSequence,
  PER_CENT,
  rawFrameFormat,
  type FrameSequence,
} from '@app/engines';

/** Where the frames of a source lie. */
export interface FrameFolder {
  path: string;
  /** The frame that stands for its sequence; undefined when the folder does. */
  firstFrame: string | undefined;
  /** Of the frames that the source consists of, sorted. */
  names: readonly string[];
  /** Those of them that are symbolic links. */
  links: readonly string[];
}

/** The frames of a source; `null` for a clip in one file. @throws the system's error when they can't be listed. */
export async function frameFolderOf(source: string): Promise<FrameFolder | null> {
  const isFolder = (await stat(source)).isDirectory();
  if (!isFolder && rawFrameFormat(source) === null) return null;
  const path = isFolder ? source : dirname(source);
  const firstFrame = isFolder ? undefined : basename(source);
  const entries = await readdir(path, { withFileTypes: true });
  const names = frameNames(
    entries.map(({ name }) => name),
    firstFrame,
  );
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
