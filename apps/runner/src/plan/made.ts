import { foldedName } from '@app/jobspec';
import { exists } from '../files/exists.ts';
import { severalAtOnce } from '../process/several-at-once.ts';
import { documentOf, type JobDocument } from './draft.ts';
import type { Problem } from './found.ts';
import type { PlanRequest } from './plan-request.ts';

/** What is left to be made. */
export interface Remaining {
  documents: JobDocument[];
  /** Proxies that are there. */
  made: number;
  /** Proxies that a waiting or running job makes. */
  promised: number;
  problems: Problem[];
}

/** Names that hang on the other clips of the job. */
const OF_THE_WHOLE = /\{(index|job_id)\}/;

/**
 * Leaves out the clips whose proxy is there, or is on its way.
 *
 * @param promised the outputs of other jobs, folded.
 */
export async function withoutMade(
  documents: readonly JobDocument[],
  promised: ReadonlySet<string>,
  request: PlanRequest,
): Promise<Remaining> {
  const left: Remaining = { documents: [], made: 0, promised: 0, problems: [] };
  for (const document of documents) {
    const states = await severalAtOnce(document.outputs, async (output) => {
      if (promised.has(foldedName(output))) return 'promised';
      return (await exists(output)) ? 'made' : 'missing';
    });
    const clips = document.clips.filter((_, index) => states[index] === 'missing');
    left.made += states.filter((state) => state === 'made').length;
    left.promised += states.filter((state) => state === 'promised').length;
    if (clips.length === document.clips.length) left.documents.push(document);
    else if (clips.length > 0 && OF_THE_WHOLE.test(request.naming))
      left.problems.push(renumbered(document, clips.length));
    else if (clips.length > 0) left.documents.push(documentOf({ ...document, clips }, request));
  }
  return left;
}

function renumbered({ clips, directory }: JobDocument, missing: number): Problem {
  return {
    path: directory,
    kind: 'naming',
    reason:
      `${missing} of ${clips.length} proxies are missing in ${directory}, and {index} and {job_id} would name them anew in a job of their own. ` +
      'Use {source_name}, or another --output.',
  };
}
