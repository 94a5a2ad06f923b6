import { amount, count, isObject, list, oneOf, text, type JsonObject } from '../json/narrow.ts';
import { CLIP_PHASES, type ActiveJob, type ClipPhase, type RunnerStatus } from './runner-status.ts';

/** What a status file says, of this runner or an older one; `null` for text that is none. */
export function readRunnerStatus(bytes: Uint8Array): RunnerStatus | null {
  const status = objectOf(bytes);
  if (status === null) return null;
  return {
    version: text(status['version']) ?? '',
    host: text(status['host']) ?? '',
    pid: count(status['pid']) ?? 0,
    started_at: text(status['started_at']) ?? '',
    last_scan_at: text(status['last_scan_at']),
    poll_seconds: amount(status['poll_seconds']) ?? 0,
    max_workers: count(status['max_workers']) ?? 1,
    pending: count(status['pending']) ?? 0,
    active: list(status['active']).filter(isObject).map(narrowActive),
    paused: text(status['paused']),
    held: text(status['held']),
    stopped_at: text(status['stopped_at']),
    once: status['once'] === true,
  };
}

function narrowActive(job: JsonObject): ActiveJob {
  return {
    name: text(job['name']) ?? '',
    job_id: text(job['job_id']),
    worker_id: count(job['worker_id']) ?? 0,
    started_at: text(job['started_at']) ?? '',
    clip: count(job['clip']),
    total_clips: count(job['total_clips']),
    source_path: text(job['source_path']),
    phase:
      oneOf(CLIP_PHASES, job['phase']) ??
      phaseOf(count(job['frames']), count(job['declared_frames'])),
    clip_started_at: text(job['clip_started_at']),
    frames: count(job['frames']),
    declared_frames: count(job['declared_frames']),
    frames_at: text(job['frames_at']),
    speed: speedOf(amount(job['speed'])),
  };
}

/** Of a runner that does not say it. */
function phaseOf(frames: number | null, declared: number | null): ClipPhase {
  if (frames === null) return 'reading';
  return declared !== null && frames >= declared ? 'comparing' : 'making';
}

/** Nothing is made that fast. */
function speedOf(speed: number | null): number | null {
  return speed !== null && speed < 100_000 ? speed : null;
}

function objectOf(bytes: Uint8Array): JsonObject | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
