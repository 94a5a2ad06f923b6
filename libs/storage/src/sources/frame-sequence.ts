import { rawFrameFormat } from '@app/engines';

/** Frames of one RAW clip in a folder. */
export interface FrameSequence {
  /** File name with a printf pattern for the number: `A001.%07d.ari`. */
  pattern: string;
  start: number;
  end: number;
}

/** Resolve takes a pattern such as `%07d`; its treatment of another per cent sign isn't documented. */
export const PER_CENT =
  "Resolve can't be told of frames with a per cent sign in their names or in the path. Rename what has one.";

interface Frame {
  prefix: string;
  digits: string;
  suffix: string;
}

/** RAW frames in a folder, by name, without hidden files. */
export class FolderFrames {
  readonly #all: readonly string[];
  /** Frames returned so far, by sequence. */
  readonly #known = new Map<string | undefined, NumberedFrames>();

  /** @param fileNames names in the folder. */
  constructor(fileNames: readonly string[]) {
    this.#all = fileNames
      .filter((name) => !name.startsWith('.') && rawFrameFormat(name) !== null)
      .toSorted();
  }

  /**
   * Frames of a source: the same object for every frame of a sequence.
   *
   * @param firstFrame frame that stands for its sequence: only the frames of that sequence are returned.
   */
  of(firstFrame?: string): NumberedFrames {
    const key = firstFrame && keyOf(firstFrame);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const names = this.#all.filter((name) => key === undefined || keyOf(name) === key);
    const frames = new NumberedFrames(names.length === 0 && firstFrame ? [firstFrame] : names);
    this.#known.set(key, frames);
    return frames;
  }
}

/**
 * Key of the sequence that readers count a frame to: number of digits and letter case make no difference. A frame
 * without a number is a sequence of its own.
 */
function keyOf(name: string): string {
  const { prefix, digits, suffix } = parseFrame(name);
  return digits === '' ? name : `${prefix}/${suffix}`.toLowerCase();
}

/** Frame names, parsed once: a job may name each of ten thousand frames as a source. */
export class NumberedFrames {
  readonly #frames: readonly Frame[];
  readonly #isOneKind: boolean;
  readonly #hasPerCent: boolean;
  readonly #start: number;
  /** Sentence on the missing frame; `null` for none. */
  readonly #gap: string | null;

  /** @param names sorted. */
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
   * Sequence of all frames.
   *
   * @param firstFrame frame that stands for the sequence; without it, all frames must belong to one.
   * @returns `null` for a single frame without a number.
   * @throws RangeError with a sentence if frames are missing, or the sequence is ambiguous.
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

/** The last digits of the name are the frame number. */
function parseFrame(name: string): Frame {
  const [, prefix = '', digits = '', suffix = ''] = /^(.*?)(\d*)(\.[^.]+)$/.exec(name) ?? [];
  return { prefix, digits, suffix };
}

function isNumberedAlike(a: Frame, b: Frame): boolean {
  return a.prefix === b.prefix && a.suffix === b.suffix && a.digits.length === b.digits.length;
}
