import { isUtf8 } from 'node:buffer';
import { readdir } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { report } from '../../logging/report.ts';
import { compareNames, refusalOfName } from '@app/jobspec/folder';
import { WatchFolder } from './watch-folder.ts';

/** Lists the job files of `pending/` in the order in which they are taken. Everything else is named once in the log. */
@Injectable()
export class PendingFolder {
  #named = new Set<string>();

  constructor(private readonly folder: WatchFolder) {}

  /** Names of job files in Unicode code point order. @throws the system's error when the folder can't be read. */
  async list(): Promise<string[]> {
    const jobs: string[] = [];
    const refused = new Map<string, string>();
    for (const entry of await this.#read()) {
      const name = entry.name.toString();
      const refusal = refusalOf(entry, name);
      if (refusal === null) jobs.push(name);
      else refused.set(name, refusal);
    }
    this.#nameOnce(refused);
    return jobs.sort(compareNames);
  }

  /** Names as bytes: decoded, a name that is not UTF-8 would be the name of no file. */
  #read(): Promise<Dirent<Buffer>[]> {
    return readdir(this.folder.pending, { withFileTypes: true, encoding: 'buffer' });
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

function refusalOf(entry: Dirent<Buffer>, name: string): string | null {
  if (entry.isSymbolicLink()) return 'it is a symbolic link';
  if (!entry.isFile()) return 'it is not a regular file';
  if (!isUtf8(entry.name)) return 'its name is not UTF-8';
  return refusalOfName(name);
}
