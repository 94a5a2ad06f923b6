/** Reads bytes of a file; fewer than asked for at its end. Throws if the file can't be read, or the reading must end. */
export type RangeReader = (offset: number, length: number) => Promise<Uint8Array>;

/** Big- or little-endian view of bytes of a file; `null` if the file ends before `length`. */
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

/** Damage of a file with more parts than any recording: it was made to be walked forever. */
export function tooManyParts(most: number, parts: string): string {
  return `it has more than ${most.toLocaleString('en')} ${parts}, which no recording has. Rewrap it`;
}
