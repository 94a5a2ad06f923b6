import type { FrameSize } from '../../proxy/plan/proxy-plan.ts';
import type { SampleForm } from './sample-form.ts';

/** One plane of a small picture of the source, with that of the proxy below it. */
export interface Plane {
  source: number;
  proxy: number;
  width: number;
  height: number;
}

export interface Planes {
  luma: Plane;
  colour: readonly [Plane, Plane];
  alpha: Plane | null;
}

/** Where planes begin in the bytes of two pictures, one stacked on the other. */
export function stackedPlanes({ size, hasAlpha }: SampleForm): Planes {
  const { width, height } = size;
  const samples = width * height;
  const half = { width: width / 2, height: height / 2 };
  const luma = { source: 0, proxy: samples, width, height };
  const quarter = samples / 4;
  const u = { source: 2 * samples, proxy: 2 * samples + quarter, ...half };
  const v = { source: 2.5 * samples, proxy: 2.5 * samples + quarter, ...half };
  const alpha = { source: 3 * samples, proxy: 4 * samples, width, height };
  return { luma, colour: [u, v], alpha: hasAlpha ? alpha : null };
}

/**
 * Rows and columns on each side, of both fields: a scaler repeats the outermost line there in place of what lies beyond, and so a single
 * line weighs more in the source's copy than in that of a smaller proxy.
 */
export const EDGE = 2;
/** Samples of a side from which on a plane has edges. */
const ENOUGH = 10;

/** The place of a part in a plane; what lies at `right` and `bottom` is outside. */
export interface Inside {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * The part of a plane that is not its edges. It alone tells which frame a proxy shows and in which colours; how far a frame is off, its
 * edges tell, too.
 */
export function insideOf({ width, height }: FrameSize): Inside {
  const [across, along] = [width, height].map((side) => (side >= ENOUGH ? EDGE : 0)) as [
    number,
    number,
  ];
  return { left: across, right: width - across, top: along, bottom: height - along };
}

/** A picture with its neighbours in time; at the ends of a clip it is its own neighbour. */
export interface NeighbouringFrames {
  previous: Uint8Array;
  here: Uint8Array;
  next: Uint8Array;
}

/** Cuts a stream of bytes into pictures and shows each with its neighbours. Memory stays that of four pictures. */
export class FrameCutter {
  #pending: Uint8Array;
  #filled = 0;
  #previous: Uint8Array | null = null;
  #here: Uint8Array | null = null;

  constructor(
    private readonly bytes: number,
    private readonly onFrame: (frames: NeighbouringFrames) => void,
  ) {
    this.#pending = new Uint8Array(bytes);
  }

  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + this.bytes - this.#filled);
      this.#pending.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.bytes) this.#turn();
    }
  }

  /** Shows the last picture. */
  end(): void {
    if (this.#here !== null) this.#show(this.#here, this.#here);
    this.#here = null;
  }

  #turn() {
    const next = this.#pending;
    const here = this.#here;
    if (here !== null) this.#show(here, next);
    this.#pending = this.#previous ?? new Uint8Array(this.bytes);
    this.#previous = here;
    this.#here = next;
    this.#filled = 0;
  }

  #show(here: Uint8Array, next: Uint8Array) {
    this.onFrame({ previous: this.#previous ?? here, here, next });
  }
}
