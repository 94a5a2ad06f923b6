import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../support/media.ts';
import { NIGHT } from '../support/night.ts';
import { expectCleanedUp, pictureOf, useResolveJobs } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

const PRORES = { codec: 'prores_proxy', container: 'mov' };
/** Time limit of a phase, in seconds; a driver must start within it. */
const DEADLINE = 5;

describe.concurrent('a clip of camera RAW', () => {
  it('becomes a verified ProRes Proxy, and the result says by whom and how', () =>
    run({ progress_step_s: 0.3 }, { fields: PRORES }, async (ended) => {
      const { result, clip, job } = ended;
      expect(result).toMatchObject({
        final_status: 'COMPLETED',
        execution_engine: 'resolve',
        _metadata: {
          engine_version: 'DaVinci Resolve Studio 21.0.4.5',
          engine_routing_reason: "Source codec 'braw' requires DaVinci Resolve",
        },
      });
      expect(clip).toMatchObject({
        engine: 'resolve',
        exit_code: 0,
        warnings: [],
        resolve_job: {
          product: 'DaVinci Resolve Studio',
          version: '21.0.4.5',
          python: expect.stringMatching(/^3\./),
          module: join(job.resolve.scriptApi, 'Modules', 'fusionscript.py'),
          format: 'mov',
          codec: 'ProRes422P',
          timeline: { rate: '24', width: 640, height: 360, startTimecode: '19:37:31:16' },
          clip: { Frames: '24' },
          refused_settings: [],
        },
      });
      expect(clip?.pictures?.map(({ frame }) => frame)).toEqual([0, 11, 23]);
      const names = clip?.verification.map(({ check }) => check);
      expect(names).toEqual(
        expect.arrayContaining(['frame_count', 'start_timecode', 'size', 'audio_tracks']),
      );
      const { media, video } = await pictureOf(result);
      expect(video).toMatchObject({
        codecName: 'prores',
        profile: 'Proxy',
        packets: { count: 24 },
      });
      expect(JSON.stringify(media)).toContain('19:37:31:16');
      await expectCleanedUp(ended);
      const folders = await job.folder.names('completed');
      expect(folders).toEqual(['job.json', 'job.result.json']);
    }));

  it('fails at once where no Resolve is installed, and clips for FFmpeg are made', NIGHT, () =>
    withJob({}, async (job) => {
      await job.submit({}, 'raw.json');
      const clip = await makeSource(job.base, 'clip.mov');
      await job.submit({ sources: [clip], fields: { naming_template: 'made' } }, 'standard.json');
      const env = { RESOLVE_SCRIPT_API: '/nowhere/Scripting' };
      expect(await job.start({ env, flags: { 'resolve-connect-seconds': 90 } }).exit()).toBe(1);
      const results = await job.folder.results();
      expect(results.find((one) => one.execution_engine === 'resolve')).toMatchObject({
        final_status: 'FAILED',
        failure_type: 'EngineUnavailableError',
        failure_reason: expect.stringMatching(
          /^Resolve is required for this media but is not available: .*\/nowhere\/Scripting\/Modules.*\[MODULE_NOT_FOUND\]$/,
        ),
        clips: [],
      });
      expect(results.find((one) => one.execution_engine === 'ffmpeg')).toMatchObject({
        final_status: 'COMPLETED',
      });
      expect(await job.resolve.calls()).toEqual([]);
    }),
  );

  it('fails within its time where Resolve hangs, and says in which call', NIGHT, () =>
    run(
      { modal_at: 'Project.GetRenderJobStatus', hold_gil: true },
      { flags: { 'resolve-phase-seconds': DEADLINE } },
      async ({ clip, job, seconds }) => {
        expect(clip).toMatchObject({
          failure_type: 'EngineStalledError',
          failure_reason: expect.stringMatching(
            `Resolve did not answer within ${DEADLINE} s \\(RESOLVE_HUNG in phase render\\)\\. A dialog may be open`,
          ),
        });
        expect(clip?.stderr).toMatch(/line \d+ in follow$/m);
        expect(seconds).toBeLessThan(3 * DEADLINE + 15);
        expect(await job.folder.names('completed')).toEqual([]);
      },
    ),
  );

  it('waits until the driver of a runner that was killed has ended', NIGHT, () =>
    withJob({ modal_at: 'Project.SetRenderSettings' }, async (job) => {
      await job.submit();
      const runner = job.start();
      await job.resolve.called('Project.SetRenderSettings');
      const driver = await job.resolve.driver();
      await runner.kill();
      await job.resolve.play({});
      await job.submit({ fields: { naming_template: 'again' } }, 'again.json');
      const next = job.start();
      await next.logged('Resolve is in use');
      process.kill(driver, 'SIGKILL');
      await next.exit();
      const [again, interrupted] = await job.folder.results();
      expect(again?.final_status).toBe('COMPLETED');
      expect(interrupted).toMatchObject({ failure_type: 'RunnerInterrupted' });
      expect(await job.resolve.left()).toEqual([]);
    }),
  );

  it("fails where Resolve's red card stands for some of it", NIGHT, () =>
    run({ render: 'cards:59-60', clip: { Frames: '60' } }, { fields: PRORES }, async (ended) => {
      const { clip } = ended;
      expect(clip?.status).toBe('FAILED');
      expect(clip?.failure_reason).toContain('in 1 frame, first in frame 59.');
      expect(clip?.failure_reason).toContain('Stop renders when a frame or clip cannot be');
      expect(clip?.verification.at(-1)).toMatchObject({ check: 'media_online', passed: false });
      await expectCleanedUp(ended);
    }),
  );
});
