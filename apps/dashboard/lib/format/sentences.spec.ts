import { expect, it } from 'vitest';
import { NO_RUNNER, type RunnerView } from '../jobs/folder-view.ts';
import type { JobRow } from '../jobs/job-row.ts';
import { undecidedSentence } from './sentences.ts';

it('a job that waits says what it waits for', () => {
  const waiting = { state: 'pending', problem: null } as JobRow;
  const running: RunnerView = { ...NO_RUNNER, state: 'running' };
  const said = (runner: RunnerView) => undecidedSentence(waiting, runner, false);
  expect(said(running)).toMatch(/^It waits for a free worker/u);
  expect(said({ ...running, held: 'no space left on /proxies' })).toBe(
    'It waits. The runner holds some jobs back: no space left on /proxies.',
  );
  expect(said({ ...running, state: 'paused', reason: '/media is away' })).toMatch(
    /paused: \/media is away/u,
  );
  expect(said(NO_RUNNER)).toMatch(/no runner is at work/u);
});
