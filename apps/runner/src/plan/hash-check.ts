import { errorMessage } from '../files/index.ts';
import { documentOf, type JobDocument } from './draft.ts';
import type { Problem } from './found.ts';
import type { HashList } from './mhl/find-lists.ts';
import { verify, type Verification } from './mhl/verify.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest } from './plan-request.ts';

const MEGABYTE = 1e6;

interface HashCheck {
  /** Without the sources that don't match. */
  documents: readonly JobDocument[];
  hashes: { matched: number; unlisted: readonly string[] } | null;
  problems: readonly Problem[];
}

/** Leaves out sources that aren't what hash lists say, when that is asked for. @throws PlanRefusal when it can't be told. */
export async function checkHashes(
  documents: readonly JobDocument[],
  lists: readonly HashList[],
  request: PlanRequest,
  show: (text: () => string) => void,
): Promise<HashCheck> {
  if (!request.checksHashes) return { documents, hashes: null, problems: [] };
  const { media } = request;
  if (lists.length === 0)
    throw new PlanRefusal(
      'media',
      `No hash list lies with ${media.join(', ')}. Nothing is planned.`,
    );
  const sources = [...new Set(documents.flatMap(({ clips }) => clips.map(({ path }) => path)))];
  const onBytes = (count: number) =>
    show(() => `${Math.round(count / MEGABYTE)} MB compared with hash lists`);
  const found = await verify(sources, media, lists, onBytes).catch((error: unknown) => {
    throw new PlanRefusal('media', errorMessage(error), 'Nothing is planned.');
  });
  const { mismatches, unlisted, matched } = found;
  if (sources.length > 0 && matched + mismatches.size === 0)
    throw new PlanRefusal(
      'media',
      `No hash list that lies with ${media.join(', ')} has a hash of these clips. Nothing is planned.`,
    );
  const kept = documents.flatMap((document) => {
    const clips = document.clips.filter(({ path }) => !mismatches.has(path));
    if (clips.length === document.clips.length) return [document];
    return clips.length === 0 ? [] : [documentOf({ ...document, clips }, request)];
  });
  return { documents: kept, hashes: { matched, unlisted }, problems: problemsOf(found) };
}

function problemsOf({ mismatches, missing }: Verification): Problem[] {
  return [
    ...Array.from(mismatches, ([path, reason]): Problem => ({ path, kind: 'mismatch', reason })),
    ...missing.map(({ path, fact, list }): Problem => {
      const reason = `${path} ${fact}, and ${list} has it. Copy the card again.`;
      return { path, kind: 'missing', reason };
    }),
  ];
}
