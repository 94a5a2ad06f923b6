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
  const cause = {
    job,
    jobs: 2,
    source: null,
    lastGood: null,
    isNew: false,
    open: 3,
    unclear: 0,
    made: null,
  };
  const told = { ...cause, retried: 0, left: 0 };
  expect(said(CauseNote, { cause: { ...told, needed: { ...job, name: 'a.json' } } })).toContain(
    'Left open by a.json',
  );
  expect(said(CauseNote, { cause: { ...told, needed: null } })).not.toContain('Left open');
});

it('a cause names the clip of the same card that came through last', () => {
  const other = { folder: 'f', state: 'completed', name: 'good.json' };
  const lastGood = {
    name: 'A001C012.mov',
    at: new Date('2026-11-26T14:02:00').getTime(),
    job: other,
  };
  const job = { ...other, state: 'failed', failure_type: 'EngineError', outcome: NO_OUTCOME };
  const clips = { open: 1, unclear: 0, made: null, retried: 0, left: 0 };
  const cause = { job, jobs: 1, source: '/A001/C013.mov', isNew: false, needed: null, ...clips };
  const told = said(CauseNote, { cause: { ...cause, lastGood } });
  expect(told).toContain('Last good one of the same card: A001C012.mov');
  expect(said(CauseNote, { cause: { ...cause, lastGood: null } })).not.toContain('Last good');
});
