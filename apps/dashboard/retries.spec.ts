import { describe, expect, it } from 'vitest';
import { NextSteps } from './components/job/next-steps.tsx';
import { OthersAsk, Retried } from './components/job/retried-steps.tsx';
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

describe('what to do about a job whose clips failed in another one since', () => {
  const job = { folder: 'f', state: 'failed' as const, name: 'again.json' };
  const row = {
    ...job,
    name: 'first.json',
    problem: null,
    outcome: { ...NO_OUTCOME, unmade: 2, open: 2 },
  };
  const result = { failure_type: 'EngineError', completed_clips: 1 };
  const told = (clips: number) =>
    said(NextSteps, {
      job: {
        row,
        result,
        later: { clips, jobs: [job] },
        left: { total: 2, names: ['b.mov', 'c.mov'] },
      },
      folderPath: '/w',
    });

  it('is on the page of that one, when it tried all of them', () => {
    expect(told(2)).toBe(
      'What to do nextGo on from another job: it tried since what is open here, and failed, too. Its page says why, and what to hand in: again.json',
    );
  });

  it('is told with it, when it tried some', () => {
    expect(told(1)).toContain(
      '1 clip that is open failed again since, or was not reached. See first why: again.json',
    );
    expect(told(1)).toContain('rest-of-first.json');
  });

  it('are all named, when several tried parts', () => {
    const later = { clips: 2, jobs: [job, { ...job, name: 'part.json' }] };
    const left = { total: 0, names: [] };
    expect(said(NextSteps, { job: { row, result, later, left }, folderPath: '/w' })).toContain(
      'Go on from other jobs: they tried since what is open here, and failed, too. Their pages say why, and what to hand in: again.json, part.json',
    );
  });

  it('names what is left to make, where something has to be taken out', () => {
    const steps = (completed_clips: number, of: object, total = 2, isNumbered = false) => {
      const outcome = { ...NO_OUTCOME, unmade: 3, open: 2, ...of };
      const failure = { failure_type: 'OutputCollisionError', completed_clips };
      const left = { total, names: ['b.mov', 'c.mov'] };
      const found = { row: { ...row, outcome }, result: failure, later: null, left, isNumbered };
      return said(NextSteps, { job: found, folderPath: '/w' });
    };
    const sentence = 'Keep only the sources of what is left to make: b.mov, c.mov';
    expect(steps(1, {})).toContain(`${sentence}.`);
    expect(steps(0, { since: 1 }, 9)).toContain(`${sentence} and 7 more.`);
    const numbers = 'Its naming_template holds {index}, which begins again in the copy';
    expect(steps(1, {})).not.toContain(numbers);
    expect(steps(1, {}, 2, true)).toContain(numbers);
    expect(steps(0, { since: 1 })).toContain('rest-of-first.json');
    expect(steps(0, {})).not.toContain(sentence);
    expect(steps(0, {})).not.toContain('rest-of-first.json');
    expect(steps(0, { before: 1 })).toContain(
      'What is in the way is a finished proxy of the same clip, which another job made. Leave it where it is.',
    );
  });
});

it.each([
  [1, 'Start a runner for the folder that it waits in.'],
  [2, 'Start a runner for the folders that they wait in.'],
])('%i retries that nobody works on are to be started', (retryJobs, sentence) => {
  const waits = { folder: 'f', state: 'pending', name: 'b.json', isAtWork: false };
  const outcome = { ...NO_OUTCOME, open: 1, retried: 1, retryJobs, retries: [waits] };
  expect(said(Retried, { outcome })).toContain(sentence);
});
