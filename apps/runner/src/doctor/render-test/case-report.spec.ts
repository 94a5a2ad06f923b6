import { JobFailure } from '@app/jobspec';
import { expect, it } from 'vitest';
import { anonymous } from './case-report.ts';

const failure = (driver_code: string) =>
  new JobFailure('resolve_failed', {
    driver_code,
    phase: 'project',
    said: 'The project Secret film is open in Resolve.',
    hint: 'Save it.',
  });

it.each(['PROJECT_OPEN', 'RESOLVE_BUSY', 'PROJECT_CREATE'])(
  'a report names no project, however the driver words it: %s',
  (code) => {
    expect(anonymous(failure(code))).toBe(`${code} in phase project. Save it.`);
  },
);

it('a report has the whole sentence of any other failure', () => {
  expect(anonymous(failure('RENDER_FAILED'))).toBe(failure('RENDER_FAILED').message);
});
