import { expect, it } from 'vitest';
import type { JobRow } from '../jobs/job-row.ts';
import { atomFeed } from './atom.ts';

const outcome = { missing: 1, open: 0, isMadeGood: true, by: null };
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

it('says of a failure that its proxies are there, whenever they were made', () => {
  expect(atomFeed([row], 'http://x', '/feed.xml')).toContain(
    '<summary>Engine gave up. FFmpeg exited with code 1. 1 of 2 clips made in f. A proxy of each of its clips is there.</summary>',
  );
  const open = { ...row, outcome: { ...outcome, open: 1, isMadeGood: false } };
  expect(atomFeed([open], 'http://x', '/feed.xml')).toContain('1 of 2 clips made in f.</summary>');
  const unread = { ...row, outcome: { ...outcome, isMadeGood: false } };
  expect(atomFeed([unread], 'http://x', '/feed.xml')).toContain(
    '1 of 2 clips made in f.</summary>',
  );
});
