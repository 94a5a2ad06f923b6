import { describe, expect, it } from 'vitest';
import { useDavinciJobs } from '../support/davinci-jobs.ts';

const { run, withJob } = useDavinciJobs();

const DEDICATED = ['--once', '--resolve-dedicated'];
const FILM = 'Feature film';
const UNSAVED = { saved: false, timelines: { cut: {} } };

describe.concurrent("somebody's work in Resolve", () => {
  it.each([[['--once']], [DEDICATED]])('is not disturbed while it renders, with %j', (args) =>
    run({ other_client_rendering: true }, { args }, async ({ clip, job }) => {
      expect(clip).toMatchObject({
        failure_type: 'EngineUnavailableError',
        failure_reason: expect.stringContaining('[RESOLVE_BUSY]'),
      });
      expect(await job.resolve.methods()).not.toContain('Project.StopRendering');
    }),
  );

  it.each([
    ['a saved project', FILM, {}, ['--once']],
    ['an unsaved timeline', 'Untitled Project', UNSAVED, ['--once']],
    ['an unsaved timeline in a Resolve of ours', 'Untitled Project', UNSAVED, DEDICATED],
  ])('is not closed: %s', (_, name, facts, args) =>
    withJob({}, async (job) => {
      await job.resolve.openProject(name, facts);
      await job.submit();
      await job.start({ args }).exit();
      const { clips } = await job.folder.result();
      expect(clips[0]?.failure_reason).toMatch(
        new RegExp(`The project ${name} is open in Resolve.*Save and close it.*PROJECT_OPEN`),
      );
      expect(await job.resolve.current()).toBe(name);
      const methods = await job.resolve.methods();
      expect(methods).not.toContain('ProjectManager.CloseProject');
      expect(methods).not.toContain('ProjectManager.CreateProject');
    }),
  );
});

describe.concurrent('in a Resolve of ours, an open project', () => {
  it.each([
    ['a render', {}, 'COMPLETED'],
    ['a render that fails', { render: 'fail:no' }, 'FAILED'],
  ])('is closed for %s and opened again afterwards', (_, scenario, status) =>
    withJob(scenario, async (job) => {
      await job.resolve.openProject(FILM);
      await job.submit();
      await job.start({ args: DEDICATED }).exit();
      expect((await job.folder.result()).final_status).toBe(status);
      expect(await job.resolve.projects()).toEqual([FILM]);
      expect(await job.resolve.current()).toBe(FILM);
    }),
  );

  it('that can not be opened again is named', () =>
    withJob({ load_project: 'refused' }, async (job) => {
      await job.resolve.openProject(FILM);
      await job.submit();
      await job.start({ args: ['--once'], env: { WFR_RESOLVE_DEDICATED: 'true' } }).exit();
      const { clips, final_status } = await job.folder.result();
      expect(final_status).toBe('COMPLETED');
      expect(clips[0]?.warnings).toEqual([`Resolve can't open the project ${FILM} again.`]);
      expect(await job.resolve.projects()).toEqual([FILM]);
    }));
});
