import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** So many words of a sentence that follow each other are a quotation. */
const WORDS = 4;
const FILLED_IN = /\{[^}]*\}/u;

/** Every sentence that the dashboard says, from the document that is written from the code. */
function sentences(): string[] {
  const document = readFileSync(join(root, 'docs/sentences.md'), 'utf8');
  const [, section = ''] = /^## The dashboard\n(.*?)^## /msu.exec(document) ?? [];
  const said = section
    .replaceAll(/\n {2}/gu, ' ')
    .split('\n')
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2).replaceAll(/\\(?=\W|_)/gu, ''));
  return [...new Set(said)];
}

/** What the specs of the dashboard hold, with the signs of regular expressions and of string literals taken out. */
function specs(): string {
  const texts = ['apps/dashboard', 'test/dashboard'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.spec.ts') && !/node_modules|\.next|^sentences/u.test(name))
      .map((name) => readFileSync(join(root, folder, name), 'utf8')),
  );
  return plain(texts.join('\n').replaceAll(/['`] \+\s*['`]/gu, ''));
}

const plain = (text: string) => text.replaceAll(/\\(?=\W)/gu, '').replaceAll(/\s+/gu, ' ');

function isQuoted(sentence: string, quotes: string): boolean {
  const parts = plain(sentence)
    .split(FILLED_IN)
    .map((part) => part.trim());
  const longest = parts.map((part) => part.split(' ')).toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return false;
  if (longest.length >= WORDS)
    return longest
      .slice(WORDS - 1)
      .some((_, at) => quotes.includes(longest.slice(at, at + WORDS).join(' ')));
  const fixed = parts
    .filter((part) => part !== '')
    .map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`));
  return new RegExp(fixed.join('.{0,40}?'), 'u').test(quotes);
}

/** What claims nothing: names of things, and what leads somewhere. */
const LABELS = [
  'Report of {…}',
  'Report of today',
  'What Resolve was asked for',
  'Proxy of {source}',
  'Pages of clips',
  'Picked up as',
  'Mistakes in the JobSpec',
  'Checks that failed',
  'Checks that passed',
  'Jobs without clips',
  'All jobs in',
  'All of it as JSON',
  'more, in the JobSpec',
  'What the engine said',
  'Time of each clip. {told}.',
  'Pages of the list',
  'A week ago',
  'Free where the watch folders lie',
  'Latest failures, by cause',
  'All failed jobs',
  'Waiting now, by how long',
  'Wait before the start, last {SPEED_HOURS} hours',
  '{title}: {…} completed, {…} failed{…}. {…}',
  'Today by the hour, {timeZone}',
  'How clips are shown',
  '{label}, no picture',
  'Print this page, or save it as PDF, with the browser.',
  'Clips of {dir}',
  'Proxy and its xxHash64',
  'Read-only. Times are in your time zone, days in',
  'Find a clip, a card or a job',
  'What the watch folders hold: which proxies are made, what failed, and why.',
];

/** What the browser says, when it lets nobody copy. */
const NOT_QUOTED = ['Not allowed here'];

/** Where the API is described to programs. */
const DESCRIPTIONS = [
  'http/openapi.ts',
  'http/openapi-outcome.ts',
  'http/openapi-schemas.ts',
  'query/filters.ts',
];

describe('every sentence of the dashboard', () => {
  const [said, quotes] = [sentences(), specs()];

  it('is quoted by a spec, or claims nothing', () => {
    const described = DESCRIPTIONS.map((name) =>
      plain(readFileSync(join(root, 'apps/dashboard/lib', name), 'utf8')),
    ).join('\n');
    const isDescription = (sentence: string) =>
      described.includes(sentence.split(FILLED_IN)[0] ?? sentence);
    const others = new Set([...LABELS, ...NOT_QUOTED]);
    const missing = said.filter(
      (sentence) =>
        !others.has(sentence) && !isDescription(sentence) && !isQuoted(sentence, quotes),
    );
    expect(said.length).toBeGreaterThan(200);
    expect(missing).toEqual([]);
  });

  it('that needs no spec is still said', () => {
    expect([...LABELS, ...NOT_QUOTED].filter((sentence) => !said.includes(sentence))).toEqual([]);
  });
});
