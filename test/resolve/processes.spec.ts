/** @module-tag night */
import { readdir, writeFile } from 'node:fs/promises';
import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { lockPath } from '../../apps/runner/src/resolve/resolve-lock.ts';
import { until } from '../support/runner-process.ts';
import { useResolveJobs, type ResolveJob } from '../support/resolve-jobs.ts';

const { withJob } = useResolveJobs();

/** Whether a driver of this Resolve still runs. */
async function hasDriver(job: ResolveJob): Promise<boolean> {
  const drivers = new Set((await job.resolve.calls()).map(({ pid }) => pid));
  return [...drivers].some((pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  });
}

describe.concurrent('a runner that is killed during a render', () => {
  it('leaves a driver that stops the render and leaves its project empty', () =>
    withJob({ progress_step_s: 60 }, async (job) => {
      await job.submit();
      const runner = job.start();
      await job.resolve.called('Project.GetRenderJobStatus');
      await runner.kill();
      await until(async () => !(await hasDriver(job)));
      expect(await job.resolve.methods()).toContain('Project.StopRendering');
      await until(async () => !(await job.resolve.isRendering()));
      expect(await job.resolve.left()).toEqual([]);
    }));

  it('leaves no driver for ever when Resolve hangs, even with Python locked', () =>
    withJob({ modal_at: 'Project.GetRenderJobStatus', hold_gil: true }, async (job) => {
      await job.submit();
      const runner = job.start({ flags: { 'resolve-phase-seconds': 5 } });
      await job.resolve.called('Project.GetRenderJobStatus');
      await runner.kill();
      expect(await hasDriver(job)).toBe(true);
      await until(async () => !(await hasDriver(job)));
    }));

  it('is interrupted at the next start, which removes what was left', () =>
    withJob({ progress_step_s: 60 }, async (job) => {
      await job.submit();
      const runner = job.start();
      await job.resolve.called('Project.GetRenderJobStatus');
      await until(() => job.resolve.isRendering());
      // Suspended, it can't tell of its driver's end before its own.
      runner.signal('SIGSTOP');
      process.kill(await job.resolve.driver(), 'SIGKILL');
      await runner.kill();
      expect(await job.resolve.left()).not.toEqual([]);
      expect(await job.resolve.isRendering()).toBe(true);
      await job.resolve.play({});
      await job.submit({ fields: { naming_template: 'again' } }, 'again.json');
      await job.start().exit();
      const [again, interrupted] = await job.folder.results();
      expect(again?.final_status).toBe('COMPLETED');
      expect(interrupted).toMatchObject({ failure_type: 'RunnerInterrupted' });
      expect(await job.resolve.left()).toEqual([]);
      expect(await readdir(job.folder.output)).toEqual(['again.mov']);
    }));
});

describe.concurrent('a driver that is killed during a render', () => {
  it('fails the clip with a word on who may have done it, and none on Python', () =>
    withJob({ progress_step_s: 60 }, async (job) => {
      await job.submit();
      const runner = job.start();
      await job.resolve.called('Project.GetRenderJobStatus');
      process.kill(await job.resolve.driver(), 'SIGKILL');
      expect(await runner.exit()).toBe(1);
      const { clips } = await job.folder.result();
      expect(clips[0]).toMatchObject({
        failure_type: 'EngineError',
        failure_reason: expect.stringMatching(
          /^The driver ended without an answer \(SIGKILL\) \(DRIVER_CRASHED in phase render\)\. .*memory was short/,
        ),
      });
      expect(clips[0]?.failure_reason).not.toContain('Python');
    }));
});

describe.concurrent('the lock of a Resolve', () => {
  it('lets two runners on one machine render one after the other', () =>
    withJob({ progress_step_s: 0.4 }, async (job) => {
      const second = await job.beside();
      await job.submit({ sources: ['a.braw', 'b.braw'] });
      await second.submit({ sources: ['c.braw'] });
      const exits = [job, second].map((one) => one.start().exit());
      expect(await Promise.all(exits)).toEqual([0, 0]);
      expect((await job.resolve.methods()).join(' ')).not.toContain('VIOLATION');
    }));

  it('is kept by the driver of a killed runner until that has ended', () =>
    withJob({ modal_at: 'Project.SetRenderSettings' }, async (job) => {
      await job.submit();
      const runner = job.start();
      await job.resolve.called('Project.SetRenderSettings');
      const driver = await job.resolve.driver();
      await runner.kill();
      await job.resolve.play({});
      await job.submit({ fields: { naming_template: 'again' } }, 'again.json');
      const next = job.start();
      await next.logged('Resolve is in use');
      process.kill(driver, 'SIGKILL');
      await next.exit();
      expect(await job.folder.names('completed')).toContain('again.json');
    }));

  it.each([
    ['the pid of a process that has ended', () => execaSync('sh', ['-c', 'echo "$$"']).stdout],
    ['the pid of a process that lives', () => String(process.pid)],
  ])('is free when nobody holds it, whatever the file says: %s', (_, content) =>
    withJob({}, async (job) => {
      await writeFile(lockPath(job.resolve.scriptApi), content());
      await job.submit();
      await job.start().exit();
      expect((await job.folder.result()).final_status).toBe('COMPLETED');
    }),
  );
});
