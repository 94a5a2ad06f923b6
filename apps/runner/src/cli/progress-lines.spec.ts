import { afterEach, describe, expect, it, vi } from 'vitest';
import type { JobProgress } from '../job/job-runner.ts';
import { ProgressLines } from './run.command.ts';

afterEach(() => vi.restoreAllMocks());

function lines(work: (progress: ProgressLines) => void): string[] {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  work(new ProgressLines());
  return written;
}

const at = (clip: number | null, frames?: number, declaredFrames: number | null = 100) =>
  ({
    jobId: 'x',
    totalClips: clip === null ? 0 : 2,
    clip,
    sourcePath: null,
    ...(frames !== undefined && {
      encoded: { phase: 'making', frames, declaredFrames, speed: null },
    }),
  }) satisfies JobProgress;

describe('progress of a job', () => {
  it('is of all its clips, in whole percents, and 100 when it is completed', () => {
    const told = lines((progress) => {
      for (const step of [at(null), at(1), at(1, 50), at(1, 51), at(2), at(2, 90), at(2, 140)])
        progress.update(step);
      progress.end({ final_status: 'COMPLETED' });
    });
    expect(told).toEqual([0, 25, 50, 95, 99, 100].map((percent) => `Progress: ${percent}%\n`));
  });

  it('never goes back, when a clip is made once more', () => {
    const told = lines((progress) => {
      for (const step of [at(1, 80), at(1, 0), at(1, 60), at(1, 90)]) progress.update(step);
    });
    expect(told).toEqual(['Progress: 40%\n', 'Progress: 45%\n']);
  });

  it('waits for the next clip where a source declares no frames', () => {
    const told = lines((progress) => {
      for (const step of [at(1, 7, null), at(1, 9000, null), at(2)]) progress.update(step);
      progress.end({ final_status: 'FAILED' });
    });
    expect(told).toEqual(['Progress: 0%\n', 'Progress: 50%\n']);
  });
});
