/** @module-tag night */
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useResolveJobs, type ResolveJob } from '../support/resolve-jobs.ts';

const { withJob } = useResolveJobs();

/** A clip behind a link to its folder, as storage often is. */
async function linkedClip(job: ResolveJob, name: string): Promise<string> {
  await job.source(`card/${name}`);
  const link = job.path('mounted');
  await symlink(job.path('card'), link);
  return join(link, name);
}

/** Lets the link lead to another folder, with a clip of the same name. */
async function turn(job: ResolveJob, name: string) {
  await job.source(`other/${name}`);
  await symlink(job.path('other'), job.path('next'));
  await rename(job.path('next'), job.path('mounted'));
}

async function imported(job: ResolveJob): Promise<unknown[]> {
  const calls = await job.resolve.calls();
  return calls.find(({ method }) => method === 'MediaPool.ImportMedia')?.arguments ?? [];
}

describe.concurrent('a source behind a link', () => {
  it('is given to Resolve as the JobSpec has it', () =>
    withJob({}, async (job) => {
      const clip = await linkedClip(job, 'A001.braw');
      await job.submit({ sources: [clip] });
      await job.start().exit();
      expect((await job.folder.result()).final_status).toBe('COMPLETED');
      expect(await imported(job)).toEqual([[clip]]);
    }));

  it('and so are the frames of a folder behind one', () =>
    withJob({ clip: { Frames: '2' } }, async (job) => {
      await linkedClip(job, 'F_1.dng');
      await writeFile(job.path('card/F_2.dng'), 'a frame');
      await job.submit({ sources: [job.path('mounted')] });
      await job.start().exit();
      const [[frames]] = (await imported(job)) as [[{ FilePath: string }]];
      expect(frames.FilePath).toMatch(`${job.path('mounted')}/F_`);
    }));

  it('is given as what it leads to where files beside that belong to the clip', () =>
    withJob({}, async (job) => {
      const real = await job.source('card/A001.braw');
      await writeFile(job.path('card/A001.sidecar'), '{}');
      await mkdir(job.path('links'));
      const link = job.path('links/A001.braw');
      await symlink(real, link);
      await job.submit({ sources: [link] });
      await job.start().exit();
      expect(await imported(job)).toEqual([[real]]);
    }));

  it.each([
    ['before the render is queued', 'MediaPool.ImportMedia', 'Project.SetRenderSettings', false],
    ['while it is rendered', 'Project.StartRendering', 'Project.GetRenderJobStatus', true],
  ])('that leads to another one %s fails the clip', (_, from, slow, isQueued) =>
    withJob({ slow: { [slow]: 2 } }, async (job) => {
      const clip = await linkedClip(job, 'A001.braw');
      await job.submit({ sources: [clip] });
      const runner = job.start();
      await job.resolve.called(from);
      await turn(job, 'A001.braw');
      await runner.exit();
      const { clips } = await job.folder.result();
      expect(clips[0]).toMatchObject({
        failure_type: 'SourceChangedError',
        failure_reason: expect.stringContaining(clip),
        output_exists: false,
      });
      expect((await job.resolve.methods()).includes('Project.AddRenderJob')).toBe(isQueued);
      expect(await job.resolve.left()).toEqual([]);
    }),
  );
});
