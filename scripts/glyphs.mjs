// node scripts/glyphs.mjs spleen-8x16.bdf: writes libs/engines/src/burn-in/spleen.ts from a font of Spleen (https://github.com/fcambus/spleen).
import { readFileSync, writeFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';

const target = new URL('../libs/engines/src/burn-in/spleen.ts', import.meta.url);
/** Ranges of code points: Latin, Greek, Cyrillic, and typographic characters. */
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

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Name the font: spleen-8x16.bdf');
const { width, height, glyphs, version, copyright } = readFont(readFileSync(path, 'latin1'));
const codes = WANTED.flatMap(([from, to]) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index),
).filter((code) => glyphs.has(code));
const bytes = codes.flatMap((code) => glyphs.get(code));
const packed = deflateRawSync(Buffer.from(bytes), { level: 9 }).toString('base64');
const lines = packed.match(new RegExp(`.{1,${COLUMNS}}`, 'g'));

writeFileSync(
  target,
  `// Written by scripts/glyphs.mjs from Spleen ${version}, a font of bitmaps. Its notice, which must stay with it:
// ${copyright}. BSD 2-Clause, see docs/THIRD_PARTY_LICENSES.md.

/** Cell size in pixels, and the available characters. */
export const SPLEEN = {
  width: ${width},
  height: ${height},
  /** Ranges of codes, first and last. */
  codes: [
${shown(ranges(codes).match(/.{1,96}(?= |$)/g))}
  ].join(' '),
  /** Base64 of deflated bytes: each character row by row, eight pixels a byte. */
  bitmaps: [
${shown(lines)}
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

/** Codes as ranges. */
function ranges(codes) {
  const found = [];
  for (const code of codes) {
    const last = found.at(-1);
    if (last?.at(-1) === code - 1) last[1] = code;
    else found.push([code]);
  }
  return found.map((range) => range.join('-')).join(' ');
}

/** Lines of an array of strings. */
function shown(lines) {
  return lines.map((line) => `    '${line.trim()}',`).join('\n');
}
