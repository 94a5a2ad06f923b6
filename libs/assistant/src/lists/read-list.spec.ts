import { describe, expect, it } from 'vitest';
import { ClipList, type KnownClip } from './clip-list.ts';
import { readClipList } from './read-list.ts';

const read = (text: string) => readClipList(Buffer.from(text));
const NTSC = { numerator: 24_000, denominator: 1001 };

const EDL = `TITLE: cut 7
FCM: NON-DROP FRAME

001  A001C003 V     C        01:00:10:00 01:00:12:12 00:00:00:00 00:00:02:12
* FROM CLIP NAME: A001C003_251125_R1AB.mov
*ASC_SOP (1.1 1 0.9)(0 0.01 0)(1 1 1)
*ASC_SAT 0.8
002  BL       V     C        00:00:00:00 00:00:00:12 00:00:02:12 00:00:03:00
003  AX       AA/V  C        00:00:01:00 00:00:02:00 00:00:03:00 00:00:04:00
* FROM CLIP NAME: drone 4.mp4
004  A001C003 V     C        01:00:20:00 01:00:20:00 00:00:04:00 00:00:04:00
004  B002C001 V     D    024 02:00:00:00 02:00:02:00 00:00:04:00 00:00:06:00
* FROM CLIP NAME: A001C003_251125_R1AB.mov
* TO CLIP NAME: B002C001_251125_R2CD.mov
`;
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
  it('is an EDL, whose notes are of the events before them', () => {
    const clips = read(EDL);
    expect(clips.map(({ line, reel, name, start, end }) => [line, reel, name, start, end])).toEqual(
      [
        [4, 'A001C003', 'A001C003_251125_R1AB.mov', '01:00:10:00', '01:00:12:12'],
        [9, null, 'drone 4.mp4', '00:00:01:00', '00:00:02:00'],
        [11, 'A001C003', 'A001C003_251125_R1AB.mov', '01:00:20:00', '01:00:20:00'],
        [12, 'B002C001', 'B002C001_251125_R2CD.mov', '02:00:00:00', '02:00:02:00'],
      ],
    );
    expect(clips[0]).toMatchObject({ sop: '(1.1 1 0.9)(0 0.01 0)(1 1 1)', saturation: '0.8' });
    expect(clips[1]).toMatchObject({ sop: null, saturation: null });
  });

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
    ['', 'is neither an EDL nor an ALE'],
    ['Name,Reel\na,b\n', 'is neither an EDL nor an ALE'],
    [ale('Name'), 'names no clip'],
    ['\0\0\0', 'is no text'],
    [ale('Colour\tSize', 'red\t1'), 'has no column that'],
  ])('is refused: %j', (text, fault) => {
    expect(() => read(text)).toThrow(fault);
  });
});

describe('a list that somebody has made to take long', () => {
  const MANY = 80_000;
  const spaces = ' '.repeat(MANY);
  const event = '001 A001 V C 01:00:00:00 01:00:01:00 01:00:00:00 01:00:01:00\n';

  it.each([
    ['an event that never ends', `${event}002 x${spaces}y\n`, 1],
    ['an event of many words', `${event}002 ${'V C '.repeat(MANY)}\n`, 1],
    [
      'names after a separator of lines',
      `${event}* FROM CLIP NAME:${spaces}\u2028x\u2028x\n`.repeat(3),
      3,
    ],
    ['colours after one', `${event}*ASC_SOP ${spaces}\u2028x\u2028x\n`.repeat(3), 3],
    ['colours of one event', event + '*ASC_SAT 1\n'.repeat(MANY * 2), MANY * 2],
    ['events of one number', event.repeat(MANY) + '*ASC_SAT 1\n'.repeat(MANY), MANY],
  ])('is read in time that grows with it: %s', (_, text, count) => {
    expect(read(text)).toHaveLength(count);
  });
});

describe('a clip', () => {
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
    expect(lines(EDL, facts)).toContain(4);
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
    expect(lines(EDL, facts)).toEqual([]);
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
