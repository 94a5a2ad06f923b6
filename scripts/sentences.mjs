// npm run sentences [-- --check]: writes docs/sentences.md, every sentence that the product says, from the code; or says whether it is
// as the code has it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = `${root}docs/sentences.md`;

/** Who speaks, and where. */
const SPEAKERS = {
  'What jobs are refused for': 'libs/jobspec/src',
  'What is said of media': 'libs/engines/src',
  'The runner and its commands': 'apps/runner/src',
  'The dashboard': 'apps/dashboard',
  'Scripts of the checkout': 'scripts',
};

/** Not said by the product, or to nobody who uses it: tests, what is built, and what writes documents. */
const SILENT =
  /node_modules|\.next\/|\.spec\.|\/testing\/|\.d\.ts|-(document|section)\.ts|scripts\/(bundle|house|licenses|prose|sentences|write-schemas)/;

/** For programs: queries, styles, markup, arguments, lists of codes. */
const CODE =
  /^(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WITH|FROM|WHERE|VALUES|LEFT JOIN) |\bSELECT | AS \w+,| = \?|^[-.#<@(]\?|^[-.#<@]|^trap |^body\{|[;{]$|=>|default-src|^\w\w:\w{3} |^phase info |^clip\.\w+ |^coalesce\(| \|\| |^body |^if .* else$|^[\w.]+(, [\w.]+){3,}$/;

const HEADER = `# Every sentence that the product says

Written by \`npm run sentences\` from the code; \`npm run check\` compares. For whoever reads them all at once: to mend them, or to translate
them. What stands in braces is filled in.
`;

const isText = (node) =>
  ts.isStringLiteral(node) ||
  ts.isNoSubstitutionTemplateLiteral(node) ||
  ts.isTemplateExpression(node) ||
  ts.isJsxText(node);
const isSum = (node) =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken;

/** What a literal, a template or a sum of them says. */
function textOf(node) {
  if (isSum(node)) return textOf(node.left) + textOf(node.right);
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(
      ({ expression, literal }) => nameOf(expression) + literal.text,
    );
    return node.head.text + spans.join('');
  }
  return isText(node) ? node.text : nameOf(node);
}

/** Methods that change only how something looks. */
const OF_FORM = /^(to[A-Z]\w+|join|map|filter|slice|trim)$/;

/** What is filled in, by its name: of a call the name of what it shows. */
function nameOf(node) {
  if (ts.isIdentifier(node)) return `{${node.text}}`;
  if (ts.isPropertyAccessExpression(node))
    return node.name.text === 'length' ? `{number of ${bare(node.expression)}}` : nameOf(node.name);
  if (!ts.isCallExpression(node)) return '{…}';
  const { expression, arguments: shown } = node;
  if (ts.isPropertyAccessExpression(expression) && OF_FORM.test(expression.name.text))
    return nameOf(expression.expression);
  return nameOf(shown.at(0) ?? expression);
}

const bare = (node) => nameOf(node).slice(1, -1);

/** Has two words or more, three with what is filled in. */
function isSentence(text) {
  const plain = text.replaceAll(/\{[^}]*\}/g, ' ').trim();
  const words = plain.match(/(?<=^|[\s"'(])[A-Za-z][a-z']*(?=$|[\s"',.:;!?)])/g) ?? [];
  const filled = text.match(/\{[^}]*\}/g) ?? [];
  return words.length >= 2 && words.length + filled.length >= 3 && !CODE.test(plain);
}

/** Where texts are for programs. */
const isElsewhere = (node) =>
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node) ||
  ts.isTypeNode(node) ||
  (ts.isJsxAttribute(node) && /^(className|style|d|viewBox|href|id)$/.test(node.name.getText()));

/** Of the Resolve driver, whose texts stand on one line each. */
function pythonSentences(text) {
  const literals = text.replaceAll(/"""[^]*?"""/g, '').matchAll(/"((?:[^"\\\n]|\\.)+)"/g);
  return Array.from(literals, ([, said]) => said.replaceAll(/%[sdg]/g, '{…}')).filter(isSentence);
}

function sentencesOf(path) {
  const text = readFileSync(`${root}${path}`, 'utf8');
  if (path.endsWith('.py')) return pythonSentences(text);
  const found = new Set();
  const visit = (node) => {
    if (isElsewhere(node)) return;
    const isPart = isSum(node.parent ?? node) && (isText(node) || isSum(node));
    if (!isPart && (isText(node) || isSum(node))) {
      const said = textOf(node).replaceAll(/\s+/g, ' ').trim();
      if (isSentence(said)) found.add(said);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return [...found];
}

/** In a document these are only signs. */
const escaped = (text) => text.replaceAll(/[\\`*_[\]<>|]/g, String.raw`\$&`);

/** The sentences of a folder and of those in it, by the folder of their file. */
function sectionOf([title, folder]) {
  const paths = readdirSync(`${root}${folder}`, { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.(tsx?|mjs|cts|py)$/.test(path) && !SILENT.test(path))
    .sort();
  const rooms = new Map();
  for (const path of paths) {
    const room = dirname(path);
    rooms.set(room, [...(rooms.get(room) ?? []), ...sentencesOf(path)]);
  }
  const parts = [...rooms]
    .filter(([, sentences]) => sentences.length > 0)
    .map(([room, sentences]) => {
      const lines = [...new Set(sentences)].map((sentence) => `- ${escaped(sentence)}`);
      return `### \`${room}\`\n\n${lines.join('\n')}\n`;
    });
  return `## ${title}\n\n${parts.join('\n')}`;
}

const written = [HEADER, ...Object.entries(SPEAKERS).map(sectionOf)].join('\n');
const text = await format(written, { parser: 'markdown', proseWrap: 'preserve' });
if (!process.argv.includes('--check')) writeFileSync(document, text);
else if (readFileSync(document, 'utf8') !== text) {
  console.error('docs/sentences.md has other sentences than the code: npm run sentences');
  process.exitCode = 1;
}
