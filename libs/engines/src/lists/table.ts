import { ListFault, type ListedClip } from './listed-clip.ts';

type Key = Exclude<keyof ListedClip, 'line'>;

/** What editing systems call their columns, in small letters and digits alone; the first one that is there counts. */
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

/** The clips of an ALE, or of a table whose first line names its columns. A list of one column may go without. */
export function readTable(text: string): ListedClip[] {
  const lines = text.split('\n');
  const column = lines.findIndex((line) => /^column\s*$/i.test(line));
  const data = lines.findIndex((line) => /^data\s*$/i.test(line));
  const isAle = /^heading\s*$/i.test(lines[0] ?? '') && column > 0 && data > column;
  if (!isAle) return clipsOf(rowsOf(text));
  const head = { line: column + 2, cells: (lines[column + 1] ?? '').split('\t') };
  const rows = lines
    .slice(data + 1)
    .map((line, index) => ({ line: data + 2 + index, cells: line.split('\t') }));
  return clipsOf([head, ...rows]);
}

interface Row {
  line: number;
  cells: readonly string[];
}

function clipsOf(rows: readonly Row[]): ListedClip[] {
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const [head, ...rest] = filled;
  if (head === undefined) return [];
  const titles = head.cells.map((cell) => cell.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
  const places = new Map(
    KEYS.map((key) => [
      key,
      COLUMNS[key].map((title) => titles.indexOf(title)).find((at) => at >= 0),
    ]),
  );
  const names = ['name', 'file', 'reel'] as const;
  if (names.some((key) => places.get(key) !== undefined))
    return rest.map((row) => clipOf(row, places)).filter(isNamed);
  if (filled.some(({ cells }) => cells.length > 1))
    throw new ListFault(
      'has no column that names clips: Name, Clip Name, Source File, File Name, Tape or Reel',
    );
  return filled.map((row) => clipOf(row, new Map([['name', 0]])));
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

/** Cells of RFC 4180: quotes keep separators and line breaks, and two of them are one. The first line tells the separator. */
function rowsOf(text: string): Row[] {
  const separator = separatorOf(text.slice(0, text.indexOf('\n') >>> 0));
  const rows: Row[] = [];
  let [line, rowLine] = [1, 1];
  let cells: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(cellPattern(separator))) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += quoted?.split('\n').length ?? 1;
    line -= 1;
    if (end === separator) continue;
    rows.push({ line: rowLine, cells });
    if (end === '') break;
    line += 1;
    rowLine = line;
    cells = [];
  }
  return rows;
}

function cellPattern(separator: string): RegExp {
  return new RegExp(
    `(?:"([^"]*(?:""[^"]*)*)"[^${separator}\\n]*|([^${separator}\\n]*))(${separator}|\\n|$)`,
    'gy',
  );
}

function separatorOf(head: string): string {
  const counts = ['\t', ';', ','].map((one) => head.split(one).length);
  return ['\t', ';', ','][counts.indexOf(Math.max(...counts))] ?? ',';
}
