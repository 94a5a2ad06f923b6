import { describe, expect, it } from 'vitest';
import { asRead, clipFacts, clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { finishedAttempts, unfinishedAttempts, type RequestedJob } from './job-attempts.ts';

const H264 = { codec: 'h264', container: 'mp4', resolution: 'half', fps: null, looks: [] };
const CAUSE = { code: 'encoder_exited', arguments: { exit_code: 1 } };
const broken = clipResult('B', {
  status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: 'FFmpeg exited with code 1',
  facts: clipFacts({ cause: CAUSE }),
});
const sources = ['A', 'B', 'C'].map((name) => clipResult(name).source_path);
const spec: RequestedJob = { sources, requested: H264 };

function attempts(overrides: Parameters<typeof jobResult>[0], jobSpec: RequestedJob | null = spec) {
  const { clips, ...head } = asRead(jobResult(overrides));
  return finishedAttempts(head, clips, jobSpec);
}

const FAILED = {
  final_status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: 'FFmpeg exited with code 1',
  clips: [clipResult('A'), broken],
  total_clips: 3,
} as const;

describe('the attempts of a job', () => {
  it('are one for each source, of those too that it never came to', () => {
    const found = attempts({ ...FAILED, clips: [...FAILED.clips] });
    expect(found.map(({ source, state }) => [source, state])).toEqual([
      [sources[0], 'made'],
      [sources[1], 'failed'],
      [sources[2], 'not_begun'],
    ]);
    expect(found.map(({ output }) => output === null)).toEqual([false, false, true]);
    expect(found.map(({ cause }) => cause?.code ?? null)).toEqual([null, 'encoder_exited', null]);
  });

  it('that a stop cut off are not begun, and refused by nobody', () => {
    const found = attempts({
      final_status: 'FAILED',
      failure_type: 'RunnerInterrupted',
      failure_reason: 'runner interrupted',
      clips: [clipResult('A')],
      total_clips: 3,
    });
    expect(found.map(({ state }) => state)).toEqual(['made', 'not_begun', 'not_begun']);
  });

  it('are those that were begun where its JobSpec is gone', () => {
    expect(attempts({ ...FAILED, clips: [...FAILED.clips] }, null)).toHaveLength(2);
  });

  it.each([
    [[1], ['not_begun', 'refused', 'not_begun']],
    [
      [0, 2],
      ['refused', 'not_begun', 'refused'],
    ],
  ])('are refused where sources %j are to blame, and not begun beside them', (blamed, states) => {
    const message = 'Missing source file';
    const found = attempts({
      final_status: 'PARTIAL',
      failure_type: 'MissingSourcesError',
      failure_reason: message,
      cause: { code: 'sources_missing', arguments: {}, source_index: blamed[0] },
      violations: blamed.map((index) => ({ path: `sources[${index}]`, message })),
      clips: [],
    });
    expect(found.map(({ state }) => state)).toEqual(states);
  });

  it('are refused by name and by the place of the cause, each for its own part', () => {
    const refused = (source_index: number, paths: string[]) =>
      attempts({
        final_status: 'PARTIAL',
        failure_type: 'UnsupportedFormatError',
        failure_reason: 'Unsupported',
        cause: { code: 'sources_unsupported', arguments: {}, source_index },
        violations: paths.map((path) => ({ path, message: 'no' })),
        clips: [],
      }).map(({ state }) => state);
    expect(refused(0, ['sources[2]'])).toEqual(['refused', 'not_begun', 'refused']);
    expect(refused(1, [])).toEqual(['not_begun', 'refused', 'not_begun']);
    expect(refused(1, ['sources[1]', 'output_directory'])).toEqual([
      'not_begun',
      'refused',
      'not_begun',
    ]);
  });

  it('are all refused where none of them is to blame', () => {
    const found = attempts({
      final_status: 'PARTIAL',
      failure_type: 'OutputDirectoryError',
      failure_reason: 'Output directory does not exist: /proxies',
      cause: { code: 'output_missing', arguments: {} },
      clips: [],
    });
    expect(found.map(({ state, cause }) => [state, cause?.code])).toEqual(
      Array.from({ length: 3 }, () => ['refused', 'output_missing']),
    );
  });

  it('are of the kind that its result tells, else its JobSpec', () => {
    const kind = (asks: object | undefined, jobSpec: RequestedJob | null) =>
      attempts({ _metadata: asks as never, clips: [clipResult('A')] }, jobSpec)[0]?.kind;
    expect(kind({ asked: { ...H264, resolution: 'same' } }, spec)).toBe('h264 mp4 same');
    expect(kind({ asked: undefined }, spec)).toBe('h264 mp4 half');
    expect(kind({ asked: undefined }, null)).toBeNull();
  });

  it('wait or run, and come to nothing yet', () => {
    expect(unfinishedAttempts('waiting', spec, 7)).toMatchObject(
      sources.map((source, index) => {
        return { source, index, kind: 'h264 mp4 half', state: 'waiting', at: 7, output: null };
      }),
    );
  });
});
