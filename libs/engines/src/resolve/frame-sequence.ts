import { rawFrameFormat } from '../routing/recognise-raw.ts';

/** The frames of one RAW clip in a folder. */
export interface FrameSequence {
  /** File name with a place for the number, as C's printf: `A001.%07d.ari`. */
  pattern: string;
  start: number;
  end: number;
}

interface Frame {
  prefix: string;
  digits: string;
  suffix: string;
}

/**
 * Finds the one sequence that a folder holds, or that a frame begins. Hidden files don't count.
 *
 * @param fileNames of the folder.
 * @param firstFrame the frame that stands for its sequence; without it, all frames must be of one sequence.
 * @returns `null` for a single frame without a number.
 * @throws RangeError with a sentence when frames are missing, or it isn't clear which are meant.
 */
export function frameSequence(
  fileNames: readonly string[],
  firstFrame?: string,
): FrameSequence | null {
  const frames = fileNames
    .filter((name) => !name.startsWith('.') && rawFrameFormat(name) !== null)
    .map(parseFrame);
  const wanted = firstFrame === undefined ? frames[0] : parseFrame(firstFrame);
  if (!wanted) throw new RangeError('It holds no RAW frames.');
  if (wanted.digits === '' && (firstFrame !== undefined || frames.length === 1)) return null;
  const own = frames.filter((frame) => sameSequence(frame, wanted));
  if (firstFrame === undefined && own.length < frames.length) {
    throw new RangeError(
      'It holds frames of more than one sequence. Give each a folder of its own.',
    );
  }
  return numbered(
    wanted,
    own.map(({ digits }) => Number(digits)).sort((a, b) => a - b),
    firstFrame,
  );
}

function numbered(
  { prefix, digits, suffix }: Frame,
  numbers: readonly number[],
  firstFrame: string | undefined,
): FrameSequence {
  const [start = 0] = numbers;
  const end = start + numbers.length - 1;
  const gap = numbers.findIndex((number, index) => number !== start + index);
  if (gap !== -1) {
    throw new RangeError(`Frame ${start + gap} is missing between ${start} and ${numbers.at(-1)}.`);
  }
  if (firstFrame !== undefined && Number(digits) !== start) {
    throw new RangeError(
      `It is frame ${Number(digits)} of a sequence that begins with ${start}. Name the first frame, or the folder.`,
    );
  }
  return { pattern: `${escape(prefix)}%0${digits.length}d${escape(suffix)}`, start, end };
}

/** The last digits of the name count the frames. */
function parseFrame(name: string): Frame {
  const [, prefix = '', digits = '', suffix = ''] = /^(.*?)(\d*)(\.[^.]+)$/.exec(name) ?? [];
  return { prefix, digits, suffix };
}

/** A per cent sign of a name is none of the pattern's. */
function escape(text: string): string {
  return text.replaceAll('%', '%%');
}

function sameSequence(a: Frame, b: Frame): boolean {
  return a.prefix === b.prefix && a.suffix === b.suffix && a.digits.length === b.digits.length;
}
