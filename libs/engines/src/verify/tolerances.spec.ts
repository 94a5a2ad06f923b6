import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CONTENT_TOLERANCES } from '../content/measure/tolerances.ts';
import { TOLERANCES } from './tolerances.ts';

const DOCUMENT = readFileSync(new URL('../../../../docs/verification.md', import.meta.url), 'utf8');

it.each(Object.entries({ ...TOLERANCES, ...CONTENT_TOLERANCES }))(
  'docs/verification.md gives %s as %d',
  (name, value) => {
    const row = DOCUMENT.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    expect(row?.split('|')[2]?.trim().split(' ')[0]).toBe(String(value));
  },
);
