import { expect, it } from 'vitest';
import { CLIP_FACTS } from '../index/clip-row.ts';
import { JOB_FACTS } from '../index/job-row.ts';
import { CLIP_COLUMNS, JOB_COLUMNS } from './api-rows.ts';

it('a clip tells all that the index knows of it, but for what only pages show', () => {
  const told = new Set<string>(CLIP_COLUMNS);
  expect(CLIP_FACTS.filter((fact) => !told.has(fact))).toEqual(['media_seconds', 'frames']);
});

it('a job does, too', () => {
  const told = new Set<string>(JOB_COLUMNS);
  expect(JOB_FACTS.filter((fact) => !told.has(fact))).toEqual(['problem', 'kind']);
});
