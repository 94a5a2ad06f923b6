import { expect, it } from 'vitest';
import { ClipsSoFar } from './components/job/clips-so-far.tsx';
import { JobHead } from './components/job/job-head.tsx';
import { Sources } from './components/job/sources.tsx';
import { UnclearResults } from './components/overview/unclear-results.tsx';
import { JobStatus } from './components/text/job-status.tsx';
import { RunningJobs } from './components/overview/running-jobs.tsx';
import { NO_RUNNER } from './lib/jobs/folder-view.ts';
import { begunAt } from './lib/jobs/seconds-running.ts';
import { unmadeClip } from './lib/reading/found-clip.ts';
import { jobNamed } from './lib/query/job-rows.ts';
import { memoryIndex } from './lib/query/memory-index.ts';
import { said } from './said.ts';

const NOW = Date.now();
const started = (ms: number) => new Date(ms).toISOString();

/** A job of so many clips, of which a runner makes one. */
function running(total: number, clip: number, clip_started_at: string) {
  const clips = Array.from({ length: total }, (_, at) =>
    unmadeClip(`/card/C${at + 1}.mov`, 'WAITING', 1, null),
  );
  const found = memoryIndex([
    { state: 'running', base: 'a', facts: { when: 1, total_clips: total }, clips },
  ]);
  const facts = {
    job_id: 'a',
    worker_id: 1,
    total_clips: total,
    frames: null,
    phase: 'reading' as const,
    declared_frames: null,
    frames_at: null,
  };
  const of = { source_path: null, speed: null, started_at: started(NOW) };
  const active = [{ name: 'a.json', clip, clip_started_at, ...facts, ...of }];
  const runner = { ...NO_RUNNER, state: 'running' as const, active };
  const index = Object.assign(found, { folder: () => ({ runner }) });
  const row = jobNamed(index, 'f', 'running', 'a.json');
  return { index, runner, told: said(ClipsSoFar, { index, row }) };
}

it('the page of a running job lists what is made, marks what is being made, and says since when', () => {
  const { told } = running(4, 3, started(NOW - 5000));
  expect(told).toMatch(
    /^2 of 4 clips made so farThroughC1\.movThroughC2\.movBeing madeC3\.movsince \d\d.*WaitsC4\.mov$/u,
  );
});

it('of a long job those next to the clip that is being made', () => {
  const { told } = running(400, 203, started(NOW));
  expect(told).toContain(
    '202 of 400 clips made so far102 clips made before these, not listed here.ThroughC103.mov',
  );
  expect(told).toMatch(/WaitsC302\.movand 98 more, in the JobSpec$/u);
});

it('nothing began in times to come', () => {
  const { index, runner, told } = running(4, 3, '2099-01-01T00:00:00Z');
  expect(told).not.toContain('since');
  expect(said(RunningJobs, { index })).not.toContain('since');
  expect(begunAt(runner, 'a.json', Date.parse('2099-01-01T00:00:30Z'))).not.toBeNull();
  expect(begunAt(runner, 'b.json', NOW)).toBeNull();
});

it('a job does not run where no runner is at work', () => {
  const { index, runner } = running(4, 3, started(NOW));
  const job = { row: jobNamed(index, 'f', 'running', 'a.json'), result: null };
  const told = (state: string) =>
    said(JobHead, { job, folder: { runner: { ...runner, state }, problem: null } });
  expect(told('running')).toContain('a.jsonRunning');
  expect(told('silent')).toContain('a.jsonNo runner at work');
});

it('what a failed job did not make is called so while its folder is away, too', () => {
  const clips = ['FAILED', 'NOT_MADE'].map((status, at) =>
    unmadeClip(`/card/C${at}.mov`, status === 'FAILED' ? 'FAILED' : 'NOT_MADE', 1, null),
  );
  const facts = { final_status: 'FAILED', total_clips: 2, completed_clips: 0 } as const;
  const index = memoryIndex([{ state: 'failed', base: 'a', facts, clips }]);
  const job = { row: jobNamed(index, 'f', 'failed', 'a.json'), result: null };
  expect(said(Sources, { index, job })).toContain('2 clips not made');
});

it('results to look at that are not listed can be found', () => {
  const of = (count: number) =>
    memoryIndex(
      Array.from({ length: count }, (_, at) => ({
        state: 'failed' as const,
        base: `j${at}`,
        facts: { problem: 'half-written' },
      })),
    );
  expect(said(UnclearResults, { index: of(6) })).toContain('And 1 more: all clips that are not');
  expect(said(UnclearResults, { index: of(5) })).not.toContain('more');
});

it('a job that no runner works on is no running one, in lists either', () => {
  const { index, runner } = running(4, 3, started(NOW));
  const row = jobNamed(index, 'f', 'running', 'a.json');
  expect(said(JobStatus, { row, runner })).toBe('Running');
  expect(said(JobStatus, { row, runner: NO_RUNNER })).toBe('No runner at work');
});

it('an encoder that stands has no speed', () => {
  const { index, runner } = running(4, 3, started(NOW));
  const [active] = runner.active;
  const facts = { frames: 1510, declared_frames: 9000, speed: 9.8 };
  const told = (seconds: number) => {
    Object.assign(active ?? {}, facts, { frames_at: started(NOW - seconds * 1000) });
    Object.assign(runner, { last_scan_at: started(NOW) });
    return said(RunningJobs, { index });
  };
  expect(told(5)).toContain('1,510 of 9,000 frames, 9.8 times real time');
  expect(told(45)).toContain('1,510 of 9,000 frames, no new frame for 45 s');
  facts.frames = 9000;
  expect(told(45)).toContain('9,000 of 9,000 frames, 9.8 times real time');
});
