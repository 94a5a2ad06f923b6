/** Images in a folder that are frames of one sequence. */
export interface StillSequence {
  /** `shot.[1001-1240].dpx`. */
  name: string;
  /** Of the files. */
  names: readonly string[];
}

/** Fewer are single images. */
const FEWEST = 3;

/** What renders and scans are written as. Cameras number their photos, which are JPEG or RAW files, in the same way. */
const FRAME =
  /^(?<prefix>.*?)(?<digits>\d+)(?<extension>\.(dpx|exr|cin|tiff?|png|tga|jp2|j2c|j2k))$/i;

/** The sequences among the names in a folder, in order; frames may be missing. */
export function stillSequences(fileNames: readonly string[]): StillSequence[] {
  const groups = new Map<string, string[]>();
  for (const name of fileNames) {
    const { prefix, digits = '', extension } = FRAME.exec(name)?.groups ?? {};
    if (digits === '') continue;
    const key = [prefix, digits.length, extension].join('/').toUpperCase();
    const group = groups.get(key);
    if (group) group.push(name);
    else groups.set(key, [name]);
  }
  const sequences = [...groups.values()].filter(({ length }) => length >= FEWEST);
  return sequences.map((names) => ({ name: rangeOf(names), names }));
}

function rangeOf(names: readonly string[]): string {
  const sorted = names.toSorted();
  const last = FRAME.exec(sorted.at(-1) ?? '')?.groups?.['digits'] ?? '';
  return (sorted[0] ?? '').replace(FRAME, `$<prefix>[$<digits>-${last}]$<extension>`);
}
