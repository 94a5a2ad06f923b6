import { isEdl, readEdl } from './edl.ts';
import { ListFault, type ListedClip, UNTOLD } from './listed-clip.ts';

/**
 * Reads the clips that an EDL (CMX 3600) or an ALE names. Which one it is, its text tells.
 *
 * @throws ListFault for a list that can't be understood, or names no clip.
 */
export function readClipList(bytes: Uint8Array): ListedClip[] {
  const text = decodeList(bytes);
  const clips = isEdl(text) ? readEdl(text) : readAle(text);
  if (clips.length === 0) throw new ListFault('names no clip');
  return clips;
}

/** By its byte order mark; editing systems write UTF-16 too, and old ones Windows' letters. */
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

/** Lines of old systems end with CR. */
function decoded(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n');
}

type Key = Exclude<keyof ListedClip, 'line'>;

const words = (text: string) => text.split(' ');

/** What ALEs call their columns, in small letters and digits alone; the first one that is there counts. */
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

/** The clips of an ALE. @throws ListFault for another text. */
export function readAle(text: string): ListedClip[] {
  const lines = text.split('\n');
  const column = lines.findIndex((line) => /^column\s*$/i.test(line));
  const data = lines.findIndex((line) => /^data\s*$/i.test(line));
  const isAle = /^heading\s*$/i.test(lines[0] ?? '') && column > 0 && data > column;
  if (!isAle) throw new ListFault('is no EDL and no ALE');
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
  const clip = { ...UNTOLD, line };
  for (const [key, place] of places) {
    const text = place === undefined ? '' : (cells[place] ?? '').trim();
    if (text !== '') clip[key] = text;
  }
  return clip;
}

function isNamed({ name, file, reel }: ListedClip): boolean {
  return name !== null || file !== null || reel !== null;
}
