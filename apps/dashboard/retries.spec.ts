import { expect, it } from 'vitest';
import { OthersAsk } from './components/job/retried-steps.tsx';
import { CauseNote } from './components/overview/cause-note.tsx';
import { NO_OUTCOME, said } from './said.ts';

it.each([
  [0, ''],
  [1, 'Take the sources that the retry asks for out of the JobSpec, too.'],
  [2, 'Take the sources that the retries ask for out of the JobSpec, too.'],
])('a job that is handed in beside %i retries must not ask for the same', (retryJobs, sentence) => {
  expect(said(OthersAsk, { outcome: { ...NO_OUTCOME, retryJobs } })).toBe(sentence);
});

it('a cause names the job that somebody is needed for, where that is not its latest', () => {
  const job = {
    folder: 'f',
    state: 'failed',
    name: 'b.json',
    failure_type: 'EngineError',
    outcome: NO_OUTCOME,
  };
  const cause = { job, jobs: 2, source: null, isNew: false, open: 3, unclear: 0, made: null };
  const told = { ...cause, retried: 0, left: 0 };
  expect(said(CauseNote, { cause: { ...told, needed: { ...job, name: 'a.json' } } })).toContain(
    'Left open by a.json',
  );
  expect(said(CauseNote, { cause: { ...told, needed: null } })).not.toContain('Left open');
});
