import { basename, join } from 'node:path';
import { isNamedLikeClip } from '@app/engines';
import { foldedName } from '@app/jobspec';
import { contains, isDirectory, realPathOf } from '../files/index.ts';
import { counted } from '../text/index.ts';
import type { JobDocument } from './draft.ts';
import { slashed, type Problem } from './found.ts';
import type { PlanRequest } from './plan-request.ts';
import type { OtherJobs } from './other-jobs.ts';
import { Walk } from './walk.ts';

/**
 * The output folder is passed over where it lies in the media. What may be a clip in it, is no proxy of this plan or of a job that is
 * known, and doesn't lie where the proxies of a medium do, would be lost without a word.
 */
export async function clipsInOutput(
  documents: readonly JobDocument[],
  { pendingOutputs, ended, verified, names }: OtherJobs,
  { media, place }: PlanRequest,
): Promise<Problem[]> {
  if (place.how === 'beside') return [];
  const output = (await realPathOf(place.folder)).real;
  const isInMedia = media.some((medium) => contains(medium, output));
  if (!isInMedia || !(await isDirectory(output))) return [];
  const walk = new Walk(() => undefined);
  await walk.folder(output, { how: 'output', folder: '' });
  const proxies = new Set([...pendingOutputs.keys(), ...ended.keys(), ...verified.keys()]);
  for (const path of documents.flatMap(({ outputs }) => outputs))
    proxies.add(foldedName(await names.of(path)));
  const trees = media.map((medium) => join(output, basename(medium)));
  const isOfMedium = (path: string) => trees.some((tree) => path !== tree && contains(tree, path));
  const clips: string[] = [];
  for (const { path } of walk.found) {
    const isProxy = proxies.has(foldedName(path)) || isOfMedium(path);
    if (!isProxy && (await maybeClip(path))) clips.push(path);
  }
  const others = walk.problems.filter(({ path }) => !isOfMedium(path));
  const [first] = clips;
  if (first === undefined) return others;
  const files = counted(clips.length, 'file');
  const reason = `${output} is not searched, because proxies go there, but ${files} in it may be clips that no job makes, such as ${first}. Name another --output.`;
  return [...others, { path: output, kind: 'output', reason }];
}

/** By its name, or as a folder of frames. */
async function maybeClip(path: string): Promise<boolean> {
  return isNamedLikeClip(slashed(path)) || isDirectory(path);
}
