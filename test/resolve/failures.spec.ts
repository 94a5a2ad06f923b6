/** @module-tag night */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeClip } from '../support/media.ts';
import { expectCleanedUp, useResolveJobs } from '../support/resolve-jobs.ts';
import { isRoot, NEEDS_ROOT } from '../support/stand-in-jobs.ts';

const { run, withJob } = useResolveJobs();

const PRORES = { codec: 'prores_proxy', container: 'mov' };

describe.concurrent('what Resolve refuses fails the clip with a code, a phase and a hint', () => {
  it.each([
    [
      'project',
      { create_project: 'none' },
      'PROJECT_CREATE',
      'Create it there by hand and save it',
    ],
    ['import', { clip: null }, 'IMPORT_FAILED', 'Resolve made 0 clips of /'],
    ['import', { clip: { 'Online Status': 'Offline' } }, 'MEDIA_OFFLINE', "can't read it"],
    ['import', { storage_roots: ['/mnt/raid'] }, 'RENDER_PATH', 'storage locations (/mnt/raid)'],
    ['timeline', { timeline_none: true }, 'TIMELINE_FAILED', "can't make a timeline"],
    ['timeline', { refuse_timecode: true }, 'TIMELINE_FAILED', 'start timecode 19:37:31:16'],
    ['timeline', { rates: ['25'] }, 'FPS_UNSUPPORTED', 'of 23.976 frames per second'],
    [
      'settings',
      { version: '18.6.6.7', platform: 'linux' },
      'CODEC_UNAVAILABLE',
      'no codec ProRes422P for mov; it has: DNxHRLB, DNxHRSQ, DNxHRHQ, H264_NVIDIA, H265_NVIDIA',
    ],
    ['settings', { reject_keys: ['FormatWidth'] }, 'SETTINGS_REJECTED', 'settings FormatWidth'],
    ['settings', { stuck_mode: true, inherited: { mode: 0 } }, 'SETTINGS_REJECTED', 'mode at 0'],
    ['queue', { add_job: 'empty' }, 'RENDER_PATH', 'refuses to queue'],
    ['start', { start: 'false' }, 'START_REFUSED', 'refuses to start'],
    ['render', { render: 'fail:GPU memory is full' }, 'RENDER_FAILED', 'GPU memory is full'],
    ['render', { render: 'disk_full' }, 'RENDER_FAILED', 'The disk is full'],
  ])('in %s: %j', (phase, scenario, code, words) => {
    const clip = code === 'FPS_UNSUPPORTED' ? { clip: { FPS: 23.976 } } : {};
    return run({ ...clip, ...scenario }, { fields: PRORES }, async (ended) => {
      expect(ended.clip).toMatchObject({
        status: 'FAILED',
        failure_type: 'EngineError',
        failure_reason: expect.stringContaining(`(${code} in phase ${phase})`),
        output_exists: false,
      });
      expect(ended.clip?.failure_reason).toContain(words);
      const published = await ended.job.folder.names('running');
      expect(published).toEqual([]);
      const isQueued = (await ended.job.resolve.methods()).includes('Project.AddRenderJob');
      expect(isQueued).toBe(['queue', 'start', 'render'].includes(phase));
      await expectCleanedUp(ended);
    });
  });

  it.runIf(isRoot)(`as a full disk, whatever Resolve says${NEEDS_ROOT}`, () =>
    withJob({}, async (job) => {
      const small = join(job.base, 'small');
      await mkdir(small);
      await execa('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', small]);
      try {
        await job.submit({ fields: { output_directory: small } });
        expect(await job.start().exit()).toBe(1);
        const { clips } = await job.folder.result();
        expect(clips[0]).toMatchObject({
          failure_type: 'EngineError',
          failure_reason: `No space left on the filesystem of ${small}`,
        });
      } finally {
        await execa('umount', ['-l', small]);
      }
    }),
  );

  it("in import as the output directory outside of Resolve's storage", () =>
    run({ storage_roots: ['/mnt/raid'] }, {}, ({ clip, job }) => {
      expect(clip?.failure_reason).toMatch(
        `${job.folder.output} is in none of Resolve's storage locations (/mnt/raid)`,
      );
    }));

  it('with everything that was set and read back until then', () =>
    run({ refuse_timecode: true }, {}, ({ clip }) => {
      expect(clip?.resolve_job?.project_settings).toMatchObject({
        superScale: { set: '1', read: 1, answer: true },
        timelineResolutionWidth: { set: '640', read: '640' },
        startTimecode: { set: '19:37:31:16', read: '01:00:00:00', answer: false },
      });
      expect(clip?.resolve_job?.refused_settings).toEqual(['startTimecode']);
    }));

  it('keeps what a failed render has written', () =>
    run({ render: 'disk_full' }, {}, ({ clip }) => {
      expect(clip?.partial_output_path).toMatch(/\.partial\.mov$/);
    }));
});

describe.concurrent('what Resolve refuses without harm', () => {
  it('is an optional setting, with a warning', () =>
    run({ reject_keys: ['AudioCodec'] }, {}, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.resolve_job).toMatchObject({ refused_settings: ['AudioCodec'] });
      expect(clip?.warnings).toEqual(['Resolve refuses the render settings AudioCodec.']);
    }));

  it('is a setting that its queue shows otherwise, since the file is what counts', () =>
    run({ queued_as: { FormatWidth: '1920' } }, {}, ({ result, clip }) => {
      expect(result.final_status).toBe('COMPLETED');
      expect(clip?.warnings).toEqual(['Resolve has queued FormatWidth 1920 instead of 640.']);
    }));

  it('is a start that it has made nevertheless', () =>
    run({ start: 'spurious_false', progress_step_s: 0.3 }, {}, ({ result }) => {
      expect(result.final_status).toBe('COMPLETED');
    }));

  it('is the deletion of a project right after it was closed', () =>
    run({ delete_flaky: 2 }, {}, async (ended) => {
      expect(ended.result.final_status).toBe('COMPLETED');
      await expectCleanedUp(ended);
    }));

  it('is the deletion of a project at all, which is named', () =>
    run({ delete_project: 'refused' }, {}, async ({ result, clip, job }) => {
      expect(result.final_status).toBe('COMPLETED');
      const [left] = await job.resolve.projects();
      expect(clip?.warnings).toEqual([`Resolve keeps the project ${left}. Delete it there.`]);
    }));
});

describe.concurrent('the end of a render', () => {
  describe.each(['it', 'zh', 'ja'])('in %s', (locale) => {
    it('is understood', () =>
      run({ locale, progress_step_s: 0.2 }, {}, ({ result }) => {
        expect(result.final_status).toBe('COMPLETED');
      }));

    it('is a failure where nothing goes on at 80 %', () =>
      run({ locale, render: 'gives_up', progress_step_s: 0.2 }, {}, ({ clip }) => {
        expect(clip?.failure_reason).toMatch(/\(RENDER_FAILED in phase render\)/);
      }));
  });

  it('is 100 %, whatever Resolve calls it', () =>
    run({ render: 'never_complete' }, {}, ({ result }) => {
      expect(result.final_status).toBe('COMPLETED');
    }));

  it('is not a job that waits for its turn', () =>
    run({ start_latency_s: 4 }, {}, ({ result }) => {
      expect(result.final_status).toBe('COMPLETED');
    }));

  it.each([
    ['that stalls', 'stall', expect.stringContaining('.partial.mov')],
    ['whose failure waits in a dialog', 'fail_hidden', null],
  ])('comes in bounded time for one %s, which is stopped', (_, render, partial) =>
    run({ render }, { flags: { 'resolve-stall-seconds': 2 } }, async (ended) => {
      expect(ended.clip).toMatchObject({
        failure_type: 'EngineStalledError',
        failure_reason: expect.stringMatching(
          /no progress for 2 s \(RENDER_STALLED in phase render\).*A dialog may be open/,
        ),
        partial_output_path: partial,
      });
      expect(await ended.job.resolve.methods()).toContain('Project.StopRendering');
      expect(await ended.job.resolve.isRendering()).toBe(false);
      await expectCleanedUp(ended);
    }),
  );
});

describe.concurrent('a job is refused before any work', () => {
  it.each([
    [{ codec: 'vp9', container: 'webm' }, 'codec'],
    [{ codec: 'av1', container: 'webm' }, 'container'],
    [{ fps_mode: 'explicit', fps_explicit: 12.5 }, 'fps_explicit'],
  ])('that asks for %j', (fields, path) =>
    run({}, { fields }, async ({ result, job }) => {
      expect(result).toMatchObject({
        final_status: 'PARTIAL',
        failure_type: 'JobSpecValidationError',
        violations: [{ path }],
      });
      expect(await job.resolve.calls()).toEqual([]);
    }),
  );

  it('that needs both engines', () =>
    withJob({}, async (job) => {
      await mkdir(join(job.base, 'raw'));
      await writeFile(job.path('x.dng'), 'a frame');
      const clip = await makeClip(job.base, 'clip.mov');
      await job.submit({ sources: [clip, job.path('x.dng')] });
      await job.start().exit();
      expect((await job.folder.result()).failure_type).toBe('MixedEngineError');
      expect(await job.resolve.calls()).toEqual([]);
    }));
});
