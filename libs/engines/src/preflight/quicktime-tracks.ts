import { atomAt, type Atom } from './quicktime.ts';
import { textAt, viewAt, type RangeReader } from './range-reader.ts';

/** A part of a track's media that is shown, one after the other (QuickTime File Format, “Edit atoms”). */
export interface Edit {
  /** How long it takes in the movie, in seconds. */
  seconds: number;
  /** Where it begins in the media, in seconds; `null` where nothing is shown. */
  from: number | null;
  /** Seconds of the media in a second of the movie. */
  speed: number;
}

export interface QuicktimeTrack {
  id: number;
  /** `vide`, `soun`, `tmcd` and the like. */
  kind: string;
  edits: readonly Edit[];
  /** Of its media, in seconds. */
  length: number;
  /** How its samples are coded: a text for each description, the same for the same form. */
  forms: readonly string[];
  /** How many samples it has, where they are listed. */
  samples: number;
  /** When its first sample is shown, in seconds of the media. */
  firstShown: number;
  /** Of a timecode track: how many numbers a second of its media has; `null` of any other. */
  countRate: { numerator: number; denominator: number } | null;
  /** The tracks that tell its timecode, by their ids. */
  timecodes: readonly number[];
}

/** Atoms of an index that are looked at, and entries of a list: recordings have fewer. */
const MOST_ATOMS = 10_000;
const MOST_ENTRIES = 1000;

/** Those that hold others. */
const FOLDERS = new Set(['moov', 'trak', 'edts', 'mdia', 'minf', 'stbl', 'tref']);

/** The part of a description of sound that says its form: what follows hangs on the codec, whose decoder is told. */
const FORM_BYTES = 36;

/** The atoms of a track, by their types; of one type the first. */
export type Parts = ReadonlyMap<string, Atom>;

/** The tracks of a MOV or MP4 file in their order, by small reads; none where its index can't be read, as when it is packed. */
export async function quicktimeTracks(read: RangeReader, size: number): Promise<QuicktimeTrack[]> {
  const { movie, tracks } = await partsOf(read, size);
  const { scale } = await clockOf(read, movie.get('mvhd'));
  const found: QuicktimeTrack[] = [];
  for (const parts of tracks) found.push(await trackOf(read, parts, scale));
  return found;
}

/** The atoms of a movie that are not in a track, and those of each track, in their order. */
export async function partsOf(read: RangeReader, size: number) {
  const movie = new Map<string, Atom>();
  const tracks: Map<string, Atom>[] = [];
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
    if (atom.type === 'trak') tracks.push(new Map());
    const parts = tracks.at(-1) ?? movie;
    if (!parts.has(atom.type)) parts.set(atom.type, atom);
    const isFolder = FOLDERS.has(atom.type);
    if (isFolder) ends.push(atom.end);
    offset = isFolder ? atom.value : atom.end;
  }
  return { movie, tracks };
}

async function trackOf(
  read: RangeReader,
  parts: Parts,
  movieScale: number,
): Promise<QuicktimeTrack> {
  const { scale, length } = await clockOf(read, parts.get('mdhd'));
  const kind = await valueOf(read, parts.get('hdlr'), 12);
  const header = await valueOf(read, parts.get('tkhd'), 24);
  const sizes = await valueOf(read, parts.get('stsz'), 12);
  const offsets = await valueOf(read, parts.get('ctts'), 16);
  const references = parts.get('tmcd');
  const { forms, countRate } = await descriptions(read, parts.get('stsd'));
  return {
    id: header === null ? 0 : header.getUint32(header.getUint8(0) === 1 ? 20 : 12),
    kind: kind === null ? '' : textAt(kind, 8, 4),
    edits: await editsOf(read, parts.get('elst'), scale, movieScale),
    length,
    forms,
    samples: sizes?.getUint32(8) ?? 0,
    firstShown: (offsets?.getInt32(12) ?? 0) / scale,
    countRate,
    timecodes: await numbersIn(read, references),
  };
}

/** Ticks of a second, by the header of a movie or of a track's media, and its length in ticks and in seconds. */
export async function clockOf(read: RangeReader, header: Atom | undefined) {
  const version = await valueOf(read, header, 1);
  const isWide = version?.getUint8(0) === 1;
  const view = await valueOf(read, header, isWide ? 32 : 20);
  const scale = view?.getUint32(isWide ? 20 : 12) || 1;
  const ticks = isWide ? Number(view?.getBigUint64(24) ?? 0) : (view?.getUint32(16) ?? 0);
  return { scale, ticks, length: ticks / scale };
}

async function editsOf(
  read: RangeReader,
  atom: Atom | undefined,
  scale: number,
  movieScale: number,
): Promise<Edit[]> {
  const head = await valueOf(read, atom, 8);
  if (head === null || atom === undefined) return [];
  const isWide = head.getUint8(0) === 1;
  const bytes = isWide ? 20 : 12;
  const count = Math.min(head.getUint32(4), MOST_ENTRIES);
  const view = await valueOf(read, atom, 8 + count * bytes);
  if (view === null) return [];
  return Array.from({ length: count }, (_, index) => {
    const at = 8 + index * bytes;
    const ticks = isWide ? Number(view.getBigUint64(at)) : view.getUint32(at);
    const from = isWide ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    return {
      seconds: ticks / movieScale,
      from: from < 0 ? null : from / scale,
      speed: view.getInt32(at + bytes - 4) / 0x1_00_00,
    };
  });
}

async function descriptions(read: RangeReader, atom: Atom | undefined) {
  const forms: string[] = [];
  let countRate: QuicktimeTrack['countRate'] = null;
  const head = await valueOf(read, atom, 8);
  const count = Math.min(head?.getUint32(4) ?? 0, MOST_ENTRIES);
  let offset = (atom?.value ?? 0) + 8;
  for (let index = 0; index < count; index++) {
    const view = await viewAt(read, offset, FORM_BYTES);
    if (view === null) break;
    const type = textAt(view, 4, 4);
    forms.push(`${type}${textAt(view, 16, FORM_BYTES - 16)}`);
    if (type === 'tmcd' && view.getUint32(28) > 0)
      countRate ??= { numerator: view.getUint32(24), denominator: view.getUint32(28) };
    offset += Math.max(view.getUint32(0), 8);
  }
  return { forms, countRate };
}

async function numbersIn(read: RangeReader, atom: Atom | undefined): Promise<number[]> {
  const count = atom === undefined ? 0 : Math.min((atom.end - atom.value) / 4, MOST_ENTRIES);
  const length = Math.floor(count);
  const view = await valueOf(read, atom, 4 * length);
  return view === null ? [] : Array.from({ length }, (_, index) => view.getUint32(4 * index));
}

/** The first bytes that an atom holds; `null` where it has fewer. */
export async function valueOf(
  read: RangeReader,
  atom: Atom | undefined,
  length: number,
): Promise<DataView | null> {
  return atom === undefined || atom.value + length > atom.end
    ? null
    : viewAt(read, atom.value, length);
}
