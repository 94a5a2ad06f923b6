import { CODEC_RULES } from '../../proxy/codecs/codec-rules.ts';
import { levelsTowardsGrey } from '../../proxy/codecs/prores.ts';
import type { ProxyPlan } from '../../proxy/plan/proxy-plan.ts';
import { ColourFollower, type ColourFacts } from './colours.ts';
import { likeness, PlaneComparer } from './plane-difference.ts';
import { sampleForm, type SampleForm } from './sample-form.ts';
import {
  FrameSplitter,
  stackedPlanes,
  type NeighbouringFrames,
  type Planes,
} from './stacked-frames.ts';

/**
 * Numbers kept per frame, in levels of 255 if not said otherwise.
 * - `all`, `row`, `tile`: luma differences of the whole frame, its worst row and its worst tile.
 * - `allShare`, `rowShare`, `tileShare`: the same, relative to the source's own change from frame to frame.
 * - `colourTile`, `colourTileShare`: difference and share of the worst tile of colour.
 * - `tileBefore`, `tileAfter`: factor by which some tile is nearer to the source's frame before, or after, than to its own.
 * - `own`, `before`, `after`, `exchanged`: distance in shape from the source's same frame, the ones before and after, and the
 *   same with fields swapped.
 * - `alpha`: difference of the worst tile of alpha; 0 without an alpha channel.
 */
const FRAME_NUMBERS = [
  'all',
  'allShare',
  'row',
  'rowShare',
  'tile',
  'tileShare',
  'colourTile',
  'colourTileShare',
  'tileBefore',
  'tileAfter',
  'own',
  'before',
  'after',
  'exchanged',
  'alpha',
] as const;
/** Lists by name, with one entry per frame. */
export type FrameNumbers = Readonly<Record<(typeof FRAME_NUMBERS)[number], number[]>>;

/** Result of the comparison of all frames. */
export interface FrameFacts {
  frames: number;
  numbers: FrameNumbers;
  colours: ColourFacts;
}

/**
 * Compares downscaled frames of a proxy with those of its source as they arrive. Takes 120 bytes of memory per frame; the
 * verdict doesn't depend on the sizes of chunks.
 */
export class FrameComparison {
  readonly #form: SampleForm;
  readonly #numbers: FrameNumbers;
  readonly #planes: Planes;
  readonly #colours: ColourFollower;
  readonly #luma: PlaneComparer;
  readonly #colour: readonly PlaneComparer[];
  readonly #alpha: PlaneComparer | null;
  readonly #splitter: FrameSplitter;

  constructor(plan: Pick<ProxyPlan, 'codec' | 'video'>) {
    const { codec, video } = plan;
    const numbers = FRAME_NUMBERS.map((name) => [name, []]);
    this.#numbers = Object.fromEntries(numbers);
    this.#form = sampleForm(video);
    this.#planes = stackedPlanes(this.#form);
    const { lateLevels } = CODEC_RULES[codec].limits;
    this.#colours = new ColourFollower(this.#planes, levelsTowardsGrey(plan));
    const { luma, colour, alpha } = this.#planes;
    this.#luma = new PlaneComparer(luma, lateLevels);
    this.#colour = colour.map((plane) => new PlaneComparer(plane, lateLevels));
    this.#alpha = alpha && new PlaneComparer(alpha, lateLevels);
    this.#splitter = new FrameSplitter(2 * this.#form.bytes, (frames) => this.#compare(frames));
  }

  /** Takes a chunk of the stream; each of its frames is a source frame with the proxy's frame below it. */
  take(chunk: Uint8Array): void {
    this.#splitter.take(chunk);
  }

  finish(): FrameFacts {
    this.#splitter.end();
    const numbers = this.#numbers;
    return { frames: numbers.all.length, numbers, colours: this.#colours.finish() };
  }

  #compare(frames: NeighbouringFrames) {
    const luma = this.#luma.compare(frames);
    const colours = this.#colour.map((comparer) => comparer.compare(frames));
    const planes = [luma, ...colours];
    this.#colours.add(frames.here);
    const frame = {
      ...luma,
      colourTile: Math.max(...colours.map((plane) => plane.tile)),
      colourTileShare: Math.max(...colours.map((plane) => plane.tileShare)),
      tileBefore: Math.max(...planes.map((plane) => plane.tileBefore)),
      tileAfter: Math.max(...planes.map((plane) => plane.tileAfter)),
      ...likeness(frames, this.#planes.luma, this.#form.hasFields),
      alpha: this.#alpha?.compare(frames).tile ?? 0,
    };
    for (const name of FRAME_NUMBERS) this.#numbers[name].push(frame[name]);
  }
}
