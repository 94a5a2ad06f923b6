import { requestedProxy } from '@app/jobspec';
import { kindOf, proxyKeyOf } from '@app/jobspec/ledger';
import { documentOf, type JobDocument } from './draft.ts';
import { OF_THE_WHOLE, type PlanRequest } from './plan-request.ts';
import type { OtherJobs } from './other-jobs.ts';

/**
 * A job ends at the first clip that fails. One that has failed before would stop those after it again: it gets a job of its own, after
 * the rest.
 */
export async function isolateFailedClips(
  documents: readonly JobDocument[],
  { failed: known, names }: OtherJobs,
  request: PlanRequest,
): Promise<{ documents: JobDocument[]; failedBefore: string[] }> {
  const rest: JobDocument[] = [];
  const failed: JobDocument[] = [];
  const failedBefore = new Set<string>();
  for (const document of documents) {
    const requested = requestedProxy(document.spec);
    const sources = await Promise.all(document.clips.map(({ path }) => names.of(path)));
    const hasFailed = sources.map((source, index) =>
      known.has(proxyKeyOf(source, kindOf(requested, index))),
    );
    const clips = document.clips.filter((_, index) => !hasFailed[index]);
    if (clips.length === document.clips.length || OF_THE_WHOLE.test(request.naming)) {
      rest.push(document);
      continue;
    }
    if (clips.length > 0) rest.push(documentOf({ ...document, clips }, request));
    for (const clip of document.clips.filter((_, index) => hasFailed[index])) {
      failedBefore.add(clip.path);
      failed.push(documentOf({ ...document, clips: [clip] }, request));
    }
  }
  return { documents: [...rest, ...failed], failedBefore: [...failedBefore] };
}
