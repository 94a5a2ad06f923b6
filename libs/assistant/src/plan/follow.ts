import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from 'fs-native-extensions';
import { plural, JobFailure, timestamp } from '@app/jobspec';
import { followerNames, type FollowerStatus } from '@app/jobspec/folder';
import {
  RUNNER_VERSION,
  closingOnFailure,
  errorFact,
  errorMessage,
  open,
  PROCESS_IDENTITY,
  replaceFile,
  stat,
  StorageDeadline,
  USUAL_SECONDS,
  WatchFolder,
  withDeadline,
  type FileHandle,
} from '@app/storage';
import { Refusal } from '../refusal/refusal.ts';
import { followLinks } from './media.ts';
import { FollowPolicy, type RepeatOptions } from './plan-policy.ts';
import { Planner, type Planning } from './planner.ts';
import type { PlanRequest } from './plan-request.ts';
import { extraFileLines, renamedLines, type Plan } from './report.ts';
import { prepareWatchFolder, watchFolderOf } from './store.ts';

/** Dependencies of a follower. */
export interface Following extends Planning, RepeatOptions {
  /** Called with a sentence for each action, and for each problem the first time. */
  log: (sentence: string) => void;
}

/** After this many different sentences, nothing new is logged. */
const MAX_REPORTED = 10_000;
/** Seconds to wait for a hung pass after a stop. */
const STOP_GRACE_SECONDS = 5;

/**
 * Plans clips as they arrive on media, until its signal aborts. A clip and kind is planned once, and again only if the
 * file or its look changes.
 *
 * @throws Refusal; JobFailure `EngineUnavailableError` if ffprobe is missing
 */
export async function follow(request: PlanRequest, following: Following): Promise<void> {
  const { signal } = following;
  await withDeadline(new StorageDeadline(USUAL_SECONDS, signal), async () => {
    const folder = watchFolderOf(request);
    if (folder === null) throw new RangeError('no watch folder to follow for');
    await followLinks(request);
    const follower = new Follower(request, following, folder);
    try {
      await follower.open();
      const last = stopDeadline(signal);
      while (!signal.aborted) {
        const hasMore = await Promise.race([follower.poll(), last]);
        const seconds = hasMore ? 0 : following.pollSeconds;
        await sleep(seconds * 1000, null, { signal }).catch(() => null);
      }
    } finally {
      await follower.close();
    }
  });
}

async function stopDeadline(signal: AbortSignal): Promise<boolean> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  return sleep(STOP_GRACE_SECONDS * 1000, false, { ref: false });
}

class Follower {
  #planner: Planner;
  readonly #names: ReturnType<typeof followerNames>;
  readonly #startedAt = timestamp(new Date());
  readonly #reported = new Set<string>();
  /** Lock that keeps a second follower off the same media and watch folder. */
  #lock: FileHandle | null = null;
  #requested = 0;
  #waiting = 0;
  #problem: string | null = null;

  constructor(
    private readonly request: PlanRequest,
    private readonly following: Following,
    private readonly folder: WatchFolder,
  ) {
    const media = JSON.stringify(request.media.toSorted());
    this.#names = followerNames(createHash('sha256').update(media).digest('hex').slice(0, 12));
    this.#planner = this.#newPlanner();
  }

  #newPlanner(): Planner {
    const { request, following } = this;
    return new Planner(request, following, new FollowPolicy(following.settleSeconds, following));
  }

  /** @throws Refusal if another process follows these media, or the watch folder is unusable */
  async open(): Promise<void> {
    await this.#lockFolder();
    await this.#begin();
  }

  async #begin() {
    const { media } = await followLinks(this.request);
    this.#requested = await this.#planner.requestedBefore(media);
    this.following.log(`Following ${media.join(', ')}: ${this.#requested} planned before.`);
  }

  async #lockFolder() {
    await prepareWatchFolder(this.folder, this.request);
    await this.folder.prepare();
    const path = join(this.folder.own, this.#names.lock);
    try {
      const lock = await open(path, 'a+');
      await closingOnFailure(lock, async () => {
        if (!tryLock(lock.fd)) {
          const holder = (await lock.readFile('utf8')).trim();
          throw new Refusal(
            'locked',
            `Another plan --follow already follows ${this.request.media.join(', ')}: ${holder}. Stop it first.`,
          );
        }
        await lock.truncate(0);
        await lock.write(`${PROCESS_IDENTITY}\n`);
      });
      this.#lock = lock;
    } catch (error) {
      if (error instanceof Refusal) throw error;
      const sentence = `The lock file ${path} can't be written: ${errorMessage(error)}. Run --follow as the runner's user.`;
      throw new Refusal('folder', sentence);
    }
  }

  /** Locks the folder again if the watch folder was replaced by another, and begins anew: that one knows of no clip. */
  async #relockFolder() {
    const own = await this.#lock?.stat();
    const there = await stat(join(this.folder.own, this.#names.lock)).catch(() => null);
    if (own && there?.ino === own.ino && there.dev === own.dev) return;
    await this.#lock?.close();
    this.#lock = null;
    await this.#lockFolder();
    this.#planner = this.#newPlanner();
    this.#reported.clear();
    this.following.log(`${this.folder.root} is another folder than before.`);
    await this.#begin();
  }

  /** @returns true if there is more to do at once */
  async poll(): Promise<boolean> {
    let hasMore = false;
    try {
      await this.#relockFolder();
      const plan = await this.#planner.pass();
      hasMore = plan.hasMore;
      this.#reportPlan(plan);
    } catch (error) {
      if (this.following.signal.aborted) return false;
      // Without ffprobe, nothing can work.
      if (error instanceof JobFailure) throw error;
      // Media may be unmounted for a while, and storage may hang or be full: the next pass tries again.
      const isRefused = error instanceof Refusal;
      this.#problem = isRefused ? error.message : `Nothing can be planned: ${errorFact(error)}.`;
      this.#reportOnce(this.#problem);
    }
    await this.#publish(false).catch((error: unknown) =>
      this.#reportOnce(`The status can't be written: ${errorFact(error)}.`),
    );
    return hasMore;
  }

  #reportPlan(plan: Plan) {
    const { jobs, problems, lists, requested, waiting, faults } = plan;
    for (const { document, result } of jobs)
      if (result === 'submitted') this.following.log(`Submitted ${document.name}`);
    const lines = [
      ...extraFileLines(lists, this.request.place),
      ...renamedLines(plan, this.request),
    ];
    for (const line of [...lines, ...faults]) this.#reportOnce(line);
    for (const { reason } of problems) this.#reportOnce(reason);
    this.#requested = requested;
    this.#waiting = waiting;
    this.#problem = problemOf(problems);
  }

  /** Publishes the follower's status file. */
  async #publish(isStopped: boolean): Promise<void> {
    const now = timestamp(new Date());
    const status: FollowerStatus = {
      version: RUNNER_VERSION,
      host: hostname(),
      pid: process.pid,
      started_at: this.#startedAt,
      last_poll_at: now,
      poll_seconds: this.following.pollSeconds,
      media: [...this.request.media],
      planned: this.#requested,
      waiting: this.#waiting,
      problem: this.#problem,
      stopped_at: isStopped ? now : null,
    };
    const path = join(this.folder.own, this.#names.status);
    await replaceFile(path, `${JSON.stringify(status, null, 2)}\n`);
  }

  async close(): Promise<void> {
    if (this.#lock !== null) await this.#publish(true).catch(() => undefined);
    await this.#lock?.truncate(0).catch(() => undefined);
    await this.#lock?.close().catch(() => undefined);
  }

  #reportOnce(sentence: string) {
    if (this.#reported.has(sentence) || this.#reported.size >= MAX_REPORTED) return;
    this.#reported.add(sentence);
    this.following.log(sentence);
  }
}

/** Sentence on what can't be planned until somebody acts; `null` if there is none. */
function problemOf(problems: Plan['problems']): string | null {
  const standing = problems.filter(({ cause }) => cause !== undefined && cause !== 'being_copied');
  const [first, ...others] = standing;
  if (first === undefined) return null;
  return others.length === 0
    ? first.reason
    : `${first.reason} And ${plural(others.length, 'more problem')}.`;
}
