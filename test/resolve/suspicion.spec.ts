/** @module-tag night */
import { describe, expect, it } from 'vitest';
import { useResolveJobs, type ResolveJob } from '../support/resolve-jobs.ts';

const { withJob } = useResolveJobs();

const QUICK = { 'resolve-phase-seconds': 4, 'resolve-connect-seconds': 4 };
const HUNG =
  /It hung at \d{4}-\d\d-\d\dT\S+Z in phase settings, and gets no more renders until it answers/;

/** A Resolve that has hung in the settings of a job. */
const withSuspect = (use: (job: ResolveJob) => Promise<void>) =>
  withJob({ modal_at: 'Project.SetRenderSettings' }, async (job) => {
    await job.submit({}, 'first.json');
    await job.start({ flags: QUICK }).exit();
    expect(await job.resolve.left()).not.toEqual([]);
    await use(job);
  });

describe.concurrent('a Resolve that hung', () => {
  it('gets no render of any runner while it renders something, and is not disturbed', () =>
    withSuspect(async (job) => {
      const second = await job.beside();
      await second.submit();
      const before = await job.resolve.methods();
      await job.resolve.play({ other_client_rendering: true });
      await second.start().exit();
      const result = await second.folder.result();
      expect(result).toMatchObject({ failure_type: 'EngineUnavailableError', clips: [] });
      expect(result.failure_reason).toMatch(HUNG);
      expect(result.failure_reason).toMatch(/when that render has ended\. \[RESOLVE_BUSY\]$/);
      const since = (await job.resolve.methods()).slice(before.length);
      expect(since).not.toContain('ProjectManager.SaveProject');
      expect(since).not.toContain('Project.StopRendering');
    }));

  it('is asked with a short deadline, whatever the settings are', () =>
    withSuspect(async (job) => {
      await job.resolve.play({ modal_at: 'Resolve.GetProductName' });
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start({ flags: { 'resolve-phase-seconds': 100 } }).exit();
      const [result] = (await job.folder.results()).slice(-1);
      expect(result?.failure_reason).toMatch(/within 10 s in phase gate/);
      expect(result?.failure_reason).toMatch(HUNG);
      expect(result?.failure_reason).toMatch(/A dialog may be open.*\[RESOLVE_HUNG\]$/);
      expect(await job.resolve.note()).toContain('hung settings');
    }));

  it('is trusted again once it has answered, and cleared of what was left', () =>
    withSuspect(async (job) => {
      await job.resolve.play({});
      for (const name of ['second', 'third'])
        await job.submit({ fields: { naming_template: name } }, `${name}.json`);
      await job.start().exit();
      const completed = await job.folder.names('completed');
      expect(completed).toEqual(expect.arrayContaining(['second.json', 'third.json']));
      expect(await job.resolve.left()).toEqual([]);
      expect(await job.resolve.note()).toBe('');
    }));

  it('refuses the clips that were waiting for it, too', () =>
    withJob({ modal_at: 'Project.SetRenderSettings' }, async (job) => {
      for (const name of ['a', 'b'])
        await job.submit({ fields: { naming_template: name } }, `${name}.json`);
      const runner = job.start({ flags: QUICK, args: ['--once', '--max-workers', '2'] });
      await job.resolve.called('Project.SetRenderSettings');
      await job.resolve.play({ other_client_rendering: true });
      await runner.exit();
      const types = (await job.folder.results()).map(({ failure_type }) => failure_type);
      expect(types).toEqual(
        expect.arrayContaining(['EngineStalledError', 'EngineUnavailableError']),
      );
    }));
});
