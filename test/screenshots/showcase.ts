import type { ClipFacts } from '@app/jobspec/result';
import { check, clipResult, runnerStatus, writtenInstant } from '../support/job-result.ts';
import type { FilledFolder } from '../support/filled-folder.ts';
import { Pictures } from '../support/pictures.ts';
import { sampleFolder } from '../support/sample-folder.ts';

const EXITED = {
  code: 'encoder_exited',
  arguments: { exit_code: 183, signal: null, said: null },
};
const MINUTE = 60_000;
const DAY = '/media/day03';

/** Further checks of current runners. */
const COMPARED = (['picture_differences', 'colours_off_levels', 'sound'] as const).map((name) =>
  check({ check: name, expected: 0, actual: 0 }),
);

/** A working day with pictures: a card of 30 clips that came through, one that stopped at its ninth, and one at work. */
export function showcase(path?: string): FilledFolder {
  const folder = sampleFolder(path);
  const pictures = new Pictures(46);
  const now = Date.now();
  folder.archive('day03-A001', {
    job_id: 'day03-A001',
    endedAt: now - 12 * MINUTE,
    duration_seconds: 412,
    clips: Array.from({ length: 30 }, (_, index) =>
      pictures.give(folder, clipOf('A001', index), index),
    ),
  });
  const reason = `FFmpeg exited with code 183 (clip 9 of 16, ${DAY}/A002/A002C009.mov)`;
  folder.archive('day03-A002', {
    job_id: 'day03-A002',
    endedAt: now - 3 * MINUTE,
    duration_seconds: 131,
    final_status: 'FAILED',
    failure_type: 'EngineError',
    failure_reason: reason,
    cause: EXITED,
    total_clips: 16,
    clips: [
      ...Array.from({ length: 8 }, (_, index) =>
        pictures.give(folder, clipOf('A002', index), 30 + index),
      ),
      {
        ...clipOf('A002', 8),
        status: 'FAILED',
        exit_code: 183,
        output_exists: false,
        output_size_bytes: null,
        failure_type: 'EngineError',
        failure_reason: reason,
        stderr: '[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55d0] moov atom not found\n',
        verification: [],
        facts: { cause: EXITED } as Partial<ClipFacts> as ClipFacts,
      },
    ],
  });
  folder.job('failed', 'day03-A002', { job_id: 'day03-A002', sources: sourcesOf('A002', 16) });
  const night = ['D001C001', 'D001C002', 'D001C003'].map((name) => clipResult(name).source_path);
  folder.job('failed', 'night-run', { job_id: 'night-run', sources: night });
  folder.job('running', 'day03-B001', { job_id: 'day03-B001', sources: sourcesOf('B001', 24) });
  folder.record(recordOf('A001', 30, 'day03-A001.json'));
  folder.delete('running/D004-proxies.json');
  folder.status(
    runnerStatus({
      pending: 2,
      active: [
        {
          name: 'day03-B001.json',
          job_id: 'day03-B001',
          worker_id: 1,
          started_at: writtenInstant(now - 4 * MINUTE),
          clip: 11,
          total_clips: 24,
          source_path: `${DAY}/B001/B001C011.mov`,
          clip_started_at: writtenInstant(now - 14_000),
          frames: 2310,
          phase: 'making',
          declared_frames: 4128,
          frames_at: writtenInstant(now),
          speed: 6.42,
        },
      ],
    }),
  );
  pictures.remove();
  return folder;
}

/** Rest of a card after `plan`: a job makes its first clips, and the last one was left out. */
function recordOf(reel: string, count: number, job: string): object[] {
  const at = writtenInstant(Date.now() - 20 * MINUTE);
  const look = { at, medium: `${DAY}/${reel}`, bytes: 5_000_000, mtime_ms: 0, seconds: 12 };
  const asked = { job, job_sha256: 'a'.repeat(64) };
  const reason = `${reel}C031.mov and ${reel}C031.mp4 have one name.`;
  return sourcesOf(reel, count + 1).map((path, index) =>
    Object.assign(
      { path, kind: 'prores_proxy mov' },
      look,
      index < count ? asked : { cause: 'equal_name', reason },
    ),
  );
}

function sourcesOf(reel: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => clipOf(reel, index).source_path);
}

function clipOf(reel: string, index: number) {
  const name = `${reel}C${String(index + 1).padStart(3, '0')}`;
  return clipResult(name, {
    source_path: `${DAY}/${reel}/${name}.mov`,
    verification: [...clipResult().verification, ...COMPARED],
    output_size_bytes: 14_000_000 + ((index * 7_919_333) % 61_000_000),
  });
}
