import { foldedName, JobFailure, outputNames, parseJobSpec } from '@app/jobspec';
import { refusalOfName } from '@app/jobspec/folder';
import { join } from 'node:path';
import { readdir } from '../files/patient-fs.ts';
import { isSystemError } from '../files/system-error.ts';
import { readJobFile } from '../watch/folder/job-file.ts';
import type { WatchFolder } from '../watch/folder/watch-folder.ts';

/** More jobs than this are not read: the runner refuses what would be made twice. */
const MOST_JOBS = 10_000;

/** What waiting and running jobs will make: the paths, folded. */
export async function promisedOutputs(folder: WatchFolder): Promise<ReadonlySet<string>> {
  const outputs = new Set<string>();
  let jobs = 0;
  for (const directory of [folder.pending, folder.running]) {
    const names = await readdir(directory).catch(() => []);
    for (const name of names) {
      if (refusalOfName(name) !== null || ++jobs > MOST_JOBS) continue;
      for (const output of await outputsOf(join(directory, name))) outputs.add(foldedName(output));
    }
  }
  return outputs;
}

/** A job that can't be read, or will be refused, makes nothing. */
async function outputsOf(path: string): Promise<string[]> {
  try {
    const { reading } = await readJobFile(path);
    const spec = parseJobSpec(reading);
    return outputNames(spec, reading.jobId).map((name) => join(spec.output_directory, name));
  } catch (error) {
    if (error instanceof JobFailure || isSystemError(error)) return [];
    throw error;
  }
}
