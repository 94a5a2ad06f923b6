import { isEdl, readEdl } from './edl.ts';
import { ListFault, type ListedClip, EMPTY_CLIP } from './listed-clip.ts';

/**
 * Reads the clips of an EDL (CMX 3600) or ALE; the format is detected from the text.
 *
 * @throws ListFault if it is neither, or names no clip
 */
export function readClipList(bytes: Uint8Array): ListedClip[] {
  const text = decodeList(bytes);
  const clips = isEdl(text) ? readEdl(text) : readAle(text);
  if (clips.length === 0) throw new ListFault('names no clip');
  return clips;
}

/** Detects the encoding by byte order mark. Editing systems also write UTF-16, old ones Windows-1252. */
function decodeList(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decoded('utf-16be', bytes);
  if (bytes.includes(0)) throw new ListFault('is no text');
  try {
    return decoded('utf-8', bytes);
  } catch {
    return decoded('windows-1252', bytes);
  }
}

/** Normalises line ends: old systems write CR. */
function decoded(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n');
}

type Key = Exclude<keyof ListedClip, 'line'>;

const words = (text: string) => text.split(' ');

/** Column titles of ALEs, as lower-case letters and digits only. The first one present is used. */
const COLUMNS: Readonly<Record<Key, readonly string[]>> = {
  name: words('name clipname clip'),
  file: words('sourcefile filename sourcefilename file sourcepath filepath path source'),
  reel: words('tape reel reelname sourcetape tapename'),
  start: words('start starttc sourcein sourcestart in starttimecode'),
  end: words('end endtc sourceout sourceend out endtimecode'),
  sop: words('ascsop'),
  saturation: words('ascsat'),
};
const KEYS = Object.keys(COLUMNS) as Key[];

/** Reads the clips of an ALE. @throws ListFault if it isn't one */
export function readAle(text: string): ListedClip[] {
  const lines = text.split('\n');
  const column = lines.findIndex((line) => /^column\s*$/i.test(line));
  const data = lines.findIndex((line) => /^data\s*$/i.test(line));
  const isAle = /^heading\s*$/i.test(lines[0] ?? '') && column > 0 && data > column;
  if (!isAle) throw new ListFault('is neither an EDL nor an ALE');
  const titles = (lines[column + 1] ?? '')
    .split('\t')
    .map((cell) => cell.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
  const places = new Map(
    KEYS.map((key) => [
      key,
      COLUMNS[key].map((title) => titles.indexOf(title)).find((at) => at >= 0),
    ]),
  );
  const names = ['name', 'file', 'reel'] as const;
  if (names.every((key) => places.get(key) === undefined))
    throw new ListFault('has no column that names clips: Name, Source File or Tape');
  return lines
    .slice(data + 1)
    .map((line, index) => clipOf({ line: data + 2 + index, cells: line.split('\t') }, places))
    .filter(isNamed);
}

interface Row {
  line: number;
  cells: readonly string[];
}

function clipOf({ line, cells }: Row, places: ReadonlyMap<Key, number | undefined>): ListedClip {
  const clip = { ...EMPTY_CLIP, line };
  for (const [key, place] of places) {
    const text = place === undefined ? '' : (cells[place] ?? '').trim();
    if (text !== '') clip[key] = text;
  }
  return clip;
}

function isNamed({ name, file, reel }: ListedClip): boolean {
  return name !== null || file !== null || reel !== null;
}
