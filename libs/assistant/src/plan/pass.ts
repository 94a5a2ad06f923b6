import { setTimeout as sleep } from 'node:timers/promises';
import { contains, exists, severalAtOnce } from '@app/storage';
import { knownNames, notAsked, withoutMade, type Round } from './asked.ts';
import {
  documentOf,
  draftsOf,
  dropInvalidClips,
  sha256Of,
  type ClipProblem,
  type Draft,
  type JobDocument,
} from './documents.ts';
import { tellApart } from './equal-names.ts';
import type { Clip, Examiner } from './examine.ts';
import { Findings } from './findings.ts';
import { checkHashes } from './hash-check.ts';
import { hashListsWith, type HashList } from './hash-lists.ts';
import { goneProxies, JobStates, otherJobSpec } from './made.ts';
import { followLinks, lookThrough } from './media.ts';
import { hasOwnLooks, type ClipLook } from './planned-viewing.ts';
import { keyOfKind, type PlanRequest, type ProxyKey, type ProxyKind } from './plan-request.ts';
import { MediaRecord } from './record.ts';
import { noClip, type Plan } from './report.ts';
import { isLeftover, isWhole, lookOf, Sources, type Source } from './sources.ts';
import { Store, type SubmitResult } from './store.ts';
import type { Found, Walk } from './walk.ts';

/** Dependencies of a plan. */
export interface Planning {
  examiner: Examiner;
  /** Seconds without changes after which a file counts as complete. */
  settleSeconds: number;
  /** Called with the progress. */
  show: (text: () => string) => void;
}

/** Options of a plan that is repeated. */
export interface Repeating {
  pollSeconds: number;
  signal: AbortSignal;
}

/**
 * Settle times without writes after which an unreadable file counts as damaged rather than incomplete; if media are
 * followed, without writes to its medium.
 */
const BROKEN_SETTLE_TIMES = { once: 12, followed: 120 };

/** Time limit for examining clips before submitting those already examined: a day of cards takes an hour. */
const LOOKING_SECONDS = 10;

/** JobSpec whose output folder exists, or its state if it needs no submission. */
interface Prepared {
  document: JobDocument;
  fate: SubmitResult | null;
}

/**
 * Plans media, once or repeatedly: derives JobSpecs to submit, and inventory lines, from the media, the inventory and
 * the states of jobs.
 */
export class Planner {
  readonly #sources = new Sources();
  readonly #states: JobStates;
  readonly #store: Store;
  readonly #record: MediaRecord;
  /** Keys of clips without a look of their own. */
  readonly #keys = new Map<ProxyKind, ProxyKey>();

  /**
   * @param named with unresolved links
   * @param repeating if given, a clip and kind is requested once per state of the clip; otherwise, whatever isn't made
   * is requested
   */
  constructor(
    private readonly named: PlanRequest,
    private readonly planning: Planning,
    private readonly repeating: Repeating | null,
  ) {
    this.#store = new Store(named);
    this.#states = new JobStates(this.#store.watch);
    this.#record = new MediaRecord(this.#store.watch);
  }

  /**
   * Count of clips and kinds on the media that were requested before. @throws Refusal if the inventory can't be read
   */
  async askedBefore(media: readonly string[]): Promise<number> {
    await this.#record.open();
    const lines = media.flatMap((medium) => [...this.#record.before(medium)]);
    return lines.filter(({ isAsked }) => isAsked).length;
  }

  /** @throws Refusal; JobFailure `EngineUnavailableError` if ffprobe is missing; the reason of the signal */
  async pass(): Promise<Plan> {
    const request = await followLinks(this.named);
    const record = this.#record;
    await record.open();
    const found = new Findings(request, record);
    const walk = await this.#walk(request);
    for (const problem of walk.problems) found.missEntry(problem);
    const sources = await this.#look(walk, found);
    found.sources = sources;
    const round = { request, record, found, jobs: await this.#states.read() };
    const clips = await this.#clipsOf(sources, round);
    for (const source of sources) {
      const { known } = source;
      if (known && 'leftover' in known) walk.leftovers.add(known.leftover, source);
    }
    if (
      this.repeating === null &&
      clips.length + found.problems.length + found.settled.length === 0
    )
      throw noClip(walk, request);
    const lists = await hashListsWith(walk.lists, request.media);
    const { documents, ...counts } = await this.#documentsOf(clips, sources, lists, round);
    const prepared = await this.#prepare(documents, found);
    await this.#noteOthers(walk, sources, round);
    this.repeating?.signal.throwIfAborted();
    await record.drop();
    const jobs = await this.#put(prepared, round);
    const standing = this.#release(sources, round);
    const { leftovers, links } = walk;
    const { problems, leftOut, settled } = found;
    const { faults } = record;
    const left = { leftovers, links, problems, leftOut, settled, faults };
    return { clips, jobs, ...counts, ...left, lists, ...standing };
  }

  /** When repeating, an unusable medium doesn't stop the others. */
  async #walk(request: PlanRequest): Promise<Walk> {
    const onEntry = (count: number) => this.planning.show(() => `${count} entries seen`);
    if (this.repeating === null) return lookThrough(request, onEntry);
    return lookThrough(request, onEntry, (medium, { message }, walk) =>
      walk.miss(medium, 'unreadable', message, medium),
    );
  }

  async #look(walk: Walk, found: Findings): Promise<Source[]> {
    const tell = ({ path, medium }: Found, reason: string) => {
      // An aborted read says nothing about the file.
      this.repeating?.signal.throwIfAborted();
      found.missEntry({ path, medium, kind: 'unreadable', cause: 'unreadable', reason });
    };
    const sources = await this.#sources.look(walk.found, tell);
    const { settleSeconds, show } = this.planning;
    if (this.repeating !== null || sources.every((one) => one.restSeconds >= settleSeconds))
      return sources;
    // A single plan waits rather than leave out what was just copied.
    show(() => `waiting ${settleSeconds} s whether files still grow`);
    await sleep(settleSeconds * 1000);
    return this.#sources.look(walk.found, tell);
  }

  /** Unchanged for long enough at two looks; a single plan needs one if the last change is old. */
  #isAtRest(source: Source): boolean {
    const { settleSeconds } = this.planning;
    const seconds = (source.seen - source.since) / 1000;
    const isOld = source.restSeconds >= settleSeconds;
    if (this.repeating === null) return isOld || seconds >= settleSeconds;
    return isOld && seconds >= Math.max(settleSeconds, this.repeating.pollSeconds * 0.9);
  }

  /** True if a defect of a source is final: nothing writes to it any more. */
  #isFinal(source: Source): boolean {
    const { repeating, planning } = this;
    if (repeating === null)
      return source.restSeconds >= planning.settleSeconds * BROKEN_SETTLE_TIMES.once;
    const quietSeconds = planning.settleSeconds * BROKEN_SETTLE_TIMES.followed;
    return this.#sources.quietSeconds(source.medium) >= quietSeconds;
  }

  /** Kinds of proxies that a source still needs. */
  #openKinds(source: Source, { request, record, jobs }: Round): readonly ProxyKind[] {
    if (isLeftover(source)) return [];
    const { kinds } = request;
    const look = lookOf(source, request);
    if (this.repeating === null || look === undefined) return kinds;
    return kinds.filter((kind) => !record.isAsked(source, this.#keyOf(kind, request, look), jobs));
  }

  /** Cached, since every pass asks for every clip. */
  #keyOf(kind: ProxyKind, request: PlanRequest, look: ClipLook): ProxyKey {
    if (hasOwnLooks(request.viewing)) return keyOfKind(kind, request, look);
    const key = this.#keys.get(kind) ?? keyOfKind(kind, request, look);
    this.#keys.set(kind, key);
    return key;
  }

  /** Examines sources at rest, and returns the clips that need proxies. */
  async #clipsOf(sources: readonly Source[], round: Round): Promise<Clip[]> {
    const { examiner, show } = this.planning;
    const signal = this.repeating?.signal;
    const open = sources.filter((source) => this.#openKinds(source, round).length > 0);
    const resting = open.filter((source) => this.#isAtRest(source));
    const atRest = new Set(resting);
    for (const source of open) if (!atRest.has(source)) this.#wait(source, round);
    const end = this.repeating ? performance.now() + LOOKING_SECONDS * 1000 : Infinity;
    await severalAtOnce(
      resting,
      async (source) => {
        signal?.throwIfAborted();
        if (!source.known && performance.now() > end) return;
        if (source.known && !isWhole(source) && !source.isFinal && this.#isFinal(source))
          // The obstacle may be gone by now.
          delete source.known;
        source.known ??= await examiner.examine(source, signal);
        source.isFinal = this.#isFinal(source);
      },
      (count) => show(() => `${count} of ${resting.length} files looked into`),
    );
    return resting.flatMap((source) => this.#clipOf(source, round) ?? []);
  }

  /** Reports a clip that changes or hasn't been watched for long enough. */
  #wait(source: Source, { found }: Round) {
    const isOnce = this.repeating === null;
    const sentence = `${source.path} is still being copied.`;
    if (isOnce) found.wait(source, `${sentence} Plan again once it is there.`, true);
    else if (source.restSeconds < this.planning.settleSeconds) found.wait(source, sentence, false);
  }

  #clipOf(source: Source, round: Round): Clip | null {
    const { found, request } = round;
    const { known, path } = source;
    if (known === undefined || 'leftover' in known) return null;
    const { clip, flaw } = known;
    if (flaw !== null && !source.isFinal) {
      found.wait(source, `${path} can't be read yet: it may still be being copied.`, true);
      return null;
    }
    if (clip === null) {
      const told = flaw ?? { kind: 'unreadable', reason: `${path} can't be read.` };
      found.leaveOut(source, request.kinds, { path, ...told, cause: 'unreadable' });
      return null;
    }
    if (this.#openKinds(source, round).length === 0) return null;
    if (flaw !== null) found.tell({ path, ...flaw, isPlanned: true });
    for (const [kind, obstacle] of clip.obstacles) {
      const { cause } = obstacle;
      const reason = `${path}: no ${kind.codec}. ${obstacle.reason}`;
      found.leaveOut(clip, [kind], { path, kind: 'refused', cause, reason });
    }
    return clip;
  }

  /** Names the JobSpecs and removes proxies that are made or requested. */
  async #documentsOf(
    clips: readonly Clip[],
    sources: readonly Source[],
    lists: readonly HashList[],
    round: Round,
  ) {
    const { request, found } = round;
    const settled = this.repeating ? sources : [];
    const drafts = this.#draftsOf(clips, round);
    const named = await tellApart(drafts, request, knownNames(settled, round));
    const legal = dropInvalidClips(named.documents, request);
    for (const problem of [...named.problems, ...legal.problems]) leaveOut(problem, found);
    const left = this.repeating
      ? await notAsked(legal.documents, round)
      : await withoutMade(legal.documents, round);
    const { made, alreadySubmitted } = left;
    const checked = request.checksHashes
      ? await this.#matching(left.documents, lists, round)
      : { documents: left.documents, hashes: null };
    return { ...checked, made, alreadySubmitted, renamed: named.renamed };
  }

  /** When repeating, the job of each clip is named as if it were alone, as after a restart. */
  #draftsOf(clips: readonly Clip[], round: Round): Draft[] {
    const { request, found } = round;
    if (this.repeating === null) return draftsOf(clips, request);
    return clips.flatMap((clip) => {
      const source = found.sourceOf(clip);
      const open = source ? this.#openKinds(source, round) : [];
      return draftsOf([clip], request).filter(({ kind }) => open.includes(kind));
    });
  }

  /** Removes sources that differ from their hash lists. */
  async #matching(
    documents: readonly JobDocument[],
    lists: readonly HashList[],
    { request, found }: Round,
  ) {
    const { media } = request;
    const all = documents.flatMap(({ clips }) => clips);
    const { hashes, mismatches, missing } = await checkHashes(
      all,
      lists,
      media,
      this.planning.show,
    );
    const matching = documents.flatMap((document) => {
      const clips = document.clips.filter((clip) => {
        const { path } = clip;
        const reason = mismatches.get(path);
        if (reason === undefined) return true;
        const cause = hashes.unlisted.includes(path) ? 'not_listed' : 'hash_differs';
        const problem = { path, kind: 'mismatch', cause, reason } as const;
        found.leaveOut(clip, [document.kind], problem);
        return false;
      });
      if (clips.length === document.clips.length) return [document];
      return clips.length === 0 ? [] : [documentOf({ ...document, clips }, request)];
    });
    for (const { path, reason } of missing) {
      const medium = media.find((one) => contains(one, path)) ?? media[0] ?? '';
      found.missEntry({ path, medium, kind: 'missing', cause: 'missing', reason });
    }
    return { documents: matching, hashes };
  }

  /** Creates the output folders, and records what will be submitted. */
  async #prepare(documents: readonly JobDocument[], found: Findings): Promise<Prepared[]> {
    const prepared: Prepared[] = [];
    for (const document of documents) {
      const { kind, clips, name: job } = document;
      const ready = await this.#store.prepare(document, this.repeating !== null);
      const other = ready === 'other' ? this.#otherJobSpec(document) : null;
      const problem = typeof ready === 'object' ? ready : other;
      for (const clip of clips)
        if (ready === 'gone') found.leaveOut(clip, [kind], goneProxies(document));
        else if (problem === null) found.ask(clip, kind, { job, sha256: sha256Of(document) });
        else found.leaveOut(clip, [kind], problem);
      if (typeof ready === 'string' || problem === null)
        prepared.push({ document, fate: typeof ready === 'string' ? ready : null });
    }
    return prepared;
  }

  #otherJobSpec(document: JobDocument) {
    return otherJobSpec(this.#store.pathOf(document), document);
  }

  /** Records leftovers, and clips that are gone or back again. */
  async #noteOthers(walk: Walk, sources: readonly Source[], { request, record, found }: Round) {
    const there = new Map(sources.map((source) => [source.path, source]));
    // A link is recorded by its own name while its target is missing.
    for (const medium of new Set([...request.media, ...this.named.media])) {
      if (walk.unseen.has(medium)) continue;
      record.count(medium, walk.leftovers.byMedium.get(medium) ?? {});
      const gone = new Set<string>();
      for (const { path, isAsked } of record.before(medium)) {
        const source = there.get(path);
        const isThere = found.paths.has(path) || (source !== undefined && !isLeftover(source));
        if (!isThere && !(isAsked && (await exists(path).catch(() => true)))) gone.add(path);
      }
      for (const path of gone) record.forget(path);
    }
    for (const source of sources) {
      const look = lookOf(source, request);
      if (look === undefined) continue;
      for (const kind of request.kinds)
        record.isThere(source.path, this.#keyOf(kind, request, look));
    }
  }

  async #put(prepared: readonly Prepared[], { request, record, found }: Round) {
    const jobs: { document: JobDocument; fate: SubmitResult }[] = [];
    for (const { document, fate: before } of prepared) {
      this.repeating?.signal.throwIfAborted();
      const fate = before ?? (await this.#store.put(document));
      jobs.push({ document, fate });
      if (fate === 'other') found.tell(this.#otherJobSpec(document));
      else
        for (const { path, look } of document.clips)
          record.wasDropped(path, keyOfKind(document.kind, request, look));
    }
    return jobs;
  }

  /** Counts clips, and frees the examinations of those that are requested. */
  #release(sources: readonly Source[], round: Round): Pick<Plan, 'waiting' | 'asked' | 'hasMore'> {
    const { request } = round;
    let [waiting, asked, hasMore] = [0, 0, false];
    for (const source of sources) {
      if (isLeftover(source)) continue;
      const open = this.#openKinds(source, round).length;
      if (open > 0) waiting += 1;
      if (open > 0 && !source.known && this.#isAtRest(source)) hasMore = true;
      if (open === 0 && !hasOwnLooks(request.viewing)) delete source.known;
      asked += request.kinds.length - open;
    }
    return { waiting, asked, hasMore };
  }
}

function leaveOut({ clip, of, ...problem }: ClipProblem, found: Findings) {
  found.leaveOut(clip, [of], problem);
}
