import { open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { JobFailure, type ClipResult } from '@app/jobspec';
import { errorCode, errorMessage, isNoSpace } from '../platform/system-error.ts';
import { NoSpaceFailure } from '../results/no-space-failure.ts';

/** A file of ours is known by its inode, so that nobody else's is ever taken for it. */
interface JournalEntry {
  stagingPath: string;
  inode: string;
  /** The clip as its result will list it; `null` while it is encoded. */
  clip: ClipResult | null;
  /** The final name is about to be reserved by an empty file. */
  reserves?: boolean;
}

/** What an interrupted job left behind. */
export interface JournalContent {
  /** Clips that were verified and published, then the one that failed, if any. */
  clips: ClipResult[];
  /** Files of the job that nobody needs. */
  leftovers: string[];
}

/**
 * Remembers, for one running job, which staging files are its own and how its clips ended. A finished clip's entry is
 * durable before the clip gets its final name: after a crash at any point the published clips are known exactly.
 */
export class ClipJournal {
  readonly #path: string;
  /** The first entry replaces whatever an earlier job of this name has left. */
  #flags: 'w' | 'a' = 'w';

  constructor(directory: string, jobName: string) {
    this.#path = join(directory, jobName);
  }

  /** Records that encoding into a staging file begins. @throws JobFailure when it can't be. */
  async begin(stagingPath: string): Promise<void> {
    await this.#append({ stagingPath, inode: await inodeOf(stagingPath), clip: null });
  }

  /** Records that the staged and verified file is about to be published. @throws JobFailure when it can't be. */
  async publish(stagingPath: string, clip: ClipResult): Promise<void> {
    await this.#append({ stagingPath, inode: await inodeOf(stagingPath), clip });
  }

  /** Records that the clip's final name, which is free, is about to be reserved. @throws JobFailure when it can't be. */
  async reserve(stagingPath: string, clip: ClipResult): Promise<void> {
    await this.#append({ stagingPath, inode: await inodeOf(stagingPath), clip, reserves: true });
  }

  /** Records that the clip failed and that its incomplete file is kept. */
  async fail(partialPath: string, clip: ClipResult): Promise<void> {
    await this.#append({ stagingPath: partialPath, inode: await inodeOf(partialPath), clip });
  }

  /** Forgets the job once it is archived; should that fail, the next job of its name does. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true }).catch(() => undefined);
  }

  /** Compares what was recorded with the files that are there. @throws the system's error. */
  async read(): Promise<JournalContent> {
    const clips = new Map<string, ClipResult>();
    const leftovers = new Set<string>();
    for (const { stagingPath, inode, clip, reserves } of await this.#entries()) {
      const isStaged = await hasInode(stagingPath, inode);
      const outputPath = clip?.resolved_output_path ?? '';
      if (clip?.status === 'FAILED') {
        leftovers.delete(stagingPath);
        leftovers.delete(outputPath);
        clips.set(outputPath, clip);
        continue;
      }
      if (isStaged) leftovers.add(stagingPath);
      if (clip !== null && (await hasInode(outputPath, inode))) clips.set(outputPath, clip);
      if (reserves && isStaged && (await isEmpty(outputPath))) leftovers.add(outputPath);
    }
    return { clips: [...clips.values()], leftovers: [...leftovers] };
  }

  /** A line of its own even after one that a full disk cut off. */
  async #append(entry: JournalEntry) {
    try {
      const file = await open(this.#path, this.#flags);
      try {
        await file.appendFile(`\n${JSON.stringify(entry)}\n`);
        if (entry.clip?.status === 'COMPLETED') await file.datasync();
      } finally {
        await file.close();
      }
      this.#flags = 'a';
    } catch (error) {
      throw journalFailure(error, dirname(this.#path));
    }
  }

  /** Every whole line; one that was cut off was never acted upon. */
  async #entries(): Promise<JournalEntry[]> {
    try {
      return (await readFile(this.#path, 'utf8')).split('\n').flatMap(parseEntry);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

function parseEntry(line: string): JournalEntry[] {
  try {
    return [JSON.parse(line) as JournalEntry];
  } catch {
    return [];
  }
}

function journalFailure(error: unknown, directory: string): JobFailure {
  if (isNoSpace(error)) return new NoSpaceFailure(directory, { cause: error });
  const message = `The runner can't write to its own folder ${directory}: ${errorMessage(error)}`;
  return new JobFailure('EngineError', message, { cause: error });
}

async function inodeOf(path: string): Promise<string> {
  return String((await stat(path, { bigint: true })).ino);
}

async function hasInode(path: string, inode: string): Promise<boolean> {
  try {
    return (await inodeOf(path)) === inode;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

async function isEmpty(path: string): Promise<boolean> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => -1,
  );
  return size === 0;
}
