import { describe, expect, it } from 'vitest';
import { clipResult, jobResult } from '../../../../test/support/job-result.ts';
import { NotAResult, parseResult, type ReadClip } from './read.ts';
import type { JobResult } from './result.ts';

const HEAD = '"job_id": "a", "final_status": "COMPLETED"';
const MIB = 'x'.repeat(2 ** 20 + 1);
const LARGE = ' '.repeat(2 ** 18);

/** With all that may be absent: what is added to a result must be added here, and then the reader must know it. */
type Whole<T> = T extends object ? { [K in keyof T]-?: Whole<T[K]> } : T;

function read(value: unknown) {
  const clips: ReadClip[] = [];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const head = parseResult(Buffer.from(text), (clip) => clips.push(clip));
  return { ...head, clips };
}

describe('the reader of results', () => {
  it('gives what the runner wrote, in one piece and in many', () => {
    const result = jobResult();
    const { prores_quantiser: _, ...clip } = result.clips[0] ?? clipResult();
    const { clips: __, ...head } = result;
    for (const text of [JSON.stringify(result), JSON.stringify(result) + LARGE]) {
      expect(read(text)).toMatchObject({ ...head, listed: 1, clips: [clip] });
      expect(read(`\u{feff}${text}`)).toMatchObject(head);
    }
  });

  it('hands over clips one by one, with their places', () => {
    const result = jobResult({ clips: ['A', 'B'].map((name) => clipResult(name)) });
    const places: number[] = [];
    parseResult(Buffer.from(JSON.stringify(result)), (_, index) => places.push(index));
    expect(places).toEqual([0, 1]);
  });

  it.each([
    ['[]', 'holds no JSON object'],
    ['{', 'is not valid JSON'],
    ['{}', 'is not a result of the runner: job_id is missing'],
    ['{"job_id": "a", "final_status": "DONE"}', 'final_status is not one of'],
    [`{${HEAD}}`, 'clips is not a list'],
    [`{${HEAD}, "clips": [1]}`, 'clips[0] is not an object'],
    [`{${HEAD}, "clips": [{}]}`, 'clips[0].status is not one of'],
    [`{${HEAD}, "failure_reason": "${MIB}", "clips": []}`, 'a failure_reason of more than 1 MiB'],
    [`{${HEAD}, "clips": ["${MIB}"]}`, 'holds an element of clips of more than 1 MiB'],
    [`{${HEAD}, "clips": [], "clips": []}${LARGE}`, 'names clips twice'],
    [
      `{${HEAD}, "clips": [${Array.from({ length: 10_001 }, () => '{}').join()}]}`,
      'lists more than 10000 clips; a job has at most 10000',
    ],
    [`{${HEAD}, "clips": ${'['.repeat(200)}${']'.repeat(200)}}`, 'nests deeper than 100 levels'],
    [`{${HEAD}, "clips": ${'['.repeat(99)}${']'.repeat(99)}}`, 'clips[0] is not an object'],
    ['', 'is not valid JSON'],
    ['null', 'holds no JSON object'],
  ])('says what is no result: %.60s', (text, flaw) => {
    expect(() => read(text)).toThrow(NotAResult);
    expect(() => read(text)).toThrow(flaw);
  });

  it('takes odd values for nothing, and the clips for the evidence', () => {
    const odd = {
      job_id: 'a',
      final_status: 'FAILED',
      failure_type: 'NewError',
      violations: 'none',
      clips: [{ status: 'FAILED', pictures: [{}, 7], verification: 'x', duration_seconds: -1 }],
      total_clips: -5,
      completed_clips: 99,
      cause: { code: 7 },
    };
    expect(read(odd)).toMatchObject({
      failure_type: null,
      violations: [],
      total_clips: 1,
      completed_clips: 0,
      failed_clips: 1,
      cause: null,
      clips: [{ source_path: '', pictures: [], verification: [], duration_seconds: 0 }],
    });
  });

  it('gives facts as they are written', () => {
    const facts = {
      requested: { codec: 'h264', container: 'mp4', resolution: 'half', fps: 25, looks: [] },
      frames: { source: 240, made: 242, repeated: 3, dropped: 1 },
      timecode: '01:00:00;00',
      reel: 'A001',
      video_codec: 'h264',
      size: '960x540',
      frame_rate: '24000/1001',
      field_order: 'progressive',
      audio_channels: [2, 1],
      duration_seconds: 10,
      cause: { code: 'engine_exited', arguments: { code: 1, said: ['a'], odd: {} } },
    };
    const cause = { code: 'source_missing', arguments: {}, source_index: 3 };
    const { clips, ...head } = read({
      ...jobResult(),
      cause,
      clips: [{ ...clipResult(), facts, a_new_field: 1 }],
    });
    const { odd: _, ...args } = facts.cause.arguments;
    expect(clips[0]?.facts).toEqual({ ...facts, cause: { ...facts.cause, arguments: args } });
    expect(head).toMatchObject({ cause });
  });

  it('reads back whatever a result can say', () => {
    const cause = {
      code: 'engine_exited',
      arguments: { code: 1 },
      source_index: 0,
      retryable: true,
      advice: 'Look at it.',
    };
    const clip: Whole<Omit<ReadClip, 'resolve_job'>> = {
      ...clipResult(),
      status: 'FAILED',
      ffmpeg_command: ['ffmpeg'],
      verification: [
        { check: 'colours_off_levels', expected: 0, actual: {}, tolerance: { u: 2 }, passed: true },
      ],
      failure_type: 'EngineError',
      failure_reason: 'It ended.',
      stderr: 'Error',
      partial_output_path: '/proxies/a.partial.mov',
      pictures: [
        {
          path: '/a.jpg',
          frame: 1,
          timecode: '01:00:00:01',
          width: 160,
          height: 90,
          beside_source: true,
        },
      ],
      facts: {
        requested: {
          codec: 'h264',
          container: 'mp4',
          resolution: 'half',
          fps: 25,
          looks: ['0123456789ab'],
        },
        frames: { source: 240, made: 242, repeated: 3, dropped: 1 },
        timecode: '01:00:00;00',
        reel: 'A001',
        video_codec: 'h264',
        size: '960x540',
        frame_rate: '24000/1001',
        field_order: 'progressive',
        audio_channels: [2, 1],
        duration_seconds: 10,
        source_size: '1920x1080',
        source_sample_rate: 48_000,
        loudness: [{ integrated_lufs: -23.1, true_peak_dbtp: null }],
        compared_size: '96x56',
        cause,
        proved: true,
      },
    };
    const { _metadata, clips: _, ...rest } = jobResult();
    const head: Whole<Omit<JobResult, 'clips'>> = {
      ...rest,
      final_status: 'FAILED',
      failure_type: 'EngineError',
      failure_reason: 'It ended.',
      violations: [{ path: 'codec', message: 'codec is missing', line: 1, column: 2 }],
      cause,
      completed_clips: 0,
      failed_clips: 1,
      _recovery: { reason: 'a', recovered_at: 'b', original_path: 'c' },
      _metadata: {
        ..._metadata,
        mapped: { output_directory: '/Volumes/proxies' },
        asked: {
          codec: 'h264',
          container: 'mp4',
          resolution: 'half',
          viewing: {
            look: {
              cdl: [{ slope: [1, 1, 1], offset: [0, 0, 0], power: [1, 1, 1], saturation: 1 }],
              lut: { path: '/a.cube', sha256: 'ab' },
              lut_range: 'video',
              becomes: 'bt709',
            },
            burn_in: [{ text: '{timecode}', at: 'top-left' }],
          },
        },
      },
    };
    const { clips, ...known } = read({ ...head, clips: [clip] });
    expect(clips).toEqual([clip]);
    expect(known).toMatchObject({ ...head, listed: 1 });
  });
});
