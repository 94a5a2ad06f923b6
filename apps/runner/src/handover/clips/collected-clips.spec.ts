import { describe, expect, it } from 'vitest';
import { asRead, clipResult, jobResult } from '../../../../../test/support/job-result.ts';
import { collectClips } from './collected-clips.ts';
import type { EndedJob } from './selected-results.ts';

const job = (name: string, overrides: Parameters<typeof jobResult>[0]): EndedJob => ({
  name,
  result: asRead(jobResult({ job_id: name, ...overrides })),
  planned: null,
});
const broken = clipResult('B', {
  status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: 'it is cut',
});
const failed = job('first', {
  final_status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: 'it is cut',
  clips: [clipResult('A'), broken],
  total_clips: 5,
});

describe('what is handed over', () => {
  it('has the proxies of a failed job too, and says what was not begun', () => {
    const { made, failed: failures } = collectClips([failed]);
    expect(made.map(({ proxy }) => proxy)).toEqual(['/proxies/day01/A_proxy.mov']);
    expect(failures).toMatchObject([{ source: broken.source_path, notMade: 3, job: 'first' }]);
  });

  it('forgets a failure that was made good, but not the clips that nobody has begun', () => {
    const good = job('second', { clips: [clipResult('B')] });
    const { made, failed: failures } = collectClips([failed, good]);
    expect(made).toHaveLength(2);
    expect(failures).toMatchObject([{ source: null, notMade: 3 }]);
  });

  it('names a clip once that fails again, and what another job has made is not left', () => {
    const planned = ['A', 'B', 'C', 'D'].map((name) => {
      const { source_path: source, resolved_output_path: proxy } = clipResult(name);
      return { source, proxy };
    });
    const rest = job('rest', { clips: [clipResult('C')] });
    const again = { ...failed, name: 'again', planned: planned.slice(1, 2) };
    const { failed: failures } = collectClips([{ ...failed, planned }, rest, again]);
    expect(failures.map(({ source, notMade, job: name }) => [source, notMade, name])).toEqual([
      [null, 1, 'first'],
      [broken.source_path, 0, 'again'],
    ]);
  });

  it('names the source that a job was refused for', () => {
    const planned = ['A', 'B', 'C'].map((name) => ({ source: name, proxy: `${name}.mov` }));
    const refused = job('refused', {
      final_status: 'PARTIAL',
      failure_type: 'MissingSourcesError',
      failure_reason: 'Missing source files: B',
      clips: [],
      total_clips: 3,
    });
    const { failed: failures } = collectClips([{ ...refused, planned }]);
    expect(failures).toMatchObject([{ source: 'B', notMade: 2 }]);
  });

  it('forgets all failures of a job that was completed later', () => {
    const again = job('first', { clips: ['B', 'C', 'D', 'E'].map((name) => clipResult(name)) });
    expect(collectClips([failed, again]).failed).toEqual([]);
  });

  it('lists a proxy once, as the latest result has it', () => {
    const later = clipResult('A', { output_size_bytes: 7 });
    const { made } = collectClips([failed, job('second', { clips: [later] })]);
    expect(made.map(({ job: name, bytes }) => [name, bytes])).toEqual([['second', 7]]);
  });

  it('says what no result tells with null', () => {
    const { made } = collectClips([job('old', { clips: [clipResult('A', { verification: [] })] })]);
    expect(made).toMatchObject([
      { rate: null, start: null, end: null, reel: null, channels: null },
    ]);
  });
});
