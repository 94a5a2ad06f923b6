/** Reads bytes of a file; fewer than asked for at its end. Rejects if the file can't be read, or if the read is stopped. */
export type RangeReader = (offset: number, length: number) => Promise<Uint8Array>;

/** View of `length` bytes of a file; `null` if the file ends before them. */
export async function viewAt(
  read: RangeReader,
  offset: number,
  length: number,
): Promise<DataView | null> {
  const bytes = await read(offset, length);
  if (bytes.byteLength < length) return null;
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

/** Text in a view, one character per byte. */
export function textAt(view: DataView, offset: number, length: number): string {
  return String.fromCharCode(
    ...Array.from({ length }, (_, position) => view.getUint8(offset + position)),
  );
}

/** Damage of a file with more parts than any recording has, made to keep its readers busy. */
export function tooManyParts(most: number, parts: string): string {
  return `it has more than ${most.toLocaleString('en')} ${parts}, which no recording has. Rewrap it`;
}
