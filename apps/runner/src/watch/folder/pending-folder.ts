import type { Dirent } from 'node:fs';
import { eachEntry, exists, opendir } from '../../files/index.ts';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { compareNames, refusalOfName } from '@app/jobspec/folder';
import { RefusedNames } from './refused-names.ts';
import { SmallestNames } from './smallest-names.ts';
import { WatchFolder } from './watch-folder.ts';

/** So many names are held at once; a longer queue is read again when they are used up. */
const BATCH = 10_000;

/** Directory entries that the system is asked for at once. */
const READ_AHEAD = 1024;

/** What a decoded name has in place of bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';

/** The job files of `pending/` that are taken next. */
export interface PendingJobs {
  /** In Unicode code point order. */
  names: readonly string[];
  /** How many there are, those that are not among `names` included. */
  total: number;
  /** The last name of all in that order; empty when there is none. */
  largest: string;
}

/** Lists the job files of `pending/` in the order in which they are taken. Everything else is named once in the log. */
@Injectable()
export class PendingFolder {
  readonly #refused = new RefusedNames();

  constructor(private readonly folder: WatchFolder) {}

  /** How many names are held at once. */
  get batch(): number {
    return BATCH;
  }

  /**
   * Reads the folder through, however long it is, and holds no more than the first names.
   *
   * @param after reads on: considers only names that come after this one, and says nothing of what is no job.
   * @throws the system's error when the folder can't be read.
   */
  async list(after = ''): Promise<PendingJobs> {
    const jobs = new SmallestNames(this.batch);
    const refused = after === '' ? this.#refused.begin() : null;
    const take = (name: string, refusal: string | null) => {
      if (refusal !== null) refused?.add(name, refusal);
      else if (after === '' || compareNames(name, after) > 0) jobs.add(name);
    };
    const directory = await opendir(this.folder.pending, { bufferSize: READ_AHEAD });
    await eachEntry(directory, (entry) => {
      const { name } = entry;
      const refusal = refusalOf(entry);
      if (refusal === null && name.includes(REPLACEMENT))
        return this.#encodingRefusal(name).then((reason) => take(name, reason));
      take(name, refusal);
      return undefined;
    });
    refused?.end();
    return { names: jobs.take(), total: jobs.total, largest: jobs.largest };
  }

  /** Decoded, a name that is not UTF-8 is the name of no file. */
  async #encodingRefusal(name: string): Promise<string | null> {
    const isThere = await exists(join(this.folder.pending, name)).catch(() => true);
    return isThere ? null : 'its name is not UTF-8';
  }
}

function refusalOf(entry: Dirent): string | null {
  if (entry.isSymbolicLink()) return 'it is a symbolic link';
  if (!entry.isFile()) return 'it is not a regular file';
  return refusalOfName(entry.name);
}
