/** @module-tag night */
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { pictureOf, useResolveJobs } from '../support/resolve-jobs.ts';
import { inReason } from '../support/reason.ts';

const { withJob } = useResolveJobs();

const UNLIKE =
  'beside it differs in the number of digits, or in upper and lower case. Name all frames alike.';

describe.concurrent('a frame sequence', () => {
  const numbers = Array.from({ length: 24 }, (_, index) => String(86 + index).padStart(7, '0'));

  it.each([
    ['a folder', 'ari', ''],
    ['its first frame', 'dng', 'A001.0000086.dng'],
  ])('named by %s becomes one clip', (_, extension, first) =>
    withJob({}, async (job) => {
      for (const number of numbers) await job.source(`A001.${number}.${extension}`);
      await job.submit({ sources: [job.path(first)], fields: { naming_template: 'A001' } });
      await job.start().exit();
      const result = await job.folder.result();
      expect(result.clips[0]?.resolve_job?.source).toEqual({
        path: job.path(`A001.%07d.${extension}`),
        start: 86,
        end: 109,
      });
      expect((await pictureOf(result)).video).toMatchObject({ packets: { count: 24 } });
    }),
  );

  it('of which Resolve reads less fails', () =>
    withJob({ clip: { Frames: '20' } }, async (job) => {
      for (const number of numbers) await job.source(`A.${number}.ari`);
      await job.submit({ sources: [job.path('')] });
      await job.start().exit();
      const { failure_reason } = await job.folder.result();
      expect(failure_reason).toMatch(
        /Resolve reads 20 frames of a sequence of 24\. Open the clip in Resolve/,
      );
      expect(await job.resolve.left()).toEqual([]);
    }));
});

describe.concurrent('a frame sequence is refused before any work', () => {
  it('by every check, with all that is wrong, and no clip of the job is begun', () =>
    withJob({}, async (job) => {
      const names = ['gap/A.1.ari', 'gap/A.3.ari', 'pads/A.9.dng', 'pads/A.10.dng'];
      for (const name of [...names, 'mixed/A.1.dng', 'mixed/A.2.DNG']) await job.source(name);
      for (const name of ['cut/A.1.dng', 'cut/A.4.dng']) await job.source(name);
      await job.source('cut/A.2.dng', '');
      await job.source('cut/A.3.dng', '');
      for (const name of ['folder/A.1.dng', 'link/A.1.dng']) await job.source(name);
      await mkdir(job.path('folder/A.2.dng'));
      await symlink('/nowhere', job.path('link/A.2.dng'));
      const faults = [
        ['gap', 'Frame 2 is missing between 1 and 3.'],
        ['pads/A.9.dng', `A.10.dng ${UNLIKE}`],
        ['mixed/A.1.dng', `A.2.DNG ${UNLIKE}`],
        ['cut', "Its frame A.2.dng is empty, and 1 more can't be used. Copy the frames again."],
        ['folder/A.1.dng', 'Its frame A.2.dng is not a file. Copy the frames again.'],
        ['link', 'Its frame A.2.dng leads nowhere. Copy the frames again.'],
      ] as const;
      const sources = ['A001.braw', ...faults.map(([name]) => job.path(name))];
      await job.submit({ sources });
      const problem = ([name, fault]: (typeof faults)[number]) =>
        `${job.path(name)} is not a whole frame sequence. ${fault}`;
      const refused = {
        failure_type: 'UnsupportedFormatError',
        failure_reason: inReason(`Unsupported format: ${faults.map(problem).join(' ')}`),
        violations: faults.map((fault, index) => ({
          path: `sources[${index + 1}]`,
          message: problem(fault),
        })),
      };
      const [file = ''] = await job.folder.names('pending');
      const argv = ['validate', '--json', join(job.folder.root, 'pending', file)];
      const { exitCode, stdout } = await cli(argv, { env: job.resolve.env });
      expect(exitCode).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject(refused);
      await job.start().exit();
      expect(await job.folder.result()).toMatchObject({ ...refused, clips: [] });
      expect(await job.resolve.calls()).toEqual([]);
    }));

  it('when a frame of it is a link that leads out of the allowed roots', () =>
    withJob({}, async (job) => {
      await job.source('links/A.1.dng');
      const outside = await job.source('outside.dng');
      await symlink(outside, job.path('links/A.2.dng'));
      await job.submit({ sources: [job.path('links')] });
      await job.start({ flags: { 'allow-source-root': job.path('links') } }).exit();
      const { failure_type, failure_reason } = await job.folder.result();
      expect(failure_type).toBe('PathNotAllowedError');
      expect(failure_reason).toMatch(/: \S+\/links\/A\.2\.dng$/);
    }));
});

describe.concurrent('a frame sequence that is not the same after its render', () => {
  it.each<[string, string, (path: string) => Promise<unknown>]>([
    ['lost a frame', 'A.1.dng', (path) => rm(`${path}/A.3.dng`)],
    [
      'lost all but the first',
      'A.1.dng',
      (path) => rm(`${path}/A.2.dng`).then(() => rm(`${path}/A.3.dng`)),
    ],
    ['got a frame', 'A.1.dng', (path) => writeFile(`${path}/A.4.dng`, 'late')],
    ['got one that is named otherwise', 'A.1.dng', (path) => writeFile(`${path}/A.04.dng`, 'late')],
    ['has a frame that was cut', '', (path) => truncate(`${path}/A.2.dng`, 1)],
    ['has no first frame any more', 'A.1.dng', (path) => rm(`${path}/A.1.dng`)],
  ])('fails: it %s', (_, source, change) =>
    withJob({ progress_step_s: 0.5 }, async (job) => {
      for (const number of [1, 2, 3]) await job.source(`A.${number}.dng`);
      await job.submit({ sources: [job.path(source)], fields: { naming_template: 'A' } });
      const runner = job.start();
      await job.resolve.called('Project.StartRendering');
      await change(job.path(''));
      expect(await runner.exit()).toBe(1);
      const { failure_type, clips } = await job.folder.result();
      expect(failure_type).toBe('SourceChangedError');
      expect(clips[0]).toMatchObject({ status: 'FAILED', output_exists: false });
    }),
  );

  it('completes: what came is no frame of it', () =>
    withJob({ progress_step_s: 0.5 }, async (job) => {
      for (const number of [1, 2, 3]) await job.source(`A.${number}.dng`);
      await job.submit({ sources: [job.path('A.1.dng')] });
      const runner = job.start();
      await job.resolve.called('Project.StartRendering');
      await writeFile(job.path('B.1.dng'), "somebody else's");
      await writeFile(job.path('.DS_Store'), '');
      expect(await runner.exit()).toBe(0);
    }));
});
