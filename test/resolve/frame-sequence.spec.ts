import { describe, expect, it } from 'vitest';
import { pictureOf, useResolveJobs } from '../support/resolve-jobs.ts';

const { withJob } = useResolveJobs();

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
      expect((await pictureOf(result)).video).toMatchObject({ countedPackets: 24 });
    }),
  );

  it('with a gap, or of which Resolve reads less, fails', () =>
    withJob({ clip: { Frames: '20' } }, async (job) => {
      for (const number of numbers) await job.source(`whole/A.${number}.ari`);
      await job.source('gap/A.1.ari');
      await job.source('gap/A.3.ari');
      await job.submit({ sources: [job.path('gap')] }, 'gap.json');
      await job.submit({ sources: [job.path('whole')] }, 'whole.json');
      await job.start().exit();
      const [gap, whole] = await job.folder.results();
      expect(gap?.failure_reason).toMatch(/Frame 2 is missing between 1 and 3\.$/);
      expect(whole?.failure_reason).toMatch(/Resolve reads 20 frames of a sequence of 24\.$/);
      expect(await job.resolve.projects()).toEqual([]);
    }));
});
