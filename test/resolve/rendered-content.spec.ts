/** @module-tag night */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeUnknownMxf } from '../support/raw-fakes.ts';
import { useResolveJobs } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

describe.concurrent('a proxy that shows the same throughout', () => {
  it.each([['black'], ['still']])('is made with a warning: %s', (render) =>
    run({ render }, {}, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.warnings).toEqual([
        expect.stringContaining('The proxy shows one picture from start to end'),
      ]);
    }),
  );
});

describe.concurrent('a clip that Resolve reads only in part', () => {
  it.each([
    ['in its second half', '30-60', 30, 'dnxhr', 'mov'],
    ['in a few frames of its middle', '30-33', 3, 'dnxhr', 'mov'],
    ['in its last frame', '59-60', 1, 'prores_proxy', 'mov'],
    ['of H.264', '41-55', 14, 'h264', 'mkv'],
  ])('is found out %s', (_, cards, count, codec, container) =>
    run(
      { render: `cards:${cards}`, clip: { Frames: '60' } },
      { fields: { codec, container } },
      ({ clip }) => {
        expect(clip?.status).toBe('FAILED');
        expect(clip?.failure_reason).toContain(
          `in ${count} ${count === 1 ? 'frame' : 'frames'}, first in frame ${cards.split('-')[0]}.`,
        );
        expect(clip?.failure_reason).toContain('Stop renders when a frame or clip cannot be');
        expect(clip?.verification.at(-1)).toMatchObject({ check: 'media_online', passed: false });
      },
    ),
  );
});

describe.concurrent('a proxy that is silent', () => {
  it('is made with a warning where nothing reads the sound of its clip', () =>
    run({ sound: 'muted' }, {}, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.warnings).toEqual([
        expect.stringContaining('The proxy is silent from start to end'),
      ]);
    }));

  it.each([
    ['fails where its clip can be heard', '1', 'FAILED'],
    ['is made with a warning where it has fewer channels than its clip', '4', 'COMPLETED'],
  ])('%s', (_, channels, status) =>
    withJob({ sound: 'muted', clip: { 'Audio Ch': channels } }, async (job) => {
      const clip = await makeUnknownMxf(join(job.path(''), '..'), 'A001.mxf');
      await job.submit({ sources: [clip] });
      await job.start().exit();
      const result = await job.folder.result();
      expect(result.final_status).toBe(status);
      const said = [result.failure_reason, ...(result.clips[0]?.warnings ?? [])].join();
      expect(said).toContain('silent from start to end');
    }),
  );
});
