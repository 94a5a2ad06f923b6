import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTaggedMov } from '../support/raw-fakes.ts';
import { expectCleanedUp, pictureOf, useResolveJobs } from '../support/resolve-jobs.ts';

const { run, withJob } = useResolveJobs();

const PRORES = { codec: 'prores_proxy', container: 'mov' };

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

  it('owes nothing to a preset that somebody has loaded before', () => {
    const theirs = { TargetDir: '/elsewhere', CustomName: 'theirs', AudioCodec: 'aac' };
    const colour = { ColorSpaceTag: 'AstroDesign', GammaTag: 'ACEScct' };
    const size = { FormatWidth: 320, FormatHeight: 180, FrameRate: 60 };
    const told = { ...theirs, ...size, ...colour, ExportVideo: false, ExportAudio: false };
    // Marks mean nothing to a render of all frames.
    const render = { ...told, SelectAllFrames: false, MarkIn: 3, MarkOut: 9 };
    const inherited = { render, format: ['mp4', 'H264'], mode: 0 };
    return run({ inherited }, { fields: PRORES }, async ({ result, clip, job }) => {
      const { media, video } = await pictureOf(result);
      expect(media.streams.some(({ kind }) => kind === 'audio')).toBe(true);
      expect(video).toMatchObject({ profile: 'Proxy', width: 640, frameRate: '24/1' });
      expect(video).toMatchObject({ packets: { count: 24 } });
      const { settings } = clip?.resolve_job ?? { settings: {} };
      for (const name of Object.keys(told)) expect(settings).toHaveProperty(name);
      expect(settings).toMatchObject({ GammaTag: 'Same as Project', AudioCodec: 'lpcm' });
      const methods = await job.resolve.methods();
      const reading = [
        'GetCurrentRenderFormatAndCodec',
        'GetCurrentRenderMode',
        'GetRenderJobList',
      ];
      for (const name of reading) expect(methods).toContain(`Project.${name}`);
      expect(methods).not.toContain('Project.LoadRenderPreset');
    });
  });

  it('that ffprobe can open is checked for being whole too', () =>
    withJob({}, async (job) => {
      await job.source('unused');
      const raw = await makeTaggedMov(join(job.base, 'raw'), 'tagged.braw', 'brvl');
      await job.submit({ sources: [raw] });
      await job.start().exit();
      const { clips } = await job.folder.result();
      expect(clips[0]?.verification[0]).toMatchObject({ check: 'source', passed: true });
    }));

  it('becomes DNxHR in MXF OP1a', () =>
    run({}, { fields: { codec: 'dnxhr', container: 'mxf' } }, async ({ result, job }) => {
      expect(result.clips[0]?.resolved_output_path).toMatch(/\.mxf$/);
      const { media, video } = await pictureOf(result);
      expect(media.formatName).toBe('mxf');
      expect(video).toMatchObject({ codecName: 'dnxhd', profile: 'DNXHR LB' });
      const set = (await job.resolve.calls()).find(
        ({ method }) => method === 'Project.SetCurrentRenderFormatAndCodec',
      );
      expect(set).toMatchObject({ arguments: ['mxf_op1a', 'DNxHRLB'], answer: true });
    }));

  it.each([
    ['half', 320, 180],
    ['480x480', 480, 270],
  ])('has the size that %s means', (resolution, width, height) =>
    run({ clip: { Resolution: '642x362' } }, { fields: { resolution } }, async ({ result }) => {
      expect((await pictureOf(result)).video).toMatchObject({ width, height });
    }),
  );

  it('of drop-frame keeps rate and timecode', () =>
    run({ clip: { FPS: 29.97, 'Start TC': '01:02:03;04' } }, {}, async (ended) => {
      const { media, video } = await pictureOf(ended.result);
      expect(video?.frameRate).toBe('30000/1001');
      expect(JSON.stringify(media)).toContain('01:02:03;04');
      await expectCleanedUp(ended);
    }));

  it('at an explicit rate has as many frames as that makes', () =>
    run({}, { fields: { fps_mode: 'explicit', fps_explicit: 48 } }, async ({ result, clip }) => {
      expect((await pictureOf(result)).video).toMatchObject({ packets: { count: 48 } });
      expect(clip?.warnings[0]).toContain('sets 48 frames per second');
    }));

  it('without sound becomes a proxy without sound', () =>
    run({ clip: { 'Audio Ch': '0' } }, {}, async ({ result }) => {
      const { media } = await pictureOf(result);
      expect(media.streams.some(({ kind }) => kind === 'audio')).toBe(false);
    }));

  it('may have any name', () => {
    const odd = ['with space', 'Ünïcödé 映像 🎬', 'quo"te\'s & $(x)', '%04d', 'long'.repeat(55)];
    const sources = odd.map((name) => `${name}.braw`);
    return run({}, { sources, fields: { naming_template: '{index}' } }, ({ result }) => {
      expect(result).toMatchObject({ final_status: 'COMPLETED', completed_clips: 5 });
    });
  });
});
