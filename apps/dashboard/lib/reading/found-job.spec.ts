import { describe, expect, it } from 'vitest';
import { decidedJob } from './found-job.ts';
import { narrowResult } from './narrow-result.ts';

const spec = { job_id: 'a', sources: ['/a.mov', '/b.mov'], kind: 'h264 mp4' };

function refused(violations: { path: string; message: string }[]) {
  const value = {
    job_id: 'a',
    final_status: 'PARTIAL',
    failure_type: 'UnsupportedFormatError',
    failure_reason: '/b.mov is damaged',
    violations,
    total_clips: 2,
    completed_clips: 99,
  };
  const result = narrowResult(value, [], () => {});
  return decidedJob('failed', 1, result, { clips: [], kind: null }, spec);
}

describe('the clips of a refused job', () => {
  it('have the reasons that are their own', () => {
    const { clips } = refused([{ path: 'sources[1]', message: 'is damaged' }]);
    expect(clips.map(({ failure_type, failure_reason }) => [failure_type, failure_reason])).toEqual(
      [
        [null, 'Its job was refused because of another clip.'],
        ['UnsupportedFormatError', 'is damaged'],
      ],
    );
  });

  it('have that of the job where it names none of them', () => {
    const { clips } = refused([{ path: 'codec', message: 'is odd' }]);
    expect(clips.map(({ failure_reason }) => failure_reason)).toEqual([
      '/b.mov is damaged',
      '/b.mov is damaged',
    ]);
  });

  it('are counted as they are listed, whatever stands beside them', () => {
    const { total_clips, completed_clips } = refused([]).facts;
    expect([total_clips, completed_clips]).toEqual([2, 0]);
  });
});
