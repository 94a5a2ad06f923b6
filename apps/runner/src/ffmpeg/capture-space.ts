import { JobFailure } from '@app/jobspec';
import { MIN_FREE_BYTES, roomIn, withNames } from '../files/index.ts';

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
