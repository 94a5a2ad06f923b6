import { foldedName } from '@app/jobspec';
import { documentOf, type JobDocument } from './draft.ts';
import { OF_THE_WHOLE, type PlanRequest } from './plan-request.ts';
import type { OtherJobs } from './promised.ts';

/**
 * A job ends at the first clip that fails. One that has failed before would stop those after it again: it gets a job of its own, after
 * the rest.
 */
export async function withFailedLast(
  documents: readonly JobDocument[],
  { outcomes, names }: OtherJobs,
  request: PlanRequest,
): Promise<{ documents: JobDocument[]; failedBefore: string[] }> {
  const rest: JobDocument[] = [];
  const failed: JobDocument[] = [];
  const failedBefore = new Set<string>();
  for (const document of documents) {
    const outputs = await Promise.all(document.outputs.map((output) => names.of(output)));
    const hasFailed = outputs.map((output) => outcomes.get(foldedName(output))?.hasFailed ?? false);
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
