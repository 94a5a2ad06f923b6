import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailure } from '@app/jobspec';
import type { ClipTask } from '@app/engines';
import {
  CAPTURE_FILE,
  errorFact,
  HeldFolder,
  isNoSpace,
  sizeOf,
  stat,
  withNames,
  MIN_FREE_BYTES,
  roomIn,
  sizeOfFile,
} from '@app/storage';

/** FFmpeg tells of each frame; what it writes in this time is little beside what is free. */
const LOOK_MS = 200;

/** How often a clip that waits looks for space. */
const LOOK_AGAIN_MS = 1000;

/** What is asked of a task. */
type CaptureTask = Pick<ClipTask, 'scratchFolders' | 'stagingPath' | 'onWait'>;

/** The place of what the pass that encodes tells of its source: a file with pictures in a folder of its own. */
export class ReferenceCapture {
  /** Of the file, for programs. */
  readonly path: string;
  /** The same for people. */
  readonly shownPath: string;

  #isLooking = false;
  #lookedAt = 0;

  private constructor(
    private readonly folder: HeldFolder,
    private readonly space: CaptureSpace,
    private readonly name: string,
  ) {
    this.path = join(folder.path, CAPTURE_FILE);
    this.shownPath = join(withNames(name), CAPTURE_FILE);
  }

  /**
   * Makes the first of a clip's folders that there is room for. Where only others' files are in the way, on another disk than that of
   * the proxy, the clip waits.
   *
   * @param bytes that must be free for the file.
   * @throws JobFailure where there is too little space and nobody waits, and where no folder can be made; the reason of the signal.
   */
  static async open(
    task: CaptureTask,
    bytes: number,
    signal: AbortSignal,
  ): Promise<ReferenceCapture> {
    let isWaiting = false;
    for (;;) {
      const made = await openFirst(task, bytes);
      if (!(made instanceof JobFailure)) {
        if (isWaiting) task.onWait?.(null);
        return new ReferenceCapture(made.folder, made.space, made.name);
      }
      const place = await placeToWaitFor(task, bytes);
      if (place === null || made.facts.code !== 'no_scratch_space') throw made;
      if (!isWaiting) task.onWait?.(whyItWaits(place, bytes));
      isWaiting = true;
      await sleep(LOOK_AGAIN_MS, undefined, { signal });
    }
  }

  /** Whether a clip that found no space for the files is made again, once there is some. */
  async mayWait(task: CaptureTask): Promise<boolean> {
    return (await placeToWaitFor({ ...task, scratchFolders: [this.name] }, 0)) !== null;
  }

  /** Where the file lies. */
  get directory(): string {
    return this.space.directory;
  }

  /** What others may do to the file, as a sentence; `null` when they may do nothing. */
  get doubt(): string | null {
    const { openTo } = this.folder;
    return (
      openTo &&
      `Who may write to ${this.directory} may change what a proxy is compared with: ${openTo}.`
    );
  }

  /** Looks now and then how large the file is. @throws JobFailure when it was too large at the last look. */
  watchSpace(): void {
    this.space.check();
    const now = performance.now();
    if (this.#isLooking || now - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = now;
    void this.#measure();
  }

  /** Removes the file. What can't be removed has no use and does no harm. */
  async close(): Promise<void> {
    this.space.end();
    await this.folder.remove().catch(() => undefined);
  }

  /** Bytes of the file. */
  async size(): Promise<number> {
    return (await sizeOfFile(this.path)) ?? 0;
  }

  async #measure() {
    this.#isLooking = true;
    this.space.grow(await this.size());
    this.#isLooking = false;
  }
}

/** A folder that is made, or why the first one can't be. */
async function openFirst({ scratchFolders }: CaptureTask, bytes: number) {
  let failure: JobFailure | null = null;
  for (const name of scratchFolders) {
    const place = dirname(name);
    const space = await CaptureSpace.take(place, bytes);
    try {
      if (space === null) throw noSpace(place, bytes);
      const folder = await HeldFolder.make(name, [CAPTURE_FILE]);
      return { folder, space, name };
    } catch (error) {
      space?.end();
      failure ??= isNoSpace(error) ? noSpace(place, bytes) : failureOf(error, withNames(place));
    }
  }
  if (failure === null) throw new Error('no folder was named for what a proxy is compared with');
  return failure;
}

function noSpace(place: string, bytes: number): JobFailure {
  return new JobFailure('no_scratch_space', { directory: withNames(place), bytes });
}

/**
 * The first place that a clip may wait for; `null` where nobody waits, and of those that could never hold so much. That of the proxy
 * isn't one: with it the clip fails.
 */
async function placeToWaitFor(
  { scratchFolders, stagingPath, onWait }: CaptureTask,
  bytes: number,
): Promise<string | null> {
  if (onWait === undefined) return null;
  for (const place of scratchFolders.map((folder) => dirname(folder)))
    if (!(await onOneDisk(place, dirname(stagingPath))) && (await sizeOf(place)) > bytes)
      return place;
  return null;
}

async function onOneDisk(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([stat(one), stat(other)]);
  return first.dev === second.dev;
}

function whyItWaits(place: string, bytes: number): string {
  const kept = `up to ${Math.ceil(bytes / 1e6)} MB are kept there while it is made`;
  return `No space left on the filesystem of ${withNames(place)}: ${kept}`;
}

function failureOf(error: unknown, directory: string): JobFailure {
  if (error instanceof JobFailure) return error;
  return new JobFailure(
    'output_not_written',
    { directory, error: errorFact(error) },
    { cause: error },
  );
}

/** What clips in work have taken. */
const taken = new Set<CaptureSpace>();

/**
 * The room of what one clip is compared with: what it needs is there before it is begun, beside what others still need, and it never
 * gets more than that or half of what was free, however long its source goes on.
 */
export class CaptureSpace {
  #written = 0;

  private constructor(
    readonly directory: string,
    private readonly needs: number,
    private readonly most: number,
  ) {
    taken.add(this);
  }

  /** @param needs bytes; 0 where nobody knows. @returns `null` when there is too little. */
  static async take(directory: string, needs: number): Promise<CaptureSpace | null> {
    const free = await roomIn(directory, MIN_FREE_BYTES.forResults);
    const others = [...taken].filter((other) => other.directory === directory);
    const room = others.reduce((rest, other) => rest - other.#left, free);
    return room < needs ? null : new CaptureSpace(directory, needs, Math.max(needs, room / 2));
  }

  /** @param written bytes so far. */
  grow(written: number): void {
    this.#written = written;
  }

  /** @throws JobFailure when it has grown beyond its bound. */
  check(): void {
    if (this.#written <= this.most) return;
    const directory = withNames(this.directory);
    throw new JobFailure('scratch_outgrown', { directory, bytes: this.#written });
  }

  end(): void {
    taken.delete(this);
  }

  get #left(): number {
    return Math.max(0, this.needs - this.#written);
  }
}
