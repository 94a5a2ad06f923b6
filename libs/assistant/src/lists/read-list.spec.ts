import { describe, expect, it } from 'vitest';
import { ClipList, type KnownClip } from './clip-list.ts';
import { readClipList } from './read-list.ts';

const read = (text: string) => readClipList(Buffer.from(text));
const NTSC = { numerator: 24_000, denominator: 1001 };

const ALE = `Heading
FIELD_DELIM\tTABS
FPS\t24

Column
Name\tTape\tStart\tEnd\tSource File\tASC_SOP\tASC_SAT

Data
C0001\tA001\t01:00:00:00\t01:00:05:00\tC0001.MP4\t(1 1 1)(0 0 0)(1 1 1)\t1
\tB001\t02:00:00:00\t02:00:05:00\t\t\t

`;

const ale = (columns: string, ...rows: string[]) =>
  ['Heading', 'FIELD_DELIM\tTABS', '', 'Column', columns, '', 'Data', ...rows, ''].join('\n');

describe('a list', () => {
  it('is an ALE', () => {
    expect(read(ALE)).toMatchObject([
      {
        line: 9,
        name: 'C0001',
        reel: 'A001',
        start: '01:00:00:00',
        file: 'C0001.MP4',
        saturation: '1',
      },
      { line: 10, name: null, reel: 'B001', end: '02:00:05:00', sop: null },
    ]);
  });

  it.each([
    ['UTF-16', Buffer.from(`\uFEFF${ale('Name', 'É')}`, 'utf16le')],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${ale('Name', 'É')}`)],
    ["Windows' letters", Buffer.from(ale('Name', 'É'), 'latin1')],
  ])('may be in %s', (_, bytes) => {
    expect(readClipList(bytes).map(({ name }) => name)).toEqual(['É']);
  });

  it.each([
    ['', 'is no ALE'],
    ['Name,Reel\na,b\n', 'is no ALE'],
    [ale('Name'), 'names no clip'],
    ['\0\0\0', 'is no text'],
    [ale('Colour\tSize', 'red\t1'), 'has no column that'],
  ])('is refused: %j', (text, fault) => {
    expect(() => read(text)).toThrow(fault);
  });
});

describe('a list that somebody has made to take long', () => {
  const MANY = 80_000;

  it.each([
    ['a line of many cells', ale('Name', `x${'\t'.repeat(MANY)}`), 1],
    ['many columns', ale(`Name${'\tColour'.repeat(MANY)}`, 'x'), 1],
    ['blanks', ale('Name', `x${' '.repeat(MANY)}y`), 1],
    ['many clips of one name', ale('Name', ...Array.from({ length: MANY }, () => 'x')), MANY],
  ])('is read in time that grows with it: %s', (_, text, count) => {
    expect(read(text)).toHaveLength(count);
  });
});

describe('a clip', () => {
  const LIST = ale(
    'Name\tTape\tStart\tEnd',
    'A001C003_251125_R1AB.mov\tA001C003\t01:00:10:00\t01:00:12:12',
    'B002C001_251125_R2CD.mov\tB002C001\t02:00:00:00\t02:00:02:00',
  );
  const clip = (facts: Partial<KnownClip>): KnownClip => ({
    file: 'x.mov',
    reel: null,
    start: null,
    rate: NTSC,
    seconds: 10,
    ...facts,
  });
  const lines = (list: string, facts: Partial<KnownClip>) =>
    new ClipList(read(list)).linesOf(clip(facts)).map(({ line }) => line);

  it.each([
    ['its name', { file: 'A001C003_251125_R1AB.mov' }],
    ['its name in another container', { file: 'A001C003_251125_R1AB.mxf' }],
    ['its name in another case', { file: 'a001c003_251125_r1ab.MOV' }],
    ['reel and timecode', { reel: 'A001C003', start: '01:00:05:00' }],
    [
      'the beginning of its name, as reels are cut',
      { file: 'A001C003_9.mov', start: '01:00:05:00' },
    ],
  ])('is found by %s', (_, facts) => {
    expect(lines(LIST, facts)).toEqual([8]);
  });

  it.each([
    [
      'name, but not timecode: of another card',
      { file: 'A001C003_251125_R1AB.mov', start: '05:00:00:00' },
    ],
    ['reel, but not timecode', { reel: 'A001C003', start: '01:00:12:12', seconds: 5 }],
    ['reel alone', { reel: 'A001C003' }],
    ['a part of a name', { file: 'A001C003_251125.mov' }],
  ])('is another one by its %s', (_, facts) => {
    expect(lines(LIST, facts)).toEqual([]);
  });

  it('is found by reel where a list says nothing else', () => {
    expect(lines(ale('Tape', 'A001'), { reel: 'A001' })).toEqual([8]);
  });

  it('is found over midnight', () => {
    const list = ale('Name\tTape\tStart\tEnd', '\tA001\t23:59:58:00\t00:00:02:00');
    expect(lines(list, { reel: 'A001', start: '23:59:50:00', seconds: 20 })).toEqual([8]);
    expect(lines(list, { reel: 'A001', start: '00:00:01:00', seconds: 20 })).toEqual([8]);
    expect(lines(list, { reel: 'A001', start: '00:00:02:00', seconds: 20 })).toEqual([]);
  });
});
