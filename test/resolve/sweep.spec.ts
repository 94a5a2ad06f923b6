/** @module-tag night */
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { makeClip } from '../support/media.ts';
import { until } from '../support/runner-process.ts';
import { useResolveJobs, type ResolveJob } from '../support/resolve-jobs.ts';

const { withJob } = useResolveJobs();

const SERVICE: string[] = [];
const THEIRS = "Somebody's film";
/** Begins as the runner's projects do. */
const NAMESAKE = `watch-folder-runner ${hostname()} my grading`;

/** A Resolve with a render that nobody waits for: runner and driver have been killed. */
const withLeftover = (use: (job: ResolveJob) => Promise<void>) =>
  withJob({ progress_step_s: 60 }, async (job) => {
    await job.submit();
    const runner = job.start();
    await job.resolve.called('Project.GetRenderJobStatus');
    await until(() => job.resolve.isRendering());
    // Awake, the runner would see its driver die and remove the folder that the render writes to.
    runner.signal('SIGSTOP');
    process.kill(await job.resolve.driver(), 'SIGKILL');
    await runner.kill();
    expect(await job.resolve.projects()).toHaveLength(1);
    expect(await job.resolve.note()).toContain('unfinished');
    await job.resolve.addProject(THEIRS);
    await job.resolve.addProject(NAMESAKE);
    await use(job);
  });

/** Lets a job for FFmpeg through, which shows that the service is at work. */
async function makeStandardProxy(job: ResolveJob): Promise<void> {
  const clip = await makeClip(job.base, 'clip.mov');
  await job.submit({ sources: [clip] }, 'standard.json');
  await until(async () => (await job.folder.names('completed')).includes('standard.json'));
}

describe.concurrent('a service that starts', () => {
  it('stops the render of a run that died and removes its project, and no other', () =>
    withLeftover(async (job) => {
      const runner = job.start({ args: SERVICE });
      await runner.logged('Removed what an earlier run left in Resolve');
      expect(await job.resolve.projects()).toEqual([THEIRS, NAMESAKE]);
      expect(await job.resolve.methods()).toContain('Project.StopRendering');
      await until(async () => !(await job.resolve.isRendering()));
      await until(async () => (await job.resolve.note()) === '');
      runner.signal('SIGTERM');
      expect(await runner.exit()).toBe(0);
    }));

  it("does not stop somebody else's render", () =>
    withJob({ delete_project: 'refused' }, async (job) => {
      await job.submit();
      await job.start().exit();
      const [left] = await job.resolve.projects();
      expect(await job.resolve.note()).toContain('unfinished');
      await job.resolve.openProject(THEIRS);
      await job.resolve.play({ other_client_rendering: true });
      const runner = job.start({ args: SERVICE });
      await runner.logged('Removed what an earlier run left in Resolve');
      expect(left).toMatch(/^watch-folder-runner /);
      expect(await job.resolve.projects()).toEqual([THEIRS]);
      expect(await job.resolve.current()).toBe(THEIRS);
      expect(await job.resolve.methods()).not.toContain('Project.StopRendering');
    }));

  it('does not ask Resolve when no run has died', () =>
    withJob({}, async (job) => {
      await job.submit();
      await job.start().exit();
      const before = await job.resolve.calls();
      const runner = job.start({ args: SERVICE });
      await makeStandardProxy(job);
      runner.signal('SIGTERM');
      expect(await runner.exit()).toBe(0);
      expect(await job.resolve.calls()).toEqual(before);
    }));

  it('waits neither for a Resolve that hangs, nor at its end', () =>
    withLeftover(async (job) => {
      await job.resolve.play({ modal_at: 'Resolve.GetProjectManager', hold_gil: true });
      const runner = job.start({ args: SERVICE, flags: { 'resolve-phase-seconds': 3 } });
      await makeStandardProxy(job);
      await job.resolve.called('Resolve.GetProjectManager');
      const begun = performance.now();
      runner.signal('SIGTERM');
      expect(await runner.exit()).toBe(0);
      expect(performance.now() - begun).toBeLessThan(25_000);
      expect(await job.resolve.note()).toContain('hung ready');
    }));

  it('says that something may be left when Resolve does not answer', () =>
    withLeftover(async (job) => {
      await job.resolve.play({ running: false });
      const flags = { 'resolve-connect-seconds': 1 };
      const runner = job.start({ args: SERVICE, flags });
      await runner.logged(
        'An earlier run may have left a project in Resolve, which the next render removes: Resolve gave no answer within 1 s.',
      );
      expect(await job.resolve.note()).toContain('unfinished');
    }));

  it('leaves a render alone whose runner lives', () =>
    withJob({ progress_step_s: 60 }, async (job) => {
      await job.submit();
      job.start();
      await until(() => job.resolve.isRendering());
      const second = await job.beside();
      const runner = second.start({ args: SERVICE });
      await makeStandardProxy(second);
      runner.signal('SIGTERM');
      expect(await runner.exit()).toBe(0);
      expect(await job.resolve.isRendering()).toBe(true);
      expect(await job.resolve.methods()).not.toContain('Project.StopRendering');
    }));
});
