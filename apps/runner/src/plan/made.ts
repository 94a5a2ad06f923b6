import { foldedName } from '@app/jobspec';
import { lstat, stat } from '../files/index.ts';
import { severalAtOnce } from '../process/several-at-once.ts';
import { documentOf, type JobDocument } from './documents.ts';
import type { OtherJobs } from './other-jobs.ts';
import { OF_THE_WHOLE, type PlanRequest } from './plan-request.ts';
import type { Problem } from './walk.ts';

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
