import rangesOf from 'range-parser';

/** Bytes of a file, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/** The parser knows no bytes of a file that has fewer than a suffix asks for: all of them are meant. */
const SUFFIX = /(?<=[=,]\s*)-(\d+)/gu;

/**
 * The one range that a request asks for.
 * @returns `null` for all of it, which several ranges and other units mean as well; `'none'` when no byte of it is there
 */
export function rangeOf(header: string | null, size: number): ByteRange | null | 'none' {
  const asked = header?.replaceAll(
    SUFFIX,
    (_, bytes: string) => `-${Math.min(Number(bytes), size)}`,
  );
  const ranges = rangesOf(size, asked ?? '');
  if (ranges === -1) return 'none';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length > 1) return null;
  return ranges[0] ?? null;
}
