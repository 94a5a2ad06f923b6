/** @module-tag night */
import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { makeClip } from '../support/media.ts';
import { expectCleanedUp, harmfulCalls, useResolveJobs } from '../support/resolve-jobs.ts';
import { isRoot, NEEDS_ROOT } from '../support/root.ts';
import { until } from '../support/runner-process.ts';

const { run, withJob } = useResolveJobs();

const BURNT_IN = { render: { DataBurnIn: 'Timecode' } };
const PRORES = { codec: 'prores_proxy', container: 'mov' };

describe.concurrent('what Resolve refuses fails the clip', () => {
  it('with a code, a phase and a hint', () =>
    run({ add_job: 'empty' }, { fields: PRORES }, async (ended) => {
      expect(ended.clip).toMatchObject({
        status: 'FAILED',
        failure_type: 'EngineError',
        failure_reason: expect.stringMatching(
          /refuses to queue .* \(RENDER_PATH in phase queue\)\. Either .* in no storage location: add it.* Or a dialog is open/,
        ),
        output_exists: false,
        resolve_job: { observed: { add_job_refused: 5 } },
      });
      await expectCleanedUp(ended);
    }));

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

  it.each([
    ['18.6.6.7', 'of an older version', [], undefined],
    ['21.1.0.3', 'and overrides what somebody has loaded', [], 'None'],
  ])('is a newer setting in %s %s', (version, _, warnings, burnIn) =>
    run({ version, inherited: BURNT_IN }, {}, ({ clip }) => {
      expect(clip?.warnings).toEqual(warnings);
      expect(clip?.resolve_job?.settings['DataBurnIn']).toBe(burnIn);
      expect(clip?.resolve_job?.refused_settings).toEqual([]);
    }),
  );

  it('is a setting that a version should have, with a warning', () =>
    run({ version: '21.1.0.3', reject_keys: ['DataBurnIn'] }, {}, ({ clip }) => {
      expect(clip?.warnings).toEqual(['Resolve refuses the render settings DataBurnIn.']);
    }));

  it('is the size of the output where it is that of the timeline, whatever was saved', () => {
    const defaults = { timelineOutputResMismatchBehavior: 'scaleToCrop' };
    return run({ defaults }, {}, ({ clip }) => expect(clip?.warnings).toEqual([]));
  });

  it('is to manage no colour, and what it does instead is in the result', () => {
    const colorScienceMode = 'davinciYRGBColorManagedv2';
    const scenario = { defaults: { colorScienceMode }, reject_settings: ['colorScienceMode'] };
    return run(scenario, {}, ({ clip }) => {
      expect(clip?.warnings).toEqual([
        `Resolve refuses the project settings colorScienceMode (is ${colorScienceMode}).`,
      ]);
      expect(clip?.resolve_job?.colour).toMatchObject({ colorScienceMode });
    });
  });
});

describe.concurrent('a render that does not stop', () => {
  it('is left alone, and later jobs say what a person must do until Resolve is started again', () =>
    withJob({ render: 'stall', stop: 'ignored' }, async (job) => {
      const flags = { 'resolve-stall-seconds': 2, 'resolve-phase-seconds': 5 };
      await job.submit({}, 'a.json');
      await job.start({ flags }).exit();
      const [first] = (await job.folder.result()).clips;
      expect(first).toMatchObject({
        failure_type: 'EngineStalledError',
        failure_reason: expect.stringMatching(
          /no progress for 2 s\. Resolve goes on rendering .*RENDER_STUCK in phase stop\)\. Quit Resolve, end its process/,
        ),
      });
      expect(await job.resolve.note()).toContain('hung stop');
      expect((await job.resolve.methods()).join()).not.toContain('VIOLATION');
      await job.submit({ fields: { naming_template: 'b' } }, 'b.json');
      await job.start({ flags }).exit();
      const results = await job.folder.results();
      expect(results.at(-1)?.failure_reason).toMatch(
        /It hung at \S+ in phase stop, .* Quit Resolve, end its process where it refuses, and start it again\. \[RESOLVE_BUSY\]/,
      );
      await job.resolve.play({});
      await job.resolve.restart();
      await job.submit({ fields: { naming_template: 'c' } }, 'c.json');
      await job.start().exit();
      expect(await job.folder.names('completed')).toContain('c.json');
      expect(await job.resolve.note()).toBe('');
    }));

  it('but is slow to stop and to clean up after is given its time when the runner is stopped', () => {
    const seconds = 4;
    const steps = [
      'MediaPool.DeleteTimelines',
      'MediaPool.DeleteClips',
      'ProjectManager.SaveProject',
    ];
    const slow = Object.fromEntries(steps.map((step) => [step, seconds]));
    return withJob({ progress_step_s: 60, stop_s: seconds, slow }, async (job) => {
      await job.submit();
      const runner = job.start({ args: ['--shutdown-grace-seconds', '0'] });
      await job.resolve.called('Project.GetRenderJobStatus');
      runner.signal('SIGTERM');
      await runner.exit();
      expect((await job.folder.result()).failure_type).toBe('RunnerInterrupted');
      await until(async () => (await job.resolve.left()).length === 0);
      expect(await job.resolve.note()).toBe('');
      expect(await harmfulCalls(job.resolve)).toEqual([]);
    });
  });
});

describe.concurrent('an output directory behind a link', () => {
  it('is given to Resolve as the JobSpec has it, where that is in its storage', () =>
    withJob({}, async (job) => {
      const link = join(job.base, 'raid');
      await symlink(job.folder.output, link);
      await job.resolve.play({ storage_roots: [link] });
      await job.submit({ fields: { output_directory: link } });
      await job.start().exit();
      const { clips } = await job.folder.result();
      expect(clips[0]).toMatchObject({
        status: 'COMPLETED',
        resolved_output_path: join(job.folder.output, '000_A001.mov'),
      });
      expect(clips[0]?.resolve_job?.settings['TargetDir']).toMatch(`${link}/`);
    }));

  it('is not rendered into when the link was turned meanwhile', () =>
    withJob({ slow: { 'Project.SetRenderSettings': 1 } }, async (job) => {
      const link = join(job.base, 'raid');
      const other = join(job.base, 'other');
      await mkdir(other);
      await symlink(job.folder.output, link);
      await job.submit({ fields: { output_directory: link } });
      const runner = job.start();
      await job.resolve.called('MediaPool.ImportMedia');
      await symlink(other, `${link}.next`);
      await rename(`${link}.next`, link);
      await runner.exit();
      const { clips } = await job.folder.result();
      expect(clips[0]?.failure_type).toBe('OutputDirectoryError');
      expect(await readdir(other)).toEqual([]);
      expect(await job.resolve.methods()).not.toContain('Project.AddRenderJob');
    }));
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
