import type { RunnerStatus } from '@app/jobspec/folder';
import {
  NO_FACTS,
  parseResult,
  type ClipFacts,
  type ClipResult,
  type JobResult,
  type ReadClip,
  type ReadHead,
  type ResultMetadata,
  type VerificationCheck,
} from '@app/jobspec/result';

const SECOND = 1000;

/** An instant as results write it. */
export function writtenInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+00:00');
}

/** A complete check that passed. */
export function check(overrides: Partial<VerificationCheck> = {}): VerificationCheck {
  return { check: 'frame_count', expected: 240, actual: 240, passed: true, ...overrides };
}

const REQUESTED = {
  codec: 'prores_proxy',
  container: 'mov',
  resolution: 'half',
  fps: null,
  looks: [],
};

/** Facts of a finished clip. */
export function clipFacts(overrides: Partial<ClipFacts> = {}): ClipFacts {
  return {
    ...NO_FACTS,
    requested: REQUESTED,
    frames: { source: 240, made: 240, repeated: 0, dropped: 0 },
    timecode: '14:02:11:07',
    duration_seconds: 10,
    cause: null,
    ...overrides,
  };
}

/** A complete clip that was made and verified. */
export function clipResult(name = 'A001C001', overrides: Partial<ClipResult> = {}): ClipResult {
  const source = `/media/day01/A001/${name}.mov`;
  const output = `/proxies/day01/${name}_proxy.mov`;
  return {
    source_path: source,
    resolved_output_path: output,
    status: 'COMPLETED',
    engine: 'ffmpeg',
    exit_code: 0,
    output_exists: true,
    output_size_bytes: 12_345_678,
    ffmpeg_command: commandOf(source, output),
    failure_type: null,
    failure_reason: null,
    stderr: null,
    partial_output_path: null,
    warnings: [],
    verification: [
      check(),
      check({ check: 'duration_seconds', expected: 10, actual: 10 }),
      check({ check: 'start_timecode', expected: '14:02:11:07', actual: '14:02:11:07' }),
      check({ check: 'audio_tracks', expected: 2, actual: 2 }),
    ],
    pictures: [],
    output_xxh64: '9a1f0c2b3d4e5f60',
    facts: clipFacts(),
    attempts: [{ why: 'first', exit_code: 0, seconds: 4.2 }],
    started_at: '2025-12-28T12:00:00.500+00:00',
    completed_at: '2025-12-28T12:00:05.000+00:00',
    duration_seconds: 4.5,
    ...overrides,
  };
}

function commandOf(source: string, output: string): string[] {
  const input = ['-nostdin', '-xerror', '-protocol_whitelist', 'file', '-i', `file:${source}`];
  const video = ['-map', '0:0', '-c:v', 'prores_ks', '-profile:v', 'proxy', '-vf', 'scale=960:540'];
  const audio = ['-map', '0:1', '-c:a', 'pcm_s16le', '-timecode', '14:02:11:07'];
  return ['ffmpeg', ...input, ...video, ...audio, `file:${output}`];
}

export interface ResultOverrides extends Partial<Omit<JobResult, '_metadata'>> {
  _metadata?: Partial<ResultMetadata>;
  /** When the job ended, milliseconds; its clips fill the time from its start. */
  endedAt?: number;
}

/** A complete result, of a job that completed unless the overrides say otherwise. */
export function jobResult({ endedAt, ...overrides }: ResultOverrides = {}): JobResult {
  const end = endedAt ?? Date.parse('2025-12-28T12:00:05.123Z');
  const seconds = overrides.duration_seconds ?? 5;
  const start = end - seconds * SECOND;
  const clips = timed(overrides.clips ?? [clipResult()], start, end);
  const completed = clips.filter(({ status }) => status === 'COMPLETED').length;
  return {
    job_id: 'abc12345',
    final_status: 'COMPLETED',
    execution_engine: 'ffmpeg',
    failure_type: null,
    failure_reason: null,
    violations: [],
    cause: null,
    total_clips: clips.length,
    completed_clips: completed,
    failed_clips: clips.length - completed,
    started_at: writtenInstant(start),
    completed_at: writtenInstant(end),
    duration_seconds: seconds,
    ...overrides,
    clips,
    _metadata: {
      ...metadata(start, end),
      // The request of a JobSpec that breaks the contract is unknown.
      ...(overrides.violations === undefined && { asked: ASKED }),
      ...overrides._metadata,
    },
  };
}

/** A result as whoever reads its file gets it. */
export function asRead(result: JobResult): ReadHead & { clips: ReadClip[] } {
  const clips: ReadClip[] = [];
  const head = parseResult(Buffer.from(JSON.stringify(result)), (clip) => clips.push(clip));
  return { ...head, clips };
}

/** Clips one after the other, as a job makes them. */
function timed(clips: readonly ClipResult[], start: number, end: number): ClipResult[] {
  const share = (end - start) / Math.max(clips.length, 1);
  return clips.map((clip, index) =>
    Object.assign({}, clip, {
      started_at: writtenInstant(start + share * (index + 0.08)),
      completed_at: writtenInstant(start + share * (index + 1)),
      duration_seconds: Number(((share * 0.92) / SECOND).toFixed(3)),
    }),
  );
}

const ASKED = { codec: 'prores_proxy', container: 'mov', resolution: 'half' };

function metadata(start: number, end: number): ResultMetadata {
  return {
    jobspec_version: '2.1',
    jobspec_path: '/srv/watch/running/job.json',
    jobspec_sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    archived_as: 'job.json',
    result_written_at: writtenInstant(end),
    worker_id: 1,
    worker_started_at: writtenInstant(start),
    engine_routing_reason: "Source codec 'h264' is decoded by FFmpeg",
    runner_version: '0.1.0',
    engine_version: 'ffmpeg 7.1.5',
    hostname: 'ingest-01',
  };
}

/** Status of an active runner, a moment ago. */
export function runnerStatus(overrides: Partial<RunnerStatus> = {}): RunnerStatus {
  const now = Date.now();
  return {
    version: '0.1.0',
    host: 'ingest-01',
    pid: 4242,
    started_at: writtenInstant(now - 3_600_000),
    last_scan_at: writtenInstant(now),
    poll_seconds: 600,
    max_workers: 2,
    pending: 0,
    active: [],
    busy_since: null,
    ended: 0,
    paused: null,
    held: null,
    stopped_at: null,
    once: false,
    ...overrides,
  };
}
