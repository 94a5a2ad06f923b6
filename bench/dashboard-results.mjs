// Large numbers of result files as the runner writes them, for the benchmark of the dashboard.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const HOUR = 3_600_000;
const CHECKS = [
  'frame_count',
  'duration_seconds',
  'start_timecode',
  'frame_rate',
  'audio_tracks',
  'size',
  'pixel_format',
  'video_codec',
];

/** Makes a watch folder with `count` archived jobs of three clips, one in ten of them failed. */
export function fillWatchFolder(folder, count) {
  for (const state of ['pending', 'running', 'completed', 'failed']) {
    mkdirSync(join(folder, state), { recursive: true });
  }
  const now = Date.now();
  for (let index = 0; index < count; index += 1) {
    const number = String(index).padStart(6, '0');
    const failed = index % 10 === 0;
    const endedAt = now - ((count - index) / count) * 60 * 24 * HOUR;
    writeResult(folder, `job-${number}`, {
      jobId: `reel-${number}`,
      reel: `R${number}`,
      failed,
      endedAt,
    });
  }
}

/** Writes an archived job with its result, which is renamed into place when it is complete. */
export function writeResult(folder, base, { jobId, reel = 'R0', failed = false, endedAt }) {
  const state = failed ? 'failed' : 'completed';
  const clips = ['C001', 'C002', 'C003'].map((clip, index) =>
    clipOf(`${reel}${clip}`, failed && index === 2),
  );
  const sources = clips.map((clip) => clip.source_path);
  writeFileSync(
    join(folder, state, `${base}.json`),
    JSON.stringify({ jobspec_version: '2.1', job_id: jobId, sources }),
  );
  const temporary = join(folder, '.being-written');
  writeFileSync(temporary, JSON.stringify(resultOf(base, jobId, clips, failed, endedAt), null, 2));
  renameSync(temporary, join(folder, state, `${base}.result.json`));
}

function resultOf(base, jobId, clips, failed, endedAt) {
  const [started, ended] = [endedAt - 90_000, endedAt].map((time) => new Date(time).toISOString());
  return {
    job_id: jobId,
    final_status: failed ? 'FAILED' : 'COMPLETED',
    execution_engine: 'ffmpeg',
    failure_type: failed ? 'EngineError' : null,
    failure_reason: failed ? 'FFmpeg exited with code 1' : null,
    violations: [],
    clips,
    total_clips: 3,
    completed_clips: failed ? 2 : 3,
    failed_clips: failed ? 1 : 0,
    started_at: started,
    completed_at: ended,
    duration_seconds: 90,
    _metadata: {
      jobspec_version: '2.1',
      jobspec_path: `/srv/watch/running/${base}.json`,
      jobspec_sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      archived_as: `${base}.json`,
      result_written_at: ended,
      worker_id: 1,
      worker_started_at: started,
      engine_routing_reason: "Source codec 'h264' is decoded by FFmpeg",
      runner_version: '0.1.0',
      engine_version: 'ffmpeg 7.1.5',
      hostname: 'ingest-01',
      asked: { codec: 'prores_proxy', container: 'mov', resolution: 'half' },
    },
  };
}

function clipOf(name, failed) {
  const [source, output] = [
    `/media/show/day/${name.slice(0, 7)}/${name}.mov`,
    `/proxies/show/${name}_proxy.mov`,
  ];
  return {
    source_path: source,
    resolved_output_path: output,
    status: failed ? 'FAILED' : 'COMPLETED',
    engine: 'ffmpeg',
    exit_code: failed ? 1 : 0,
    output_exists: !failed,
    output_size_bytes: failed ? null : 12_345_678,
    ffmpeg_command: [
      'ffmpeg',
      '-nostdin',
      '-xerror',
      '-i',
      `file:${source}`,
      '-map',
      '0:0',
      '-c:v',
      'prores_ks',
      '-profile:v',
      'proxy',
      '-vf',
      'scale=960:540',
      '-map',
      '0:1',
      '-c:a',
      'pcm_s16le',
      '-timecode',
      '14:02:11:07',
      `file:${output}`,
    ],
    failure_type: failed ? 'EngineError' : null,
    failure_reason: failed ? 'FFmpeg exited with code 1' : null,
    stderr: failed
      ? 'Error opening input: Invalid data found when processing input\n'.repeat(10)
      : null,
    partial_output_path: null,
    warnings: [],
    verification: CHECKS.map((check) => ({ check, expected: 240, actual: 240, passed: true })),
    started_at: '2025-12-28T12:00:00.500+00:00',
    completed_at: '2025-12-28T12:00:05.000+00:00',
    duration_seconds: 29.5,
  };
}
