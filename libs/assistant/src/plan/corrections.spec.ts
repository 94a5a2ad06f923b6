import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KnownClip } from '../lists/clip-list.ts';
import { Refusal } from '../refusal/refusal.ts';
import { Corrections } from './corrections.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdl-'));
});
afterAll(() => rm(folder, { recursive: true }));

const NODES = `<SOPNode><Slope>1.1 1 0.9</Slope><Offset>0 -0.01 0</Offset><Power>1 1 1.2</Power></SOPNode>
  <SatNode><Saturation>0.8</Saturation></SatNode>`;
const CDL = { slope: [1.1, 1, 0.9], offset: [0, -0.01, 0], power: [1, 1, 1.2], saturation: 0.8 };
const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;
const CC = xml(`<ColorCorrection id="A001C003">${NODES}</ColorCorrection>`);
const FILES: Record<string, string> = {
  'A001C003.cc': CC.replace('A001C003', 'cc0001'),
  'day.ccc': xml(
    `<ColorCorrectionCollection xmlns="urn:ASC:CDL:v1.01"><ColorCorrection id="A001C003">${NODES}</ColorCorrection></ColorCorrectionCollection>`,
  ),
  'day.cdl': xml(
    `<ColorDecisionList xmlns="urn:ASC:CDL:v1.01"><ColorDecision><MediaRef ref="file:///card/A001C003.mov"/><ColorCorrection id="x">${NODES}</ColorCorrection></ColorDecision></ColorDecisionList>`,
  ),
  'day.ale': `Heading\nFIELD_DELIM\tTABS\nFPS\t24\n\nColumn\nName\tTape\tStart\tEnd\tASC_SOP\tASC_SAT\n\nData\nA001C003\tA001\t01:00:00:00\t01:00:05:00\t(1.1 1 0.9)(0 -0.01 0)(1 1 1.2)\t0.8\n`,
  'cut.edl': `TITLE: cut\n001  A001R1AB V     C        01:00:01:00 01:00:02:00 00:00:00:00 00:00:01:00\n*ASC_SOP (1.1 1 0.9) (0 -0.01 0) (1 1 1.2)\n*ASC_SAT 0.8\n`,
};
const clip: KnownClip = {
  file: 'A001C003.mov',
  reel: 'A001R1AB',
  start: '01:00:00:00',
  rate: { numerator: 24, denominator: 1 },
  seconds: 5,
};

async function read(name: string, text: string | Uint8Array) {
  const path = join(folder, name);
  await writeFile(path, text);
  return Corrections.read(path);
}

describe('CDLs of clips', () => {
  it.each(Object.entries(FILES))('are read from %s', async (name, text) => {
    const corrections = await read(name, text);
    expect(corrections.of(clip)).toEqual({ cdl: CDL });
    const other = { ...clip, file: 'B002C001.mov', reel: 'B002', start: '02:00:00:00' };
    expect(corrections.of(other)).toEqual({ cdl: null });
  });

  it('are a saturation alone, or slope, offset and power', async () => {
    const sat = xml(
      '<ColorCorrection id="A001C003"><SatNode><Saturation>0.5</Saturation></SatNode></ColorCorrection>',
    );
    const unchanged = { slope: [1, 1, 1], offset: [0, 0, 0], power: [1, 1, 1] };
    expect((await read('sat.cc', sat)).of(clip)).toEqual({
      cdl: { ...unchanged, saturation: 0.5 },
    });
    const sop = CC.replace(/<SatNode>.*<\/SatNode>/s, '');
    expect((await read('sop.cc', sop)).of(clip)).toEqual({ cdl: { ...CDL, saturation: 1 } });
  });

  it('are none where two differ, and one where they are the same', async () => {
    const twice = (second: string) =>
      xml(
        `<ColorCorrectionCollection><ColorCorrection id="A001C003">${NODES}</ColorCorrection><ColorCorrection id="A001C003">${second}</ColorCorrection></ColorCorrectionCollection>`,
      );
    expect((await read('twice.ccc', twice(NODES))).of(clip)).toEqual({ cdl: CDL });
    const corrections = await read('two.ccc', twice(NODES.replace('0.8', '0.9')));
    expect(corrections.of(clip)).toEqual({
      conflict: `${corrections.file} has two CDLs for it that differ, entries 1 and 2: leave one`,
    });
  });
});

/** Ways to break a file, each of them of one kind. */
const BREAKS: readonly ((text: string) => string)[] = [
  ...[
    '',
    '1 1',
    '1 1 1 1',
    '1 1 x',
    '1,1',
    'NaN 1 1',
    '0x10 1 1',
    '-1 1 1',
    '101 1 1',
    'Infinity 1 1',
    '1e400 1 1',
    '1 1 1;',
    '١ 1 1',
  ].map((numbers) => (text: string) => text.replace('1.1 1 0.9', numbers)),
  ...['', '1', '0 0 x', '200 0 0', '--1 0 0', '0 0 0 0', '1.0.0 0 0'].map(
    (numbers) => (text: string) => text.replace('0 -0.01 0', numbers),
  ),
  ...['', '1', '0 1 1', '-1 1 1', '1 1 101', '1 1 1 1'].map(
    (numbers) => (text: string) => text.replace('1 1 1.2', numbers),
  ),
  ...['x', '-1', '101', '1 1', '0x1', 'NaN', '0,8', '0.8 x', '1e3', '--1'].map(
    (number) => (text: string) => text.replace('0.8', number),
  ),
  (text) => text.slice(0, text.length / 2),
  () => '',
  () => ' \n',
  () => '\u0000\u0001\u0002',
  () => '<',
  () => '<html><body>404</body></html>',
];
/** And of XML alone. */
const XML_BREAKS: readonly ((text: string) => string)[] = [
  ...['Slope', 'Offset', 'Power', 'SOPNode', 'Saturation', 'SatNode', 'ColorCorrection'].flatMap(
    (tag) => [
      (text: string) => text.replace(`</${tag}>`, ''),
      (text: string) => text.replaceAll(new RegExp(`<(/?)${tag}\\b`, 'g'), '<$1Other'),
      (text: string) =>
        tag === 'ColorCorrection'
          ? '<!DOCTYPE a>' + text
          : text.replace(new RegExp(`<${tag}>.*?</${tag}>`, 's'), (found) => found + found),
      (text: string) => text.replace(`</${tag}>`, `<Further/></${tag}>`),
    ],
  ),
  (text) => text.replace(/<\/ColorDecision>/, '<ColorCorrectionRef ref="x"/></ColorDecision>'),
];

describe('a broken file of CDLs', () => {
  const cases = Object.entries(FILES).flatMap(([name, text]) =>
    [...BREAKS, ...(text.startsWith('<') ? XML_BREAKS : [])]
      .map((change, at) => [`${at}-${name}`, change(text)] as const)
      .filter(([, broken]) => broken !== text),
  );

  it('has one sentence, and is never half read', async () => {
    const told = await Promise.all(
      cases.map(
        async ([name, text]) => [name, await refusalOf(await written(name, text))] as const,
      ),
    );
    expect(told.filter(([, lines]) => lines === null)).toEqual([]);
    for (const [, lines] of told) {
      expect(lines).toHaveLength(1);
      expect(lines?.[0]).toMatch(/^\/\S+ (is|has|holds|names|refers|can't) .* Give --cdl a \.cc/);
      expect(lines?.[0]).not.toMatch(/undefined|null|\[object|\p{Cc}/u);
      expect(lines?.[0]?.length).toBeLessThan(400);
    }
    expect(cases.length).toBeGreaterThanOrEqual(200);
  });

  it.each([
    ['<ColorCorrection id="a\n\u202e\u009b"/>', String.raw`for "a\n\u202e\u009b"`],
    [`<${'x'.repeat(5000)}></y>`, 'is not readable XML: '],
  ])('is told on one line, whatever it holds: %#', async (text, part) => {
    const [line] = (await refusalOf(await written('hostile.cc', text))) ?? [];
    expect(line).toContain(part);
    expect(line).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(line?.length).toBeLessThan(400);
  });

  it('of an EDL says colours once for each clip', async () => {
    const edl = FILES['cut.edl'] ?? '';
    const own = (sat: string) =>
      `${edl}*ASC_SOP (1.1 1 0.9) (0 -0.01 0) (1 1 1.2)\n*ASC_SAT ${sat}\n`;
    const corrections = await read('other.edl', own('0.9'));
    expect(corrections.of(clip)).toMatchObject({ conflict: expect.stringContaining('differ') });
    expect((await read('same.edl', own('0.8'))).of(clip)).toEqual({ cdl: CDL });
    const empty = await refusalOf(await written('empty.edl', edl.replace(' 0.8', '')));
    expect(empty?.[0]).toContain('has "" for saturation in line 2');
  });

  async function refusalOf(path: string): Promise<readonly string[] | null> {
    try {
      await Corrections.read(path);
      return null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.lines;
    }
  }

  async function written(name: string, text: string) {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }
});
