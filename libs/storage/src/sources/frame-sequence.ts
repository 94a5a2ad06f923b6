import { rawFrameFormat } from '@app/engines';

/** The frames of one RAW clip in a folder. */
export interface FrameSequence {
  /** File name with a place for the number, as C's printf: `A001.%07d.ari`. */
  pattern: string;
  start: number;
  end: number;
}

/** Resolve is given a place for the number, `%07d`; what another per cent sign would mean to it isn't documented. */
export const PER_CENT =
  "Resolve can't be told of frames with a per cent sign in their names or in the path. Rename what has one.";

interface Frame {
  prefix: string;
  digits: string;
  suffix: string;
}

/** The frames in a folder, by their names. Hidden files don't count. */
export class FolderFrames {
  readonly #all: readonly string[];
  /** Those that a reader takes for one sequence. */
  readonly #groups = new Map<string, string[]>();
  readonly #known = new Map<string | undefined, NumberedFrames>();

  /** @param fileNames of the folder. */
  constructor(fileNames: readonly string[]) {
    this.#all = fileNames
      .filter((name) => !name.startsWith('.') && rawFrameFormat(name) !== null)
      .toSorted();
    for (const name of this.#all) {
      const group = this.#groups.get(keyOf(name));
      if (group === undefined) this.#groups.set(keyOf(name), [name]);
      else group.push(name);
    }
  }

  /**
   * The frames of a source: the same object for every frame of a sequence.
   *
   * @param firstFrame the frame that stands for its sequence: then its own kind alone counts, however it is numbered.
   */
  of(firstFrame?: string): NumberedFrames {
    const key = firstFrame && keyOf(firstFrame);
    const names = firstFrame === undefined ? this.#all : this.#groups.get(keyOf(firstFrame));
    const frames = this.#known.get(key) ?? new NumberedFrames(names ?? [firstFrame ?? '']);
    this.#known.set(key, frames);
    return frames;
  }
}

/**
 * What the names of frames have in common that a reader takes for one sequence: how many digits there are and how letters are written
 * is no difference. A frame without a number is alone.
 */
function keyOf(name: string): string {
  const { prefix, digits, suffix } = parseFrame(name);
  return digits === '' ? name : `${prefix}/${suffix}`.toLowerCase();
}

/** Names of frames, read once: a job may ask of each of ten thousand whether it begins their sequence. */
export class NumberedFrames {
  readonly #frames: readonly Frame[];
  readonly #isOneKind: boolean;
  readonly #hasPerCent: boolean;
  readonly #start: number;
  /** Says which frame is missing; `null` for none. */
  readonly #gap: string | null;

  /** @param names of frames, in alphabetical order. */
  constructor(readonly names: readonly string[]) {
    this.#frames = names.map(parseFrame);
    const [first] = this.#frames;
    this.#isOneKind = this.#frames.every((frame) => first && isNumberedAlike(frame, first));
    this.#hasPerCent = names.some((name) => name.includes('%'));
    const numbers = this.#frames.map(({ digits }) => Number(digits)).sort((a, b) => a - b);
    this.#start = numbers[0] ?? 0;
    this.#gap = gapIn(numbers);
  }

  /**
   * The one sequence that they are.
   *
   * @param firstFrame the frame that stands for it; without it, all frames must be of one sequence.
   * @returns `null` for a single frame without a number.
   * @throws RangeError with a sentence when frames are missing, or it isn't clear which are meant.
   */
  sequence(firstFrame?: string): FrameSequence | null {
    const [name] = this.names;
    if (this.#hasPerCent) throw new RangeError(PER_CENT);
    if (name === undefined) throw new RangeError('It holds no RAW frames.');
    const wanted = parseFrame(firstFrame ?? name);
    if (wanted.digits === '' && this.names.length === 1) return null;
    const stray = this.#strayFrom(wanted);
    if (stray !== undefined) throw new RangeError(unlike(firstFrame, stray));
    if (this.#gap !== null) throw new RangeError(this.#gap);
    const { prefix, digits, suffix } = wanted;
    const start = this.#start;
    if (firstFrame !== undefined && Number(digits) !== start) {
      throw new RangeError(
        `It is frame ${Number(digits)} of a sequence that begins with ${start}. Name the first frame, or the folder.`,
      );
    }
    const end = start + this.names.length - 1;
    return { pattern: `${prefix}%0${digits.length}d${suffix}`, start, end };
  }

  #strayFrom(wanted: Frame): string | undefined {
    const [first] = this.#frames;
    if (this.#isOneKind && first && isNumberedAlike(first, wanted)) return undefined;
    const stray = this.#frames.findIndex((frame) => !isNumberedAlike(frame, wanted));
    return this.names[stray];
  }
}

function unlike(firstFrame: string | undefined, stray: string): string {
  return firstFrame === undefined
    ? 'It holds frames of more than one sequence. Give each a folder of its own.'
    : `${stray} beside it differs in the number of digits, or in upper and lower case. Name all frames alike.`;
}

/** @param numbers sorted. */
function gapIn(numbers: readonly number[]): string | null {
  const [start = 0] = numbers;
  const gap = numbers.findIndex((number, index) => number !== start + index);
  if (gap === -1) return null;
  return `Frame ${start + gap} is missing between ${start} and ${numbers.at(-1)}.`;
}

/** The last digits of the name count the frames. */
function parseFrame(name: string): Frame {
  const [, prefix = '', digits = '', suffix = ''] = /^(.*?)(\d*)(\.[^.]+)$/.exec(name) ?? [];
  return { prefix, digits, suffix };
}

function isNumberedAlike(a: Frame, b: Frame): boolean {
  return a.prefix === b.prefix && a.suffix === b.suffix && a.digits.length === b.digits.length;
}
