import { readdir } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { report } from '../logging/report.ts';
import { compareNames, refusalOfName } from './job-name.ts';
import { WatchFolder } from './watch-folder.ts';

/** What a name decodes to where its bytes are not UTF-8. */
const REPLACEMENT_CHARACTER = '\uFFFD';

/** Lists the job files of `pending/` in the order in which they are taken. Everything else is named once in the log. */
@Injectable()
export class PendingFolder {
  #named = new Set<string>();

  constructor(private readonly folder: WatchFolder) {}

  /** Names of job files in Unicode code point order. @throws the system's error when the folder can't be read. */
  async list(): Promise<string[]> {
    const jobs: string[] = [];
    const refused = new Map<string, string>();
    for (const entry of await readdir(this.folder.pending, { withFileTypes: true })) {
      const refusal = refusalOf(entry);
      if (refusal === null) jobs.push(entry.name);
      else refused.set(entry.name, refusal);
    }
    this.#nameOnce(refused);
    return jobs.sort(compareNames);
  }

  #nameOnce(refused: ReadonlyMap<string, string>) {
    for (const [name, reason] of refused) {
      if (!this.#named.has(name)) {
        report('file_ignored', { file: name, reason });
      }
    }
    this.#named = new Set(refused.keys());
  }
}

function refusalOf(entry: Dirent): string | null {
  if (entry.isSymbolicLink()) return 'it is a symbolic link';
  if (!entry.isFile()) return 'it is not a regular file';
  if (entry.name.includes(REPLACEMENT_CHARACTER)) return 'its name is not UTF-8';
  return refusalOfName(entry.name);
}
