// npm run lines [-- FOLDER]: counts the product's lines of code in this checkout, or in another: without blank lines, comments and tests.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const folder = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const PACKAGES = ['apps/runner', 'libs/engines', 'libs/jobspec', 'apps/dashboard'];
const PRODUCT = /\.(ts|tsx|cts|py|css)$/;
const NO_PRODUCT =
  /node_modules|\.next\/|\.spec\.|\/testing\/|\.d\.ts$|\.config\.|\/__snapshots__\//;

let all = 0;
for (const name of PACKAGES) {
  const counts = { ts: 0, py: 0, css: 0 };
  for (const path of execFileSync('git', ['ls-files', name], {
    cwd: folder,
    encoding: 'utf8',
  }).split('\n')) {
    if (!PRODUCT.test(path) || NO_PRODUCT.test(path)) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    const kind = /\.(py|css)$/.exec(path)?.[1] ?? 'ts';
    counts[kind] += kind === 'ts' ? linesOfTypeScript(text, path) : linesOfText(text, kind);
  }
  all += counts.ts + counts.py + counts.css;
  const rest = ['py', 'css'].filter((kind) => counts[kind] > 0);
  const others = rest.map((kind) => ` + ${counts[kind]} ${kind}`).join('');
  console.log(`${name}: ${counts.ts}${others}`);
}
console.log(`all: ${all}`);

/** Lines on which a token stands: comments and blank lines have none. */
function linesOfTypeScript(text, path) {
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
  const comments = kind === 'py' ? /^\s*#.*$|^\s*"""[\s\S]*?"""\s*$/gm : /\/\*[\s\S]*?\*\//g;
  return text
    .replace(comments, '')
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}
