/** @module-tag night */
import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { useResolveJobs } from '../support/resolve-jobs.ts';

const { withJob } = useResolveJobs();

const CLIP = 'A001.RDM/A001_C001_0101AB.RDC/A001_C001_0101AB';

describe.concurrent('a RED clip in several parts', () => {
  it('is made of its first part alone', () =>
    withJob({}, async (job) => {
      for (const part of ['_001', '_002', '_003']) await job.source(`${CLIP}${part}.R3D`);
      await job.submit({ sources: [job.path(`${CLIP}_001.R3D`)] });
      expect(await job.start().exit()).toBe(0);
      const imports = (await job.resolve.calls()).filter(({ method }) =>
        method.endsWith('ImportMedia'),
      );
      expect(imports.map(({ arguments: [items] }) => items)).toEqual([
        [job.path(`${CLIP}_001.R3D`)],
      ]);
    }));

  it('is refused by a later part, with the file to name, and with one that is missing', () =>
    withJob({}, async (job) => {
      for (const part of ['_001', '_002', '_004']) await job.source(`${CLIP}${part}.R3D`);
      await job.submit({ sources: ['_001', '_002'].map((part) => job.path(`${CLIP}${part}.R3D`)) });
      await job.start().exit();
      const { failure_type, failure_reason } = await job.folder.result();
      expect(failure_type).toBe('UnsupportedFormatError');
      expect(failure_reason).toContain(
        'Its part A001_C001_0101AB_003.R3D is missing. Copy the card',
      );
      expect(failure_reason).toContain(
        'begins with A001_C001_0101AB_001.R3D. Name that file alone',
      );
      expect(await job.resolve.calls()).toEqual([]);
    }));

  it('is made of a later part that lies alone, with a warning', () =>
    withJob({}, async (job) => {
      await job.submit({ sources: [await job.source(`${CLIP}_002.R3D`)] });
      await job.start().exit();
      const { final_status, clips } = await job.folder.result();
      expect(final_status).toBe('COMPLETED');
      expect(clips[0]?.warnings).toEqual([
        expect.stringMatching(
          /part 2 of one that begins with A001_C001_0101AB_001\.R3D, which is not/,
        ),
      ]);
    }));

  it('fails when a later part is not the same after the render', () =>
    withJob({ progress_step_s: 0.5 }, async (job) => {
      for (const part of ['_001', '_002']) await job.source(`${CLIP}${part}.R3D`);
      await job.submit({ sources: [job.path(`${CLIP}_001.R3D`)] });
      const runner = job.start();
      await job.resolve.called('Project.StartRendering');
      await rm(job.path(`${CLIP}_002.R3D`));
      await runner.exit();
      expect((await job.folder.result()).failure_type).toBe('SourceChangedError');
    }));
});

describe.concurrent('a BRAW clip with settings beside it', () => {
  it('is made, and they are named', () =>
    withJob({}, async (job) => {
      await job.source('A001.sidecar', '{}');
      await job.submit();
      await job.start().exit();
      const { clips } = await job.folder.result();
      expect(clips[0]?.warnings).toEqual(['Resolve develops the clip by A001.sidecar beside it.']);
    }));

  it('fails when they change during the render', () =>
    withJob({ progress_step_s: 0.5 }, async (job) => {
      await job.source('A001.sidecar', '{}');
      await job.submit();
      const runner = job.start();
      await job.resolve.called('Project.StartRendering');
      await writeFile(job.path('A001.sidecar'), '{"iso":800}');
      await runner.exit();
      expect((await job.folder.result()).failure_type).toBe('SourceChangedError');
    }));

  it('is what to name instead of them', () =>
    withJob({}, async (job) => {
      await job.submit({ sources: [await job.source('A001.sidecar', '{}')] });
      await job.start().exit();
      expect((await job.folder.result()).failure_reason).toContain('Name the clip beside it');
    }));
});

it('a folder of a card is refused, each of a job with what to name instead', () =>
  withJob({}, async (job) => {
    for (const name of ['A.RDC/A_001.R3D', 'XDROOT/Clip/B.MXF']) await job.source(name);
    await job.submit({ sources: [job.path('A.RDC'), job.path('XDROOT')] });
    await job.start().exit();
    const { failure_type, failure_reason, violations } = await job.folder.result();
    expect(failure_type).toBe('MissingSourcesError');
    expect(failure_reason).toContain(`${job.path('A.RDC')} (not a file)`);
    expect(violations.map(({ message }) => message)).toEqual([
      expect.stringContaining('name the clip inside; of a RED clip, the .R3D'),
      expect.stringContaining('name the clip inside'),
    ]);
  }));

describe.concurrent('frames with a per cent sign', () => {
  it.each([
    ['in their names', '100%_A.1.dng'],
    ['in the path', '100%/A.1.dng'],
  ])('%s are refused before any work', (_, name) =>
    withJob({}, async (job) => {
      await job.source(name);
      await job.source(name.replace('1.dng', '2.dng'));
      await job.submit({ sources: [job.path(name)] });
      await job.start().exit();
      const { failure_type, failure_reason } = await job.folder.result();
      expect(failure_type).toBe('UnsupportedFormatError');
      expect(failure_reason).toContain('per cent sign');
      expect(await job.resolve.calls()).toEqual([]);
    }),
  );
});
