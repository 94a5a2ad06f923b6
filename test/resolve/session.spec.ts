/** @module-tag night */
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { expectCleanedUp, useResolveJobs } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

const OURS = `watch-folder-runner ${hostname()}`;
const THREE = { sources: ['a.braw', 'b.braw', 'c.braw'] };

describe.concurrent('clips one after the other in one session', () => {
  it.each([
    ['with a window', {}],
    ['without a window', { ui: 'none' }],
    ['while somebody looks into another folder of the database', { folder: 'Commercials' }],
  ])('are made in one project, and never ask anybody anything: %s', (_, scenario) =>
    run(scenario, THREE, async (ended) => {
      expect(ended.result).toMatchObject({ final_status: 'COMPLETED', completed_clips: 3 });
      const calls = await ended.job.resolve.calls();
      const made = calls.filter(({ method }) => method === 'ProjectManager.CreateProject');
      expect(made.map(({ arguments: [name] }) => name)).toEqual([OURS]);
      await expectCleanedUp(ended);
    }),
  );

  it('are made in one project for each rate where media lock it, which is made once', () =>
    withJob({ clip: { FPS: 25 } }, async (job) => {
      await job.submit(THREE);
      await job.start().exit();
      await job.resolve.play({ clip: { FPS: 29.97, 'Start TC': '01:00:00;02' } });
      await job.submit({ ...THREE, fields: { naming_template: 'again-{source_name}' } }, 'b.json');
      await job.start().exit();
      const results = await job.folder.results();
      expect(results.map(({ completed_clips }) => completed_clips)).toEqual([3, 3]);
      expect(await job.resolve.ownProjects()).toEqual([OURS, `${OURS} 25`, `${OURS} 29.97 DF`]);
    }));

  it('are made although nothing can be removed from the project, and not saved', () =>
    run({ delete_media: 'refused', save_project: 'refused' }, THREE, async ({ result, job }) => {
      expect(result.completed_clips).toBe(3);
      expect(result.clips[2]?.resolve_job?.observed).toMatchObject({
        project_emptied: false,
      });
      expect(await job.resolve.dialog()).toBeNull();
    }));
});

describe.concurrent('a question on the screen', () => {
  it('fails the clip in bounded time, and the next one is made when it is answered', () =>
    withJob({}, async (job) => {
      const flags = { 'resolve-phase-seconds': 4 };
      await job.resolve.ask('A new version is available');
      await job.submit({}, 'first.json');
      await job.start({ flags }).exit();
      expect(JSON.stringify(await job.folder.results())).toContain('RESOLVE_HUNG');
      await job.resolve.closeDialog();
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start().exit();
      expect(await job.folder.names('completed')).toContain('second.json');
      expect(await job.resolve.left()).toEqual([]);
    }));
});
