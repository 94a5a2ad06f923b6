import type { Dirent } from 'node:fs';
import { exists, readdir, WatchFolder } from '@app/storage';
import { extname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { extensionsOf } from '@app/engines';
import { compareNames, refusalOfName } from '@app/jobspec/folder';
import { isInventoryName } from '@app/jobspec/inventory';
import { report } from '../logging/runner-logger.ts';

/** Number of ignored files that the log names; the rest are only counted. */
const MAX_NAMED = 1000;

/** Character that Node decodes invalid UTF-8 to. */
const REPLACEMENT = '\uFFFD';

/** Files in `pending/`. */
export interface PendingJobs {
  /** Job files in Unicode code point order. */
  names: readonly string[];
  /** Inventories in order of their names. */
  inventories?: readonly string[];
}

/** Lists the job files of `pending/` in claim order. The log names ignored files once. */
@Injectable()
export class PendingFolder {
  #named: ReadonlySet<string> = new Set();
  #isCounting = false;

  constructor(private readonly folder: WatchFolder) {}

  /** @throws the system's error if the folder can't be read. */
  async list(): Promise<PendingJobs> {
    const names: string[] = [];
    const ignored = new Map<string, string>();
    const inventories: string[] = [];
    let others = 0;
    for (const entry of await readdir(this.folder.pending, { withFileTypes: true })) {
      const { name } = entry;
      if (isInventoryName(name) && entry.isFile()) {
        inventories.push(name);
        continue;
      }
      if (isBeingWritten(name)) continue;
      const refusal = refusalOf(entry) ?? (await this.#encodingRefusal(name));
      if (refusal === null) names.push(name);
      else if (ignored.size < MAX_NAMED) ignored.set(name, refusal);
      else others += 1;
    }
    this.#reportIgnored(ignored, others);
    return {
      names: names.sort(compareNames),
      inventories: inventories.sort(compareNames),
    };
  }

  /** Logs each file once for as long as it stays. */
  #reportIgnored(ignored: ReadonlyMap<string, string>, others: number) {
    for (const [file, reason] of ignored)
      if (!this.#named.has(file)) report('file_ignored', { file, reason });
    if (others > 0 && !this.#isCounting) report('files_ignored', { count: others });
    this.#isCounting = others > 0;
    this.#named = new Set(ignored.keys());
  }

  /** Refusal of a name that isn't UTF-8: there is no file of its decoded form. */
  async #encodingRefusal(name: string): Promise<string | null> {
    if (!name.includes(REPLACEMENT)) return null;
    const isThere = await exists(join(this.folder.pending, name)).catch(() => true);
    return isThere ? null : 'its name is not UTF-8';
  }
}

const CLIPS: ReadonlySet<string> = new Set(extensionsOf('clip'));
const noJobSpec = (what: string) =>
  `it is ${what}, and pending/ takes JobSpecs: put clips into a folder of their own, and give that folder to "watch-folder-runner make", or to "plan --follow" for clips still to come`;

function refusalOf(entry: Dirent): string | null {
  if (entry.isSymbolicLink()) return 'it is a symbolic link';
  if (entry.isDirectory()) return noJobSpec('a folder');
  if (!entry.isFile()) return 'it is not a regular file';
  const isClip = CLIPS.has(extname(entry.name).toLowerCase()) && !entry.name.startsWith('.');
  return isClip ? noJobSpec('a clip') : refusalOfName(entry.name);
}

/** True for temporary names of `plan` and `submit`. */
function isBeingWritten(name: string): boolean {
  return name.startsWith('.') && name.endsWith('.tmp');
}
