import { describe, expect, it } from 'vitest';
import { damageOfUnreadable, sourceDamage } from './source-damage.ts';

const damage = (format: string, bytes: Buffer, size = bytes.length) =>
  sourceDamage(format, size, (offset, length) =>
    Promise.resolve(bytes.subarray(offset, Math.min(offset + length, size))),
  );

function atom(type: string, length: number, declared = length + 8): Buffer {
  const bytes = Buffer.alloc(length + 8);
  bytes.writeUInt32BE(declared, 0);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

const packets = (size: number, sync: number) => {
  const bytes = Buffer.alloc(size * 10);
  for (let n = 0; n < 10; n += 1) bytes.writeUInt8(0x47, n * size + sync);
  return bytes;
};

const list = (length: number) => {
  const bytes = Buffer.alloc(length + 8);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(length, 4);
  return bytes;
};

const segment = (length: number) =>
  Buffer.concat([
    Buffer.from([0x18, 0x53, 0x80, 0x67, 0x01, 0, 0, 0, 0, 0, length >> 8, length & 0xff]),
    Buffer.alloc(length),
  ]);

const partition = (footer: number) => {
  const bytes = Buffer.alloc(16 + 1 + 88);
  Buffer.from('060e2b34020501010d01020101020400', 'hex').copy(bytes);
  bytes.writeUInt8(88, 16);
  bytes.writeBigUInt64BE(BigInt(footer), 17 + 24);
  return bytes;
};

describe('MOV and MP4', () => {
  const file = Buffer.concat([atom('ftyp', 12), atom('moov', 50), atom('mdat', 100)]);

  it('is whole when its atoms end with the file', async () => {
    expect(await damage('mov,mp4,m4a,3gp,3g2,mj2', file)).toBeNull();
  });

  it('is cut when an atom reaches past the end', async () => {
    expect(await damage('mov', file, file.length - 30)).toBe(
      'it ends 30 bytes before its mdat atom does',
    );
  });

  it('is unfinished without an index', async () => {
    const unfinished = Buffer.concat([atom('ftyp', 12), atom('mdat', 100)]);
    expect(await damage('mov', unfinished)).toContain('no index (moov atom)');
  });

  it('may end with an atom of no length, with 64-bit lengths and with other data', async () => {
    const open = Buffer.concat([atom('moov', 20), atom('mdat', 100, 0)]);
    const wide = atom('mdat', 100, 1);
    wide.writeBigUInt64BE(108n, 8);
    expect(await damage('mov', open)).toBeNull();
    expect(await damage('mov', Buffer.concat([atom('moov', 8), wide]))).toBeNull();
    expect(await damage('mov', Buffer.concat([file, Buffer.alloc(40)]))).toBeNull();
  });
});

describe('the times of a MOV', () => {
  const numbers = (...values: number[]) => {
    const bytes = Buffer.alloc(4 * values.length);
    for (const [n, value] of values.entries()) bytes.writeUInt32BE(value, 4 * n);
    return bytes;
  };
  const box = (type: string, ...parts: Buffer[]) => {
    const value = Buffer.concat(parts);
    return Buffer.concat([numbers(value.length + 8), Buffer.from(type), value]);
  };
  /** A track of so many ticks by its header, a second having 48,000; each entry is a number of samples and how long each is. */
  const movie = (
    length: number,
    entries: number[],
    kind = 'soun',
    others: Buffer[] = [],
    tables: Buffer[] = [],
  ) =>
    box(
      'moov',
      box(
        'trak',
        box(
          'mdia',
          box('mdhd', numbers(0, 0, 0, 48_000, length, 0)),
          box('hdlr', numbers(0, 0), Buffer.from(kind)),
          box(
            'minf',
            box('stbl', box('stts', numbers(0, entries.length / 2, ...entries)), ...tables),
          ),
        ),
      ),
      ...others,
    );
  const ctts = (...entries: number[]) => box('ctts', numbers(0, entries.length / 2, ...entries));
  /** The last picture is shown after others that are missing. */
  const LATE_END = ctts(49, 0, 1, 6240);
  /** The decoder begins as long before the first picture is shown as there is a gap behind it. */
  const EARLY = ctts(1, 5760, 48, 0, 1, 0);
  const SHORT = 'the times of its picture add up to 2.00 s, and its header says 2.29 s';
  const disagrees = 'the times of its sound add up to 2.00 s, and its header says 2.13 s';
  const LONG = 'the times of its picture add up to 2.00 s, and its header says 1.84 s';
  const NONE = 'the times of its picture add up to 0.00 s, and its header says 2.00 s';
  const WAITS = 'the times of its sound add up to 1.99 s, and its header says 1.83 s';
  /** The same in a movie of so many milliseconds. */
  const ofMovie = (milliseconds: number, ...track: Parameters<typeof movie>) =>
    box('moov', box('mvhd', numbers(0, 0, 0, 1000, milliseconds, 0)), movie(...track).subarray(8));

  it.each<[string, Buffer, string | null]>([
    ['as long as its header says', movie(96_000, [96_000, 1]), null],
    ['a block longer', movie(96_000, [95, 1024]), null],
    ['a picture shorter', movie(96_000, [48, 1920], 'vide'), null],
    ['of a length that isn’t known', movie(2 ** 32 - 1, [96_000, 1]), null],
    ['without samples', movie(96_000, []), null],
    ['of a track that isn’t played', movie(102_240, [96_000, 1], 'tmcd'), null],
    ['before fragments', movie(102_240, [96_000, 1], 'soun', [box('mvex')]), null],
    ['cut between reordered pictures', movie(102_240, [50, 1920], 'vide', [], [LATE_END]), null],
    ['shorter than those are shown', movie(110_000, [50, 1920], 'vide', [], [LATE_END]), SHORT],
    ['begun before a gap', movie(90_240, [1, 7680, 46, 1920], 'vide', [], [EARLY]), null],
    ['longer, and reordered', movie(88_320, [50, 1920], 'vide', [], [LATE_END]), LONG],
    ['without any time, in a movie without a length', ofMovie(0, 96_000, [50, 0], 'vide'), NONE],
    ['longer by a first sample that waits', movie(88_064, [1, 8471, 85, 1024]), WAITS],
    ['that waits as long as the movie says', ofMovie(1990, 88_064, [1, 8471, 85, 1024]), null],
    ['shorter', movie(102_240, [96_000, 1]), disagrees],
    ['of two lengths', movie(102_240, [48_000, 1, 24_000, 2]), disagrees],
  ])('%s', async (_, file, expected) => {
    expect(await damage('mov', file)).toBe(expected);
  });

  it('are added up, however many they are', async () => {
    const entries = Array.from({ length: 40_000 }, () => [1, 2]).flat();
    expect(await damage('mov', movie(80_000, entries))).toBe(null);
    expect(await damage('mov', movie(120_000, entries))).toContain('add up to 1.67 s');
  });
});

describe('a file that was made to be walked for ever', () => {
  const moov = atom('moov', 8);
  const wideOf = (size: bigint) => {
    const bytes = atom('free', 8, 1);
    bytes.writeBigUInt64BE(size, 8);
    return bytes;
  };

  it.each([0n, 1n, 8n, 15n])('ends at a 64-bit length of %i, which no atom has', async (size) => {
    expect(await damage('mov', Buffer.concat([moov, wideOf(size), moov]))).toBeNull();
  });

  it.each([1n << 53n, (1n << 63n) - 1n, 1n << 63n, (1n << 64n) - 1n])(
    'is cut at a 64-bit length of %i',
    async (size) => {
      expect(await damage('mov', Buffer.concat([moov, wideOf(size)]))).toMatch(
        /^it ends \d+ bytes before its free atom does$/,
      );
    },
  );

  it('is cut inside the header of its last atom', async () => {
    const file = Buffer.concat([moov, atom('mdat', 0, 1)]);
    expect(await damage('mov', file)).toBe('it ends before its mdat atom does');
  });

  it.each([
    ['mov', '1,000,000', 'atoms', Buffer.from('0000000866726565', 'hex')],
    ['avi', '10,000', 'RIFF lists', Buffer.from('5249464604000000', 'hex')],
  ])('%s: is refused after %s %s', { timeout: 60_000 }, async (format, most, parts, part) => {
    const bytes = Buffer.concat([part, part]);
    const endless = (_: number, length: number) => Promise.resolve(bytes.subarray(0, length));
    expect(await sourceDamage(format, Number.MAX_SAFE_INTEGER, endless)).toBe(
      `it has more than ${most} ${parts}, which no recording has. Rewrap it`,
    );
  });

  it.each(['mov', 'avi', 'matroska', 'mxf', 'mpegts'])(
    '%s: what ends the reading ends the walk',
    async (format) => {
      const stop = () => Promise.reject(new Error('told to stop'));
      await expect(sourceDamage(format, 1e12, stop)).rejects.toThrow('told to stop');
    },
  );
});

describe('MPEG-TS', () => {
  it.each([
    [188, 0],
    [192, 4],
    [204, 0],
  ])('packets of %i bytes are whole or cut', async (size, sync) => {
    const file = packets(size, sync);
    expect(await damage('mpegts', file)).toBeNull();
    expect(await damage('mpegts', file, file.length - 100)).toBe(
      `its last packet has ${size - 100} of ${size} bytes`,
    );
  });

  it('of one that starts inside a packet the end is not judged', async () => {
    expect(await damage('mpegts', packets(188, 30), 1801)).toBeNull();
  });

  it.each([
    ['its first packets', 0, 0],
    ['packets behind others', 5, 940],
  ])('that has lost %s is damaged', async (_, first, byte) => {
    const file = packets(188, 0).fill(0, first * 188, (first + 4) * 188);
    const longer = Buffer.concat([file, ...Array.from({ length: 9 }, () => packets(188, 0))]);
    expect(await damage('mpegts', longer)).toBe(
      `no packet begins at byte ${byte}, where one is due`,
    );
  });
});

describe('AVI', () => {
  it('is whole when every list ends inside the file', async () => {
    expect(await damage('avi', Buffer.concat([list(100), list(60)]))).toBeNull();
  });

  it('is cut when one does not', async () => {
    const file = Buffer.concat([list(100), list(60)]);
    expect(await damage('avi', file, 160)).toBe('it ends 16 bytes before its RIFF list does');
  });

  it.each([0, 0xffffffff])('was never finished when a list has the length %i', async (length) => {
    const file = Buffer.concat([list(100), list(60)]);
    const said = 'its RIFF list has no length, as if the recording was never finished';
    for (const offset of [4, list(100).length + 4]) {
      const unfinished = Buffer.from(file);
      unfinished.writeUInt32LE(length, offset);
      expect(await damage('avi', unfinished)).toBe(said);
    }
  });
});

describe('Matroska', () => {
  const header = Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x82, 0, 0]);

  it('is whole when its segment ends with the file', async () => {
    expect(await damage('matroska,webm', Buffer.concat([header, segment(300)]))).toBeNull();
  });

  it('is cut when its segment does not', async () => {
    const file = Buffer.concat([header, segment(300)]);
    expect(await damage('matroska,webm', file, file.length - 10)).toBe(
      'it ends 10 bytes before its segment does',
    );
  });

  it('that never said its size is not judged', async () => {
    const live = Buffer.from([0x18, 0x53, 0x80, 0x67, 0x01, ...Array<number>(7).fill(0xff), 1, 2]);
    expect(await damage('matroska,webm', Buffer.concat([header, live]))).toBeNull();
  });
});

describe('MXF', () => {
  const whole = Buffer.concat([partition(205), Buffer.alloc(100), partition(205)]);

  it('is whole when its footer is where the header says', async () => {
    expect(await damage('mxf', whole)).toBeNull();
  });

  it('is cut before its footer', async () => {
    expect(await damage('mxf', whole, 150)).toContain('it ends before its footer');
  });

  it('is damaged when something else is there', async () => {
    const other = Buffer.concat([partition(190), Buffer.alloc(200)]);
    expect(await damage('mxf', other)).toContain('there is no footer at byte 190');
  });

  it('that is still open is not judged', async () => {
    expect(await damage('mxf', Buffer.concat([partition(0), Buffer.alloc(9)]))).toBeNull();
  });
});

it('other formats are taken as whole', async () => {
  expect(await damage('dv', Buffer.alloc(3))).toBeNull();
});

describe('DV', () => {
  const frames = (size: number, lines: number, kind: number, count = 3) => {
    const bytes = Buffer.alloc(size * count);
    Buffer.of(0x1f, 0x07, 0x00, lines).copy(bytes);
    bytes.writeUInt8(kind, 451);
    return bytes;
  };

  it.each([
    ['of 525 lines', 120_000, 0x3f, 0x60],
    ['of 625 lines', 144_000, 0xbf, 0x60],
    ['DVCPRO 50', 288_000, 0xbf, 0x64],
    ['DVCPRO HD', 480_000, 0x3f, 0x74],
    ['DVCPRO HD of 720 lines', 288_000, 0xbf, 0x78],
  ])('%s has whole frames', async (_, size, lines, kind) => {
    const bytes = frames(size, lines, kind);
    expect(await damage('dv', bytes)).toBeNull();
    expect(await damage('dv', bytes, 2 * size + 4400)).toBe(
      `its last frame has 4400 of ${size} bytes`,
    );
  });

  it('that begins in the middle of a frame has lost its start', async () => {
    expect(await damage('dv', Buffer.alloc(5000, 0x1f))).toBe('no frame begins at byte 0');
  });
});

describe('a file that no reader opens', () => {
  const told = (bytes: Buffer) =>
    damageOfUnreadable(bytes.length, (offset, length) =>
      Promise.resolve(bytes.subarray(offset, offset + length)),
    );

  it.each([
    ['a MOV without its index', Buffer.concat([atom('ftyp', 12), atom('mdat', 40)]), 'no index'],
    [
      'a MOV that is cut',
      Buffer.concat([atom('ftyp', 12), atom('mdat', 40, 400)]),
      'before its mdat',
    ],
    ['none that it knows', Buffer.from('Reel A001 and so on'), null],
    ['one of few bytes', Buffer.from('MOV'), null],
  ])('%s', async (_, bytes, said) => {
    const damage = await told(bytes);
    expect(damage ?? 'nothing').toContain(said ?? 'nothing');
  });
});
