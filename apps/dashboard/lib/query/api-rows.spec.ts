import { expect, it } from 'vitest';
import { CLIP_FACTS } from '../index/clip-row.ts';
import { CLIP_COLUMNS } from './api-rows.ts';

it('a clip tells all that the index knows of it, but for what only pages show', () => {
  const told = new Set<string>(CLIP_COLUMNS);
  expect(CLIP_FACTS.filter((fact) => !told.has(fact))).toEqual(['media_seconds', 'frames']);
});
