import type { FrameSize } from '../../proxy/plan/proxy-plan.ts';
import type { SampleForm } from './sample-form.ts';

/** Plane of a downscaled source frame with that of the proxy below it; `source` and `proxy` are byte offsets. */
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

/** Offsets of planes in the bytes of two frames stacked on each other. */
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
 * Rows and columns of each edge, of both fields. A scaler repeats the outermost line in place of what lies beyond, so a single
 * line weighs more in the source's copy than in that of a smaller proxy.
 */
export const EDGE = 2;
/** Least side in samples of a plane with edges. */
const ENOUGH = 10;

/** Part of a plane; `right` and `bottom` are exclusive. */
export interface Inside {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * Part of a plane without its edges. Only this part is used to tell which frame a proxy shows, and in which colours; the edges
 * count as well for how far a frame is off.
 */
export function insideOf({ width, height }: FrameSize): Inside {
  const [across, along] = [width, height].map((side) => (side >= ENOUGH ? EDGE : 0)) as [
    number,
    number,
  ];
  return { left: across, right: width - across, top: along, bottom: height - along };
}

/** Frame with its neighbours in time; at the ends of a clip it is its own neighbour. */
export interface NeighbouringFrames {
  previous: Uint8Array;
  here: Uint8Array;
  next: Uint8Array;
}

/** Splits a stream of bytes into frames and passes each on with its neighbours. Holds three frames. */
export class FrameSplitter {
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

  /** Passes on the last frame. */
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
