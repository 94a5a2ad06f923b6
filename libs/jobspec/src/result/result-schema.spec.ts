import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { FAILURE_TYPES, failureStatusOf, WITH_VIOLATIONS } from '../failure/failure-types.ts';
import { NO_FACTS } from './facts.ts';
import type { ClipResult, JobResult, ResultMetadata } from './result.ts';
import { resultSchema } from './result-schema.ts';

const validate = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
}).compile(resultSchema());
const at = '2025-12-28T12:00:05.123+00:00';
const reason = 'a sentence';

const clip: ClipResult = {
  source_path: '/media/a.mov',
  resolved_output_path: '/proxies/a.mov',
  status: 'COMPLETED',
  engine: 'ffmpeg',
  exit_code: 0,
  output_exists: true,
  output_size_bytes: 12_345_678,
  ffmpeg_command: ['ffmpeg', '-i', 'file:/media/a.mov'],
  failure_type: null,
  failure_reason: null,
  stderr: null,
  partial_output_path: null,
  warnings: ['audio track 2 could not be carried'],
  verification: [{ check: 'frame_count', expected: 240, actual: 240, passed: true }],
  pictures: [],
  output_xxh64: '9a1f0c2b3d4e5f60',
  facts: {
    requested: {
      codec: 'prores_proxy',
      container: 'mov',
      resolution: 'half',
      fps: null,
      looks: [],
    },
    ...NO_FACTS,
    cause: null,
  },
  attempts: [{ why: 'first', exit_code: 0, seconds: 4.2 }],
  started_at: at,
  completed_at: at,
  duration_seconds: 5.25,
};
const { ffmpeg_command: _, ...unmade } = clip;
const rendered: ClipResult = {
  ...unmade,
  engine: 'resolve',
  exit_code: null,
  resolve_job: {
    product: 'DaVinci Resolve Studio',
    version: '21.0.4.5',
    python: '3.11.7',
    module: null,
    source: { path: '/raw/A001.%04d.ari', start: 1, end: 240 },
    clip: { Frames: '240' },
    timeline: { rate: '24', width: 1920, height: 1080, startTimecode: '00:00:00:00' },
    project_settings: {
      timelinePixelAspectRatio: { set: 'square', read: 'square', answer: true },
      superScale: { set: '1', read: 2, answer: false },
    },
    format: 'mov',
    codec: 'ProRes422P',
    settings: { SelectAllFrames: true },
    queued: { FormatWidth: '1920' },
    refused_settings: ['superScale'],
    sound: { clip_channels: 8, proxy_tracks: [2] },
    observed: { delete_project_tries: 2 },
  },
};
const failed: ClipResult = {
  ...clip,
  status: 'FAILED',
  exit_code: 1,
  output_exists: false,
  output_size_bytes: null,
  failure_type: 'EngineError',
  failure_reason: 'FFmpeg exited with code 1',
  stderr: '',
  partial_output_path: '/proxies/.a.mov',
  verification: [],
  output_xxh64: null,
};

const metadata: ResultMetadata = {
  jobspec_version: '2.1',
  jobspec_path: '/watch/running/job.json',
  jobspec_sha256: 'a'.repeat(64),
  archived_as: 'job.json',
  result_written_at: at,
  worker_id: 2,
  worker_started_at: at,
  engine_routing_reason: reason,
  runner_version: '0.1.0',
  engine_version: 'ffmpeg 7.1.5',
  hostname: 'dit-cart',
  asked: { codec: 'h264', container: 'mp4', resolution: 'half' },
};

const { ffmpeg_command: _command, ...unbegun } = failed;

const completed: JobResult = {
  job_id: 'abc12345',
  final_status: 'COMPLETED',
  execution_engine: 'ffmpeg',
  failure_type: null,
  failure_reason: null,
  violations: [],
  cause: null,
  clips: [clip],
  total_clips: 1,
  completed_clips: 1,
  failed_clips: 0,
  started_at: at,
  completed_at: at,
  duration_seconds: 5,
  _metadata: metadata,
};
const refused: JobResult = {
  ...completed,
  final_status: 'PARTIAL',
  execution_engine: null,
  failure_type: 'OutputDirectoryError',
  failure_reason: 'Output directory does not exist: /proxies',
  clips: [],
  completed_clips: 0,
};
const broken: JobResult = {
  ...refused,
  failure_type: 'JobSpecValidationError',
  violations: [
    { path: 'codec', message: reason, line: 2, column: 3 },
    { path: '', message: reason },
  ],
};
const stopped: JobResult = {
  ...completed,
  final_status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: reason,
  clips: [clip, failed],
  failed_clips: 1,
};
const recovered: JobResult = {
  ...stopped,
  failure_type: 'RunnerInterrupted',
  failure_reason: 'runner interrupted',
  clips: [],
  _recovery: {
    reason: 'runner interrupted',
    recovered_at: at,
    original_path: '/watch/running/job.json',
  },
  _metadata: { ...metadata, worker_id: null, worker_started_at: null },
};

const errorsOf = (result: unknown) => (validate(result) ? [] : validate.errors);
const without = (result: JobResult, key: string) =>
  Object.fromEntries(Object.entries(result).filter(([name]) => name !== key));

describe('the result schema', () => {
  it.each([
    ['completed', completed],
    ['rendered by Resolve', { ...completed, execution_engine: 'resolve', clips: [rendered] }],
    ['refused', refused],
    ['refused by the contract', broken],
    ['stopped at a clip', stopped],
    ['recovered', recovered],
    ['stopped before the engine began', { ...stopped, clips: [unbegun] }],
    ['a collision before work', { ...broken, failure_type: 'OutputCollisionError' }],
    ['a collision while running', { ...stopped, failure_type: 'OutputCollisionError' }],
    [
      'an output directory lost while running',
      { ...stopped, failure_type: 'OutputDirectoryError' },
    ],
  ])('accepts a job that was %s', (_name, result) => {
    expect(errorsOf(result)).toEqual([]);
  });

  it.each(FAILURE_TYPES)('accepts %s with its own status only', (failure_type) => {
    const results = { PARTIAL: refused, FAILED: stopped };
    const violationsOf = (status: string) =>
      status === 'PARTIAL' && WITH_VIOLATIONS.includes(failure_type) ? broken.violations : [];
    const status = failureStatusOf(failure_type);
    const other = status === 'FAILED' ? 'PARTIAL' : 'FAILED';
    const endedIn = (status: 'FAILED' | 'PARTIAL') => ({
      ...results[status],
      failure_type,
      violations: violationsOf(status),
    });
    expect(errorsOf(endedIn(status))).toEqual([]);
    expect(validate(endedIn(other))).toBe(
      ['OutputDirectoryError', 'OutputCollisionError'].includes(failure_type),
    );
  });

  it.each(Object.keys(completed))('requires %s', (key) => {
    expect(validate(without(completed, key))).toBe(false);
  });

  it.each<[string, unknown]>([
    ['an unknown key', { ...completed, progress: 1 }],
    ['an unknown key in a clip', { ...completed, clips: [{ ...clip, codec: 'h264' }] }],
    ['an unknown key below', { ...completed, _metadata: { ...metadata, pid: 1 } }],
    ['an unknown status', { ...completed, final_status: 'DONE' }],
    ['an unknown failure', { ...refused, failure_type: 'OtherError' }],
    [
      'a completed job with a failure',
      { ...completed, failure_type: 'EngineError', failure_reason: reason },
    ],
    ['a completed job with a failed clip', { ...completed, clips: [failed] }],
    ['a completed job without clips', { ...completed, clips: [] }],
    ['a completed job without engine', { ...completed, execution_engine: null }],
    ['a failed job without type', { ...stopped, failure_type: null }],
    ['a failed job without reason', { ...stopped, failure_reason: null }],
    ['a refused job with clips', { ...refused, clips: [clip] }],
    ['a contract violation without violations', { ...broken, violations: [] }],
    ['violations of another failure', { ...refused, violations: broken.violations }],
    ['a line without column', { ...broken, violations: [{ path: '', message: reason, line: 1 }] }],
    ['a line 0', { ...broken, violations: [{ path: '', message: reason, line: 0, column: 1 }] }],
    ['a recovery of another failure', { ...recovered, failure_type: 'EngineError' }],
    ['a clip with both engines', { ...completed, clips: [{ ...clip, resolve_job: {} }] }],
    [
      'a failed clip with the record of another engine',
      { ...stopped, clips: [{ ...unbegun, resolve_job: {} }] },
    ],
    ['a completed clip with neither', { ...completed, clips: [unmade] }],
    [
      "a clip with the other engine's job",
      { ...completed, clips: [{ ...rendered, engine: 'ffmpeg' }] },
    ],
    ['an empty output', { ...completed, clips: [{ ...clip, output_size_bytes: 0 }] }],
    ['no hash of an output', { ...completed, clips: [{ ...clip, output_xxh64: null }] }],
    ['a hash that is none', { ...completed, clips: [{ ...clip, output_xxh64: 'x' }] }],
    ['a missing output', { ...completed, clips: [{ ...clip, output_exists: false }] }],
    [
      'a completed clip with a failed check',
      {
        ...completed,
        clips: [{ ...clip, verification: [{ check: 'x', expected: 1, actual: 2, passed: false }] }],
      },
    ],
    ['a failed clip without reason', { ...stopped, clips: [{ ...failed, failure_reason: null }] }],
    [
      'a failed clip with a type of validation',
      { ...stopped, clips: [{ ...failed, failure_type: 'MissingSourcesError' }] },
    ],
    ['a time in another zone', { ...completed, started_at: '2025-12-28T12:00:05.123+01:00' }],
    ['a time without milliseconds', { ...completed, started_at: '2025-12-28T12:00:05+00:00' }],
    ['a negative duration', { ...completed, duration_seconds: -1 }],
    [
      'a size that nobody asked for',
      { ...completed, _metadata: { ...metadata, asked: { codec: 'h264', container: 'mp4' } } },
    ],
    ['half a clip', { ...completed, total_clips: 0.5 }],
    ['worker 0', { ...completed, _metadata: { ...metadata, worker_id: 0 } }],
    ['a short hash', { ...completed, _metadata: { ...metadata, jobspec_sha256: 'abc' } }],
  ])('refuses %s', (_name, result) => {
    expect(validate(result)).toBe(false);
  });

  it('lists the keys in the order of the file', () => {
    const keys = Object.keys(resultSchema()['properties'] ?? {});
    expect(keys.filter((key) => key !== '_recovery')).toEqual(Object.keys(completed));
  });
});
