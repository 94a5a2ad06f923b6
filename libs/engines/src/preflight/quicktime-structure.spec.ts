import { expect, it } from 'vitest';
import { audio, dataTrack, media, video } from '../../testing/clips.ts';
import { withQuicktimeStructure } from './quicktime-structure.ts';

/** Numbers of four bytes, as an atom holds them. */
function longs(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeInt32BE(number | 0, 4 * index);
  return bytes;
}

function atom(type: string, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  return Buffer.concat([longs(value.length + 8), Buffer.from(type, 'latin1'), value]);
}

type Edit = readonly [milliseconds: number, from: number, speed?: number];

interface Track {
  kind: string;
  edits?: readonly Edit[];
  wide?: boolean;
  forms?: readonly Buffer[];
  samples?: number;
  /** Duration of its media, in milliseconds. */
  length?: number;
  timecodes?: readonly number[];
  /** Numbers of samples with their duration in ticks. */
  times?: readonly (readonly [count: number, ticks: number])[];
}

const editList = ({ edits = [], wide = false }: Track) => {
  const entries = edits.map(([milliseconds, from, speed = 1]) =>
    wide
      ? longs(0, milliseconds, from < 0 ? -1 : 0, from, speed * 0x1_00_00)
      : longs(milliseconds, from, speed * 0x1_00_00),
  );
  return atom('elst', longs(wide ? 0x01_00_00_00 : 0, edits.length), ...entries);
};

/** Its media counts in a thousand ticks of a second. */
function track(
  id: number,
  { forms = [], samples = 1, length = 0, timecodes, times = [], ...one }: Track,
): Buffer {
  const references =
    timecodes === undefined ? [] : [atom('tref', atom('tmcd', longs(...timecodes)))];
  const table = [
    atom('stsd', longs(0, forms.length), ...forms),
    atom('stsz', longs(0, 4, samples)),
    atom('stts', longs(0, times.length, ...times.flat())),
  ];
  return atom(
    'trak',
    atom('tkhd', longs(0, 0, 0, id, 0, 0)),
    ...references,
    atom('edts', editList(one)),
    atom(
      'mdia',
      atom('mdhd', longs(0, 0, 0, 1000, length, 0)),
      atom('hdlr', longs(0, 0), Buffer.from(one.kind, 'latin1')),
      atom('minf', atom('hdlr', longs(0, 0), Buffer.from('url ')), atom('stbl', ...table)),
    ),
  );
}

const count = (framesPerSecond: number) =>
  atom('tmcd', Buffer.alloc(8), longs(0, 0, framesPerSecond * 100, 100, 0));
const sound = (type: string, channels: number) =>
  atom(type, longs(0, 1, 0, 0, 0x1_00_00 * channels + 16, 0, 48_000 * 0x1_00_00), Buffer.alloc(24));
const TIMECODE = { kind: 'tmcd', forms: [count(25)] } as const;

const picture = video({ tags: { timecode: '10:00:00:00' } });
const clip = media([picture, dataTrack({ tags: { timecode: '10:00:00:00' } })]);

/** Facts of a movie with these tracks. */
async function structure(tracks: readonly Track[], described = clip, shown = picture) {
  const boxes = tracks.map((one, index) => track(index + 1, one));
  const movie = atom('moov', atom('mvhd', longs(0, 0, 0, 1000, 0, 0)), ...boxes);
  const bytes = Buffer.concat([atom('ftyp', longs(0)), movie, Buffer.alloc(100)]);
  const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
  return withQuicktimeStructure(described, shown, read, bytes.length);
}

it.each<[string, Track, Track, string]>([
  ['no edits', { kind: 'vide' }, TIMECODE, '10:00:00:00'],
  ['a cut picture alone', { kind: 'vide', edits: [[4000, 1000]] }, TIMECODE, '10:00:00:00'],
  [
    'both cut',
    { kind: 'vide', edits: [[4000, 1000]] },
    { ...TIMECODE, edits: [[4000, 1000]] },
    '10:00:01:00',
  ],
  [
    'both cut, by wide numbers',
    { kind: 'vide', edits: [[4000, 1000]], wide: true },
    { ...TIMECODE, edits: [[4000, 1000]], wide: true },
    '10:00:01:00',
  ],
  [
    'a picture cut through',
    { kind: 'vide', edits: [[4000, 1010]] },
    { ...TIMECODE, edits: [[4000, 1010]] },
    '10:00:01:01',
  ],
  [
    'a picture that comes later',
    {
      kind: 'vide',
      edits: [
        [2000, -1],
        [4000, 0],
      ],
    },
    TIMECODE,
    '10:00:02:00',
  ],
  [
    'both later',
    {
      kind: 'vide',
      edits: [
        [2000, -1],
        [4000, 0],
      ],
    },
    {
      ...TIMECODE,
      edits: [
        [2000, -1],
        [4000, 0],
      ],
    },
    '10:00:00:00',
  ],
  [
    'a timecode that comes later',
    { kind: 'vide' },
    {
      ...TIMECODE,
      edits: [
        [1000, -1],
        [4000, 0],
      ],
    },
    '09:59:59:00',
  ],
  [
    'a later picture in the second part',
    {
      kind: 'vide',
      edits: [
        [2000, -1],
        [4000, 0],
      ],
    },
    {
      ...TIMECODE,
      edits: [
        [1000, 0],
        [4000, 9000],
      ],
    },
    '10:00:10:00',
  ],
])('the timecode of the first picture, with %s', async (_, frames, timecode, first) => {
  const { streams } = await structure([frames, timecode]);
  expect(streams.map(({ tags }) => tags['timecode'])).toEqual([first, first]);
});

it('the timecode that the picture names, and not another', async () => {
  const other: Track = { ...TIMECODE, edits: [[4000, 3000]] };
  const own: Track = { ...TIMECODE, edits: [[4000, 1000]] };
  const { streams } = await structure([{ kind: 'vide', timecodes: [3] }, other, own]);
  expect(streams[0]?.tags['timecode']).toBe('10:00:01:00');
});

it.each<[string, Partial<Track>, true | undefined]>([
  ['whose samples all last as long as they should', { times: [[48, 1]] }, true],
  [
    'and the last one as it likes',
    {
      times: [
        [48, 1],
        [1, 7],
      ],
    },
    true,
  ],
  [
    'and not all',
    {
      times: [
        [48, 1],
        [2, 7],
      ],
    },
    undefined,
  ],
  [
    'and a pause before the last',
    {
      times: [
        [48, 1],
        [1, 7],
        [1, 1],
      ],
    },
    undefined,
  ],
  ['but twice as long', { times: [[48, 2]] }, undefined],
  ['but in fragments', {}, undefined],
  [
    'and of which parts are joined',
    {
      times: [[48, 1]],
      edits: [
        [10, 0],
        [10, 20],
      ],
    },
    undefined,
  ],
])('sound %s', async (_, facts, isContiguous) => {
  const track = audio({ sampleRate: 1000 });
  const tracks = [{ kind: 'vide' }, { kind: 'soun', length: 20, ...facts }];
  const { streams } = await structure(tracks, media([picture, track]));
  expect({ isContiguous: undefined, ...streams[1] }).toMatchObject({ isContiguous });
});

it.each<[string, Partial<Track>, number]>([
  ['one', {}, 1],
  ['two samples', { samples: 2 }, 2],
  [
    'two edits',
    {
      edits: [
        [1000, 0],
        [1000, 2000],
      ],
    },
    2,
  ],
])('how many parts a timecode has: %s', async (_, facts, timecodeParts) => {
  expect(await structure([{ kind: 'vide' }, { ...TIMECODE, ...facts }])).toMatchObject({
    timecodeParts,
  });
});

const PARTS: readonly Edit[] = [
  [1000, 0],
  [1000, 2000],
];
const GAP: readonly Edit[] = [
  [1000, 0],
  [1000, -1],
];

it.each<[string, Track[], string]>([
  ['sound of one form', [{ kind: 'soun', forms: [sound('sowt', 2)] }], 'whole'],
  [
    'sound of one form, told twice',
    [{ kind: 'soun', forms: [sound('sowt', 2), sound('sowt', 2)] }],
    'whole',
  ],
  [
    'sound of two byte orders',
    [{ kind: 'soun', forms: [sound('sowt', 2), sound('twos', 2)] }],
    'several formats',
  ],
  [
    'sound of other channels',
    [{ kind: 'soun', forms: [sound('sowt', 2), sound('sowt', 1)] }],
    'several formats',
  ],
  [
    'pictures of two forms',
    [{ kind: 'vide', forms: [sound('avc1', 2), sound('hvc1', 1)] }],
    'whole',
  ],
  [
    'a part at twice the speed',
    [
      {
        kind: 'soun',
        edits: [
          [1000, 0],
          [1000, 2000, 2],
        ],
      },
    ],
    'faster',
  ],
  [
    'a picture that stands still',
    [
      {
        kind: 'vide',
        edits: [
          [1000, 0],
          [1000, 2000, 0],
        ],
      },
    ],
    'still',
  ],
  [
    'a gap without a speed',
    [
      {
        kind: 'vide',
        edits: [
          [1000, -1, 0],
          [1000, 0],
        ],
      },
    ],
    'whole',
  ],
  [
    'sound with a gap in its middle',
    [
      {
        kind: 'soun',
        edits: [
          [500, -1],
          [1000, 0],
          [1000, -1],
          [1000, 2000],
        ],
      },
    ],
    'nothing for a while',
  ],
  [
    'a picture that ends with a gap',
    [
      {
        kind: 'vide',
        edits: GAP,
      },
    ],
    'nothing for a while',
  ],
  ['a second picture with a gap', [{ kind: 'vide' }, { kind: 'vide', edits: GAP }], 'whole'],
])('what would be read wrongly: %s', async (_, tracks, fault) => {
  const { misread } = await structure(tracks);
  expect(misread ?? 'whole').toContain(fault);
});

it.each<[string, Track, number, boolean]>([
  ['sound of two parts', { kind: 'soun', edits: PARTS }, 0, true],
  [
    'sound of a part and a bit of no length',
    {
      kind: 'soun',
      edits: [
        [500, 0],
        [0, 9],
      ],
    },
    0,
    false,
  ],
  ['pictures of two parts', { kind: 'vide', edits: PARTS }, 0, false],
  ['pictures of two parts, stored in another order', { kind: 'vide', edits: PARTS }, 2, true],
  [
    'pictures that begin later',
    {
      kind: 'vide',
      edits: [
        [500, -1],
        [500, 80],
      ],
    },
    2,
    false,
  ],
])('what is not cut exactly: %s', async (_, one, reorderedFrames, isJoined) => {
  const shown = video({ reorderedFrames });
  expect(await structure([one], media([shown]), shown)).toMatchObject({ isJoined });
});

it.each<[string, Partial<Track>, true | undefined]>([
  ['before its media', { edits: [[1000, 500]], length: 2000 }, true],
  ['with its media, but for rounding', { edits: [[1000, 500]], length: 1501 }, undefined],
  ['a little before its media', { edits: [[1000, 500]], length: 1503 }, true],
  ['without edits', { length: 2000 }, undefined],
  [
    'inside its last block',
    {
      times: [
        [9, 20],
        [1, 15],
      ],
      length: 195,
    },
    true,
  ],
])('sound that ends %s', async (_, facts, endsEarly) => {
  const sources = media([picture, audio()]);
  const { streams } = await structure([{ kind: 'vide' }, { kind: 'soun', ...facts }], sources);
  expect(streams[1]).toEqual({ ...audio(), ...(endsEarly && { endsEarly }) });
});

it.each<[string, Partial<Track>, number]>([
  [
    'is cut, and begins later',
    {
      edits: [
        [500, -1],
        [2000, 0],
      ],
    },
    2,
  ],
  [
    'begins later, and ends with its media',
    {
      edits: [
        [500, -1],
        [3000, 0],
      ],
    },
    2.5,
  ],
  [
    'begins later, in fragments',
    {
      edits: [
        [500, -1],
        [0, 0],
      ],
    },
    2.5,
  ],
  ['has no edits', {}, 2.5],
])('how long a track is that %s', async (_, facts, seconds) => {
  const told = video({ durationSeconds: 2.5 });
  const { streams } = await structure([{ kind: 'vide', ...facts }], media([told]));
  expect(streams[0]?.durationSeconds).toBe(seconds);
});

it('nothing is known of a movie without an index', async () => {
  const read = async () => Buffer.alloc(0);
  expect(await withQuicktimeStructure(clip, picture, read, 0)).toEqual({
    ...clip,
    misread: null,
    isJoined: false,
  });
});
