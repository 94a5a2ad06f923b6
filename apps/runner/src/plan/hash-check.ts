import { dirname } from 'node:path';
import { isNamedLikeClip, leftoverOf, rawFrameFormat } from '@app/engines';
import { contains, errorMessage, exists } from '../files/index.ts';
import { severalAtOnce } from '../process/several-at-once.ts';
import { documentOf, type JobDocument } from './draft.ts';
import { withoutEngine, type Clip } from './examine.ts';
import { slashed, type Problem } from './found.ts';
import type { HashList } from './mhl/find-lists.ts';
import { verify, type Verification } from './mhl/verify.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest } from './plan-request.ts';

const MEGABYTE = 1e6;

const NOT_CHECKED = { checked: [], mismatches: new Map<string, string>() };

export interface HashCheck {
  /** Without the sources that don't match. */
  documents: readonly JobDocument[];
  hashes: { matched: number; unlisted: readonly string[] } | null;
  /** Clips that lists have and the media don't. */
  lost: readonly Clip[];
  problems: readonly Problem[];
  /** Sources that were compared, whether they match or not. */
  checked: readonly string[];
  mismatches: ReadonlyMap<string, string>;
}

/** Leaves out sources that aren't what hash lists say, when that is asked for. @throws PlanRefusal when it can't be told. */
export async function checkHashes(
  documents: readonly JobDocument[],
  lists: readonly HashList[],
  request: PlanRequest,
  show: (text: () => string) => void,
): Promise<HashCheck> {
  if (!request.checksHashes)
    return { documents, hashes: null, lost: [], problems: [], ...NOT_CHECKED };
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
  const { unlisted, matched } = found;
  if (sources.length > 0 && matched + found.mismatches.size === 0)
    throw new PlanRefusal(
      'media',
      `No hash list that lies with ${media.join(', ')} has a hash of these clips. Nothing is planned.`,
    );
  const mismatches = new Map(found.mismatches);
  // What is refused anyway is told once, and is on record then.
  for (const { clips } of documents)
    for (const { path, engine } of clips) if (engine === null) mismatches.delete(path);
  const kept = documents.flatMap((document) => {
    const clips = document.clips.filter(({ path }) => !mismatches.has(path));
    if (clips.length === document.clips.length) return [document];
    return clips.length === 0 ? [] : [documentOf({ ...document, clips }, request)];
  });
  const lost = (await severalAtOnce(found.missing, ({ path }) => lostClip(path, media))).filter(
    (clip) => clip !== null,
  );
  const problems = problemsOf({ ...found, mismatches }, new Set(lost.map(({ path }) => path)));
  return {
    documents: kept,
    hashes: { matched, unlisted },
    lost,
    problems,
    checked: sources,
    mismatches,
  };
}

function problemsOf({ mismatches, missing }: Verification, lost: ReadonlySet<string>): Problem[] {
  return [
    ...Array.from(mismatches, ([path, reason]): Problem => ({ path, kind: 'mismatch', reason })),
    ...missing.map(({ path, fact, list }): Problem => {
      const reason = `${path} ${fact}, and ${list} has it. Copy the card again.`;
      return { path, kind: 'missing', reason, ...(lost.has(path) && { isPlanned: true }) };
    }),
  ];
}

/** A clip that isn't there is on record once its job was refused; `null` for what is no clip of its own. */
async function lostClip(path: string, media: readonly string[]): Promise<Clip | null> {
  const name = slashed(path);
  const isClip =
    isNamedLikeClip(name) &&
    rawFrameFormat(name) === null &&
    leftoverOf(name, { folder: new Set(), parent: new Set() }) === null;
  if (!isClip || (await exists(path))) return null;
  return withoutEngine({
    path,
    medium: media.find((medium) => contains(medium, path)) ?? dirname(path),
  });
}
