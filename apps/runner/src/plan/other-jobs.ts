import { basename, dirname, join } from 'node:path';
import { foldedName, JobFailure, outputNames, parseJobSpec } from '@app/jobspec';
import { isResultName, refusalOfName } from '@app/jobspec/folder';
import { errorFact, exists, readdir, realPathOf } from '../files/index.ts';
import { severalAtOnce } from '../process/several-at-once.ts';
import { readResult } from '../results/index.ts';
import { Refusal } from '../text/index.ts';
import { readJobFile, type WatchFolder } from '../watch/folder/index.ts';

/** Of which source a proxy is made, by its path, real and folded. */
export type SourceByOutput = ReadonlyMap<string, string>;

/** A proxy that a job has made. */
export interface MadeProxy {
  /** Its source's path, real. */
  source: string;
  /** `null` when its result doesn't tell. */
  bytes: number | null;
}

/** What jobs of a watch folder make and have made, by the path of each proxy, real and folded. */
export interface OtherJobs {
  /** Those that wait or run. */
  pending: SourceByOutput;
  made: ReadonlyMap<string, MadeProxy>;
  /** A card is the same one whichever links lead to it. */
  names: RealNames;
}

export async function otherJobs(folder: WatchFolder | null): Promise<OtherJobs> {
  const names = new RealNames();
  if (folder === null) return { pending: new Map(), made: new Map(), names };
  const pending = await sourcesByOutput([folder.pending, folder.running], names);
  return { pending, made: await madeBy([folder.failed, folder.completed], names), names };
}

/** As the latest result of each has it. What can't be read tells nothing. */
async function madeBy(directories: readonly string[], names: RealNames) {
  const paths: string[] = [];
  for (const directory of directories)
    for (const name of await namesInState(directory))
      if (isResultName(name) && !name.startsWith('.')) paths.push(join(directory, name));
  const read = await severalAtOnce(paths, (path) => madeIn(path, names).catch(() => []));
  const inOrder = read.flat().sort((a, b) => a.at - b.at);
  return new Map(inOrder.map(({ output, source, bytes }) => [output, { source, bytes }]));
}

/** One by one: there may be as many as a show has proxies. */
async function madeIn(path: string, names: RealNames) {
  const { clips } = await readResult(path, (clip) => ({
    source: clip.source_path,
    output: clip.resolved_output_path,
    isMade: clip.status === 'COMPLETED',
    at: Date.parse(clip.completed_at) || 0,
    bytes: clip.output_size_bytes,
  }));
  return Promise.all(
    clips
      .filter(({ isMade }) => isMade)
      .map(async ({ source, output, at, bytes }) => ({
        output: foldedName(await names.of(output)),
        source: await names.of(source),
        at,
        bytes,
      })),
  );
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

/** By what name files are the same, whichever links lead to them: their folders are made real, each once. */
export class RealNames {
  readonly #folders = new Map<string, Promise<string>>();

  async of(path: string): Promise<string> {
    return join(await this.#realFolder(dirname(path)), basename(path));
  }

  #realFolder(folder: string): Promise<string> {
    const before = this.#folders.get(folder);
    if (before !== undefined) return before;
    const real = realPathOf(folder).then((path) => path.real);
    this.#folders.set(folder, real);
    return real;
  }
}

/**
 * What lies in a state folder of a watch folder: nothing as long as no runner has made it.
 *
 * @throws Refusal when that can't be told, for then nobody knows which proxies other jobs make.
 */
export async function namesInState(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    // A link that leads nowhere is a storage that isn't mounted.
    if (!(await exists(directory).catch(() => true))) return [];
    const sentence = `${directory} can't be listed: ${errorFact(error)}. Without it nobody knows what other jobs make.`;
    throw new Refusal('folder', sentence);
  }
}
