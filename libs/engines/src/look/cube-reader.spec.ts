import { expect, it } from 'vitest';
import { CubeFault, CubeReader, isDecimal } from './cube-reader.ts';

const CORNERS = '0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n';
const CUBE = `LUT_3D_SIZE 2\n${CORNERS}`;
const CURVES = 'LUT_1D_SIZE 3\n0 0 0\n.5 5e-1 +0.5\n1 1 1\n';

function read(text: string | Buffer, piece = 7) {
  const bytes = Buffer.from(text);
  const reader = new CubeReader();
  for (let at = 0; at < bytes.length; at += piece) reader.take(bytes.subarray(at, at + piece));
  return reader.finish();
}

function faultOf(text: string | Buffer): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof CubeFault) return error.message;
    throw error;
  }
  throw new Error(`read whole: ${JSON.stringify(text.toString('latin1').slice(0, 200))}`);
}

it('reads a cube, red first', () => {
  const { cube, curves } = read(CUBE);
  expect(curves).toBeNull();
  expect(cube).toMatchObject({ size: 2, domain: { min: [0, 0, 0], max: [1, 1, 1] } });
  expect([...(cube?.values ?? [])].slice(0, 6)).toEqual([0, 0, 0, 1, 0, 0]);
});

it('reads curves', () => {
  expect([...(read(CURVES).curves?.values ?? [])]).toEqual([0, 0, 0, 0.5, 0.5, 0.5, 1, 1, 1]);
});

it.each([
  ['a byte order mark', `\uFEFF${CUBE}`],
  ['ends of lines as on Windows', CUBE.replaceAll('\n', '\r\n')],
  ['no end of the last line', CUBE.trimEnd()],
  ['comments, empty lines and tabs', `# é\n\nTITLE "a # b"\n\t${CUBE}\n#${'x'.repeat(1000)}\n`],
  [
    'a title without quotes, and spaces at the ends of lines',
    `TITLE Day 1\n${CUBE.replaceAll('\n', '  \n')}`,
  ],
])('reads a file with %s', (_, text) => {
  expect(read(text)).toEqual(read(CUBE));
});

it('reads the domain by Adobe’s words, before and after the size', () => {
  const domain = 'DOMAIN_MIN -.1 0 0\nDOMAIN_MAX 1 2 3.5\n';
  const wanted = { min: [-0.1, 0, 0], max: [1, 2, 3.5] };
  expect(read(domain + CUBE).cube?.domain).toEqual(wanted);
  expect(read(CUBE.replace('2\n', `2\n${domain}`)).cube?.domain).toEqual(wanted);
});

it('reads a range that is said twice alike, in the words of Adobe and of Resolve', () => {
  const twice = (max: string) =>
    `DOMAIN_MIN 0 0 0\nDOMAIN_MAX ${max}\nLUT_3D_INPUT_RANGE 0.0 2.0\n${CUBE}`;
  expect(read(twice('2 2 2')).cube?.domain).toEqual({ min: [0, 0, 0], max: [2, 2, 2] });
  for (const max of ['1 1 1', '2 2 1'])
    expect(faultOf(twice(max))).toBe(
      'line 5: DOMAIN_MIN or DOMAIN_MAX says another input range than LUT_3D_INPUT_RANGE',
    );
});

it('counts lines alike, however they end', () => {
  const broken = CUBE.replace('1 1 1', '1 1');
  for (const end of ['\n', '\r\n'])
    expect(faultOf(broken.replaceAll('\n', end))).toMatch(/^line 9: /);
});

it.each(['utf16le', 'utf16be'])('says that a file is UTF-16: %s', (order) => {
  const text = Buffer.from(`\uFEFF${CUBE}`, 'utf16le');
  const bytes = order === 'utf16le' ? text : text.swap16();
  expect(faultOf(bytes)).toBe('line 1: the text is UTF-16; save the file as UTF-8');
});

it('reads Resolve’s form: curves, then a cube, each with its range', () => {
  const rows = CURVES.split('\n').slice(1).join('\n');
  const head = 'LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE -1 2\nLUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0.0 4\n';
  const { curves, cube } = read(head + rows + CORNERS);
  expect(curves).toMatchObject({ size: 3, domain: { min: [-1, -1, -1], max: [2, 2, 2] } });
  expect(cube).toMatchObject({ size: 2, domain: { max: [4, 4, 4] } });
  expect(curves?.values[3]).toBe(0.5);
  expect(cube?.values[3]).toBe(1);
});

it.each([
  [CUBE.replace('1 0 0', '1 0'), 'line 3: 3 numbers are expected, not 2'],
  [CUBE.replace('1 0 0', '1,0 0 0'), 'line 3: number 1 is no decimal number'],
  [CUBE.replace('1 0 0', '1 nan 0'), 'line 3: number 2 is no decimal number'],
  [`${CUBE}0 0 0\n`, 'line 10: the table has more than 8 entries'],
  [CUBE.replace('1 1 1\n', ''), 'it ends after 7 of 8 entries'],
  [CUBE.slice(0, -2), 'line 9: 3 numbers are expected, not 2'],
  [`GAMMA 2\n${CUBE}`, 'line 1: it begins with no keyword of a .cube file'],
  [`${CUBE}TITLE "x"\n`, 'line 10: a keyword can’t come after the table has begun'],
  [
    `LUT_IN_VIDEO_RANGE\n${CUBE}`,
    'line 1: LUT_IN_VIDEO_RANGE states levels; remove the line and say lut_range in the JobSpec',
  ],
  ['LUT_3D_SIZE 1\n0 0 0\n', 'line 1: LUT_3D_SIZE must be a whole number from 2 to 129'],
  ['', 'it holds no table'],
])('says what is wrong: %j', (text, sentence) => {
  expect(faultOf(text)).toBe(sentence);
});

it.each([
  'db.example:5432:media:runner:S3cr3t\n',
  'https://runner:S3cr3t@git.example\n',
  'S3cr3t',
  'TITLE day 1\nS3cr3t 1 2 3\n',
  'LUT_3D_SIZE S3cr3t\n',
  'LUT_3D_SIZE 2 S3cr3t\n',
  'DOMAIN_MIN 0 0 S3cr3t\n',
  'LUT_3D_SIZE 2\n0 0 -S3cr3t\n',
  'LUT_3D_SIZE 2\n0 S3cr3t\n',
  'S3cr3t'.repeat(100),
])('repeats nothing of a file that may be no LUT: %j', (text) => {
  expect(faultOf(text)).not.toContain('S3cr3t');
});

/** What may be done to a good file so that no two programs need read it alike. */
function brokenFiles(): (string | Buffer)[] {
  const numbers = [
    'nan',
    'inf',
    '-inf',
    'Infinity',
    '1e999',
    '-1e9',
    '0x1',
    '1_0',
    '1,5',
    '1.2.3',
    '--1',
    '+',
    '.',
    'e5',
    '1e',
    '1f',
    '٣',
    '1;',
    '"1"',
    '70000',
  ];
  const inNumbers = numbers.flatMap((number) =>
    [0, 4, 7].flatMap((row) =>
      [0, 2].map((place) => {
        const rows = CORNERS.trimEnd()
          .split('\n')
          .map((line) => line.split(' '));
        (rows[row] as string[])[place] = number;
        return `LUT_3D_SIZE 2\n${rows.map((line) => line.join(' ')).join('\n')}\n`;
      }),
    ),
  );
  const sizes = [
    '0',
    '1',
    '-2',
    '2.0',
    '2 2',
    '130',
    '256',
    '65537',
    '1e1',
    'two',
    '',
    '٢',
    '0x2',
    '999999999999',
  ];
  const inSizes = sizes.flatMap((size) => [
    `LUT_3D_SIZE ${size}\n${CORNERS}`,
    `LUT_1D_SIZE ${size === '256' || size === '130' ? '65537' : size}\n${CORNERS}`,
  ]);
  const heads = [
    'LUT_3D_SIZE 2',
    'LUT_1D_SIZE 2',
    'TITLE a\nTITLE b',
    'DOMAIN_MIN 0 0',
    'DOMAIN_MIN 0 0 0 0',
    'DOMAIN_MIN 1 0 0',
    'DOMAIN_MAX 0 1 1',
    'DOMAIN_MAX nan 1 1',
    'DOMAIN_MIN 0 0 0\nDOMAIN_MIN 0 0 0',
    'LUT_3D_INPUT_RANGE 0',
    'LUT_3D_INPUT_RANGE 0 1 2',
    'LUT_3D_INPUT_RANGE 1 0',
    'LUT_3D_INPUT_RANGE 1 1',
    'LUT_1D_INPUT_RANGE 0 1',
    'DOMAIN_MIN 0 0 0.1\nLUT_3D_INPUT_RANGE 0 1',
    'LUT_2D_SIZE 2',
    'lut_3d_size 2',
    'LUT_OUT_VIDEO_RANGE',
    'LUT_IN_FULL_RANGE',
    '3DLUTSIZE 2',
    '<xml/>',
    '{',
    '// comment',
    '; comment',
    'LUT_3D_SIZE2',
    'Mesh 5 12',
    `TITLE ${'x'.repeat(300)}`,
    'A\u0000B',
    '\u0007',
    'INPUT_MIN 0',
    'DOMAIN_MIN',
    'DOMAIN_MAX',
  ];
  const cuts = Array.from({ length: CUBE.length - 2 }, (_, at) => CUBE.slice(0, at));
  const encoded = [
    Buffer.from(CUBE, 'utf16le'),
    Buffer.from(`\uFEFF${CUBE}`, 'utf16le'),
    Buffer.from([0x1f, 0x8b, 8, 0, 0]),
    Buffer.alloc(4096),
    CUBE.replaceAll('\n', ' '),
    CUBE.replaceAll(' ', '\u00a0'),
    CORNERS,
    `${CORNERS}LUT_3D_SIZE 2\n`,
    'LUT_3D_SIZE 2\n',
    '# nothing\n',
  ];
  return [
    ...inNumbers,
    ...inSizes,
    ...heads.map((head) => `${head}\n${CUBE}`),
    ...cuts,
    ...encoded,
  ];
}

it('refuses 200 broken files, each in a sentence', () => {
  const files = brokenFiles();
  expect(files.length).toBeGreaterThanOrEqual(200);
  for (const file of files) {
    const sentence = faultOf(file);
    expect(sentence).toMatch(/^(?:line \d+: |it )\S.{8,}$/);
    expect(sentence.length).toBeLessThan(250);
  }
});

it('reads whole or refuses whatever a byte is changed to', () => {
  const bytes = Buffer.from(CUBE);
  for (let at = 0; at < bytes.length; at++)
    for (const byte of [0, 9, 32, 35, 45, 46, 48, 57, 101, 200]) {
      const changed = Buffer.from(bytes);
      changed[at] = byte;
      let values: number | undefined;
      try {
        values = read(changed).cube?.values.length;
      } catch (error) {
        if (error instanceof CubeFault) continue;
        throw error;
      }
      expect(values).toBe(24);
    }
});

it('keeps no more than its bound of a file that never ends', () => {
  const reader = new CubeReader();
  const chunk = Buffer.alloc(1 << 20, '#');
  expect(() => {
    for (let n = 0; n < 200; n++) reader.take(chunk);
  }).toThrow('it is larger than 128 MiB');
});

it.each(['1', '-0.5', '+1.', '.5', '1e-3', '2.5E+4'])('%s is a number', (word) => {
  expect(isDecimal(word)).toBe(true);
});

it.each(['', '.', '1..2', '0x1', '1e', 'NaN', '1 '])('%j is none', (word) => {
  expect(isDecimal(word)).toBe(false);
});

it('a word is looked through once, however many digits it has', () => {
  expect(isDecimal(`${'1'.repeat(1_000_000)}x`)).toBe(false);
});
