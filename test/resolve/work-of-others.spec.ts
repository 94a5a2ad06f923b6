/** @module-tag night */
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { harmfulCalls, useResolveJobs, type ResolveJob } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

const FILM = 'Feature film';

/** Nothing was saved, closed, deleted or left, and what is open still is. */
async function expectUntouched({ resolve }: ResolveJob, name: string, facts: object) {
  expect(await resolve.current()).toBe(name);
  expect(await resolve.project(name)).toMatchObject(facts);
  expect(await harmfulCalls(resolve)).toEqual([]);
  const methods = await resolve.methods();
  expect(methods).not.toContain('ProjectManager.CreateProject');
  expect(methods).not.toContain('ProjectManager.LoadProject');
}

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
    ['a saved project', FILM, {}],
    ['a project with changes', FILM, { modified: true }],
    ['a project in another folder of the database', FILM, { folder: 'Commercials' }],
    ['a project that was never saved', 'New film', { saved: false }],
    ['the untitled project with a timeline', 'Untitled Project', { timelines: { cut: {} } }],
    ['the untitled project with a clip', 'Untitled Project', { clips: { a: {} } }],
    ['the untitled project with a bin', 'Untitled Project 2', { saved: false, bins: ['day 1'] }],
  ])('is left alone: %s', (_, name, facts) =>
    withJob({}, async (job) => {
      await job.resolve.openProject(name, facts);
      await job.submit();
      await job.start().exit();
      const { clips } = await job.folder.result();
      expect(clips[0]?.failure_reason).toMatch(
        new RegExp(`The project ${name} is open in Resolve.*Save and close it.*PROJECT_OPEN`),
      );
      await expectUntouched(job, name, facts);
    }),
  );

  it('is not stopped, saved or left where it was opened while a render of ours goes on', () =>
    withJob({ progress_step_s: 60 }, async (job) => {
      await job.resolve.addProject(FILM);
      await job.submit();
      const runner = job.start({ args: ['--shutdown-grace-seconds', '0'] });
      await job.resolve.called('Project.GetRenderJobStatus');
      await job.resolve.openExisting(FILM);
      runner.signal('SIGTERM');
      await runner.exit();
      expect(await job.resolve.methods()).not.toContain('Project.StopRendering');
      expect(await job.resolve.current()).toBe(FILM);
      expect(await harmfulCalls(job.resolve)).toEqual([]);
    }));

  it('is told from the empty project of another language by somebody, who is told how', () =>
    withJob({}, async (job) => {
      await job.resolve.openProject('Progetto senza titolo', { saved: false });
      await job.submit();
      await job.start().exit();
      const ours = `watch-folder-runner ${hostname()}`;
      expect((await job.folder.result()).clips[0]?.failure_reason).toContain(
        `create the project ${ours} there, and save it`,
      );
      await job.resolve.openProject(ours);
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start().exit();
      expect(await job.folder.names('completed')).toContain('second.json');
    }));

  it.each([
    ['a timeline', { timelines: { cut: {} } }],
    ['a bin', { bins: ['day 1'] }],
  ])("is left alone in the runner's own project too: %s", (_, facts) =>
    withJob({}, async (job) => {
      const name = `watch-folder-runner ${hostname()}`;
      await job.resolve.openProject(name, { ...facts, modified: true });
      await job.submit();
      await job.start().exit();
      expect((await job.folder.result()).clips[0]?.failure_reason).toMatch(
        /something in it that isn't the runner's\. Move it .*PROJECT_OPEN/,
      );
      expect(await job.resolve.project(name)).toMatchObject({ ...facts, modified: true });
    }),
  );
});
