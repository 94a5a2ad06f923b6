import type { Plane } from './stacked-pictures.ts';

/** Samples from one to those that it is compared with: what alternates pixel by pixel is the first that codecs lose. */
const REACH = 2;
/** Share of samples that must be strong; fewer say nothing of a picture, or of a part of it. */
const ENOUGH = 0.005;
const ENOUGH_OF_PART = 0.1;
/** Parts on each side of a picture. */
const PARTS = 4;
/** What a codec may add: a share of the source's detail, and levels. */
const ALLOWED = { share: 1.2, levels: 1 } as const;

/** What became of the detail of a plane: of how each sample differs from the two beside it. */
export interface PlaneDetail {
  /** How much of the source's strong detail the proxy has, 1 for all; 1 where the source has none. */
  kept: number;
  /** The same of the part that has least. */
  keptOfPart: number;
  /** The detail of the proxy as a share of what is allowed: more than its source has is noise. */
  added: number;
}

/** @param strong levels from which on a sample's difference is strong. */
export function planeDetail(stack: Uint8Array, plane: Plane, strong: number): PlaneDetail {
  const { source, proxy, width, height } = plane;
  const parts = Array.from({ length: PARTS * PARTS }, () => new Strong());
  let [found, wanted] = [0, 0];
  for (let y = 0; y < height; y++) {
    const row = PARTS * Math.floor((PARTS * y) / height);
    for (let x = REACH; x < width - REACH; x++) {
      const detail = detailAt(stack, source + y * width + x);
      const own = detailAt(stack, proxy + y * width + x);
      wanted += Math.abs(detail);
      found += Math.abs(own);
      if (Math.abs(detail) >= strong)
        parts[row + Math.floor((PARTS * x) / width)]?.add(detail, own);
    }
  }
  const samples = height * Math.max(1, width - 2 * REACH);
  const ofPart = (ENOUGH_OF_PART * samples) / parts.length;
  return {
    kept: Strong.sum(parts).kept(ENOUGH * samples),
    keptOfPart: Math.min(...parts.map((part) => part.kept(ofPart))),
    added: found / samples / ((ALLOWED.share * wanted) / samples + ALLOWED.levels),
  };
}

/** How the strong detail of a source goes together with that of its proxy. */
class Strong {
  #count = 0;
  #energy = 0;
  #both = 0;

  static sum(parts: readonly Strong[]): Strong {
    const all = new Strong();
    for (const part of parts) {
      all.#count += part.#count;
      all.#energy += part.#energy;
      all.#both += part.#both;
    }
    return all;
  }

  add(detail: number, own: number): void {
    this.#count++;
    this.#energy += detail * detail;
    this.#both += detail * own;
  }

  kept(enough: number): number {
    return this.#count > enough ? this.#both / this.#energy : 1;
  }
}

function detailAt(stack: Uint8Array, at: number): number {
  const beside = (stack[at - REACH] as number) + (stack[at + REACH] as number);
  return (stack[at] as number) - beside / 2;
}
