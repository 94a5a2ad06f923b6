import type { JobResult } from '@app/jobspec/result';
import { describe, expect, it } from 'vitest';
import { NO_RUNNER, type RunnerView } from '../jobs/folder-view.ts';
import type { JobRow } from '../jobs/job-row.ts';
import { restCommand, retryCommand } from './retry.ts';
import { keptSentence, resultSentence, undecidedSentence } from './sentences.ts';

const result = (facts: Partial<JobResult>) =>
  resultSentence({
    final_status: 'FAILED',
    failure_type: 'EngineError',
    total_clips: 3,
    completed_clips: 0,
    duration_seconds: 62,
    ...facts,
  } as JobResult);
const _recovery = { reason: '', recovered_at: '', original_path: '' };

describe('where a decided job stands', () => {
  it.each<[Partial<JobResult>, string]>([
    [
      { final_status: 'COMPLETED', total_clips: 1 },
      'The proxy is made and verified. It took 1 min 02 s.',
    ],
    [{ final_status: 'COMPLETED' }, 'All 3 proxies are made and verified. It took 1 min 02 s.'],
    [{ final_status: 'PARTIAL' }, 'The job was refused before any work began. No proxy was made.'],
    [{ total_clips: 0 }, 'The job failed after 1 min 02 s, before its first clip.'],
    [{}, 'The job stopped at clip 1 of 3 after 1 min 02 s. No proxy was published.'],
    [
      { completed_clips: 1 },
      'The job stopped at clip 2 of 3 after 1 min 02 s. The one proxy made before that is complete and verified.',
    ],
    [
      { completed_clips: 2 },
      'The job stopped at clip 3 of 3 after 1 min 02 s. The 2 proxies made before that are complete and verified.',
    ],
    [
      { failure_type: 'RunnerInterrupted' },
      'The runner was told to stop while it worked on this job. 0 of 3 clips had been made. No proxy was published.',
    ],
    [
      { failure_type: 'RunnerInterrupted', total_clips: 0, _recovery },
      'The runner ended while it worked on this job, and found it again at its next start. No proxy was published.',
    ],
  ])('%j', (facts, sentence) => {
    expect(result(facts)).toBe(sentence);
  });

  it('is told as it was while its folder is away', () => {
    const row = { final_status: 'COMPLETED', completed_clips: 3, total_clips: 3 } as JobRow;
    expect(keptSentence(row)).toBe(
      'The folder can’t be read now. When it could, the job was completed, with 3 of 3 clips made.',
    );
  });
});

const undecided = (state: JobRow['state'], runner: Partial<RunnerView>, isAway = false) =>
  undecidedSentence(
    { state, name: 'a.json', problem: null } as JobRow,
    { ...NO_RUNNER, ...runner },
    isAway,
  );

describe('where a job without a verdict stands', () => {
  it.each<[JobRow['state'], Partial<RunnerView>, string]>([
    ['pending', {}, 'The job waits, but no runner is at work on this folder.'],
    [
      'pending',
      { state: 'paused', reason: 'No space left.' },
      'The job waits, because the runner is paused: No space left.',
    ],
    [
      'pending',
      { state: 'paused' },
      'The job waits, because the runner is paused: it gives no reason.',
    ],
    [
      'pending',
      { state: 'running' },
      'The job waits for a free worker. Jobs are taken in the order of their names.',
    ],
    [
      'running',
      { state: 'silent' },
      'The job was being worked on when its runner fell silent. The next start of the runner will record it as interrupted.',
    ],
    ['running', { state: 'running' }, 'The runner checks the job before it starts.'],
  ])('%s, %j', (state, runner, sentence) => {
    expect(undecided(state, runner)).toBe(sentence);
  });

  it('is not known while its folder is away', () => {
    expect(undecided('running', { state: 'silent' }, true)).toBe(
      'When the folder could last be read, the job lay in running/. What became of it since is not known.',
    );
  });
});

it('hands a job to the runner again, and only then removes its old files', () => {
  expect(retryCommand('/srv/watch', 'a.json')).toBe(
    'watch-folder-runner submit /srv/watch/failed/a.json /srv/watch && rm /srv/watch/failed/a.json /srv/watch/failed/a.result.json',
  );
});

it('hands in the rest of a job that made something, and keeps what tells of that', () => {
  expect(restCommand('/w', 'a.json')).toBe(
    'cp -n /w/failed/a.json ./rest-of-a.json && "${EDITOR:-vi}" ./rest-of-a.json && watch-folder-runner submit ./rest-of-a.json /w && rm ./rest-of-a.json',
  );
});
