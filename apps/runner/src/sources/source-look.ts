import type { BigIntStats } from 'node:fs';
import { stat } from '../files/index.ts';
import { basename, dirname } from 'node:path';
import { PER_CENT, rawFrameFormat, type FrameSequence, type NumberedFrames } from '@app/engines';
import { FolderListing } from './folder-listing.ts';

/** What a source is at one moment. Everything that is decided of it at that moment shares one look. */
export interface SourceLook {
  path: string;
  /** Of what a link leads to. */
  stats: BigIntStats;
  /** The folder that a sequence of frames lies in; `null` for a clip in one file. */
  folder: FolderListing | null;
  /** The frame that stands for its sequence; undefined when the folder does. */
  firstFrame: string | undefined;
}

/** Where the frames of a source lie. */
export interface FrameFolder {
  path: string;
  /** Names in it that are symbolic links. */
  links: ReadonlySet<string>;
  firstFrame: string | undefined;
  /** That the source consists of: the same object for every frame of a sequence, in one listing. */
  frames: NumberedFrames;
}

/** Folders that were listed at one moment, by their paths. */
export type Listings = Map<string, FolderListing>;

/**
 * Lists the folder of a source's frames, unless that was done at this moment, and opens nothing else.
 *
 * @throws the system's error.
 */
export async function lookAtSource(
  path: string,
  listings: Listings = new Map(),
): Promise<SourceLook> {
  const stats = await stat(path, { bigint: true });
  const isFolder = stats.isDirectory();
  const isFrame = stats.isFile() && rawFrameFormat(path) !== null;
  if (!isFolder && !isFrame) return { path, stats, folder: null, firstFrame: undefined };
  const folder = isFolder ? path : dirname(path);
  const listing = listings.get(folder) ?? (await FolderListing.of(folder));
  listings.set(folder, listing);
  return { path, stats, folder: listing, firstFrame: isFolder ? undefined : basename(path) };
}

/** The frames of a source; `null` for a clip in one file. */
export function framesOf({ folder, firstFrame }: SourceLook): FrameFolder | null {
  if (folder === null) return null;
  const { path, links } = folder;
  return { path, links, firstFrame, frames: folder.framesOf(firstFrame) };
}

/**
 * The one sequence of a folder; `null` for a single frame without a number.
 *
 * @throws RangeError with a sentence when frames are missing, it isn't clear which are meant, or they can't be named to Resolve.
 */
export function sequenceIn({ path, frames, firstFrame }: FrameFolder): FrameSequence | null {
  const sequence = frames.sequence(firstFrame);
  if (sequence !== null && path.includes('%')) throw new RangeError(PER_CENT);
  return sequence;
}
