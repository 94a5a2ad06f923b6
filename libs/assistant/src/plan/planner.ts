import { setTimeout as sleep } from 'node:timers/promises';
import { foldedName } from '@app/jobspec';
import { contains, exists, mapConcurrently } from '@app/storage';
import type { Pass } from './remaining.ts';
import {
  documentOf,
  removeInvalidClips,
  sha256Of,
  type ClipProblem,
  type JobDocument,
} from './documents.ts';
import { assignNames } from './equal-names.ts';
import type { Clip, Examiner } from './examine.ts';
import { Findings } from './findings.ts';
import { checkHashes } from './hash-check.ts';
import { hashListsWith, type HashList } from './hash-lists.ts';
import { goneProxies, WatchFolderJobs, otherJobSpec, type JobIndex } from './job-index.ts';
import { followLinks, walkMedia } from './media.ts';
import { variesByClip, type ClipLook } from './planned-viewing.ts';
import { keyOfKind, type PlanRequest, type ProxyKey, type ProxyKind } from './plan-request.ts';
import type { PlanPolicy } from './plan-policy.ts';
import { MediaRecord } from './record.ts';
import type { Plan } from './report.ts';
import { isLeftover, hasNoFlaw, lookOf, Sources, type Source } from './sources.ts';
import { Store, type SubmitResult } from './store.ts';
import type { Entry, Walk } from './walk.ts';

/** Dependencies of a plan. */
export interface Planning {
  examiner: Examiner;
  /** Seconds without changes after which a file counts as complete. */
  settleSeconds: number;
  /** Called with the progress. */
  onProgress: (text: () => string) => void;
}

/** JobSpec to submit, with its output folder created; `result` is set if it needs no submission. */
interface Prepared {
  document: JobDocument;
  result: SubmitResult | null;
}

/**
 * Plans media, once or repeatedly: derives JobSpecs to submit, and inventory lines, from the media, the inventory and
 * the states of jobs.
 */
export class Planner {
  readonly #sources = new Sources();
  readonly #states: WatchFolderJobs;
  readonly #store: Store;
  readonly #record: MediaRecord;
  /** Keys of clips without a look of their own. */
  readonly #keys = new Map<ProxyKind, ProxyKey>();

  /** @param named with unresolved links */
  constructor(
    private readonly named: PlanRequest,
    private readonly planning: Planning,
    private readonly policy: PlanPolicy,
  ) {
    this.#store = new Store(named);
    this.#states = new WatchFolderJobs(this.#store.watch);
    this.#record = new MediaRecord(this.#store.watch);
  }

  /**
   * Count of clips and kinds on the media that were requested before. @throws Refusal if the inventory can't be read
   */
  async requestedBefore(media: readonly string[]): Promise<number> {
    await this.#record.open();
    const lines = media.flatMap((medium) => [...this.#record.previousClips(medium)]);
    return lines.filter(({ isRequested }) => isRequested).length;
  }

  /** @throws Refusal; JobFailure `EngineUnavailableError` if ffprobe is missing; the reason of the signal */
  async pass(): Promise<Plan> {
    const request = await followLinks(this.named);
    const record = this.#record;
    await record.open();
    const findings = new Findings(request, record);
    const onEntry = (count: number) => this.planning.onProgress(() => `${count} entries seen`);
    const walk = await walkMedia(request, onEntry, this.policy.onRefused);
    for (const problem of walk.problems) findings.leaveOutEntry(problem);
    const found = await this.#statSources(walk, findings);
    const jobs = await this.#states.read();
    const sources = await withoutProxies(found, walk, jobs);
    findings.sources = sources;
    const pass = { request, record, findings, jobs };
    const clips = await this.#clipsOf(sources, pass);
    for (const source of sources) {
      const { examined } = source;
      if (examined && 'leftover' in examined) walk.leftovers.add(examined.leftover, source);
    }
    const { problems, unplanned, settled } = findings;
    if (clips.length + problems.length + settled.length === 0)
      this.policy.refuseNothing(walk, request);
    const lists = await hashListsWith(walk.lists, request.media);
    const { documents, ...counts } = await this.#documentsOf(clips, sources, lists, pass);
    for (const clip of clips) findings.reportFlaw(clip);
    const prepared = await this.#prepare(documents, findings);
    await this.#recordOthers(walk, sources, pass);
    this.policy.signal?.throwIfAborted();
    await record.submit();
    const submitted = await this.#submit(prepared, pass);
    const standing = this.#release(sources, pass);
    const { leftovers, links } = walk;
    const { faults } = record;
    const left = { leftovers, links, problems, unplanned, settled, faults };
    return { clips, jobs: submitted, ...counts, ...left, lists, ...standing };
  }

  async #statSources(walk: Walk, findings: Findings): Promise<Source[]> {
    const onUnreadable = ({ path, medium }: Entry, reason: string) => {
      // An aborted read says nothing about the file.
      this.policy.signal?.throwIfAborted();
      findings.leaveOutEntry({ path, medium, kind: 'unreadable', cause: 'unreadable', reason });
    };
    const sources = await this.#sources.refresh(walk.found, onUnreadable);
    if (!this.policy.looksAgain(sources)) return sources;
    const { settleSeconds, onProgress } = this.planning;
    onProgress(() => `waiting ${settleSeconds} s to see if files still grow`);
    await sleep(settleSeconds * 1000);
    return this.#sources.refresh(walk.found, onUnreadable);
  }

  #isFinal(source: Source): boolean {
    return this.policy.isFinal(source, this.#sources.quietSeconds(source.medium));
  }

  /** Kinds of proxies that a source still needs. */
  #openKinds(source: Source, { request, record, jobs }: Pass): readonly ProxyKind[] {
    if (isLeftover(source)) return [];
    const { kinds } = request;
    const look = lookOf(source, request);
    if (look === undefined) return kinds;
    return this.policy.openKinds(kinds, (kind) =>
      record.isRequested(source, this.#keyOf(kind, request, look), jobs),
    );
  }

  /** Cached, since every pass needs the key of every clip. */
  #keyOf(kind: ProxyKind, request: PlanRequest, look: ClipLook): ProxyKey {
    if (variesByClip(request.viewing)) return keyOfKind(kind, request, look);
    const key = this.#keys.get(kind) ?? keyOfKind(kind, request, look);
    this.#keys.set(kind, key);
    return key;
  }

  /** Examines sources at rest, and returns the clips that need proxies. */
  async #clipsOf(sources: readonly Source[], pass: Pass): Promise<Clip[]> {
    const { examiner, onProgress } = this.planning;
    const { signal, examineSeconds } = this.policy;
    const open = sources.filter((source) => this.#openKinds(source, pass).length > 0);
    const resting = open.filter((source) => this.policy.isAtRest(source));
    const atRest = new Set(resting);
    for (const source of open) if (!atRest.has(source)) this.policy.defer(source, pass.findings);
    const end = performance.now() + examineSeconds * 1000;
    await mapConcurrently(
      resting,
      async (source) => {
        signal?.throwIfAborted();
        if (!source.examined && performance.now() > end) return;
        if (source.examined && !hasNoFlaw(source) && !source.isFinal && this.#isFinal(source))
          // What was in the way may be gone by now.
          delete source.examined;
        source.examined ??= await examiner.examine(source, signal);
        source.isFinal = this.#isFinal(source);
      },
      (count) => onProgress(() => `${count} of ${resting.length} files examined`),
    );
    return resting.flatMap((source) => this.#clipOf(source, pass) ?? []);
  }

  #clipOf(source: Source, pass: Pass): Clip | null {
    const { findings, request } = pass;
    const { examined, path } = source;
    if (examined === undefined || 'leftover' in examined) return null;
    const { clip, flaw } = examined;
    if (flaw !== null && !source.isFinal) {
      findings.defer(source, `${path} can't be read yet: it may still be being copied.`, true);
      return null;
    }
    if (clip === null) {
      const problem = flaw ?? { kind: 'unreadable', reason: `${path} can't be read.` };
      findings.leaveOut(source, request.kinds, { path, ...problem, cause: 'unreadable' });
      return null;
    }
    if (this.#openKinds(source, pass).length === 0) return null;
    for (const [kind, obstacle] of clip.obstacles) {
      const { cause } = obstacle;
      const reason = `${path}: no ${kind.codec} proxy: ${obstacle.reason}`;
      findings.leaveOut(clip, [kind], { path, kind: 'refused', cause, reason });
    }
    return clip;
  }

  /** Names the JobSpecs and removes proxies that are made or requested. */
  async #documentsOf(
    clips: readonly Clip[],
    sources: readonly Source[],
    lists: readonly HashList[],
    pass: Pass,
  ) {
    const { request, findings } = pass;
    const drafts = this.policy.draftsOf(clips, request, (clip) => {
      const source = findings.sourceOf(clip);
      return source ? this.#openKinds(source, pass) : [];
    });
    const named = await assignNames(drafts, request, this.policy.knownNames(sources, pass));
    const valid = removeInvalidClips(named.documents, request);
    for (const problem of [...named.problems, ...valid.problems]) leaveOut(problem, findings);
    const left = await this.policy.remaining(valid.documents, pass);
    const { made, alreadySubmitted } = left;
    const checked = request.checksHashes
      ? await this.#matching(left.documents, lists, pass)
      : { documents: left.documents, hashes: null };
    return { ...checked, made, alreadySubmitted, renamed: named.renamed };
  }

  /** Removes sources that differ from their hash lists. */
  async #matching(
    documents: readonly JobDocument[],
    lists: readonly HashList[],
    { request, findings }: Pass,
  ) {
    const { media } = request;
    const all = documents.flatMap(({ clips }) => clips);
    const { hashes, mismatches, missing } = await checkHashes(
      all,
      lists,
      media,
      this.planning.onProgress,
    );
    const matching = documents.flatMap((document) => {
      const clips = document.clips.filter((clip) => {
        const { path } = clip;
        const reason = mismatches.get(path);
        if (reason === undefined) return true;
        const cause = hashes.unlisted.includes(path) ? 'not_listed' : 'hash_differs';
        const problem = { path, kind: 'mismatch', cause, reason } as const;
        findings.leaveOut(clip, [document.kind], problem);
        return false;
      });
      if (clips.length === document.clips.length) return [document];
      return clips.length === 0 ? [] : [documentOf({ ...document, clips }, request)];
    });
    for (const { path, reason } of missing) {
      const medium = media.find((one) => contains(one, path)) ?? media[0] ?? '';
      findings.leaveOutEntry({ path, medium, kind: 'missing', cause: 'missing', reason });
    }
    return { documents: matching, hashes };
  }

  /** Creates the output folders, and records what will be submitted. */
  async #prepare(documents: readonly JobDocument[], findings: Findings): Promise<Prepared[]> {
    const prepared: Prepared[] = [];
    for (const document of documents) {
      const { kind, clips, name: job } = document;
      const ready = await this.#store.prepare(document, this.policy.ignoresEnded);
      const other = ready === 'other' ? this.#otherJobSpec(document) : null;
      const problem = typeof ready === 'object' ? ready : other;
      for (const clip of clips)
        if (ready === 'gone') findings.leaveOut(clip, [kind], goneProxies(document));
        else if (problem === null) findings.add(clip, kind, { job, sha256: sha256Of(document) });
        else findings.leaveOut(clip, [kind], problem);
      if (typeof ready === 'string' || problem === null)
        prepared.push({ document, result: typeof ready === 'string' ? ready : null });
    }
    return prepared;
  }

  #otherJobSpec(document: JobDocument) {
    return otherJobSpec(this.#store.pathOf(document), document);
  }

  /** Records leftovers, and clips that are gone or back again. */
  async #recordOthers(walk: Walk, sources: readonly Source[], { request, record, findings }: Pass) {
    const there = new Map(sources.map((source) => [source.path, source]));
    // A link is recorded by its own name while its target is missing.
    for (const medium of new Set([...request.media, ...this.named.media])) {
      if (walk.unseen.has(medium)) continue;
      record.count(medium, walk.leftovers.byMedium.get(medium) ?? {});
      const gone = new Set<string>();
      for (const { path, isRequested } of record.previousClips(medium)) {
        const source = there.get(path);
        const isThere = findings.paths.has(path) || (source !== undefined && !isLeftover(source));
        if (!isThere && !(isRequested && (await exists(path).catch(() => true)))) gone.add(path);
      }
      for (const path of gone) record.forget(path);
    }
    for (const source of sources) {
      const look = lookOf(source, request);
      if (look === undefined) continue;
      for (const kind of request.kinds)
        record.markPresent(source.path, this.#keyOf(kind, request, look));
    }
  }

  async #submit(prepared: readonly Prepared[], { request, record, findings }: Pass) {
    const jobs: { document: JobDocument; result: SubmitResult }[] = [];
    for (const { document, result: before } of prepared) {
      this.policy.signal?.throwIfAborted();
      const result = before ?? (await this.#store.put(document));
      jobs.push({ document, result });
      if (result === 'other') findings.report(this.#otherJobSpec(document));
      else
        for (const { path, look } of document.clips)
          record.wasSubmitted(path, keyOfKind(document.kind, request, look));
    }
    return jobs;
  }

  /** Counts clips, and frees the examinations of those that are requested. */
  #release(sources: readonly Source[], pass: Pass) {
    const { request } = pass;
    let [waiting, requested, hasMore] = [0, 0, false];
    for (const source of sources) {
      if (isLeftover(source)) continue;
      const open = this.#openKinds(source, pass).length;
      if (open > 0) waiting += 1;
      if (open > 0 && !source.examined && this.policy.isAtRest(source)) hasMore = true;
      if (open === 0 && !variesByClip(request.viewing)) delete source.examined;
      requested += request.kinds.length - open;
    }
    return { waiting, requested, hasMore };
  }
}

/** Leaves out proxies that jobs made from clips of the same medium, whatever their folder is called. */
async function withoutProxies(
  found: readonly Source[],
  { leftovers }: Walk,
  { made, names }: JobIndex,
): Promise<Source[]> {
  const sources: Source[] = [];
  for (const source of found) {
    const { path, medium, bytes } = source;
    const proxy = made.get(foldedName(await names.of(path)));
    if (proxy?.bytes === bytes && contains(medium, proxy.source)) leftovers.add('proxy', source);
    else sources.push(source);
  }
  return sources;
}

function leaveOut({ clip, proxyKind, ...problem }: ClipProblem, findings: Findings) {
  findings.leaveOut(clip, [proxyKind], problem);
}
