import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClipResult } from '@app/jobspec';
import { errorCode } from '../platform/system-error.ts';

/** A staging file is known by its inode, so that nobody else's file is ever taken for ours. */
interface JournalEntry {
  stagingPath: string;
  inode: string;
  /** The clip as its result will list it once published; `null` while it is encoded. */
  clip: ClipResult | null;
}

/** What an interrupted job left behind. */
export interface JournalContent {
  /** Clips that were verified and published. */
  published: ClipResult[];
  /** Incomplete files of the job that nobody needs. */
  leftovers: string[];
}

/**
 * Remembers, for one running job, which staging files are its own and which clips it was about to publish. The entry is
 * durable before the clip gets its final name: after a crash at any point the published clips are known exactly.
 */
export class ClipJournal {
  readonly #path: string;

  constructor(directory: string, jobName: string) {
    this.#path = join(directory, jobName);
  }

  /** Records that encoding into a staging file begins. */
  async begin(stagingPath: string): Promise<void> {
    await this.#append({ stagingPath, inode: await inodeOf(stagingPath), clip: null });
  }

  /** Records that the staged and verified file is about to be published. */
  async publish(stagingPath: string, clip: ClipResult): Promise<void> {
    await this.#append({ stagingPath, inode: await inodeOf(stagingPath), clip });
  }

  /** Forgets the job once it is archived. */
  async remove(): Promise<void> {
    await rm(this.#path, { force: true });
  }

  /** Compares what was recorded with the files that are there. */
  async read(): Promise<JournalContent> {
    const published: ClipResult[] = [];
    const leftovers = new Set<string>();
    for (const { stagingPath, inode, clip } of await this.#entries()) {
      if (clip !== null && (await hasInode(clip.resolved_output_path, inode))) published.push(clip);
      if (await hasInode(stagingPath, inode)) leftovers.add(stagingPath);
    }
    return { published, leftovers: [...leftovers] };
  }

  async #append(entry: JournalEntry) {
    const file = await open(this.#path, 'a');
    try {
      await file.appendFile(`${JSON.stringify(entry)}\n`);
      if (entry.clip !== null) await file.datasync();
    } finally {
      await file.close();
    }
  }

  /** Every whole line; a last one that the crash cut off was never acted upon. */
  async #entries(): Promise<JournalEntry[]> {
    try {
      const lines = (await readFile(this.#path, 'utf8')).split('\n').slice(0, -1);
      return lines.map((line) => JSON.parse(line) as JournalEntry);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

async function inodeOf(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}

async function hasInode(path: string, inode: string): Promise<boolean> {
  try {
    return (await inodeOf(path)) === inode;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
