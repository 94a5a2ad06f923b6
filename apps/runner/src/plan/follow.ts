import { keyOfViewing } from './planned-viewing.ts';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailure } from '@app/jobspec';
import { isJobOrResultName, stemOf, type FollowerStatus } from '@app/jobspec/folder';
import { RUNNER_VERSION } from '../config/version.ts';
import { errorFact, exists, lstat, readdir, replaceFile } from '../files/index.ts';
import { timestamp } from '../text/index.ts';
import { isNameBusy } from '../watch/claim/index.ts';
import { dropFile, WatchFolder } from '../watch/folder/index.ts';
import { checkBeside } from './beside.ts';
import { documentsOf } from './documents.ts';
import { bytesOf, type JobDocument } from './draft.ts';
import type { Planning } from './examine-all.ts';
import type { Clip } from './examine.ts';
import { dropInvalidClips } from './drop-invalid-clips.ts';
import type { HashList } from './mhl/find-lists.ts';
import { followLinks, listsWith, lookThrough } from './media.ts';
import { PlanRefusal } from './plan-refusal.ts';
import type { PlanRequest, ProxyKind } from './plan-request.ts';
import { prepareFolders } from './prepare-folders.ts';
import { makeProxyFolder } from './proxy-folder.ts';
import { Note, type Planned } from './follow-note.ts';
import { Sources, type Source } from './follow-sources.ts';
import type { Walk } from './walk.ts';

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
  if (target.how !== 'submit') throw new RangeError('no watch folder to follow for');
  const folder = new WatchFolder(target.folder);
  await prepareFolders(request, folder);
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
      await this.#finishDrops();
      const walk = await lookThrough(this.request, () => undefined);
      for (const { reason, kind } of walk.problems)
        if (kind === 'unreadable') this.#miss(reason);
        else this.#tell(reason);
      const there = await this.#sources.look(walk.found, (reason) => this.#miss(reason));
      await this.#plan(there, walk);
    } catch (error) {
      // Media that are gone for a while, and storage that answers no more or is full, are looked at again.
      if (error instanceof JobFailure) throw error;
      const isRefused = error instanceof PlanRefusal;
      this.#problem = isRefused ? error.message : `Nothing can be planned: ${errorFact(error)}.`;
      this.#tell(this.#problem);
    }
    await this.publish(false).catch((error: unknown) =>
      this.#tell(`The status can't be written: ${errorFact(error)}.`),
    );
  }

  /** What was noted, and perhaps not dropped: by an earlier process, or because of an error. */
  async #finishDrops(): Promise<void> {
    if (this.note.undropped().length === 0) return;
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

  async #plan(there: readonly Source[], walk: Walk) {
    const fresh = there.filter((one) => this.#isToPlan(one));
    this.#waiting = fresh.length;
    if (fresh.length === 0) return;
    let room = MOST_WAITING - (await this.#ownWaiting());
    const ready = fresh.filter((one) => this.#isAtRest(one));
    const lists = ready.length === 0 ? [] : await listsWith(walk, this.request);
    for (const one of ready) {
      if (room <= 0 || this.following.signal.aborted) return;
      const clip = await this.#clipOf(one);
      if (clip === null) continue;
      room -= await this.#submit(clip, one.mark, lists).catch((error: unknown) => {
        // A folder of proxies that is somebody else's holds up no other.
        if (!(error instanceof PlanRefusal)) throw error;
        this.#miss(error.message);
        return 0;
      });
      if (this.#isToPlan(one)) one.homeless = clip;
      else this.#waiting -= 1;
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
    const { path, medium, mark, unready, homeless } = source;
    if (homeless !== undefined) return homeless;
    if (unready !== undefined) return this.#isQuiet(medium) ? unready.clip : null;
    const examined = await this.following.examiner.examine({ path, medium });
    if ('leftover' in examined) {
      await this.#remember(path, mark);
      return null;
    }
    const { clip, flaw } = examined;
    if (clip !== null && flaw === null) return clip;
    source.unready = { clip };
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
    await this.note.add(...kinds.map((kind) => nothingOf(source, this.#keyOf(kind), mark, at)));
  }

  /** @returns how many JobSpecs were dropped. */
  async #submit(clip: Clip, mark: string, lists: readonly HashList[]): Promise<number> {
    const legal = dropInvalidClips(documentsOf([clip], this.request), this.request);
    const { documents } = legal;
    if (this.request.place.how === 'beside') checkBeside(documents, lists);
    for (const { reason } of legal.problems) this.#tell(reason);
    for (const [{ codec }, sentence] of clip.obstacles)
      this.#tell(`${clip.path}: no ${codec}. ${sentence}`);
    let dropped = 0;
    for (const document of documents) {
      const kind = this.#keyOf(document.kind);
      const before = this.note.of(clip.path, kind);
      if (before?.mark === mark) continue;
      const [output = ''] = document.outputs;
      const other = this.note.otherMaker(output, clip.path);
      const facts = { source: clip.path, kind, mark, at: Date.now() };
      if (other !== null) {
        this.#tell(`${other} and ${clip.path} would both become ${output}. ${TELL_APART}`);
        await this.note.add({ ...facts, job: '', output: '', isDropped: true });
        continue;
      }
      const planned = { ...facts, job: document.name, output };
      if (before === null && (await this.#isMade(document))) {
        await this.note.add({ ...planned, isDropped: true });
        continue;
      }
      const { place } = this.request;
      const barred = await makeProxyFolder(document, place, this.folder.pending);
      if (barred !== null) {
        this.#miss(barred);
        continue;
      }
      // Should anything come between, the next poll or start looks where it is.
      await this.note.add({ ...planned, isDropped: false });
      await this.#drop(document);
      await this.note.add({ ...planned, isDropped: true });
      dropped += 1;
    }
    const done = new Set(legal.documents.map((document) => this.#keyOf(document.kind)));
    const rest = this.request.kinds.map((one) => this.#keyOf(one)).filter((key) => !done.has(key));
    const at = Date.now();
    await this.note.add(...rest.map((kind) => nothingOf(clip.path, kind, mark, at)));
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
    const archived: { name: string; at: number }[] = [];
    for (const directory of [this.folder.failed, this.folder.completed])
      for (const name of (await readdir(directory)).filter(isJobOrResultName)) {
        const stats = await lstat(join(directory, name)).catch(() => null);
        if (stats !== null) archived.push({ name, at: stats.ctimeMs });
      }
    return archived;
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

const TELL_APART = 'The second is not planned. Tell them apart with --naming: {source_ext}.';

/** No proxy of that kind is made of a source: it isn't looked into again. */
function nothingOf(source: string, kind: string, mark: string, at: number): Planned {
  return { source, kind, mark, job: '', output: '', isDropped: true, at };
}

/** `x.json`, or `x.2.json` in the archive. */
function isOf(archived: string, job: string): boolean {
  return archived === job || archived.startsWith(`${stemOf(job)}.`);
}
