// npm run licenses [-- --check]: writes docs/THIRD_PARTY_LICENSES.md from the lockfile, or checks that it is up to date. Fails if a
// package has a licence that isn't listed below.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = `${root}docs/THIRD_PARTY_LICENSES.md`;

/** Licences allowed in a project under MIT, with their conditions. */
const PERMISSIVE = 'keep the notice';
const ALLOWED = {
  '0BSD': 'nothing',
  'Apache-2.0': PERMISSIVE,
  'BlueOak-1.0.0': PERMISSIVE,
  'BSD-2-Clause': PERMISSIVE,
  'BSD-3-Clause': PERMISSIVE,
  'CC-BY-4.0': 'name the source; it covers data about browsers, no code',
  'CC0-1.0': 'nothing',
  ISC: PERMISSIVE,
  'LGPL-3.0-or-later': 'must stay a separate, replaceable library; used only by the dashboard',
  MIT: PERMISSIVE,
  'MPL-2.0': 'changes to its own files are published; there are none',
  'OFL-1.1': 'fonts, not sold by themselves',
  'Python-2.0': 'keep the notice, and say what was changed; nothing is',
};

const SPLEEN_NOTICE = `> Copyright (c) 2018-2026, Frederic Cambus. All rights reserved.
>
> Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met:
>
> - Redistributions of source code must retain the above copyright notice, this list of conditions and the following disclaimer.
> - Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the
>   documentation and/or other materials provided with the distribution.
>
> THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO,
> THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
> CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO,
> PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF
> LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
> SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.`;

/** Licences of packages that don't name one in package.json. */
const NAMED_ELSEWHERE = { 'node_modules/format': 'MIT' };

const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
const runner = closure('', closureOf(bundled()));
const dashboard = new Set([...closure('apps/dashboard')].filter((path) => !runner.has(path)));
const others = Object.keys(packages).filter(
  (path) => path.includes('node_modules/') && !packages[path].link,
);
const developers = new Set(others.filter((path) => !runner.has(path) && !dashboard.has(path)));

const text = `# Third-party licences

Written by \`npm run licenses\` from \`package-lock.json\`; a test checks that it is up to date. watch-folder-runner itself is under the
MIT licence. FFmpeg is run as a program of its own: neither the runner nor the dashboard contains it. The container image has an FFmpeg built from Debian's sources,
which is under the GPL.

| licence | condition |
| --- | --- |
${Object.entries(ALLOWED)
  .map(([license, duty]) => `| ${license} | ${duty} |`)
  .join('\n')}

## Glyphs

Burnt-in text is drawn with bitmaps of the font Spleen (<https://github.com/fcambus/spleen>), BSD-2-Clause, which \`scripts/glyphs.mjs\` writes
to \`libs/engines/src/burn-in/spleen.ts\`.

${SPLEEN_NOTICE}

## In the runner
${table(runner)}
## In the dashboard

Image libraries (\`@img/…\`) are optional dependencies of Next.js, one for each platform.
${table(dashboard)}
## For developers only
${table(developers)}`;

if (!process.argv.includes('--check')) writeFileSync(document, text);
else if (readFileSync(document, 'utf8') !== text) {
  console.error('docs/THIRD_PARTY_LICENSES.md is not up to date. Run "npm run licenses".');
  process.exitCode = 1;
}

/** Packages that the product imports. They are part of its bundle, so npm doesn't install them with it. */
function bundled() {
  const sources = ['apps/runner/*.ts', 'libs/*.ts', ':!*.spec.ts', ':!*/testing/*'];
  const argv = ['grep', '-hoE', "(from|import)[ (]'[^./@][^']*'|from '@[^']+'", '--', ...sources];
  const imports = execFileSync('git', argv, { cwd: root, encoding: 'utf8' });
  return Object.keys(packages[''].devDependencies).filter((name) => imports.includes(`'${name}`));
}

/** All dependencies of a package in the lockfile, including optional and peer dependencies. */
function closure(start, found = new Set()) {
  const { dependencies, optionalDependencies, peerDependencies } = packages[start];
  const needed = { ...dependencies, ...optionalDependencies, ...peerDependencies };
  return closureOf(Object.keys(needed), start, found);
}

function closureOf(names, start = '', found = new Set()) {
  for (const name of names) {
    const path = locate(name, start);
    if (path === undefined || found.has(path)) continue;
    found.add(path);
    closure(path, found);
  }
  return found;
}

/** Resolves a package as Node does: in the nearest node_modules, upwards. */
function locate(name, from) {
  for (let folder = from; ; folder = folder === '' ? '.' : dirname(folder)) {
    const path = posix.join(folder, 'node_modules', name);
    if (packages[path] !== undefined) return path;
    if (folder === '.') return undefined;
  }
}

function table(paths) {
  const licenses = sorted([...paths].map(licenseOf));
  const lines = licenses.map((license) => {
    const members = [...paths].filter((path) => licenseOf(path) === license);
    return `| ${license} | ${sorted(members.map(title)).join(', ')} |`;
  });
  return `\n| licence | packages |\n| --- | --- |\n${lines.join('\n')}\n`;
}

/** Distinct texts, in an order that doesn't depend on the locale. */
function sorted(texts) {
  return [...new Set(texts)].sort((a, b) => (a < b ? -1 : 1));
}

/** Name and version of a package. */
function title(path) {
  return `${path.replace(/.*node_modules\//, '')} ${packages[path].version}`;
}

/** @throws Error for a licence that isn't in the table */
function licenseOf(path) {
  const license = packages[path].license ?? NAMED_ELSEWHERE[path] ?? 'none';
  const unknown = license.split(' AND ').find((part) => !(part in ALLOWED));
  if (unknown === undefined) return license;
  throw new Error(
    `${path} has the licence "${unknown}". Look at it, then add it to ${import.meta.url}.`,
  );
}
