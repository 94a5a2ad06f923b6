import { foldedName, requestedProxy } from '@app/jobspec';
import { isSameFile, type InventoryClip } from '@app/jobspec/inventory';
import { kindOf } from '@app/jobspec/ledger';
import { exists, lstat, mapConcurrently, stat } from '@app/storage';
import { documentOf, sha256Of, type JobDocument } from './documents.ts';
import { outputOf, type KnownNames } from './equal-names.ts';
import type { Clip } from './examine.ts';
import type { Findings } from './findings.ts';
import { outputIn, type ComingProxy, type JobIndex } from './job-index.ts';
import { outputFolderFor, sourceFolderOf } from './media.ts';
import { keyOfKind, type PlanRequest } from './plan-request.ts';
import type { MediaRecord } from './record.ts';
import { lookOf, type Source } from './sources.ts';

/** Inputs of a planning pass. */
export interface Pass {
  request: PlanRequest;
  record: MediaRecord;
  jobs: JobIndex;
  findings: Findings;
}

/** JobSpecs that remain to be submitted. */
export interface Remaining {
  documents: JobDocument[];
  /** Proxies that a job of the watch folder made from these clips and that still exist. */
  made: number;
  /** Proxies that a waiting or running job makes. */
  alreadySubmitted: number;
}

/** State of a proxy before planning: `open` needs a job, `taken` means another file has its path. */
type ProxyState = 'open' | 'coming' | 'made' | 'put_aside' | 'forgotten' | 'taken';

/**
 * Removes proxies that jobs have made or will make, that were put aside, or whose path is taken. Proxies that a job
 * failed to make stay.
 */
export async function removeMade(
  documents: readonly JobDocument[],
  pass: Pass,
): Promise<Remaining> {
  const { request, jobs, findings } = pass;
  const left: Remaining = { documents: [], made: 0, alreadySubmitted: 0 };
  for (const document of documents) {
    const { kind, outputs } = document;
    const places = await mapConcurrently(outputs, async (output) =>
      foldedName(await jobs.names.of(output)),
    );
    const states = await mapConcurrently([...document.clips.entries()], ([index, clip]) =>
      stateOf(clip, index, { document, place: places[index] ?? '' }, pass),
    );
    const clips = document.clips.filter((clip, index) => {
      const [state, place = ''] = [states[index] ?? 'open', places[index]];
      if (state === 'coming') left.alreadySubmitted += 1;
      if (state === 'made') left.made += 1;
      const by = jobs.makers.get(place);
      if (state === 'coming' || state === 'made') {
        if (by) findings.add(clip, kind, by);
      } else if (state === 'taken')
        findings.leaveOut(
          clip,
          [kind],
          takenPathProblem(clip, outputs[index] ?? '', jobs.pending.has(place)),
        );
      else if (state !== 'open') findings.addSettled(clip, kind, state);
      return state === 'open';
    });
    if (clips.length === document.clips.length) left.documents.push(document);
    else if (clips.length > 0) left.documents.push(documentOf({ ...document, clips }, request));
  }
  return left;
}

async function stateOf(
  clip: Clip,
  index: number,
  { document, place }: { document: JobDocument; place: string },
  { request, record, jobs, findings }: Pass,
): Promise<ProxyState> {
  const { kind, outputs, spec } = document;
  const output = outputs[index] ?? '';
  const own = { source: await jobs.names.of(clip.path), kind: kindOf(requestedProxy(spec), index) };
  const [coming, made, failed] = [
    jobs.pending.get(place),
    jobs.made.get(place),
    jobs.failed.get(place),
  ];
  if (isSame(own, coming)) return 'coming';
  const source = findings.sourceOf(clip);
  if (source === undefined) return 'open';
  const key = keyOfKind(kind, request, clip.look);
  if (isSame(own, made)) {
    const by = jobs.makers.get(place);
    const isEarlier = by !== undefined && record.isOfEarlier(source, key, by);
    return !isEarlier && (await isIntact(output, clip.path, made.bytes)) ? 'made' : 'open';
  }
  if (record.isPutAside(source, key, isSame(own, failed) ? failed : undefined)) return 'put_aside';
  if (coming === undefined && !(await exists(output).catch(() => false))) return 'open';
  return record.wasArchived(source, key) ? 'forgotten' : 'taken';
}

function isSame<Proxy extends ComingProxy>(own: ComingProxy, proxy?: Proxy): proxy is Proxy {
  return own.source === proxy?.source && own.kind === proxy.kind;
}

function takenPathProblem({ path }: Clip, output: string, isComing: boolean) {
  return {
    path,
    kind: 'naming',
    cause: 'output_taken',
    reason: `${path} isn't planned: ${output} ${isComing ? 'comes from another job' : 'is there already'}. Move that away, or name another --output or --beside.`,
  } as const;
}

/** True if the proxy has its recorded size and is no older than its source. */
async function isIntact(output: string, source: string, bytes: number | null): Promise<boolean> {
  const there = await lstat(output).catch(() => null);
  if (!there?.isFile() || there.size !== (bytes ?? there.size)) return false;
  const clip = await stat(source).catch(() => null);
  // With a camera's clock ahead, an untouched clip has a later mtime than its proxy; ctime is the host's.
  return clip === null || Math.min(clip.mtimeMs, clip.ctimeMs || clip.mtimeMs) <= there.mtimeMs;
}

/**
 * Removes proxies that were requested since their clip last changed, or whose path is taken. Each document has one
 * clip.
 */
export async function removeRequested(
  documents: readonly JobDocument[],
  { request, record, jobs, findings }: Pass,
): Promise<Remaining> {
  const left: Remaining = { documents: [], made: 0, alreadySubmitted: 0 };
  for (const document of documents) {
    const { kind } = document;
    const [[clip], [output = '']] = [document.clips, document.outputs];
    const source = clip && findings.sourceOf(clip);
    if (!clip || !source) continue;
    const line = record.of(clip.path, keyOfKind(kind, request, clip.look));
    const current = currentDocument(document, source, line, { request, jobs });
    const by = { job: current.name, sha256: sha256Of(current) };
    const isComing = jobs.pending.has(foldedName(await jobs.names.of(output)));
    if (outputIn(jobs.specs.get(by.sha256), clip.path) !== null) findings.add(clip, kind, by);
    else if (isComing || (await exists(output).catch(() => false)))
      findings.leaveOut(clip, [kind], takenPathProblem(clip, output, isComing));
    else left.documents.push(current);
  }
  return left;
}

/** JobSpec for a source's current state. If an earlier state has the same JobSpec, a version tells them apart. */
function currentDocument(
  document: JobDocument,
  source: Source,
  line: ReturnType<MediaRecord['of']>,
  { request, jobs: { specs } }: Pick<Pass, 'request' | 'jobs'>,
): JobDocument {
  const sha256 = sha256Of(document);
  const spec = specs.get(sha256);
  const isKnown = outputIn(spec, source.path) !== null;
  // A waiting job reads its source when it runs, and the source is at rest.
  if (isKnown && spec?.state === 'pending') return document;
  const isChanged =
    line?.job == null
      ? isKnown && (isNewer(source, spec?.endedAt ?? Infinity) || hadPathTaken(line, source))
      : !isSameFile(line, source) || line.job_sha256 !== sha256;
  const version = `${source.bytes} bytes, ${source.mtime_ms}`;
  return isChanged ? documentOf({ ...document, version }, request) : document;
}

/** True if this state of a source was left out because the proxy of an earlier state has its path. */
function hadPathTaken(line: InventoryClip | null, source: Source): boolean {
  return line?.cause === 'output_taken' && isSameFile(line, source);
}

/** With a camera's clock ahead, an untouched clip has a later mtime than its proxy; ctime is the host's. */
function isNewer({ mtime_ms, ctimeMs }: Source, at: number): boolean {
  return Math.min(mtime_ms, ctimeMs || mtime_ms) > at;
}

/**
 * Owners of proxy names: clips that exist and were requested, and clips that jobs have made. The name of a clip that is
 * gone is free once its proxy is gone, too.
 *
 * @param settled requested clips, as far as they are known
 */
export function knownNames(settled: readonly Source[], pass: Pass): KnownNames {
  const { jobs } = pass;
  const real = (path: string) => jobs.names.of(path);
  let names: ReadonlyMap<string, string> | null = null;
  const ownerOf = async (output: string) => {
    names ??= namesOf(settled, pass);
    const key = foldedName(output);
    const own = names.get(key);
    if (own !== undefined) return real(own);
    const coming = jobs.pending.get(key)?.source;
    if (coming !== undefined && (await mayExist(coming))) return coming;
    const made = jobs.made.get(key)?.source;
    if (made === undefined) return null;
    return (await mayExist(output)) || (await mayExist(made)) ? made : null;
  };
  return { real, ownerOf };
}

/** True if the path exists, or if that can't be determined. */
function mayExist(path: string): Promise<boolean> {
  return exists(path).catch(() => true);
}

function namesOf(settled: readonly Source[], { request, record, jobs }: Pass) {
  const names = new Map<string, string>();
  for (const source of settled) {
    const look = lookOf(source, request);
    if (look === undefined) continue;
    for (const kind of request.kinds) {
      const line = record.of(source.path, keyOfKind(kind, request, look));
      if (line?.job == null) continue;
      const directory = outputFolderFor(source, request, sourceFolderOf(source));
      const recorded = outputIn(jobs.specs.get(line.job_sha256 ?? ''), source.path);
      const usual = () =>
        foldedName(outputOf(source, { directory, kind }, request.naming, request));
      names.set(recorded ?? usual(), source.path);
    }
  }
  return names;
}
