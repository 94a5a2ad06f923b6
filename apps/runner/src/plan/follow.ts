import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailure } from '@app/jobspec';
import { isJobOrResultName, stemOf } from '@app/jobspec/folder';
import { RUNNER_VERSION } from '../config/version.ts';
import {
  errorFact,
  exists,
  lstat,
  makeFolders,
  readdir,
  rename,
  writeFile,
} from '../files/index.ts';
import { timestamp } from '../text/index.ts';
import { isNameBusy } from '../watch/claim/index.ts';
import { dropFile, WatchFolder } from '../watch/folder/index.ts';
import { documentsOf } from './documents.ts';
import { bytesOf, type JobDocument } from './draft.ts';
import type { Planning } from './examine-all.ts';
import type { Clip } from './examine.ts';
import type { Found } from './found.ts';
import { dropInvalidClips } from './drop-invalid-clips.ts';
import { followLinks, lookThrough } from './media.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import { prepareFolders } from './prepare-folders.ts';
import { Note } from './follow-note.ts';
import { Sources, type Seen } from './follow-sources.ts';

/** How media are followed. */
export interface Following extends Planning {
  pollSeconds: number;
  /** For which nothing of a medium may change before a clip of it that can't be read becomes a job. */
  quietSeconds: number;
  signal: AbortSignal;
  /** Told what is done and what is wrong, sentences; each is told once. */
  say: (sentence: string) => void;
}

/** So many jobs of a follower wait at once: a runner lists `pending/` at every scan. */
const MOST_WAITING = 1000;
const MOST_TOLD = 10_000;

/**
 * Plans what comes into media, until it is told to stop. A clip and kind is planned once, and again only when its file has changed.
 *
 * @throws PlanRefusal; JobFailure `EngineUnavailableError` when there is no ffprobe.
 */
export async function follow(named: PlanRequest, following: Following): Promise<void> {
  const request = await followLinks(named);
  const { target } = request;
  if (target.how !== 'submit')
    throw new PlanRefusal(
      'usage',
      '--follow needs --submit: it drops JobSpecs into a watch folder.',
    );
  const folder = new WatchFolder(target.folder);
  await prepareFolders(request, folder);
  await folder.prepare();
  const note = await Note.open(folder, request.media);
  const follower = new Follower(request, following, folder, note);
  try {
    following.say(`Following ${request.media.join(', ')}: ${note.size} planned before.`);
    await follower.finishDrops();
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
  /** What was looked into and isn't planned yet, by its path, as it was then: a clip that can't be read, or none. */
  readonly #lookedInto = new Map<string, { mark: string; clip: Clip | null }>();
  readonly #reported = new Set<string>();
  #waiting = 0;

  constructor(
    private readonly request: PlanRequest,
    private readonly following: Following,
    private readonly folder: WatchFolder,
    private readonly note: Note,
  ) {}

  async poll(): Promise<void> {
    try {
      const walk = await lookThrough(this.request, () => undefined);
      for (const { reason } of walk.problems) this.#tell(reason);
      const there = await this.#sources.look(walk.found);
      await this.#plan(there);
    } catch (error) {
      // Media that are gone for a while, and storage that answers no more, are looked at again.
      if (error instanceof JobFailure) throw error;
      if (error instanceof PlanRefusal) this.#tell(error.message);
      else this.#tell(`The media can't be looked through: ${errorFact(error)}.`);
    }
    await this.publish(false).catch((error: unknown) =>
      this.#tell(`The status can't be written: ${errorFact(error)}.`),
    );
  }

  /** What an earlier process noted, and perhaps didn't drop. */
  async finishDrops(): Promise<void> {
    const archived = await this.#archivedNames();
    for (const one of this.note.undropped()) {
      const { folder } = this;
      const isThere =
        (await exists(join(folder.pending, one.job))) || (await isNameBusy(folder, one.job));
      const isEnded = archived.some(({ name, at }) => isOf(name, one.job) && at >= one.at);
      // Without its mark it is planned anew.
      await this.note.add({ ...one, isDropped: true, ...(!isThere && !isEnded && { mark: '' }) });
    }
  }

  /** What is known of this follower, for whoever looks. */
  async publish(isStopped: boolean): Promise<void> {
    const now = timestamp(new Date());
    const status = {
      version: RUNNER_VERSION,
      host: hostname(),
      pid: process.pid,
      started_at: this.#startedAt,
      last_poll_at: now,
      poll_seconds: this.following.pollSeconds,
      media: this.request.media,
      planned: this.note.size,
      waiting: this.#waiting,
      stopped_at: isStopped ? now : null,
    };
    const path = join(this.folder.own, 'follow.json');
    await writeFile(`${path}.tmp`, `${JSON.stringify(status, null, 2)}\n`);
    await rename(`${path}.tmp`, path);
  }

  async #plan(there: readonly (Found & Seen)[]) {
    const fresh = there.filter((one) => this.#isToPlan(one));
    this.#waiting = fresh.length;
    if (fresh.length === 0) return;
    let room = MOST_WAITING - (await this.#ownWaiting());
    const ready = fresh.filter((one) => this.#isAtRest(one));
    for (const one of ready) {
      if (room <= 0 || this.following.signal.aborted) return;
      const clip = await this.#clipOf(one);
      if (clip === null) continue;
      room -= await this.#submit(clip, one.mark);
      this.#waiting -= 1;
    }
  }

  #isToPlan({ path, mark }: Found & Seen): boolean {
    return this.request.kinds.some((kind) => this.note.of(path, this.#keyOf(kind))?.mark !== mark);
  }

  /** Seen twice as it is, at least for as long as files must be at rest. */
  #isAtRest({ since }: Seen): boolean {
    const { pollSeconds, settleSeconds } = this.following;
    const seconds = (performance.now() - since) / 1000;
    return seconds >= Math.max(settleSeconds, pollSeconds * 0.9);
  }

  /** A clip to plan now; `null` for what is none, or what may still come. */
  async #clipOf({ path, medium, mark }: Found & Seen): Promise<Clip | null> {
    const before = this.#lookedInto.get(path);
    if (before?.mark === mark) return this.#isQuiet(medium) ? before.clip : null;
    this.#lookedInto.delete(path);
    const examined = await this.following.examiner.examine({ path, medium });
    if ('leftover' in examined) {
      await this.#remember(path, mark);
      return null;
    }
    const { clip, flaw } = examined;
    if (clip !== null && flaw === null) return clip;
    this.#lookedInto.set(path, { mark, clip });
    this.#tell(flaw?.reason ?? `${path} can't be read.`);
    return this.#isQuiet(medium) ? clip : null;
  }

  #isQuiet(medium: string): boolean {
    return this.#sources.quietSeconds(medium) >= this.following.quietSeconds;
  }

  /** No clip: it isn't looked into again. */
  async #remember(source: string, mark: string) {
    const { kinds } = this.request;
    const at = Date.now();
    await this.note.add(
      ...kinds.map((kind) => ({
        source,
        kind: this.#keyOf(kind),
        mark,
        job: '',
        isDropped: true,
        at,
      })),
    );
  }

  /** @returns how many JobSpecs were dropped. */
  async #submit(clip: Clip, mark: string): Promise<number> {
    const { documents, problems } = dropInvalidClips(
      documentsOf([clip], this.request),
      this.request,
    );
    for (const { reason } of problems) this.#tell(reason);
    for (const [{ codec }, sentence] of clip.obstacles)
      this.#tell(`${clip.path}: no ${codec}. ${sentence}`);
    let dropped = 0;
    for (const document of documents) {
      const kind = this.#keyOf(document.kind);
      const before = this.note.of(clip.path, kind);
      if (before?.mark === mark) continue;
      const planned = { source: clip.path, kind, mark, job: document.name, at: Date.now() };
      if (before === null && (await this.#isMade(document))) {
        await this.note.add({ ...planned, isDropped: true });
        continue;
      }
      await this.note.add({ ...planned, isDropped: false });
      try {
        await this.#drop(document);
      } catch (error) {
        // Without its mark it is planned again at the next poll.
        await this.note.add({ ...planned, isDropped: true, mark: '' });
        throw error;
      }
      await this.note.add({ ...planned, isDropped: true });
      dropped += 1;
    }
    const done = new Set(documents.map((document) => this.#keyOf(document.kind)));
    const rest = this.request.kinds.map((one) => this.#keyOf(one)).filter((key) => !done.has(key));
    const at = Date.now();
    await this.note.add(
      ...rest.map((kind) => ({ source: clip.path, kind, mark, job: '', isDropped: true, at })),
    );
    return dropped;
  }

  /** Without a note of it, what lies there was planned by somebody. */
  async #isMade({ outputs, name }: JobDocument): Promise<boolean> {
    const [output = ''] = outputs;
    if (await exists(output)) {
      this.#tell(`${output} is there already and isn't planned again.`);
      return true;
    }
    return (await exists(join(this.folder.failed, name))) || isNameBusy(this.folder, name);
  }

  async #drop(document: JobDocument) {
    await makeFolders(document.directory, this.folder.pending);
    try {
      await dropFile(bytesOf(document), this.folder.pending, document.name);
      this.following.say(`Submitted ${document.name}`);
    } catch (error) {
      // It waits there already.
      if (!(error instanceof JobFailure)) throw error;
    }
  }

  async #ownWaiting(): Promise<number> {
    const names = await readdir(this.folder.pending);
    return names.filter((name) => this.note.hasJob(name)).length;
  }

  async #archivedNames(): Promise<{ name: string; at: number }[]> {
    if (this.note.undropped().length === 0) return [];
    const archived: { name: string; at: number }[] = [];
    for (const directory of [this.folder.failed, this.folder.completed])
      for (const name of (await readdir(directory)).filter(isJobOrResultName)) {
        const stats = await lstat(join(directory, name)).catch(() => null);
        if (stats !== null) archived.push({ name, at: stats.ctimeMs });
      }
    return archived;
  }

  #keyOf({ codec, container }: ProxyKind): string {
    const { resolution, naming, place } = this.request;
    return [
      codec,
      container,
      resolution,
      naming,
      place.how === 'output' ? place.folder : place.name,
    ].join(' ');
  }

  #tell(sentence: string) {
    if (this.#reported.has(sentence) || this.#reported.size >= MOST_TOLD) return;
    this.#reported.add(sentence);
    this.following.say(sentence);
  }
}

/** `x.json`, or `x.2.json` in the archive. */
function isOf(archived: string, job: string): boolean {
  return archived === job || archived.startsWith(`${stemOf(job)}.`);
}
