import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import {
  LookProof,
  lookSample,
  audioForm,
  AudioTrace,
  decodedCodes,
  stepsOf,
  captureBytes,
  MADE_FILES,
  type ProxyPlan,
  type CapturePaths,
} from '@app/engines';
import { errorFact, HeldFolder, stat, withNames } from '../files/index.ts';
import { CaptureSpace } from './capture-space.ts';

const NEWLINE = 0x0a;
/** FFmpeg tells of each frame; what it writes in this time is little beside what is free. */
const LOOK_MS = 200;

/** What the pass that encodes tells of its source: pictures in files, and how its sound goes. */
export class ReferenceCapture {
  readonly audio: readonly AudioTrace[];
  /** Of how many pictures it has told lines. */
  readonly lines = new LineCount();
  /** `null` where colours stay as they are. */
  readonly look: LookProof | null;
  /** For programs. */
  readonly paths: CapturePaths;
  /** For people. */
  readonly names: CapturePaths;

  #isLooking = false;
  #lookedAt = 0;

  private constructor(
    private readonly folder: HeldFolder,
    private readonly space: CaptureSpace,
    name: string,
    plan: ProxyPlan,
  ) {
    this.paths = filesIn(folder.path);
    this.names = filesIn(withNames(name));
    this.audio = traces(plan);
    const { look, size } = plan.video;
    this.look = look && new LookProof(stepsOf(look), decodedCodes(look), lookSample(size));
  }

  /**
   * @param folders that don't exist yet: the first that there is room for is made.
   * @throws JobFailure where there is too little space, and where none can be made.
   */
  static async open(folders: readonly string[], plan: ProxyPlan): Promise<ReferenceCapture> {
    const bytes = captureBytes(plan);
    let failure: JobFailure | null = null;
    for (const folder of folders) {
      const place = dirname(folder);
      const directory = withNames(place);
      const space = await CaptureSpace.take(place, bytes);
      try {
        if (space === null) throw new JobFailure('no_scratch_space', { directory, bytes });
        const made = await HeldFolder.make(folder, Object.values(MADE_FILES));
        return new ReferenceCapture(made, space, folder, plan);
      } catch (error) {
        space?.end();
        failure ??= failureOf(error, directory);
      }
    }
    throw failure ?? new Error('no folder was named for what a proxy is compared with');
  }

  /** Where the files lie. */
  get directory(): string {
    return this.space.directory;
  }

  /** What others may do to the files, as a sentence; `null` when they may do nothing. */
  get doubt(): string | null {
    const { openTo } = this.folder;
    return (
      openTo &&
      `Who may write to ${this.directory} may change what a proxy is compared with: ${openTo}.`
    );
  }

  /** Looks now and then how large the files are. @throws JobFailure when they were too large at the last look. */
  watchSpace(): void {
    this.space.check();
    const now = performance.now();
    if (this.#isLooking || now - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = now;
    void this.#measure();
  }

  /** What takes each pipe of the pass, in their order. */
  get pipes(): ((chunk: Uint8Array) => void)[] {
    const { look } = this;
    return pipesTo([...this.audio, this.lines, ...(look === null ? [] : [look])]);
  }

  /** Removes the files. What can't be removed has no use and does no harm. */
  async close(): Promise<void> {
    this.space.end();
    await this.folder.remove().catch(() => undefined);
  }

  async #measure() {
    this.#isLooking = true;
    const sizes = Object.values(this.paths).map((path: string) =>
      stat(path).then(({ size }) => size),
    );
    const told = await Promise.all(sizes).catch(() => []);
    this.space.grow(told.reduce((sum, size) => sum + size, 0));
    this.#isLooking = false;
  }
}

function failureOf(error: unknown, directory: string): JobFailure {
  if (error instanceof JobFailure) return error;
  return new JobFailure(
    'output_not_written',
    { directory, error: errorFact(error) },
    { cause: error },
  );
}

function filesIn(folder: string): CapturePaths {
  return { pictures: join(folder, MADE_FILES.pictures), lines: join(folder, MADE_FILES.lines) };
}

/** Counts lines as they come. */
class LineCount {
  count = 0;

  take(chunk: Uint8Array): void {
    for (const byte of chunk) if (byte === NEWLINE) this.count++;
  }
}

/** One for each track, in the order of their pipes. */
export function traces({ audio }: ProxyPlan): AudioTrace[] {
  return audio.map((track) => new AudioTrace(audioForm(track)));
}

export function pipesTo(
  audio: readonly { take(chunk: Uint8Array): void }[],
): ((chunk: Uint8Array) => void)[] {
  return audio.map((trace) => (chunk) => trace.take(chunk));
}
