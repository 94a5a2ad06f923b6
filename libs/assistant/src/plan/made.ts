import { basename, dirname, join } from 'node:path';
import { foldedName, JobFailure, outputNames, parseJobSpec } from '@app/jobspec';
import { isResultName, refusalOfName } from '@app/jobspec/folder';
import {
  errorFact,
  exists,
  lstat,
  readdir,
  realPathOf,
  stat,
  severalAtOnce,
  readResult,
  readJobFile,
  type WatchFolder,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { documentOf, type JobDocument } from './documents.ts';
import { OF_THE_WHOLE, type PlanRequest } from './plan-request.ts';
import type { Problem } from './walk.ts';

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

/** What is left to be made. */
export interface Remaining {
  documents: JobDocument[];
  /** Proxies that a job of the watch folder has made of their clips, and that are there. */
  made: number;
  /** Proxies that a waiting or running job makes. */
  alreadySubmitted: number;
  problems: Problem[];
}

type State = 'made' | 'submitted' | 'missing';

/** Leaves out the clips whose proxy jobs have made or will make. What else lies in its place the runner refuses to replace. */
export async function withoutMade(
  documents: readonly JobDocument[],
  others: OtherJobs,
  request: PlanRequest,
): Promise<Remaining> {
  const left: Remaining = { documents: [], made: 0, alreadySubmitted: 0, problems: [] };
  for (const document of documents) {
    const pairs = document.outputs.map((output, index) => ({
      output,
      source: document.clips[index]?.path ?? '',
    }));
    const states = await severalAtOnce(pairs, (pair) => stateOf(pair, others));
    const clips = document.clips.filter((_, index) => states[index] === 'missing');
    left.made += states.filter((state) => state === 'made').length;
    left.alreadySubmitted += states.filter((state) => state === 'submitted').length;
    if (clips.length === document.clips.length) left.documents.push(document);
    else if (clips.length > 0 && OF_THE_WHOLE.test(request.naming))
      left.problems.push(renumbered(document, clips.length));
    else if (clips.length > 0) left.documents.push(documentOf({ ...document, clips }, request));
  }
  return left;
}

/** A JobSpec of that name lies there and isn't this one: a name stands for what it says, so somebody has changed it. */
export function otherJobSpec(path: string, { clips }: JobDocument): Problem {
  const sources = clips[0]?.medium ?? '';
  const reason = `${path} is there and says something else than the plan of ${sources}. Move it away.`;
  return { path, kind: 'naming', reason };
}

/** A job that was completed, and whose proxies aren't there as it made them. */
export function goneProxies({ name, directory }: JobDocument): Problem {
  const reason = `${name} was completed, and its proxies in ${directory} are gone or changed, or their clips were. To make them again, move what is left of them away, and ${name} and its result out of completed/.`;
  return { path: directory, kind: 'proxy', reason };
}

async function stateOf(
  { output, source }: { output: string; source: string },
  { pending, made, names }: OtherJobs,
): Promise<State> {
  const key = foldedName(await names.of(output));
  const own = await names.of(source);
  if (pending.get(key) === own) return 'submitted';
  const proxy = made.get(key);
  return proxy?.source === own && (await isThere(output, source, proxy.bytes)) ? 'made' : 'missing';
}

/** A proxy has the size of its result, and is no older than its source. */
async function isThere(output: string, source: string, bytes: number | null): Promise<boolean> {
  const there = await lstat(output).catch(() => null);
  if (!there?.isFile() || there.size !== (bytes ?? there.size)) return false;
  const clip = await stat(source).catch(() => null);
  // Where a camera's clock was ahead, a clip is younger than anything made of it, and yet nobody has touched it since.
  return clip === null || Math.min(clip.mtimeMs, clip.ctimeMs || clip.mtimeMs) <= there.mtimeMs;
}

function renumbered({ clips, directory }: JobDocument, missing: number): Problem {
  return {
    path: directory,
    kind: 'naming',
    reason:
      `${missing} of ${clips.length} proxies ${missing === 1 ? 'is' : 'are'} missing in ${directory}, and {index} and {job_id} would number them from the start in a job of their own. ` +
      'Use {source_name}, or another --output.',
  };
}
