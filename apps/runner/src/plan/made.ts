import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import { foldedName } from '@app/jobspec';
import { errorCode, errorFact, isSystemError, lstat, stat } from '../files/index.ts';
import { severalAtOnce } from '../process/several-at-once.ts';
import { documentOf, type JobDocument } from './draft.ts';
import type { Problem } from './found.ts';
import { OF_THE_WHOLE, type PlanRequest } from './plan-request.ts';
import type { OtherJobs } from './other-jobs.ts';
import { reachable } from './reachable.ts';

export { clipsInOutput } from './clips-in-output.ts';

/** What is left to be made. */
export interface Remaining {
  documents: JobDocument[];
  /** Proxies that are there. */
  made: number;
  /** Proxies that a waiting or running job makes. */
  alreadySubmitted: number;
  problems: Problem[];
}

/** Whether a clip's proxy is there, is on its way, or has to be made; or why that can't be told. */
type State = 'made' | 'submitted' | 'missing' | Problem;

/** Leaves out the clips whose proxy is there, or is on its way. What only has the name of their proxy is a problem. */
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
    left.problems.push(...states.filter((state) => typeof state === 'object'));
    if (clips.length === document.clips.length) left.documents.push(document);
    else if (clips.length > 0 && OF_THE_WHOLE.test(request.naming))
      left.problems.push(renumbered(document, clips.length));
    else if (clips.length > 0) left.documents.push(documentOf({ ...document, clips }, request));
  }
  const { documents: able, problems } = await reachable(left.documents, request);
  const all = [...left.problems, ...problems];
  // A folder that is barred is told once for all of its proxies.
  const unique = new Map(all.map((problem) => [problem.reason, problem]));
  return { ...left, documents: able, problems: [...unique.values()] };
}

/** A JobSpec of that name lies there and isn't this one: a name stands for what it says, so somebody has changed it. */
export function otherJobSpec(path: string, { clips }: JobDocument): Problem {
  const sources = clips[0]?.medium ?? '';
  const reason = `${path} is there and says something else than the plan of ${sources}. Move it away.`;
  return { path, kind: 'naming', reason };
}

/** A job that was completed, and nobody has its proxies. */
export function goneProxies({ name, directory }: JobDocument): Problem {
  const reason = `${name} was completed, and its proxies in ${directory} are gone. To make them again, move ${name} and its result out of completed/.`;
  return { path: directory, kind: 'proxy', reason };
}

async function stateOf(
  { output, source }: { output: string; source: string },
  { pendingOutputs, ended, verified: known, names }: OtherJobs,
): Promise<State> {
  const key = foldedName(await names.of(output));
  const own = await names.of(source);
  const coming = pendingOutputs.get(key);
  if (coming !== undefined)
    return coming === own ? 'submitted' : taken(output, 'will be', coming, source);
  const there = await lstat(output).catch((error: unknown) => absent(output, source, error));
  if (there === null) return 'missing';
  if ('reason' in there) return there;
  const maker = ended.get(key);
  if (maker !== undefined && maker !== own) return taken(output, 'is', maker, source);
  if (!there.isFile() || there.size === 0) return inTheWay(output);
  const verified = known.get(key) ?? there.size;
  if (verified !== there.size) return damaged(output, there.size, verified);
  const made = await stat(source).catch(() => null);
  return made !== null && made.isFile() && changedAt(made) > there.mtimeMs
    ? older(output, source)
    : 'made';
}

/** Where a camera's clock was ahead, a clip is younger than anything made of it, and yet nobody has touched it since. */
function changedAt({ mtimeMs, ctimeMs }: Stats): number {
  return Math.min(mtimeMs, ctimeMs || mtimeMs);
}

function absent(output: string, source: string, error: unknown): Problem | null {
  if (errorCode(error) === 'ENAMETOOLONG') return tooLong(output, source);
  if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null;
  if (!isSystemError(error)) throw error;
  const path = dirname(output);
  const reason = `${path} can't be looked into: ${errorFact(error)}. Make it readable, or name another --output.`;
  return { path, kind: 'output', reason };
}

function taken(output: string, is: string, other: string, source: string): Problem {
  const reason = `${output} ${is} the proxy of ${other}, and ${source} would have the same name. Tell them apart by --naming, or name another --output.`;
  return { path: source, kind: 'proxy', reason };
}

function tooLong(output: string, source: string): Problem {
  const reason = `${output} is a longer name than the system allows. Rename the clip, or give another --naming or --output.`;
  return { path: source, kind: 'naming', reason };
}

function damaged(output: string, actual: number, verified: number): Problem {
  const reason = `${output} is not what was verified: it has ${actual} bytes, not ${verified}. To make it again, move it away, and its job and result out of the watch folder.`;
  return { path: output, kind: 'proxy', reason };
}

function inTheWay(output: string): Problem {
  const reason = `${output} is in the way: it is empty, or not a file. Move it away.`;
  return { path: output, kind: 'proxy', reason };
}

function older(output: string, source: string): Problem {
  const reason = `${output} is older than ${source}: it may be the proxy of another clip of that name. Move it away, or name another --output.`;
  return { path: source, kind: 'proxy', reason };
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
