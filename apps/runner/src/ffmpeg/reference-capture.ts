import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobFailure } from '@app/jobspec';
import type { Capture, ClipTask } from '@app/engines';
import {
  CAPTURE_FILE,
  errorFact,
  OpenDirectory,
  isNoSpace,
  sizeOf,
  stat,
  withNames,
  MIN_FREE_BYTES,
  roomIn,
  sizeOfFile,
} from '@app/storage';

/** Interval of size checks, in milliseconds. Meanwhile FFmpeg writes little compared with the free space. */
const MEASURE_MS = 200;

/** Interval at which a waiting clip checks for space, in milliseconds. */
const RETRY_MS = 1000;

/** Fields of a task that the capture needs. */
type CaptureTask = Pick<ClipTask, 'scratchFolders' | 'stagingPath' | 'onWait'>;

/** Lends a capture to an encode, and another one if other files used up the space of the first. @throws JobFailure if there is none and the clip doesn't wait; what `encode` throws; the reason of the signal. */
export async function withCapture<T>(
  task: CaptureTask,
  bytes: number,
  signal: AbortSignal,
  encode: (capture: Capture) => Promise<{ run: T; lacksSpace: boolean }>,
): Promise<T> {
  let least = bytes;
  for (;;) {
    const capture = await ReferenceCapture.open(task, least, signal);
    try {
      const { run, lacksSpace } = await encode(capture);
      if (!lacksSpace || !(await capture.mayWait(task))) return run;
      const size = await capture.size();
      // A clip longer than estimated asks for more space each time, until that is more than the disk can hold.
      if (size > bytes) least = 2 * size;
    } finally {
      await capture.close();
    }
  }
}

/** Storage of the reference frames that the encoding pass writes: a file in a folder of its own. */
class ReferenceCapture implements Capture {
  /** Path for programs. */
  readonly path: string;
  /** Path for people. */
  readonly shownPath: string;

  #isMeasuring = false;
  #measuredAt = 0;

  private constructor(
    private readonly folder: OpenDirectory,
    private readonly space: CaptureSpace,
    private readonly name: string,
  ) {
    this.path = join(folder.path, CAPTURE_FILE);
    this.shownPath = join(withNames(name), CAPTURE_FILE);
  }

  /**
   * Creates the first of a clip's scratch folders that has space. If there is none because other files fill a disk that isn't the
   * proxy's, the clip waits.
   *
   * @param bytes that must be free for the file.
   * @throws JobFailure if there is too little space and the clip doesn't wait, or if no folder can be created; the reason of the signal.
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
      await sleep(RETRY_MS, undefined, { signal });
    }
  }

  /** True if a clip that ran out of space may wait for some and start over. */
  async mayWait(task: CaptureTask): Promise<boolean> {
    return (await placeToWaitFor({ ...task, scratchFolders: [this.name] }, 0)) !== null;
  }

  /** Directory that contains the capture's folder, for people. */
  get shownDirectory(): string {
    return withNames(this.space.directory);
  }

  /** Checks the file's size from time to time. @throws JobFailure if the file was too large at the last check. */
  watchSpace(): void {
    this.space.check();
    const now = performance.now();
    if (this.#isMeasuring || now - this.#measuredAt < MEASURE_MS) return;
    this.#measuredAt = now;
    void this.#measure();
  }

  /** Removes the file. One that can't be removed does no harm. */
  async close(): Promise<void> {
    this.space.end();
    await this.folder.remove().catch(() => undefined);
  }

  /** Size of the file in bytes. */
  async size(): Promise<number> {
    return (await sizeOfFile(this.path)) ?? 0;
  }

  async #measure() {
    this.#isMeasuring = true;
    this.space.grow(await this.size());
    this.#isMeasuring = false;
  }
}

/** First folder that can be created, or the failure of the first attempt. */
async function openFirst({ scratchFolders }: CaptureTask, bytes: number) {
  let failure: JobFailure | null = null;
  for (const name of scratchFolders) {
    const place = dirname(name);
    const space = await CaptureSpace.take(place, bytes);
    try {
      if (space === null) throw noSpace(place, bytes);
      const folder = await OpenDirectory.make(name, [CAPTURE_FILE]);
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
 * First place worth waiting for: large enough, and not on the proxy's disk, because a clip fails if that is full. `null` if there is
 * none, or clips don't wait.
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

/** Space taken by active clips. */
const taken = new Set<CaptureSpace>();

/**
 * Space reserved for one clip's capture, besides what others still need. The capture's limit is its need or half of the free space,
 * whichever is more.
 */
export class CaptureSpace {
  #written = 0;

  private constructor(
    readonly directory: string,
    private readonly needs: number,
    private readonly limit: number,
  ) {
    taken.add(this);
  }

  /** @param needs bytes; 0 if unknown. @returns `null` if there is too little space. */
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

  /** @throws JobFailure if the capture has outgrown its limit. */
  check(): void {
    if (this.#written <= this.limit) return;
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
