import { REACH, twiceDetail } from './sample-detail.ts';
import type { Plane } from './stacked-frames.ts';

/** Samples to either side at which strong detail is looked for as well. */
const BESIDE = [-3, -2, -1, 1, 2, 3] as const;
/**
 * Different details that must make up the strong ones, by their place in a block of a codec and by how strong they are: upright lines
 * at regular distances lie alike in their blocks, and so does what a codec takes from them. 16 were too few.
 */
const ENOUGH_KINDS = 18;
/** Samples of a block, and twice the levels that are as good as the same. */
const BLOCK = 8;
const ALIKE = 16;
/** More than twice the levels that a sample can differ from those beside it. */
const MOST = 512;
/** Share of strong detail that may lie anywhere by chance, where a codec has kept none of it in its place. */
const BY_CHANCE = 0.08;
/** A sample so near to an end of its line has no neighbours there. */
const EDGE = REACH + 3;

/** Follows how much of the strong detail of a source lies some samples beside its place. */
export class DetailBeside {
  readonly #found = BESIDE.map(() => 0);
  readonly #kinds = new Float64Array((BLOCK * 2 * MOST) / ALIKE);

  constructor(
    private readonly stack: Uint8Array,
    private readonly plane: Plane,
  ) {}

  /**
   * Millions of samples go through here, so the loop is plain.
   *
   * @param x of a sample that is strong, `at` its place in the plane and `detail` twice its difference.
   */
  add(x: number, at: number, detail: number): void {
    if (x < EDGE || x >= this.plane.width - EDGE) return;
    const kind = BLOCK * Math.floor((detail + MOST) / ALIKE) + (x % BLOCK);
    this.#kinds[kind] = (this.#kinds[kind] as number) + detail * detail;
    const place = this.plane.proxy + at;
    for (let index = 0; index < BESIDE.length; index++) {
      const own = twiceDetail(this.stack, place + (BESIDE[index] as number));
      this.#found[index] = (this.#found[index] as number) + detail * own;
    }
  }

  /** How many times as much lies beside as in its place; 0 where details are too much alike to tell. */
  times(inPlace: number, energy: number): number {
    return this.#differ() ? Math.max(0, ...this.#found) / Math.max(inPlace, BY_CHANCE * energy) : 0;
  }

  /** Whether the energy is spread over enough kinds: what one of them has alone counts for little. */
  #differ(): boolean {
    let [sum, squares] = [0, 0];
    for (const energy of this.#kinds) {
      sum += energy;
      squares += energy * energy;
    }
    return sum * sum > ENOUGH_KINDS * squares;
  }
}
