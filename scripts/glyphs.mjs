// node scripts/glyphs.mjs BDF…: writes libs/engines/src/burn-in/spleen.ts from fonts of Spleen (https://github.com/fcambus/spleen), one
// for each size, the smallest first: spleen-8x16.bdf spleen-12x24.bdf spleen-16x32.bdf. Takes those characters that all of them have.
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

const target = new URL('../libs/engines/src/burn-in/spleen.ts', import.meta.url);
/** Latin, Greek, Cyrillic, and what typesetters use. */
const WANTED = [
  [0x20, 0x7e],
  [0xa1, 0x17f],
  [0x386, 0x3ce],
  [0x401, 0x45f],
  [0x490, 0x491],
  [0x2010, 0x2026],
  [0x20ac, 0x20ac],
  [0x2116, 0x2122],
];
const COLUMNS = 96;

const fonts = process.argv.slice(2).map((path) => readFont(readFileSync(path, 'latin1')));
if (fonts.length === 0)
  throw new Error('Name the fonts: spleen-8x16.bdf spleen-12x24.bdf spleen-16x32.bdf');
const codes = WANTED.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index),
).filter((code) => fonts.every(({ glyphs }) => glyphs.has(code)));
const bytes = fonts.flatMap(({ glyphs }) => codes.flatMap((code) => glyphs.get(code)));
const packed = deflateRawSync(Buffer.from(bytes), { level: 9 }).toString('base64');
const lines = packed.match(new RegExp(`.{1,${COLUMNS}}`, 'g'));

writeFileSync(
  target,
  `// Written by scripts/glyphs.mjs from Spleen ${fonts[0].version}, a font of bitmaps. Its notice, which must stay with it:
// ${fonts[0].copyright}. BSD 2-Clause, see docs/THIRD_PARTY_LICENSES.md.

/** Pixels of a cell, of each size, and the characters that all of them have. */
export const SPLEEN = {
  sizes: ${JSON.stringify(fonts.map(({ width, height }) => ({ width, height })))},
  codes: ${JSON.stringify(ranges(codes))},
  /** Base64 of deflated bytes: of each size, of each character, row after row, eight pixels a byte. */
  bitmaps: [
${lines.map((line) => `    '${line}',`).join('\n')}
  ].join(''),
} as const;
`,
);

function readFont(text) {
  const [, width, height, , descent] = /^FONTBOUNDINGBOX (\d+) (\d+) (-?\d+) (-?\d+)/m
    .exec(text)
    .map(Number);
  const glyphs = new Map();
  for (const [, code, box, rows] of text.matchAll(
    /^ENCODING (\d+)\n[^]*?^BBX (.*)\nBITMAP\n([^]*?)ENDCHAR/gm,
  )) {
    if (box !== `${width} ${height} 0 ${descent}`)
      throw new Error(`a glyph of another size: ${code}`);
    glyphs.set(
      Number(code),
      rows
        .trim()
        .split('\n')
        .flatMap((row) => Array.from(Buffer.from(row, 'hex'))),
    );
  }
  const version = /^FONT_VERSION "(.*)"/m.exec(text)[1];
  const copyright = /^COPYRIGHT "(.*)"/m.exec(text)[1];
  return { width, height, glyphs, version, copyright };
}

/** Codes as ranges, first and last. */
function ranges(codes) {
  const found = [];
  for (const code of codes) {
    const last = found.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else found.push([code, code]);
  }
  return found;
}
