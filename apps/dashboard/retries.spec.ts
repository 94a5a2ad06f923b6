import { expect, it } from 'vitest';
import { OthersAsk } from './components/job/retried-steps.tsx';
import { CauseNote } from './components/overview/cause-note.tsx';
import { said } from './said.ts';

const outcome = {
  unmade: 3,
  open: 3,
  unclear: 0,
  good: 0,
  since: 0,
  before: 0,
  jobs: 0,
  by: null,
  retried: 0,
  retryJobs: 0,
  retries: [],
  unclearJobs: 0,
  unclearBy: null,
  isOwnUnclear: false,
};

it.each([
  [0, ''],
  [1, 'Take the sources that the retry asks for out of the JobSpec, too.'],
  [2, 'Take the sources that the retries ask for out of the JobSpec, too.'],
])('a job that is handed in beside %i retries must not ask for the same', (retryJobs, sentence) => {
  expect(said(OthersAsk, { outcome: { ...outcome, retryJobs } })).toBe(sentence);
});

it('a cause names the job that somebody is needed for, where that is not its latest', () => {
  const job = {
    folder: 'f',
    state: 'failed',
    name: 'b.json',
    failure_type: 'EngineError',
    outcome,
  };
  const cause = { job, jobs: 2, source: null, isNew: false, open: 3, unclear: 0, made: null };
  const told = { ...cause, retried: 0, left: 0 };
  expect(said(CauseNote, { cause: { ...told, needed: { ...job, name: 'a.json' } } })).toContain(
    'Left open by a.json',
  );
  expect(said(CauseNote, { cause: { ...told, needed: null } })).not.toContain('Left open');
});
