import { expect, it } from 'vitest';
import { memoryIndex } from '../../testing/memory-index.ts';
import { NO_FACTS, type FoundClip } from '../index/clip-row.ts';
import { clipsOfJob } from '../query/clip-rows.ts';
import { jobReferred } from '../query/job-rows.ts';
import { jobWithoutResult } from './found-job.ts';

const SPEC = { job_id: 'day', sources: ['/m/a.mov', '/m/b.mov', 'no path'], requested: null };

it.each([
  ['pending', 'WAITING', null],
  ['running', 'WAITING', null],
  ['completed', 'UNKNOWN', 'Its result is gone.'],
  ['failed', 'UNKNOWN', 'Its result is gone.'],
] as const)('clips of a job without a result in %s are %s', (state, status, reason) => {
  const { facts, clips } = jobWithoutResult(state, 7, SPEC, reason);
  expect(facts).toMatchObject({ job_id: 'day', total_clips: 3, problem: reason, when: 7 });
  expect(facts.cause).toBe(reason && 'unknown');
  expect(clips.map(({ source_path, ...clip }) => [source_path, clip.status])).toEqual([
    ['/m/a.mov', status],
    ['/m/b.mov', status],
  ]);
  for (const clip of clips)
    expect(clip).toMatchObject({ failure_type: null, failure_reason: reason });
});

it('texts that look like numbers stay as they are in the index', () => {
  for (const text of ['007', '1e3', '0x10', '12.50', ' 7', '9007199254740993']) {
    const job = { job_id: text, failure_reason: text, problem: text } as const;
    const clip: FoundClip = {
      ...NO_FACTS,
      source_path: `/m/${text}`,
      output_path: text,
      kind: text,
      status: 'FAILED',
      when: 1,
      failure_reason: text,
      timecode: text,
      output_xxh64: text,
      reel: text,
    };
    const index = memoryIndex([{ state: 'failed', base: text, facts: job, clips: [clip] }]);
    const found = jobReferred(index, { folder: 'f', state: 'failed', name: `${text}.json` });
    expect(found).toMatchObject({ name: `${text}.json`, ...job });
    if (found === null) throw new Error('Expected a job');
    expect(clipsOfJob(index, found)).toMatchObject([clip]);
  }
});
