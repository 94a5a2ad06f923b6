import type { JobState } from '@app/jobspec/folder';
import { describe, expect, it } from 'vitest';
import { bareRow, resultRow, type JobRow } from '../index/job-row.ts';
import { narrowResult } from '../index/narrow-result.ts';
import { matchingClips } from './matching-clips.ts';

const SPEC = { job_id: 'a', sources: ['/m/A1.mov', '/m/A2.mov', '/m/A3.mov', '/m/A4.mov'] };
const reference = (state: JobState) => ({ folder: 'w', state, name: 'a.json', modifiedAt: 0 });
const bare = (state: JobState, overrides: Partial<JobRow> = {}): JobRow => ({
  ...bareRow(reference(state), SPEC, null),
  ...overrides,
});
const fates = (row: JobRow) => matchingClips(row, '.mov', 9).first.map(({ fate }) => fate);

function decided(result: object): JobRow {
  const facts = { job_id: 'a', final_status: 'FAILED', total_clips: 4, ...result };
  return resultRow(reference('failed'), narrowResult(facts), SPEC);
}

const made = { status: 'COMPLETED', source_path: '/m/A1.mov', resolved_output_path: '/p/A1.mov' };
const failed = { status: 'FAILED', source_path: '/m/A2.mov', resolved_output_path: '/p/A2.mov' };

describe('what became of a clip', () => {
  it.each([
    ['waits', bare('pending'), ['waiting', 'waiting', 'waiting', 'waiting']],
    [
      'runs',
      bare('running', { completed_clips: 2, clip: 3 }),
      ['made', 'made', 'being made', 'waiting'],
    ],
    [
      'runs no longer, as its runner is silent',
      bare('running', { completed_clips: 2 }),
      ['made', 'made', 'unknown', 'unknown'],
    ],
    ['has no readable result', bare('failed'), ['unknown', 'unknown', 'unknown', 'unknown']],
    [
      'failed at a clip',
      decided({ clips: [made, failed] }),
      ['made', 'failed', 'not made', 'not made'],
    ],
    [
      'was cut off between clips',
      decided({ clips: [made] }),
      ['made', 'not made', 'not made', 'not made'],
    ],
  ])('whose job %s', (_, row, expected) => {
    expect(fates(row)).toEqual(expected);
  });
});
