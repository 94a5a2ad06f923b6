import { dirname, join } from 'node:path';
import { JobFailure } from '@app/jobspec';
import {
  LookProof,
  lookSample,
  audioForm,
  AudioTrace,
  stepsOf,
  captureBytes,
  type ProxyPlan,
  type CapturePaths,
} from '@app/engines';
import { hasRoom, HeldFolder, MIN_FREE_BYTES } from '../files/index.ts';

const FILES = { pictures: 'pictures.nut', lines: 'lines.nut' };
const NEWLINE = 0x0a;

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

  private constructor(
    private readonly folder: HeldFolder,
    name: string,
    plan: ProxyPlan,
  ) {
    this.paths = filesIn(folder.path);
    this.names = filesIn(name);
    this.audio = traces(plan);
    const { look, size } = plan.picture;
    this.look = look && new LookProof(stepsOf(look), lookSample(size));
  }

  /**
   * @param folder that doesn't exist yet.
   * @throws as {@link HeldFolder.make} does; JobFailure where there is too little space.
   */
  static async open(folder: string, plan: ProxyPlan): Promise<ReferenceCapture> {
    const [directory, bytes] = [dirname(folder), captureBytes(plan)];
    if (!(await hasRoom(directory, bytes, MIN_FREE_BYTES.forResults)))
      throw new JobFailure('no_scratch_space', { directory, bytes });
    return new ReferenceCapture(await HeldFolder.make(folder, Object.values(FILES)), folder, plan);
  }

  /** What takes each pipe of the pass, in their order. */
  get pipes(): ((chunk: Uint8Array) => void)[] {
    const { look } = this;
    return pipesTo([...this.audio, this.lines, ...(look === null ? [] : [look])]);
  }

  /** Removes the files. What can't be removed has no use and does no harm. */
  async close(): Promise<void> {
    await this.folder.remove().catch(() => undefined);
  }
}

function filesIn(folder: string): CapturePaths {
  return { pictures: join(folder, FILES.pictures), lines: join(folder, FILES.lines) };
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
