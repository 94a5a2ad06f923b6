import { describe, expect, it } from 'vitest';
import { asRead, clipFacts, clipResult, jobResult } from '../../../../test/support/job-result.ts';
import type { EndedJob } from '../jobs/known-jobs.ts';
import { collectClips } from './collected-clips.ts';

const job = (name: string, overrides: Parameters<typeof jobResult>[0]): EndedJob => ({
  name,
  archive: 'failed',
  result: asRead(jobResult({ job_id: name, ...overrides })),
  request: null,
});
const broken = clipResult('B', {
  status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: 'it is cut',
});
const FAILED = {
  final_status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: 'it is cut',
} as const;
const askedFor = (...names: string[]) => ({
  sources: names.map((name) => clipResult(name).source_path),
  requested: null,
});
const failed = job('first', {
  ...FAILED,
  clips: [clipResult('A'), broken],
  total_clips: 5,
});

describe('what is handed over', () => {
  it('has the proxies of a failed job too, and says what was not begun', () => {
    const { made, failed: failures } = collectClips({ coming: [], ended: [failed] });
    expect(made.map(({ proxy }) => proxy)).toEqual(['/proxies/day01/A_proxy.mov']);
    expect(failures).toMatchObject([
      { source: broken.source_path, notBegun: [], unnamed: 3, job: 'first' },
    ]);
  });

  it('forgets a failure that was made good, but not the clips that nobody has begun', () => {
    const good = job('second', { clips: [clipResult('B')] });
    const { made, failed: failures } = collectClips({ coming: [], ended: [failed, good] });
    expect(made).toHaveLength(2);
    expect(failures).toMatchObject([{ source: null, notBegun: [], unnamed: 3 }]);
  });

  it('names a clip once that fails again, and what another job has made is not left', () => {
    const asked = askedFor('A', 'B', 'C', 'D');
    const rest = job('rest', { clips: [clipResult('C')] });
    const again = job('again', { ...FAILED, clips: [broken], total_clips: 1 });
    const { failed: failures } = collectClips({
      coming: [],
      ended: [{ ...failed, request: asked }, rest, again],
    });
    expect(failures.map(({ source, notBegun, job: name }) => [source, notBegun, name])).toEqual([
      [null, [clipResult('D').source_path], 'first'],
      [broken.source_path, [], 'again'],
    ]);
  });

  it('tells a failed ProRes beside the H.264 of the same source, which was made', () => {
    const asked = (codec: string, container: string) => {
      return { _metadata: { asked: { codec, container, resolution: 'half' } } };
    };
    const prores = job('prores', { ...FAILED, clips: [broken], ...asked('prores_proxy', 'mov') });
    const h264 = job('h264', { clips: [clipResult('B')], ...asked('h264', 'mp4') });
    const { made, failed: failures } = collectClips({ coming: [], ended: [prores, h264] });
    expect(made).toHaveLength(1);
    expect(failures).toMatchObject([{ source: broken.source_path, job: 'prores' }]);
  });

  it('names the source that a job was refused for', () => {
    const refused = job('refused', {
      final_status: 'PARTIAL',
      failure_type: 'MissingSourcesError',
      failure_reason: 'Missing source files: B',
      cause: { code: 'source_missing', arguments: {}, source_index: 1 },
      violations: [{ path: 'sources[1]', message: 'Missing source file: B' }],
      clips: [],
      total_clips: 3,
    });
    const { failed: failures } = collectClips({
      coming: [],
      ended: [{ ...refused, request: askedFor('A', 'B', 'C') }],
    });
    expect(failures).toMatchObject([
      { source: clipResult('B').source_path, notBegun: askedFor('A', 'C').sources, unnamed: 0 },
    ]);
  });

  it('forgets all failures of a job that was completed later', () => {
    const clips = ['B', 'C', 'D', 'E'].map((name) => clipResult(name));
    const again = job('first', { clips, endedAt: Date.parse(failed.result.completed_at) + 60_000 });
    expect(collectClips({ coming: [], ended: [failed, again] }).failed).toEqual([]);
  });

  it('lists a proxy once, as the latest result has it', () => {
    const later = clipResult('A', { output_size_bytes: 7 });
    const { made } = collectClips({
      coming: [],
      ended: [failed, job('second', { clips: [later] })],
    });
    expect(made.map(({ job: name, bytes }) => [name, bytes])).toEqual([['second', 7]]);
  });

  it('says what no result tells with null', () => {
    const frames = { source: null, made: null, repeated: null, dropped: null };
    const clips = [clipResult('A', { facts: clipFacts({ frames, timecode: null }) })];
    const { made } = collectClips({ coming: [], ended: [job('bare', { clips })] });
    expect(made).toMatchObject([
      { rate: null, start: null, end: null, reel: null, channels: null },
    ]);
  });

  it('tells what waits and runs instead of what failed before, and not what is made already', () => {
    const asked = askedFor('A', 'B', 'C');
    const { requested } = failed.result;
    const again = { ...asked, requested };
    const coming = {
      name: 'again.json',
      state: 'waiting',
      at: 1e15,
      sha256: '',
      jobId: 'again',
      request: again,
    } as const;
    const found = collectClips({ coming: [coming], ended: [{ ...failed, request: asked }] });
    expect(found.coming).toEqual(
      asked.sources.slice(1).map((source) => ({ job: 'again.json', source, state: 'waiting' })),
    );
    expect(found.made).toHaveLength(1);
    expect(found.failed.flatMap(({ notBegun }) => notBegun)).toEqual([]);
  });
});
