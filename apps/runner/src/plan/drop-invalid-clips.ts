import { JobFailure, parseJobSpec } from '@app/jobspec';
import { bytesOf, documentOf, type JobDocument } from './draft.ts';
import type { Problem } from './found.ts';
import type { PlanRequest } from './plan-request.ts';

/** Leaves out clips that the contract has no words for, such as those whose proxies would get too long a name. */
export function dropInvalidClips(
  documents: readonly JobDocument[],
  request: PlanRequest,
): { documents: JobDocument[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const kept = documents.flatMap((document) => {
    if (violationsOf(document).length === 0) return [document];
    const clips = document.clips.filter((clip) => {
      const [first] = violationsOf(documentOf({ ...document, clips: [clip] }, request));
      if (first !== undefined) problems.push(problem(clip.path, first));
      return first === undefined;
    });
    return clips.length === 0 ? [] : [documentOf({ ...document, clips }, request)];
  });
  return { documents: kept, problems };
}

function violationsOf(document: JobDocument): string[] {
  try {
    parseJobSpec(bytesOf(document));
    return [];
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
    return error.violations.map(({ message }) => message);
  }
}

function problem(path: string, violation: string): Problem {
  const reason = `${path}: its JobSpec would be refused (${violation}). Rename the clip, or give another --naming.`;
  return { path, kind: 'naming', reason };
}
