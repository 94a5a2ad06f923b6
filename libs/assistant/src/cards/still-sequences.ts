import { grouped } from '@app/jobspec/folder';

/** Images in a folder that are frames of one sequence. */
export interface StillSequence {
  /** Name with its range: `shot.[1001-1240].dpx`. */
  name: string;
  /** File names. */
  names: readonly string[];
}

/** Minimum length of a sequence; fewer are single images. */
const MIN_FRAMES = 3;

/** Formats of renders and scans. JPEG and RAW are excluded, since cameras number photos the same way. */
const FRAME =
  /^(?<prefix>.*?)(?<digits>\d+)(?<extension>\.(dpx|exr|cin|tiff?|png|tga|jp2|j2c|j2k))$/i;

/** Finds the sequences among a folder's names, in order. Frames may be missing. */
export function stillSequences(fileNames: readonly string[]): StillSequence[] {
  const frames = fileNames.filter((name) => FRAME.test(name));
  const groups = grouped(frames, (name) => {
    const { prefix, digits = '', extension } = FRAME.exec(name)?.groups ?? {};
    return [prefix, digits.length, extension].join('/').toUpperCase();
  });
  const sequences = [...groups.values()].filter(({ length }) => length >= MIN_FRAMES);
  return sequences.map((names) => ({ name: rangeOf(names), names }));
}

function rangeOf(names: readonly string[]): string {
  const sorted = names.toSorted();
  const last = FRAME.exec(sorted.at(-1) ?? '')?.groups?.['digits'] ?? '';
  return (sorted[0] ?? '').replace(FRAME, `$<prefix>[$<digits>-${last}]$<extension>`);
}
