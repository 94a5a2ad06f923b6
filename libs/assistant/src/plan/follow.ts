import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailure, timestamp } from '@app/jobspec';
import { stemOf, type FollowerStatus } from '@app/jobspec/folder';
import {
  RUNNER_VERSION,
  errorFact,
  exists,
  lstat,
  readdir,
  replaceFile,
  dropFile,
  WatchFolder,
  isNameBusy,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { bytesOf, documentsOf, dropInvalidClips, type JobDocument } from './documents.ts';
import type { Clip, Planning } from './examine.ts';
import { Note, type Planned } from './follow-note.ts';
import { Sources, type Source } from './follow-sources.ts';
import { followLinks, lookThrough } from './media.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import { keyOfViewing } from './planned-viewing.ts';
import { makeProxyFolder, prepareWatchFolder } from './store.ts';

/** How media are followed. */
export interface Following extends Planning {
  /** For which a file must be at rest. */
  settleSeconds: number;
  pollSeconds: number;
  /** For which nothing of a medium may change before a clip of it that can't be read becomes a job. */
  quietSeconds: number;
  signal: AbortSignal;
  /** Told what is done and what is wrong, sentences; each is told once. */
  say: (sentence: string) => void;
}

/** So many sentences are remembered, so that each is told once. */
const MOST_TOLD = 10_000;

/**
 * Plans what comes into media, until it is told to stop. A clip and kind is planned once, and again only when its file has changed.
 *
 * @throws Refusal; JobFailure `EngineUnavailableError` when there is no ffprobe.
 */
export async function follow(named: PlanRequest, following: Following): Promise<void> {
  const request = await followLinks(named);
  const { target } = request;
  if (target.how !== 'submit') throw new RangeError('no watch folder to follow for');
  const folder = new WatchFolder(target.folder);
  await prepareWatchFolder(folder, request);
  await folder.prepare();
  const note = await Note.open(folder, request.media);
  const follower = new Follower(request, following, folder, note);
  try {
    following.say(`Following ${request.media.join(', ')}: ${note.size} planned before.`);
    while (!following.signal.aborted) {
      await follower.poll();
      await sleep(following.pollSeconds * 1000, null, { signal: following.signal }).catch(
        () => null,
      );
    }
  } finally {
    await follower.publish(true).catch(() => undefined);
    await note.close();
  }
}

class Follower {
  readonly #sources = new Sources();
  readonly #startedAt = timestamp(new Date());
  readonly #reported = new Set<string>();
  #waiting = 0;
  #problem: string | null = null;

  constructor(
    private readonly request: PlanRequest,
    private readonly following: Following,
    private readonly folder: WatchFolder,
    private readonly note: Note,
  ) {}

  async poll(): Promise<void> {
    this.#problem = null;
    try {
      await this.#resolveDoubt();
      const walk = await lookThrough(this.request, () => undefined);
      for (const { reason, kind } of walk.problems)
        if (kind === 'unreadable') this.#miss(reason);
        else this.#tell(reason);
      const there = await this.#sources.look(walk.found, (reason) => this.#miss(reason));
      await this.#plan(there);
    } catch (error) {
      // Media that are gone for a while, and storage that answers no more or is full, are looked at again.
      if (error instanceof JobFailure) throw error;
      const isRefused = error instanceof Refusal;
      this.#problem = isRefused ? error.message : `Nothing can be planned: ${errorFact(error)}.`;
      this.#tell(this.#problem);
    }
    await this.publish(false).catch((error: unknown) =>
      this.#tell(`The status can't be written: ${errorFact(error)}.`),
    );
  }

  /** What was noted last, and perhaps not dropped: by an earlier process, or because of an error. Then it is planned anew. */
  async #resolveDoubt(): Promise<void> {
    const { doubt } = this.note;
    if (doubt === null) return;
    if (!(await this.#wasDropped(doubt))) await this.note.add({ ...doubt, mark: '', job: '' });
    await this.note.settle();
  }

  async #wasDropped({ job, at }: Planned): Promise<boolean> {
    if (await this.#isToCome(job)) return true;
    const { completed, failed } = this.folder;
    for (const directory of [completed, failed])
      for (const name of await readdir(directory)) {
        if (name !== job && !name.startsWith(`${stemOf(job)}.`)) continue;
        const stats = await lstat(join(directory, name)).catch(() => null);
        if (stats !== null && stats.ctimeMs >= at) return true;
      }
    return false;
  }

  /** What is known of this follower, for whoever looks. */
  async publish(isStopped: boolean): Promise<void> {
    const now = timestamp(new Date());
    const status: FollowerStatus = {
      version: RUNNER_VERSION,
      host: hostname(),
      pid: process.pid,
      started_at: this.#startedAt,
      last_poll_at: now,
      poll_seconds: this.following.pollSeconds,
      media: [...this.request.media],
      planned: this.note.size,
      waiting: this.#waiting,
      problem: this.#problem,
      stopped_at: isStopped ? now : null,
    };
    await replaceFile(this.note.statusPath, `${JSON.stringify(status, null, 2)}\n`);
  }

  async #plan(there: readonly Source[]) {
    const fresh = there.filter((one) => this.#isToPlan(one));
    this.#waiting = fresh.length;
    for (const one of fresh.filter((source) => this.#isAtRest(source))) {
      if (this.following.signal.aborted) return;
      const clip = await this.#clipOf(one);
      if (clip !== null) await this.#submit(clip, one.mark);
      if (this.#isToPlan(one)) continue;
      delete one.known;
      this.#waiting -= 1;
    }
  }

  #isToPlan({ path, mark }: Source): boolean {
    return this.request.kinds.some((kind) => this.note.of(path, this.#keyOf(kind))?.mark !== mark);
  }

  /** Seen twice as it is, at least for as long as files must be at rest. */
  #isAtRest({ since }: Source): boolean {
    const { pollSeconds, settleSeconds } = this.following;
    const seconds = (performance.now() - since) / 1000;
    return seconds >= Math.max(settleSeconds, pollSeconds * 0.9);
  }

  /** A clip to plan now; `null` for what is none, or what may still come. */
  async #clipOf(source: Source): Promise<Clip | null> {
    source.known ??= await this.#lookInto(source);
    const { clip, isWhole } = source.known;
    const isQuiet = this.#sources.quietSeconds(source.medium) >= this.following.quietSeconds;
    return isWhole || isQuiet ? clip : null;
  }

  async #lookInto({ path, medium, mark }: Source): Promise<NonNullable<Source['known']>> {
    const examined = await this.following.examiner.examine({ path, medium });
    if ('leftover' in examined) {
      await this.#noteNothing(path, mark, this.request.kinds);
      return { clip: null, isWhole: true };
    }
    const { clip, flaw } = examined;
    const isWhole = clip !== null && flaw === null;
    if (!isWhole) this.#tell(flaw?.reason ?? `${path} can't be read.`);
    return { clip, isWhole };
  }

  /** No proxies of these kinds are made of a source: it isn't looked into again. */
  async #noteNothing(source: string, mark: string, kinds: readonly ProxyKind[]) {
    for (const one of kinds) {
      const kind = this.#keyOf(one);
      if (this.note.of(source, kind)?.mark === mark) continue;
      await this.note.add({ source, kind, mark, job: '', at: Date.now() });
    }
  }

  async #submit(clip: Clip, mark: string) {
    const { place, kinds } = this.request;
    const { documents, problems } = dropInvalidClips(
      documentsOf([clip], this.request),
      this.request,
    );
    for (const { reason } of problems) this.#tell(reason);
    for (const [{ codec }, sentence] of clip.obstacles)
      this.#tell(`${clip.path}: no ${codec}. ${sentence}`);
    for (const document of documents) {
      const kind = this.#keyOf(document.kind);
      const before = this.note.of(clip.path, kind);
      if (before?.mark === mark) continue;
      const barred = await makeProxyFolder(document, place, this.folder.pending);
      if (barred !== null) {
        this.#miss(barred);
        continue;
      }
      // Should anything come between, the next poll or start looks where it is.
      const { name: job } = document;
      const isKnown = before === null && (await this.#isKnown(job));
      await this.note.add({ source: clip.path, kind, mark, job, at: Date.now() });
      if (!isKnown) await this.#drop(document);
      await this.note.settle();
    }
    const rest = kinds.filter((kind) => !documents.some((document) => document.kind === kind));
    await this.#noteNothing(clip.path, mark, rest);
  }

  /** Without a note of it, a job of that name was planned by somebody. */
  async #isKnown(job: string): Promise<boolean> {
    if (await this.#isToCome(job)) return true;
    const { completed, failed } = this.folder;
    return (await exists(join(completed, job))) || exists(join(failed, job));
  }

  /** Asked before the archives are, as jobs travel. */
  async #isToCome(job: string): Promise<boolean> {
    return (await exists(join(this.folder.pending, job))) || isNameBusy(this.folder, job);
  }

  async #drop(document: JobDocument) {
    try {
      await dropFile(bytesOf(document), this.folder.pending, document.name);
      this.following.say(`Submitted ${document.name}`);
    } catch (error) {
      // It waits there already.
      if (!(error instanceof JobFailure)) throw error;
    }
  }

  #keyOf({ codec, container }: ProxyKind): string {
    const { resolution, naming, place, viewing } = this.request;
    return [
      codec,
      container,
      resolution,
      naming,
      place.how === 'output' ? place.folder : place.name,
      ...(viewing === null ? [] : [keyOfViewing(viewing)]),
    ].join(' ');
  }

  /** Something isn't planned until somebody does something about it. */
  #miss(reason: string) {
    this.#problem ??= reason;
    this.#tell(reason);
  }

  #tell(sentence: string) {
    if (this.#reported.has(sentence) || this.#reported.size >= MOST_TOLD) return;
    this.#reported.add(sentence);
    this.following.say(sentence);
  }
}
