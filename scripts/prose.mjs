// npm run prose: holds what people read against a few rules: sentences of bounded length, no filler words, none of our own riddles.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TextlintKernel } from '@textlint/kernel';
import markdown from '@textlint/textlint-plugin-markdown';
import sentenceLength from 'textlint-rule-sentence-length';
import stopWords from 'textlint-rule-stop-words';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Written by programs, from tables and lists of others. */
const WRITTEN = /ENGINE_CAPABILITIES|THIRD_PARTY_LICENSES|-matrix|presets/;
const LONGEST_SENTENCE = 180;

/** Words that only we understand, and longer ones than are needed. */
const WORDS = [
  ['contract violation', 'mistake'],
  ['without mercy', ''],
  ['outside of', 'outside'],
  ['in order to', 'to'],
  ['due to the fact that', 'because'],
  ['prior to', 'before'],
  ['is able to', 'can'],
  ['are able to', 'can'],
  ['a number of', 'some'],
  ['in the event of', 'if'],
  ['utilize', 'use'],
  ['leverage', 'use'],
  ['simply', ''],
  ['obviously', ''],
  ['of course', ''],
];

const rule = (ruleId, module, options) => ({ ruleId, rule: module.default ?? module, options });
const words = (exclude) =>
  rule('stop-words', stopWords, { defaultWords: false, words: WORDS, exclude });
const length = rule('sentence-length', sentenceLength, { max: LONGEST_SENTENCE });

const documentsIn = (folder) =>
  readdirSync(`${root}${folder}`)
    .filter((name) => name.endsWith('.md') && !WRITTEN.test(name))
    .map((name) => `${folder}/${name}`);
const documents = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
  ...documentsIn('docs'),
  ...documentsIn('docs/decisions'),
];
const kernel = new TextlintKernel();
for (const name of documents) {
  // What the product says has whole screens of help in it, and a beginning that programs look for.
  const isList = name.endsWith('/sentences.md');
  const rules = isList ? [words(['contract violation'])] : [words([]), length];
  const plugins = [{ pluginId: 'markdown', plugin: markdown.default ?? markdown }];
  const text = readFileSync(`${root}${name}`, 'utf8');
  const { messages } = await kernel.lintText(text, { ext: '.md', plugins, rules });
  for (const { line, column, message } of messages) {
    console.error(`${name}:${line}:${column}: ${message.split('\n', 1)[0]}`);
    process.exitCode = 1;
  }
}
