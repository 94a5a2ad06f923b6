/** @module-tag night */
import { chmod, mkdir, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeClip } from '../support/media.ts';
import { expectCleanedUp, useResolveJobs } from '../support/resolve-jobs.ts';
import { until } from '../support/runner-process.ts';

const { run, withJob } = useResolveJobs();

describe.concurrent('more than one clip', () => {
  it('are made in order, one render at a time', () =>
    run({}, { sources: ['c.braw', 'a.braw', 'b.braw'] }, async (ended) => {
      const { result, job } = ended;
      expect(result.completed_clips).toBe(3);
      const imports = (await job.resolve.calls()).filter(
        ({ method }) => method === 'MediaPool.ImportMedia',
      );
      expect(imports.map(({ arguments: [paths] }) => paths)).toEqual(
        ['c.braw', 'a.braw', 'b.braw'].map((name) => [job.path(name)]),
      );
      await expectCleanedUp(ended);
    }));

  it('of several jobs wait for each other, whatever the number of workers', () =>
    withJob({ progress_step_s: 0.2 }, async (job) => {
      for (const name of ['a.json', 'b.json', 'c.json'])
        await job.submit({ fields: { job_id: name, naming_template: '{job_id}' } }, name);
      await job.start({ args: ['--once', '--max-workers', '3'] }).exit();
      const results = await job.folder.results();
      expect(results.map(({ final_status }) => final_status)).toEqual(
        Array.from({ length: 3 }, () => 'COMPLETED'),
      );
      expect((await job.resolve.methods()).join(' ')).not.toContain('VIOLATION');
    }));
});

describe.concurrent('a render', () => {
  it('keeps no job for FFmpeg waiting', () =>
    withJob({ progress_step_s: 60 }, async (job) => {
      await job.submit();
      job.start({ args: ['--max-workers', '2'] });
      await until(() => job.resolve.isRendering());
      await job.submit({ sources: [await makeClip(job.base, 'clip.mov')] }, 'standard.json');
      await until(async () => (await job.folder.names('completed')).includes('standard.json'));
      expect(await job.resolve.isRendering()).toBe(true);
    }));
});

describe.concurrent('a render below folders in which others may rename', () => {
  it('has a warning that names the nearest', () =>
    withJob({}, async (job) => {
      for (const above of [dirname(job.base), job.base]) await chmod(above, 0o755);
      await chmod(job.folder.output, 0o777);
      await job.submit();
      await job.start().exit();
      const [clip] = (await job.folder.result()).clips;
      expect(clip?.status).toBe('COMPLETED');
      expect(clip?.warnings).toEqual([
        expect.stringContaining(`Other users may rename what is in ${job.folder.output}, and so`),
      ]);
    }));
});

describe.concurrent('the private folder of a render', () => {
  it('is the one that was made when its file is taken, or the clip fails', () =>
    withJob({ progress_step_s: 0.3 }, async (job) => {
      await job.submit();
      const runner = job.start();
      await until(() => job.resolve.isRendering());
      const { output } = job.folder;
      const isFolder = (name: string) => name.startsWith('.') && !name.includes('.partial.mov');
      const name = (await readdir(output)).find(isFolder) ?? '';
      await rename(join(output, name), join(output, 'away'));
      await mkdir(join(output, name), 0o777);
      await runner.exit();
      const { failure_type, failure_reason } = await job.folder.result();
      expect(failure_type).toBe('OutputDirectoryError');
      expect(failure_reason).toContain(`Output directory was replaced: ${output}`);
    }));
});

describe.concurrent('a library that misbehaves', () => {
  it.each([
    ['in the cleaning up', { segv_at: 'MediaPool.DeleteClips' }],
    ['at the very end', { module: 'segv_at_exit' }],
  ])('and crashes Python after the render, %s, costs nothing', (_, scenario) =>
    run(scenario, {}, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.warnings).toEqual([]);
    }),
  );

  it('and prints to stdout and floods stderr changes nothing', () =>
    run({ prints: true, stderr_bytes: 10_000_000 }, {}, ({ result }) => {
      expect(result.final_status).toBe('COMPLETED');
    }));
});
