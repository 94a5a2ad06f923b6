import { textAt, tooManyParts, viewAt, type RangeReader } from './range-reader.ts';

const PRINTABLE = /^[\x20-\x7e\xa9]{4}$/;
const HEADER_BYTES = 8;
const WIDE_HEADER_BYTES = 16;

/** Most atoms at the top level; even five hours of a recording with an index for every frame have fewer. */
const MAX_ATOMS = 1_000_000;
/** Most atoms of an index; recordings have fewer. */
const MOST_ATOMS = 10_000;

/** Atoms of an index that contain others. */
const FOLDERS = new Set(['moov', 'trak', 'edts', 'mdia', 'minf', 'stbl', 'tref']);

/** Most bytes read of an atom's content: headers, and a thousand edits or references. */
const READ: Readonly<Record<string, number>> = {
  mvhd: 32,
  tkhd: 24,
  mdhd: 32,
  hdlr: 12,
  elst: 20_008,
  stsd: 16_384,
  stsz: 12,
  stts: 24,
  ctts: 16,
  tmcd: 4000,
};

export interface Atom {
  type: string;
  /** Start and end of its content, in bytes from the start of the file. */
  value: number;
  end: number;
}

/** Atom of an index, with the first bytes of its content. */
export interface Part extends Atom {
  view: DataView;
}

/** Atoms of a track by type, the first of each. */
export type Parts = ReadonlyMap<string, Part>;

/**
 * Walks the top-level atoms of a MOV or MP4 file. None may reach past the end of the file, and there must be an index (`moov`).
 * Trailing data that isn't an atom, which some cameras append, doesn't count as damage. Every step moves forward, and there are
 * at most {@link MAX_ATOMS} of them.
 *
 * @param size in bytes.
 * @returns the damage, or `null`.
 */
export async function quicktimeDamage(read: RangeReader, size: number): Promise<string | null> {
  let offset = 0;
  let hasIndex = false;
  for (let step = 0; offset < size; step++) {
    if (step === MAX_ATOMS) return tooManyParts(MAX_ATOMS, 'atoms');
    const atom = await atomAt(read, offset, size);
    if (!atom) break;
    if (atom.end > size) {
      const missing = Number.isFinite(atom.end) ? `${atom.end - size} bytes ` : '';
      return `it ends ${missing}before its ${atom.type} atom does`;
    }
    hasIndex ||= atom.type === 'moov';
    offset = atom.end;
  }
  return hasIndex ? null : 'it has no index (moov atom): it was not finished or is cut off';
}

/** Atoms of a movie outside its tracks, and those of each track, in order; none if the index is compressed. */
export async function partsOf(read: RangeReader, size: number) {
  const movie = new Map<string, Part>();
  const tracks: Map<string, Part>[] = [];
  const ends: number[] = [size];
  let offset = 0;
  for (let step = 0; step < MOST_ATOMS && ends.length > 0; step++) {
    const end = ends.at(-1) ?? 0;
    const atom = offset < end ? await atomAt(read, offset, end) : null;
    if (atom === null || atom.end > end) {
      ends.pop();
      offset = end;
      continue;
    }
    const { type, value } = atom;
    if (type === 'trak') tracks.push(new Map());
    const parts = tracks.at(-1) ?? movie;
    if (!parts.has(type)) {
      const length = Math.min(atom.end - value, READ[type] ?? 0);
      const view = length > 0 ? await viewAt(read, value, length) : null;
      parts.set(type, { ...atom, view: view ?? new DataView(new ArrayBuffer(0)) });
    }
    const isFolder = FOLDERS.has(type);
    if (isFolder) ends.push(atom.end);
    offset = isFolder ? value : atom.end;
  }
  return { movie, tracks };
}

/** 32-bit number in an atom's content; 0 if there is none. */
export function longIn(part: Part | undefined, at: number): number {
  return part !== undefined && at + 4 <= part.view.byteLength ? part.view.getUint32(at) : 0;
}

/** 64-bit number in an atom's content; 32-bit in version 0. @param narrow offset in version 0. @param wide offset in version 1. */
export function wideIn(part: Part | undefined, narrow: number, wide: number): number {
  return isWide(part)
    ? longIn(part, wide) * 2 ** 32 + longIn(part, wide + 4)
    : longIn(part, narrow);
}

/** True if the atom's times have 64 bits (version 1). */
export function isWide(part: Part | undefined): boolean {
  return longIn(part, 0) >>> 24 === 1;
}

/** Handler of a track: `vide`, `soun`, `tmcd` and the like. */
export function kindOf(track: Parts): string {
  const handler = track.get('hdlr');
  return handler && handler.view.byteLength >= 12 ? textAt(handler.view, 8, 4) : '';
}

/** Ticks per second in the header of a movie or of a track's media, and its length in ticks and in seconds. */
export function clockOf(header: Part | undefined) {
  const scale = longIn(header, isWide(header) ? 20 : 12) || 1;
  const ticks = wideIn(header, 16, 24);
  return { scale, ticks, length: ticks / scale };
}

/** Atom that begins at `offset`; `null` if none does. */
async function atomAt(read: RangeReader, offset: number, fileSize: number): Promise<Atom | null> {
  const header = await viewAt(read, offset, HEADER_BYTES);
  if (!header) return null;
  const type = textAt(header, 4, 4);
  const size = header.getUint32(0);
  if (!PRINTABLE.test(type)) return null;
  const value = offset + HEADER_BYTES;
  if (size === 0) return { type, value, end: fileSize };
  if (size !== 1) return size < HEADER_BYTES ? null : { type, value, end: offset + size };
  const wide = await viewAt(read, offset, WIDE_HEADER_BYTES);
  if (!wide) return { type, value, end: Infinity };
  const wideSize = Number(wide.getBigUint64(8));
  return wideSize < WIDE_HEADER_BYTES
    ? null
    : { type, value: offset + WIDE_HEADER_BYTES, end: offset + wideSize };
}
