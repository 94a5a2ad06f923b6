import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, ROOT } from './blocks.ts';

const decisions = documents().filter((document) => document.startsWith('docs/decisions/'));

describe('a decision', () => {
  it.each(decisions)('has its number in its heading: %s', (document) => {
    const number = Number(/(\d{4})-/.exec(document)?.[1]);
    expect(readFileSync(join(ROOT, document), 'utf8')).toMatch(new RegExp(`^# ${number}\\. `));
  });
});
