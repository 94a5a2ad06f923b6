import { describe, expect, it } from 'vitest';
import { harmfulCalls, useDavinciJobs, type ResolveJob } from '../support/davinci-jobs.ts';

const { run, withJob } = useDavinciJobs();

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

  it("is left alone in the runner's own parking project too", () =>
    withJob({}, async (job) => {
      await job.submit();
      await job.start().exit();
      const parking = (await job.resolve.current()) ?? '';
      expect(parking).toMatch(/^watch-folder-runner .* parking$/);
      await job.resolve.openProject(parking, { timelines: { cut: {} }, modified: true });
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start().exit();
      const results = await job.folder.results();
      expect(JSON.stringify(results)).toContain('PROJECT_OPEN');
      expect(await job.resolve.current()).toBe(parking);
      expect(await job.resolve.project(parking)).toMatchObject({ modified: true });
    }));
});
