// node scripts/house.mjs [--write]: checks all imports against .dependency-cruiser.mjs, and the diagrams in docs/rooms.md
// against the code; --write updates the diagrams.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import rules, { ROOMS } from '../.dependency-cruiser.mjs';

const START = '<!-- rooms: written by node scripts/house.mjs -->\n';
const END = '<!-- end of rooms -->\n';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const DOCUMENT = 'docs/rooms.md';
const roots = Object.keys(ROOMS);

const tsConfig = extractTsConfig('tsconfig.json');
const { options, forbidden } = rules;
const validated = { ...options, validate: true, ruleSet: { forbidden } };
const { output } = await cruise(roots, validated, {}, { tsConfig });
const modules = output.modules.filter(
  ({ source }) => rootOf(source) !== undefined && /\.tsx?$/.test(source),
);

const violations = output.summary.violations.map(
  ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
);
// Diagrams of forbidden imports would be useless, and a circle can't be drawn.
const problems = violations.length > 0 ? violations : documentProblems();
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function documentProblems() {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [before, rest = ''] = text.split(START);
  const after = rest.slice(rest.indexOf(END) + END.length);
  const drawn = `${before}${START}\n${[packages(), ...roots.map(diagram)].join('\n')}\n${END}${after}`;
  if (drawn === text) return [];
  if (!process.argv.includes('--write'))
    return [`${DOCUMENT} draws other rooms than the code has: node scripts/house.mjs --write`];
  writeFileSync(DOCUMENT, drawn);
  return [];
}

/** Diagram of the packages and their imports. */
function packages() {
  const arrows = new Map(roots.map((root) => [root, new Set()]));
  for (const [from, to] of imports())
    if (rootOf(from) !== rootOf(to)) arrows.get(rootOf(from)).add(rootOf(to));
  return section('The packages', arrows);
}

/** Diagram of the rooms of one package and their imports. */
function diagram(root) {
  const arrows = new Map(ROOMS[root].map((room) => [room, new Set()]));
  for (const [from, to] of imports()) {
    const isInside = rootOf(from) === root && rootOf(to) === root;
    if (isInside && roomOf(from) !== roomOf(to)) arrows.get(roomOf(from)).add(roomOf(to));
  }
  return section(`\`${root}\``, arrows);
}

function imports() {
  return modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ resolved }) => rootOf(resolved) !== undefined)
      .map(({ resolved }) => [source, resolved]),
  );
}

/** Section with a diagram. An arrow is left out if a chain of others leads to the same room. */
function section(title, arrows) {
  const reaches = (from, to) =>
    [...arrows.get(from)].some((next) => next === to || reaches(next, to));
  const isShown = (from, to) =>
    ![...arrows.get(from)].some((next) => next !== to && reaches(next, to));
  const lines = [...arrows].flatMap(([from, targets]) =>
    [...targets].filter((to) => isShown(from, to)).map((to) => `  ${node(from)} --> ${node(to)}`),
  );
  return `${title}:\n\n\`\`\`mermaid\nflowchart TD\n${lines.sort().join('\n')}\n\`\`\`\n`;
}

function node(room) {
  if (room === '.') return 'top';
  const name = room.replace('/**', '');
  return name.includes('/') ? `${name.replaceAll('/', '_')}["${name}"]` : name;
}

function rootOf(file) {
  return roots.find((root) => file.startsWith(`${root}/`));
}

function roomOf(file) {
  const root = rootOf(file);
  const folder = file.slice(root.length + 1).replace(/\/?[^/]+$/, '') || '.';
  const room = ROOMS[root].find(
    (name) =>
      name === folder || (name.endsWith('**') && `${folder}/`.startsWith(name.slice(0, -2))),
  );
  if (room === undefined) throw new Error(`${file} is in no room of .dependency-cruiser.mjs`);
  return room;
}
