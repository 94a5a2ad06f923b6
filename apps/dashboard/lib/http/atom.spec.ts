import { expect, it } from 'vitest';
import type { JobRow } from '../jobs/job-row.ts';
import { atomFeed } from './atom.ts';

const by = { folder: 'f', state: 'completed' as const, name: 'b.json' };
const outcome = {
  unmade: 1,
  open: 0,
  good: 1,
  since: 1,
  before: 0,
  jobs: 1,
  by,
  retried: 0,
  retryJobs: 0,
  retries: [],
  unclear: 0,
  unclearJobs: 0,
  unclearBy: null,
  isOwnUnclear: false,
};
const row = {
  folder: 'f',
  state: 'failed',
  name: 'a.json',
  final_status: 'FAILED',
  problem: null,
  failure_type: 'EngineError',
  failure_reason: 'FFmpeg exited with code 1',
  completed_clips: 1,
  total_clips: 2,
  when: 0,
  outcome,
} as unknown as JobRow;

it('says of a failure that it was made good', () => {
  expect(atomFeed([row], 'http://x', '/feed.xml')).toContain(
    '<summary>The engine gave up on a clip; its file may be damaged. FFmpeg exited with code 1. 1 of 2 clips made in f. Made good since by b.json.</summary>',
  );
  expect(atomFeed([{ ...row, outcome: null }], 'http://x', '/feed.xml')).toContain(
    '<summary>The engine gave up on a clip; its file may be damaged. FFmpeg exited with code 1. 1 of 2 clips made in f.</summary>',
  );
});
