import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CubeFault, CubeReader, lookSteps, codeLevels, ShowLut, type Lut } from '@app/engines';
import { CDL_LIMITS, type JobCdl } from '@app/jobspec';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cdlOf, Corrections, linesOf } from '../../apps/runner/src/plan/corrections.ts';
import { Refusal } from '../../apps/runner/src/text/index.ts';
import { useTemporaryFolder } from '../support/temporary-folder.ts';
import { FUZZ_TIMEOUT } from './budget.ts';
import { fuzz } from './fuzz.ts';

const temporary = useTemporaryFolder();

/** A sentence that a terminal shows on one line, whatever the file held. */
const SENTENCE = /^[^\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]{10,400}$/u;

const number = fc.oneof(
  fc.double({ min: -2, max: 4, noNaN: true }).map((value) => value.toFixed(4)),
  fc.constantFrom('0', '1', '-.5', '+1.', '1e-3', '0.5E0'),
);
/** What breaks whoever trusts it: no numbers, words of the files themselves, and what moves a terminal's cursor. */
const NO_NUMBERS = 'nan inf 1e999 -1e9 0x1 1,5 --1 70000 ٣'.split(' ');
const WORDS_OF_FILES =
  '<b/>;</Slope>;id="x";TITLE;LUT_3D_SIZE 2;LUT_1D_SIZE 65536;DOMAIN_MAX 1 1 1;Data;ASC_SOP;*ASC_SAT;*ASC_SOP (1 1 1)';
const HOSTILE = [
  ...NO_NUMBERS,
  ...WORDS_OF_FILES.split(';'),
  ...'(|)|#|*|/|<|>|"|é|\0|\t|\r|\n| |\u202E|\u2028|\u009B|'.split('|'),
  '&amp;',
  '\u001B[2J',
];
const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 5 }), number);

type Edit = (text: string) => string;
const put = (by: RegExp, where: number, change: (piece: string) => string): Edit => {
  return (text) => {
    const pieces = text.split(by);
    const at = where % pieces.length;
    return pieces.map((piece, place) => (place === at ? change(piece) : piece)).join('');
  };
};
const WORDS = /([\s()<>]+)/;
const LINES = /(?<=\n)/;
const CHARACTERS = /(?:)/;
const edit: fc.Arbitrary<Edit> = fc
  .record({ by: fc.constantFrom(WORDS, LINES, CHARACTERS), where: fc.nat(5000), what: hostile })
  .chain(({ by, where, what }) =>
    fc.constantFrom<Edit>(
      put(by, where, () => what),
      put(by, where, (piece) => piece + what),
      put(by, where, (piece) => piece + piece),
      (text) =>
        text
          .split(by)
          .slice(0, where % 200)
          .join(''),
    ),
  );
/** What somebody means, and what became of its text. */
const edited = <T extends { text: string }>(whole: fc.Arbitrary<T>) =>
  fc.tuple(whole, fc.array(edit, { maxLength: 3 })).map(([meant, edits]) => ({
    meant,
    text: edits.reduce((text, change) => change(text), meant.text),
    isWhole: edits.length === 0,
  }));
type Edited<T = object> = { meant: T; text: string; isWhole: boolean };

const rows = (count: number) =>
  fc.array(fc.tuple(number, number, number), { minLength: count, maxLength: count });
const textOf = (found: readonly (readonly string[])[]) =>
  found.map((row) => `${row.join(' ')}\n`).join('');

const cubes = fc
  .record({
    curves: fc.constantFrom(0, 2, 5),
    cube: fc.constantFrom(0, 2, 3),
    end: fc.constantFrom('\n', '\r\n'),
  })
  .filter(({ curves, cube }) => curves + cube > 0)
  .chain(({ curves, cube, end }) =>
    fc
      .record({
        head: fc.constantFrom('', '# é\n', 'TITLE "a"\n\n', '\uFEFF'),
        domain: fc.constantFrom(
          '',
          ...(curves > 0 && cube > 0 ? [] : ['DOMAIN_MIN -1 0 0\nDOMAIN_MAX 1 2 1.5\n']),
          ...(cube > 0 ? ['LUT_3D_INPUT_RANGE -0.5 2\n'] : ['LUT_1D_INPUT_RANGE 0 2\n']),
        ),
        table: rows(curves + cube ** 3),
      })
      .map(({ head, domain, table }) => {
        const sizes = [
          curves > 0 && `LUT_1D_SIZE ${curves}\n`,
          cube > 0 && `LUT_3D_SIZE ${cube}\n`,
        ];
        const text =
          head + sizes.filter((size) => size !== false).join('') + domain + textOf(table);
        return { text: text.replaceAll('\n', end) };
      }),
  );

/** @returns a sentence for a file that is refused. */
function readCube(bytes: Buffer, piece: number): Lut | string {
  const reader = new CubeReader();
  try {
    for (let at = 0; at < bytes.length; at += piece) reader.take(bytes.subarray(at, at + piece));
    return reader.finish();
  } catch (error) {
    if (error instanceof CubeFault) return error.message;
    throw error;
  }
}

/** Every number of every row of a `.cube` file, by the plainest of readers. */
function entriesOf(text: string): number[] {
  const isRow = (line: string) => /^\s*[-+.\d]/.test(line);
  return text
    .split('\n')
    .filter(isRow)
    .flatMap((line) => line.trim().split(/\s+/).map(Number));
}

/** What is wrong with how a `.cube` file was read or refused; `null` where nothing is. */
function wrongInCube({ text, isWhole }: Edited, read: Lut | string) {
  if (typeof read === 'string') return wrongInRefusal([`It can't be used: ${read}`], isWhole);
  const { curves, cube } = read;
  const values = [...(curves?.values ?? []), ...(cube?.values ?? [])];
  if (values.length !== 3 * ((curves?.size ?? 0) + (cube?.size ?? 0) ** 3)) return 'half a table';
  const wanted = Float32Array.from(entriesOf(text));
  if (values.some((value, at) => value !== wanted[at])) return 'other numbers';
  if (values.length !== wanted.length) return 'not every number';
  const [levels, lut] = [codeLevels(10, false), new ShowLut('', read)];
  const { steps } = lookSteps({ cdl: null, lut, levels: 'video' }, levels, levels);
  const isFinite = steps.every(
    (step) => step.kind !== 'cube' || step.cube.values.every(Number.isFinite),
  );
  return isFinite ? null : 'codes that are no numbers';
}

function wrongInRefusal(lines: readonly string[], isWhole: boolean) {
  if (isWhole) return `a whole file is refused: ${lines.join()}`;
  return lines.length === 1 && SENTENCE.test(lines[0] ?? '')
    ? null
    : `no sentence: ${lines.join()}`;
}

test(
  'a .cube file is read whole or refused in a sentence, in whatever pieces it comes',
  FUZZ_TIMEOUT,
  async () => {
    const files = fc.record({ file: edited(cubes), piece: fc.integer({ min: 1, max: 300 }) });
    await fuzz(
      'cubes',
      files,
      ({ file, piece }) => {
        const bytes = Buffer.from(file.text);
        const read = readCube(bytes, piece);
        expect(readCube(bytes, bytes.length + 1)).toEqual(read);
        expect(wrongInCube(file, read)).toBeNull();
      },
      300,
    );
  },
);

const between = (key: keyof typeof CDL_LIMITS, most: number) =>
  fc
    .double({ min: CDL_LIMITS[key].least, max: most, noNaN: true, noDefaultInfinity: true })
    .map((value) => Number(value.toFixed(4)) + 0)
    .filter((value) => value >= CDL_LIMITS[key].least);
const triple = (key: 'slope' | 'offset' | 'power') =>
  fc.tuple(between(key, 4), between(key, 4), between(key, 4));
const cdl: fc.Arbitrary<JobCdl> = fc.record({
  slope: triple('slope'),
  offset: triple('offset'),
  power: triple('power'),
  saturation: between('saturation', 4),
});

const nodes = ({ slope, offset, power, saturation }: JobCdl) =>
  `<SOPNode><Slope>${slope.join(' ')}</Slope><Offset>${offset.join(' ')}</Offset><Power>${power.join(' ')}</Power></SOPNode>\n<SatNode><Saturation>${saturation}</Saturation></SatNode>`;
const sop = ({ slope, offset, power }: JobCdl) =>
  `(${slope.join(' ')})(${offset.join(' ')})(${power.join(' ')})`;
/** A list of one clip in each of the forms that `--cdl` takes. */
const FORMS: readonly ((cdl: JobCdl) => string)[] = [
  (cdl) => `<?xml version="1.0"?>\n<ColorCorrection id="A001">\n${nodes(cdl)}</ColorCorrection>\n`,
  (cdl) =>
    `<ColorCorrectionCollection xmlns="urn:ASC:CDL:v1.01">\n<ColorCorrection id="A001">${nodes(cdl)}</ColorCorrection></ColorCorrectionCollection>\n`,
  (cdl) =>
    `<ColorDecisionList><ColorDecision>\n<MediaRef ref="A001.mov"/><ColorCorrection id="x">${nodes(cdl)}</ColorCorrection></ColorDecision></ColorDecisionList>\n`,
  (cdl) =>
    `Heading\nFIELD_DELIM\tTABS\nFPS\t24\n\nColumn\nName\tASC_SOP\tASC_SAT\tTape\n\nData\nA001\t${sop(cdl)}\t${cdl.saturation}\tA001\n`,
  (cdl) =>
    `TITLE: a\n001  A001 V     C        01:00:01:00 01:00:02:00 00:00:00:00 00:00:01:00\n*ASC_SOP ${sop(cdl)}\n*ASC_SAT ${cdl.saturation}\n`,
];
const cdls = fc
  .record({ cdl, form: fc.constantFrom(...FORMS) })
  .map(({ cdl, form }) => ({ cdl, text: form(cdl) }));

const numbersIn = ({ slope, offset, power, saturation }: JobCdl) =>
  [slope, offset, power, saturation].flat();

/** What is wrong with how a file of CDLs was read or refused; `null` where nothing is. */
async function wrongInCdls({ meant, text, isWhole }: Edited<{ cdl: JobCdl }>) {
  const path = join(temporary.path, 'A001.cc');
  await writeFile(path, text);
  try {
    await Corrections.read(path);
  } catch (error) {
    if (error instanceof Refusal) return wrongInRefusal(error.lines, isWhole);
    throw error;
  }
  const read = linesOf(Buffer.from(text), 'A001').map(cdlOf);
  if (isWhole && JSON.stringify(read) !== JSON.stringify([meant.cdl])) return 'another CDL';
  // A sign may follow the key of a note at once.
  const values = text.replaceAll(/^\*ASC_SAT/gm, ' ');
  const there = new Set([0, 1, ...values.split(/[\s,()<>]+/).map(Number)]);
  const isThere = (one: JobCdl | null) =>
    one === null || numbersIn(one).every((value) => there.has(value));
  return read.every(isThere) ? null : 'numbers that stand nowhere';
}

test('a file of CDLs is read as it stands or refused in a sentence', FUZZ_TIMEOUT, async () => {
  await fuzz('CDLs', edited(cdls), async (file) => expect(await wrongInCdls(file)).toBeNull(), 300);
});
