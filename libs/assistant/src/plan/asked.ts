import { foldedName } from '@app/jobspec';
import { isSameFile, type InventoryClip } from '@app/jobspec/inventory';
import { exists } from '@app/storage';
import { documentOf, sha256Of, type JobDocument } from './documents.ts';
import { outputOf, type KnownNames } from './equal-names.ts';
import type { Findings } from './findings.ts';
import { outputIn, type OtherJobs, type Remaining } from './made.ts';
import { mirrored, sourceFolderOf } from './media.ts';
import { keyOfKind, type PlanRequest } from './plan-request.ts';
import type { MediaRecord } from './record.ts';
import { lookOf, type Source } from './sources.ts';

/** What a pass goes by. */
export interface Round {
  request: PlanRequest;
  record: MediaRecord;
  jobs: OtherJobs;
  found: Findings;
}

/** Leaves out what jobs were asked for while its clip is as it was, and what another file has the place of. Each document has one clip. */
export async function notAsked(
  documents: readonly JobDocument[],
  { request, record, jobs, found }: Round,
): Promise<Remaining> {
  const left: Remaining = { documents: [], made: 0, alreadySubmitted: 0, asked: [] };
  for (const document of documents) {
    const { kind } = document;
    const [[clip], [output = '']] = [document.clips, document.outputs];
    const source = clip && found.sourceOf(clip);
    if (!clip || !source) continue;
    const line = record.of(clip.path, keyOfKind(kind, request, clip.look));
    const asked = askedFor(document, source, line, { request, jobs });
    const by = { job: asked.name, sha256: sha256Of(asked) };
    const isComing = jobs.pending.has(foldedName(await jobs.names.of(output)));
    if (outputIn(jobs.specs.get(by.sha256), clip.path) !== null)
      left.asked.push({ clip, kind, by });
    else if (isComing || (await exists(output).catch(() => false)))
      found.leaveOut(clip, [kind], {
        path: clip.path,
        kind: 'naming',
        cause: 'output_taken',
        reason: `${clip.path} isn't planned: ${output} ${isComing ? 'comes from another job' : 'is there already'}. Move that away, or name another --output.`,
      });
    else left.documents.push(asked);
  }
  return left;
}

/** The JobSpec for a source as it is now: one that differs from the JobSpec of an earlier state of it, so that both can be told apart. */
function askedFor(
  document: JobDocument,
  source: Source,
  line: ReturnType<MediaRecord['of']>,
  { request, jobs: { specs } }: Pick<Round, 'request' | 'jobs'>,
): JobDocument {
  const sha256 = sha256Of(document);
  const spec = specs.get(sha256);
  const isKnown = outputIn(spec, source.path) !== null;
  // It looks at its source when it runs, which is at rest.
  if (isKnown && spec?.state === 'pending') return document;
  const isChanged =
    line?.job == null
      ? isKnown && (isNewer(source, spec?.endedAt ?? Infinity) || isToldTaken(line, source))
      : !isSameFile(line, source) || line.job_sha256 !== sha256;
  const version = `${source.bytes} bytes, ${source.mtime_ms}`;
  return isChanged ? documentOf({ ...document, version }, request) : document;
}

/** Whether this very state of a source was found to have no place, because what a job has made of an earlier one lies there. */
function isToldTaken(line: InventoryClip | null, source: Source): boolean {
  return line?.cause === 'output_taken' && isSameFile(line, source);
}

/** Where a camera's clock was ahead, a clip is younger than anything made of it, and yet nobody has touched it since. */
function isNewer({ mtime_ms, ctimeMs }: Source, at: number): boolean {
  return Math.min(mtime_ms, ctimeMs || mtime_ms) > at;
}

/**
 * Names belong to clips that are there and were asked for, and to what jobs have made. Of a clip that is gone a name is free once nothing is
 * there.
 *
 * @param settled that were asked for, where that is known.
 */
export function knownNames(settled: readonly Source[], round: Round): KnownNames {
  const { jobs } = round;
  const real = (path: string) => jobs.names.of(path);
  let names: ReadonlyMap<string, string> | null = null;
  const ownerOf = async (output: string) => {
    names ??= namesOf(settled, round);
    const key = foldedName(output);
    const own = names.get(key);
    if (own !== undefined) return real(own);
    const coming = jobs.pending.get(key)?.source;
    if (coming !== undefined && (await isThere(coming))) return coming;
    const made = jobs.made.get(key)?.source;
    if (made === undefined) return null;
    return (await isThere(output)) || (await isThere(made)) ? made : null;
  };
  return { real, ownerOf };
}

/** What can't be told counts as there. */
function isThere(path: string): Promise<boolean> {
  return exists(path).catch(() => true);
}

function namesOf(settled: readonly Source[], { request, record, jobs }: Round) {
  const names = new Map<string, string>();
  for (const source of settled) {
    const look = lookOf(source, request);
    if (look === undefined) continue;
    for (const kind of request.kinds) {
      const line = record.of(source.path, keyOfKind(kind, request, look));
      if (line?.job == null) continue;
      const directory = mirrored(source, request, sourceFolderOf(source));
      const told = outputIn(jobs.specs.get(line.job_sha256 ?? ''), source.path);
      const usual = () =>
        foldedName(outputOf(source, { directory, kind }, request.naming, request));
      names.set(told ?? usual(), source.path);
    }
  }
  return names;
}
