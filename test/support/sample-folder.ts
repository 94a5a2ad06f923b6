import { JobFailure, parseJobSpec } from '@app/jobspec';
import { check, clipResult, runnerStatus, writtenInstant } from './job-result.ts';
import { FilledFolder } from './filled-folder.ts';
import { verificationFailure } from '../../libs/engines/src/verify/verify-output.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A folder as it looks on a working day: jobs in every state, and every kind of trouble. */
export function sampleFolder(path?: string): FilledFolder {
  const folder = new FilledFolder(path);
  const now = Date.now();
  addHistory(folder, now);
  addFailures(folder, now);
  addUnfinished(folder, now);
  return folder;
}

function addHistory(folder: FilledFolder, now: number): void {
  for (let index = 0; index < 60; index += 1) {
    const reel = `A${String(index + 1).padStart(3, '0')}`;
    folder.archive(`day-${reel}`, {
      job_id: `day-${reel}`,
      endedAt: now - 20 * MINUTE - (index * index * 13 * DAY) / 3600,
      duration_seconds: 40 + ((index * 37) % 300),
      clips: ['C001', 'C002', 'C003'].map((clip) => clipResult(`${reel}${clip}`)),
      _metadata: { worker_id: (index % 2) + 1 },
    });
  }
}

const STDERR = `[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55d0] error reading header
[in#0 @ 0x55d0] Error opening input: Invalid data found when processing input
Error opening input file file:/media/day02/B007/B007C002.mov.
`;

const SHORT = [
  check({ actual: 212, passed: false }),
  check({ check: 'start_timecode', expected: '01:00:00:00', actual: '01:00:00:00' }),
];
const TOO_SHORT = verificationFailure(SHORT)?.message ?? '';

const TYPO = `{
  "jobspec_version": "2.1",
  "sources": ["/media/day03/E003/E003C001.mov", "E003C002.mov"],
  "output_directory": "/proxies/day03",
  "codec": "prores",
  "container": "mov",
  "container": "mxf",
  "resolution": "same",
  "naming_template": "{source_name}_proxy"
}`;

/** Failure of a JobSpec that breaks the contract. */
function refusalOf(text: string): JobFailure {
  try {
    parseJobSpec(Buffer.from(text));
  } catch (error) {
    if (error instanceof JobFailure) return error;
  }
  throw new Error('Expected a JobSpec that breaks the contract');
}

function addFailures(folder: FilledFolder, now: number): void {
  folder.archive('B007-proxies', {
    job_id: 'B007-proxies',
    endedAt: now - 4 * MINUTE,
    duration_seconds: 62,
    final_status: 'FAILED',
    failure_type: 'EngineError',
    failure_reason: 'FFmpeg exited with code 1',
    cause: { code: 'encoder_exited', arguments: { exit_code: 1, signal: null, said: null } },
    total_clips: 3,
    clips: [
      clipResult('B007C001', {
        warnings: ['Stream 3, a data track (gpmd), is left out: a proxy has none.'],
      }),
      clipResult('B007C002', {
        status: 'FAILED',
        exit_code: 1,
        output_exists: false,
        output_size_bytes: null,
        failure_type: 'EngineError',
        failure_reason: 'FFmpeg exited with code 1',
        stderr: STDERR,
        verification: [],
      }),
    ],
  });
  folder.archive('C012-short', {
    job_id: 'C012-short',
    endedAt: now - 35 * MINUTE,
    duration_seconds: 18,
    final_status: 'FAILED',
    failure_type: 'OutputVerificationError',
    failure_reason: TOO_SHORT,
    total_clips: 1,
    clips: [
      clipResult('C012C001', {
        status: 'FAILED',
        failure_type: 'OutputVerificationError',
        failure_reason: TOO_SHORT,
        partial_output_path: '/proxies/day01/.C012C001_proxy.partial.mov',
        verification: SHORT,
      }),
    ],
  });
  const refusal = refusalOf(TYPO);
  folder.archive('typo', {
    job_id: 'typo',
    endedAt: now - 2 * 60 * MINUTE,
    duration_seconds: 0.01,
    final_status: 'PARTIAL',
    execution_engine: null,
    failure_type: refusal.type,
    failure_reason: refusal.message,
    violations: [...(refusal.violations ?? [])],
    clips: [],
    total_clips: 2,
  });
  folder.archive('night-run', {
    job_id: 'night-run',
    endedAt: now - DAY,
    duration_seconds: 300,
    final_status: 'FAILED',
    failure_type: 'RunnerInterrupted',
    failure_reason: 'runner interrupted',
    total_clips: 3,
    clips: [clipResult('D001C001')],
    _recovery: {
      reason: 'runner interrupted',
      recovered_at: writtenInstant(now - DAY),
      original_path: '/srv/watch/running/night-run.json',
    },
    _metadata: { worker_id: null, worker_started_at: null },
  });
}

function addUnfinished(folder: FilledFolder, now: number): void {
  folder.job('pending', 'E001-proxies', {
    job_id: 'E001',
    sources: ['/media/day03/E001/E001C001.mov'],
  });
  folder.job('pending', 'E002-proxies', { job_id: 'E002' });
  folder.job('running', 'D004-proxies', {
    job_id: 'D004',
    sources: ['/media/day03/D004/D004C001.mov', '/media/day03/D004/D004C002.mov'],
  });
  folder.status(
    runnerStatus({
      pending: 2,
      active: [
        {
          name: 'D004-proxies.json',
          job_id: 'D004',
          worker_id: 1,
          started_at: writtenInstant(now - 95_000),
          clip: 2,
          total_clips: 2,
          source_path: '/media/day03/D004/D004C002.mov',
          clip_started_at: writtenInstant(now - 12_000),
          frames: 1200,
          phase: 'making',
          declared_frames: 24_000,
          frames_at: writtenInstant(now),
          speed: 8.31,
        },
      ],
    }),
  );
}
