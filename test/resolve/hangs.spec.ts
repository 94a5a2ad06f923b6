/** @module-tag night */
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectCleanedUp, useResolveJobs } from '../support/resolve-jobs.ts';
import { until } from '../support/runner-process.ts';

const { run, withJob } = useResolveJobs();

/** The deadline of a phase in these tests, in seconds; a driver must start within it. */
const DEADLINE = 5;
const flags = { 'resolve-phase-seconds': DEADLINE, 'resolve-connect-seconds': DEADLINE };
const bound = (phases: number) => phases * DEADLINE + 15;

describe.concurrent('a dialog that blocks Resolve ends the job within the deadline', () => {
  it.each([
    ['load_module', { module: 'hang_on_import' }],
    ['load_module', { module: 'hang_on_import', hold_gil: true }],
    ['gate', { modal_at: 'Resolve.GetProductName', hold_gil: true }],
  ])('before any clip, in %s: %j', (phase, scenario) =>
    run(scenario, { flags }, async ({ result, job }) => {
      expect(result).toMatchObject({
        failure_type: 'EngineUnavailableError',
        failure_reason: expect.stringMatching(
          new RegExp(
            `did not answer within \\d+ s in phase ${phase}\\. A dialog .*\\[RESOLVE_HUNG\\]$`,
          ),
        ),
        clips: [],
      });
      expect(result.duration_seconds).toBeLessThan(bound(2));
      expect(await job.resolve.note()).toContain(`hung ${phase}`);
    }),
  );

  it.each([
    ['project', 'ProjectManager.GetCurrentProject', true, 'claim'],
    ['import', 'MediaPool.ImportMedia', false, '_import'],
    ['queue', 'Project.AddRenderJob', true, 'enqueue'],
    ['render', 'Project.GetRenderJobStatus', true, 'follow'],
  ])('in %s: %s, with the lock of Python: %s', (phase, modal_at, hold_gil, where) =>
    run({ modal_at, hold_gil }, { flags }, async ({ clip, job, seconds }) => {
      expect(clip).toMatchObject({
        failure_type: 'EngineStalledError',
        failure_reason: expect.stringMatching(
          `Resolve did not answer within ${DEADLINE} s \\(RESOLVE_HUNG in phase ${phase}\\)\\. A dialog may be open`,
        ),
      });
      expect(clip?.stderr).toMatch(new RegExp(`line \\d+ in ${where}$`, 'm'));
      expect(seconds).toBeLessThan(bound(3));
      expect((await job.folder.names('completed')).length).toBe(0);
      expect(await job.resolve.note()).toContain(`hung ${phase}`);
    }),
  );

  it('in cleanup, when the proxy is made already, and the next job asks first', () =>
    run({ modal_at: 'MediaPool.DeleteClips', hold_gil: true }, { flags }, async (ended) => {
      expect(ended.result.final_status).toBe('COMPLETED');
      expect(await ended.job.resolve.note()).toContain('hung cleanup');
    }));
});

describe.concurrent('a runner that is stopped', () => {
  it('during a render stops the render and cleans up', () =>
    withJob({ progress_step_s: 20 }, async (job) => {
      await job.submit();
      const runner = job.start({ args: ['--shutdown-grace-seconds', '0'] });
      await job.resolve.called('Project.GetRenderJobStatus');
      runner.signal('SIGTERM');
      await runner.exit();
      const result = await job.folder.result();
      expect(result.failure_type).toBe('RunnerInterrupted');
      expect(await readdir(job.folder.output)).toEqual(
        result.clips.flatMap(({ partial_output_path: left }) => (left ? basename(left) : [])),
      );
      expect(await job.resolve.methods()).toContain('Project.StopRendering');
      await until(async () => !(await job.resolve.isRendering()));
      await expectCleanedUp({ job, result, clip: undefined, seconds: 0 });
    }));

  it('during a hang ends the driver', () =>
    withJob({ modal_at: 'Project.AddRenderJob' }, async (job) => {
      await job.submit();
      const grace = ['--shutdown-grace-seconds', '0'];
      const runner = job.start({ args: grace, flags: { 'resolve-phase-seconds': DEADLINE } });
      await job.resolve.called('Project.AddRenderJob');
      runner.signal('SIGTERM');
      await runner.exit();
      expect((await job.folder.result()).failure_type).toBe('RunnerInterrupted');
      expect(await job.resolve.note()).toContain('hung queue');
    }));

  it('while its clip waits for another has not started a render for it', () =>
    withJob({ progress_step_s: 20 }, async (job) => {
      await job.submit({ fields: { naming_template: 'a' } }, 'a.json');
      await job.submit({ fields: { naming_template: 'b' } }, 'b.json');
      const args = ['--max-workers', '2', '--shutdown-grace-seconds', '0'];
      const runner = job.start({ args });
      await job.resolve.called('Project.GetRenderJobStatus');
      runner.signal('SIGTERM');
      await runner.exit();
      const imports = (await job.resolve.methods()).filter((name) => name.endsWith('ImportMedia'));
      expect(imports).toHaveLength(1);
      const types = (await job.folder.results()).map(({ failure_type }) => failure_type);
      expect(types).toEqual(['RunnerInterrupted', 'RunnerInterrupted']);
    }));
});
