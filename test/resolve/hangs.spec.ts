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
    ['ready', { modal_at: 'Resolve.GetProjectManager' }],
    ['gate', { modal_at: 'Resolve.GetProductName' }],
  ])('before any clip, in %s: %j', (_, scenario) =>
    run(scenario, { flags }, ({ result }) => {
      expect(result).toMatchObject({
        failure_type: 'EngineUnavailableError',
        failure_reason: expect.stringMatching(/did not answer within \d+ s.*\[RESOLVE_WEDGED\]/),
        clips: [],
      });
      expect(result.duration_seconds).toBeLessThan(bound(2));
    }),
  );

  it.each([
    ['gate', { modal_at: 'ProjectManager.GetCurrentProject' }],
    ['project', { modal_at: 'ProjectManager.CreateProject' }],
    ['import', { modal_at: 'MediaPool.ImportMedia' }],
    ['import', { modal_at: 'MediaPool.ImportMedia', hold_gil: true }],
    ['timeline', { modal_at: 'MediaPool.CreateTimelineFromClips' }],
    ['settings', { modal_at: 'Project.SetRenderSettings' }],
    ['queue', { modal_at: 'Project.AddRenderJob' }],
    ['start', { modal_at: 'Project.StartRendering' }],
    ['render', { modal_at: 'Project.GetRenderJobStatus' }],
    ['render', { modal_at: 'Project.GetRenderJobStatus', hold_gil: true }],
  ])('in %s: %j', (phase, scenario) =>
    run(scenario, { flags }, async ({ clip, job, seconds }) => {
      expect(clip).toMatchObject({
        failure_type: 'EngineStalledError',
        failure_reason: `Resolve did not answer within ${DEADLINE} s (RESOLVE_HUNG in phase ${phase}). A dialog may be open in Resolve, or it hangs: look at it, close the dialog or restart it.`,
      });
      expect(seconds).toBeLessThan(bound(3));
      expect((await job.folder.names('completed')).length).toBe(0);
    }),
  );

  it('in cleanup, when the proxy is made already, with a warning', () =>
    run({ modal_at: 'ProjectManager.DeleteProject' }, { flags }, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.warnings).toEqual([
        expect.stringMatching(/^Resolve did not answer .* its project .* may be left there\.$/),
      ]);
    }));
});

describe.concurrent('after a hang', () => {
  it('the next job asks anew, and clears what was left', () =>
    withJob({ modal_at: 'Project.SetRenderSettings' }, async (job) => {
      await job.submit({}, 'first.json');
      await job.start({ flags }).exit();
      expect(await job.resolve.projects()).toHaveLength(1);
      await job.resolve.play({});
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start().exit();
      expect(await job.folder.names('completed')).toContain('second.json');
      expect(await job.resolve.projects()).toEqual([]);
    }));
});

describe.concurrent("somebody's work in Resolve", () => {
  it('is not disturbed while it renders', () =>
    run({ other_client_rendering: true }, {}, async ({ clip, job }) => {
      expect(clip).toMatchObject({
        failure_type: 'EngineUnavailableError',
        failure_reason: expect.stringContaining('[RESOLVE_BUSY]'),
      });
      expect(await job.resolve.methods()).not.toContain('Project.StopRendering');
    }));

  it.each([
    ['a saved project', 'Feature film', {}],
    ['an unsaved timeline', 'Untitled Project', { saved: false, timelines: { cut: {} } }],
  ])('is not closed: %s', (_, name, facts) =>
    withJob({}, async (job) => {
      await job.resolve.openProject(name, facts);
      await job.submit();
      await job.start().exit();
      const { clips } = await job.folder.result();
      expect(clips[0]?.failure_reason).toMatch(
        new RegExp(`The project ${name} is open in Resolve.*Save and close it.*PROJECT_OPEN`),
      );
      const methods = await job.resolve.methods();
      expect(methods).not.toContain('ProjectManager.CloseProject');
      expect(methods).not.toContain('ProjectManager.CreateProject');
    }),
  );
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
