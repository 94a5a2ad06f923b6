import { ListFault, type ListedClip } from './listed-clip.ts';

type Key = Exclude<keyof ListedClip, 'line'>;

/** What ALEs call their columns, in small letters and digits alone; the first one that is there counts. */
const COLUMNS: Readonly<Record<Key, readonly string[]>> = {
  name: ['name', 'clipname', 'clip'],
  file: [
    'sourcefile',
    'filename',
    'sourcefilename',
    'file',
    'sourcepath',
    'filepath',
    'path',
    'source',
  ],
  reel: ['tape', 'reel', 'reelname', 'sourcetape', 'tapename'],
  start: ['start', 'starttc', 'sourcein', 'sourcestart', 'in', 'starttimecode'],
  end: ['end', 'endtc', 'sourceout', 'sourceend', 'out', 'endtimecode'],
  sop: ['ascsop'],
  saturation: ['ascsat'],
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
  const of = (key: Key) => {
    const place = places.get(key);
    const text = place === undefined ? '' : (cells[place] ?? '').trim();
    return text === '' ? null : text;
  };
  return {
    line,
    name: of('name'),
    file: of('file'),
    reel: of('reel'),
    start: of('start'),
    end: of('end'),
    sop: of('sop'),
    saturation: of('saturation'),
  };
}

function isNamed({ name, file, reel }: ListedClip): boolean {
  return name !== null || file !== null || reel !== null;
}
