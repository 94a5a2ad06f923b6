// npm run lines [-- FOLDER]: counts the product's lines of code in this checkout or in FOLDER, without blank lines, comments and tests.
// The product is what package and images contain: the compiled apps and libraries, and the code that is shipped as it is.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const folder = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const COMPILED = [
  'apps/runner',
  'apps/dashboard',
  'libs/jobspec',
  'libs/engines',
  'libs/storage',
  'libs/assistant',
];
const PRODUCT = /\.(ts|tsx|cts|mjs|py|css|sh)$/;
const NO_PRODUCT = /\.spec\.|\/testing\/|\.d\.ts$/;

const COMMENTS = {
  py: /^\s*#.*$|^\s*"""[\s\S]*?"""\s*$/gm,
  sh: /^\s*#(?!!).*$/gm,
  css: /\/\*[\s\S]*?\*\//g,
};

let all = 0;
for (const name of [...COMPILED, ...shippedAsItIs()]) {
  const counts = { ts: 0, mjs: 0, sh: 0, py: 0, css: 0 };
  for (const path of filesOf(name)) {
    if (!PRODUCT.test(path) || NO_PRODUCT.test(path)) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    const kind = /\.(mjs|py|css|sh)$/.exec(path)?.[1] ?? 'ts';
    const isScript = kind === 'ts' || kind === 'mjs';
    counts[kind] += isScript ? linesOfScript(text, path) : linesOfText(text, kind);
  }
  const parts = Object.entries(counts).filter(([, lines]) => lines > 0);
  if (parts.length === 0) continue;
  for (const [, lines] of parts) all += lines;
  console.log(`${name}: ${parts.map(([kind, lines]) => `${lines} ${kind}`).join(' + ')}`);
}
console.log(`all: ${all}`);

/** Files that package.json names in `files`, or that the last stage of an image copies out of the checkout. */
function shippedAsItIs() {
  const { files } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const images = filesOf('docker/*.Dockerfile').map((path) =>
    readFileSync(join(folder, path), 'utf8'),
  );
  const lastStages = images.map((text) => text.slice(text.lastIndexOf('\nFROM '))).join('\n');
  const copied = [...lastStages.matchAll(/^COPY (?!--from)(.+) \S+$/gm)];
  const names = copied.flatMap(([, sources]) => sources.split(' '));
  return [...new Set([...files.filter((name) => !name.startsWith('!')), ...names])];
}

function filesOf(name) {
  const listed = execFileSync('git', ['ls-files', name], { cwd: folder, encoding: 'utf8' });
  return listed.split('\n').filter(Boolean);
}

/** Number of lines with a token; blank lines and comments have none. */
function linesOfScript(text, path) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const lines = new Set();
  const mark = (node) => {
    if (ts.isJSDoc(node)) return;
    const parts = node.getChildren(file);
    parts.forEach(mark);
    if (parts.length > 0) return;
    const [from, to] = [node.getStart(file), node.getEnd()];
    if (to === from) return;
    const last = file.getLineAndCharacterOfPosition(to - 1).line;
    for (let line = file.getLineAndCharacterOfPosition(from).line; line <= last; line++)
      lines.add(line);
  };
  mark(file);
  return lines.size;
}

function linesOfText(text, kind) {
  return text
    .replace(COMMENTS[kind], '')
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}
