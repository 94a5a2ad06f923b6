import { foldedName, JobFailure, outputNames, parseJobSpec } from '@app/jobspec';
import { refusalOfName } from '@app/jobspec/folder';
import { join } from 'node:path';
import { severalAtOnce } from '../process/several-at-once.ts';
import { readJobFile, type WatchFolder } from '../watch/folder/index.ts';
import { endedClips, type EndedClips } from './ended-clips.ts';
import { RealNames } from './real-names.ts';
import { namesInState } from './state-names.ts';

/** Of which source a proxy is made, by its path, real and folded. */
export type SourceByOutput = ReadonlyMap<string, string>;

/** What jobs of a watch folder make: those that wait or run, and those that have ended. */
export interface OtherJobs extends EndedClips {
  pendingOutputs: SourceByOutput;
  ended: SourceByOutput;
  /** A card is the same one whichever links lead to it. */
  names: RealNames;
}

export async function otherJobs(folder: WatchFolder | null): Promise<OtherJobs> {
  const names = new RealNames();
  const nothing = { pendingOutputs: new Map(), ended: new Map(), verified: new Map(), names };
  if (folder === null) return { ...nothing, failed: new Set() };
  return {
    pendingOutputs: await sourcesByOutput([folder.pending, folder.running], names),
    ended: await sourcesByOutput([folder.failed, folder.completed], names),
    ...(await endedClips([folder.failed, folder.completed], names)),
    names,
  };
}

async function sourcesByOutput(
  directories: readonly string[],
  real: RealNames,
): Promise<SourceByOutput> {
  const makers = new Map<string, string>();
  for (const directory of directories) {
    const names = await namesInState(directory);
    const jobs = names.filter((name) => refusalOfName(name) === null);
    const found = await severalAtOnce(jobs, (name) => realOutputsOf(join(directory, name), real));
    // In the order of the names, whichever was read first.
    for (const pairs of found) for (const [output, source] of pairs) makers.set(output, source);
  }
  return makers;
}

async function realOutputsOf(path: string, real: RealNames) {
  const pairs: [output: string, source: string][] = [];
  for (const [output, source] of await outputsOf(path))
    pairs.push([foldedName(await real.of(output)), await real.of(source)]);
  return pairs;
}

/** A job that can't be read, is no file, or will be refused, makes nothing. */
async function outputsOf(path: string): Promise<[output: string, source: string][]> {
  const file = await readJobFile(path).catch(() => null);
  if (file === null) return [];
  const { reading } = file;
  try {
    const spec = parseJobSpec(reading);
    return outputNames(spec, reading.jobId).map((name, index) => [
      join(spec.output_directory, name),
      spec.sources[index] ?? '',
    ]);
  } catch (error) {
    if (error instanceof JobFailure) return [];
    throw error;
  }
}
