/** @module-tag night */
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { expectCleanedUp, harmfulCalls, useResolveJobs } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

const PARKING = `watch-folder-runner ${hostname()} parking`;
const THREE = { sources: ['a.braw', 'b.braw', 'c.braw'] };

describe.concurrent('clips one after the other in one session', () => {
  it.each([
    ['with a window', {}],
    ['without a window', { ui: 'none' }],
  ])('never ask anybody anything: %s', (_, scenario) =>
    run(scenario, THREE, async (ended) => {
      expect(ended.result).toMatchObject({ final_status: 'COMPLETED', completed_clips: 3 });
      await expectCleanedUp(ended);
    }),
  );

  it('are made from an empty project of ours, which is made once and stays', () =>
    run({}, THREE, async ({ job }) => {
      const calls = await job.resolve.calls();
      const made = calls.filter(({ method }) => method === 'ProjectManager.CreateProject');
      expect(made.map(({ arguments: [name] }) => String(name).split(' ').at(-1))).toEqual([
        'parking',
        ...Array.from({ length: 3 }, () => expect.stringMatching(/^\d+-\d+-\d+$/)),
      ]);
      expect(made.slice(1).every(({ current }) => current?.endsWith(' parking'))).toBe(true);
    }));

  it('are saved before they are closed, and deleted with another project open', () =>
    run({}, {}, async ({ job }) => {
      const calls = await job.resolve.calls();
      const names = ['SaveProject', 'CloseProject', 'LoadProject', 'DeleteProject'];
      const steps = calls
        .map(({ method }) => method.replace('ProjectManager.', ''))
        .filter((method) => names.includes(method));
      expect(steps.slice(-5)).toEqual([...names, 'DeleteProject']);
    }));
});

describe.concurrent('a Resolve that makes no project', () => {
  it('because of the project that is open makes it when a clean one is', () =>
    withJob({}, async (job) => {
      await job.submit({}, 'first.json');
      await job.start().exit();
      await job.resolve.play({ create_blocked: true });
      await job.resolve.restart();
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start().exit();
      expect(await job.folder.names('completed')).toContain('second.json');
      expect(await job.resolve.projects()).toEqual([]);
    }));

  it('because of ours that is open makes it when that was opened anew', () =>
    withJob({ create_blocked: true }, async (job) => {
      await job.resolve.openProject(PARKING);
      await job.submit();
      await job.start().exit();
      const { final_status, clips } = await job.folder.result();
      expect(final_status).toBe('COMPLETED');
      expect(clips[0]?.resolve_job?.observed).toMatchObject({ create_project_refused_once: true });
      expect(await harmfulCalls(job.resolve)).toEqual([]);
    }));

  it('open makes it when it is told to open it', () =>
    run({ create_loads: false }, {}, async (ended) => {
      expect(ended.result.final_status).toBe('COMPLETED');
      expect(ended.clip?.resolve_job?.observed).toMatchObject({ create_project_opens: false });
      await expectCleanedUp(ended);
    }));
});

describe.concurrent('a project of ours', () => {
  it('that can not be saved stays open and is named, and nothing is asked', () =>
    withJob({}, async (job) => {
      await job.submit({}, 'first.json');
      await job.start().exit();
      await job.resolve.play({ save_project: 'refused' });
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start().exit();
      const [left = ''] = await job.resolve.projects();
      expect(JSON.stringify(await job.folder.results())).toContain(
        `Resolve can't save the project ${left}, which stays open.`,
      );
      expect(await job.resolve.dialog()).toBeNull();
      await job.resolve.play({});
      await job.submit({ fields: { naming_template: 'third' } }, 'third.json');
      await job.start().exit();
      expect(await job.resolve.projects()).toEqual([]);
      expect(await harmfulCalls(job.resolve)).toEqual([]);
    }));

  it('that still can not be saved is not left for the next clip, since that would ask', () =>
    run({ save_project: 'refused' }, {}, async ({ job }) => {
      const [left = ''] = await job.resolve.projects();
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start().exit();
      expect(JSON.stringify(await job.folder.results())).toContain(
        `The project ${left} is open in Resolve. Save and close it there`,
      );
      expect(await job.resolve.dialog()).toBeNull();
      expect(await job.resolve.current()).toBe(left);
    }));

  it('that an earlier run left open is opened and closed, so that it can be deleted', () =>
    withJob({ delete_flaky: 0 }, async (job) => {
      await job.submit({}, 'first.json');
      await job.start().exit();
      const parking = (await job.resolve.current()) ?? '';
      const left = parking.replace('parking', '1-2-3');
      await job.resolve.addProject(left, { held: true });
      await job.submit({ fields: { naming_template: 'second' } }, 'second.json');
      await job.start().exit();
      expect(await job.resolve.projects()).toEqual([]);
      expect(await harmfulCalls(job.resolve)).toEqual([]);
    }));

  it('is found again when somebody looks into another folder of the database', () =>
    run({ folder: 'Commercials' }, THREE, async (ended) => {
      expect(ended.result.completed_clips).toBe(3);
      expect(
        await ended.job.resolve.project((await ended.job.resolve.current()) ?? ''),
      ).toMatchObject({ folder: '' });
      await expectCleanedUp(ended);
    }));

  it.each(['MediaPool.ImportMedia', 'Project.StartRendering', 'ProjectManager.CloseProject'])(
    'is deleted although somebody looks into another folder during %s',
    (method) =>
      run({ meanwhile: { [method]: { folder: 'Commercials' } } }, {}, async (ended) => {
        expect(ended.result.final_status).toBe('COMPLETED');
        expect(await ended.job.resolve.project(PARKING)).toMatchObject({ folder: '' });
        await expectCleanedUp(ended);
      }),
  );

  it('that Resolve refuses to delete four times is deleted', () =>
    run({ delete_flaky: 4 }, {}, async (ended) => {
      expect(ended.clip?.resolve_job?.observed).toMatchObject({ delete_project_tries: 5 });
      await expectCleanedUp(ended);
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
      expect(await job.resolve.projects()).toEqual([]);
    }));
});
