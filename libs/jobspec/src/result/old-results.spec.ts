import { describe, expect, it } from 'vitest';
import { asRead, check, clipResult, jobResult } from '../../../../test/support/job-result.ts';
import type { ClipResult, JobResult } from './result.ts';

function factsOf(clip: Partial<ClipResult>) {
  return asRead(jobResult({ clips: [clipResult('A', clip)] })).clips[0]?.facts;
}

describe('an old result tells', () => {
  it('what was found in its proxy', () => {
    const verification = Object.entries({
      frame_count: 48,
      start_timecode: '01:00:00:00',
      video_codec: 'prores',
      size: '960x540',
      frame_rate: '25/1',
      field_order: 'progressive',
      audio_channels: [2, 1],
      duration_seconds: 1.92,
    }).map(([name, actual]) => check({ check: name, expected: actual, actual }));
    expect(factsOf({ verification })).toMatchObject({
      timecode: '01:00:00:00',
      video_codec: 'prores',
      size: '960x540',
      frame_rate: '25/1',
      field_order: 'progressive',
      audio_channels: [2, 1],
      duration_seconds: 1.92,
      cause: null,
    });
  });

  it('the frames of a source that declares none, and what the proxy has more', () => {
    const verification = [check({ check: 'counted_frames', expected: 48, actual: 48 })];
    const warnings = ['Frames that were repeated: 3, dropped: 1.'];
    const frames = { source: 48, made: 50, repeated: 3, dropped: 1 };
    expect(factsOf({ verification, warnings })).toMatchObject({ frames });
  });

  it.each([
    [[check({ check: 'reel_name', expected: 'A001', actual: null })], [], 'A001'],
    [[], ['Reel name A001R2EC is lost: MP4 has no place for it.'], 'A001R2EC'],
    [[], ['The reel name Day 1 is not in the proxy: Resolve lets no script set one.'], 'Day 1'],
    [[], ['Stream 3, a data track, is left out.'], null],
  ])('its reel: %#', (verification, warnings, reel) => {
    expect(factsOf({ verification, warnings })).toMatchObject({ reel });
  });

  it.each([
    [['-c:v', 'rawvideo', '-c:v', 'libx265'], 'a.mp4', 'hevc'],
    [['-c:v:0', 'dnxhd', '-profile:v:0', 'dnxhr_lb'], 'a.MXF', 'dnxhr'],
    [['-c:v', 'dnxhd'], 'a.mxf', 'dnxhd'],
    [['-c:v', 'prores_ks', '-profile:v', 'lt'], 'a.mov', 'prores_lt'],
  ])('what was asked for, by its command: %j', (ffmpeg_command, output, codec) => {
    const container = output.slice(-3).toLowerCase();
    const requested = { codec, container, resolution: null, fps: null, looks: [] };
    expect(factsOf({ ffmpeg_command, resolved_output_path: output })).toMatchObject({ requested });
  });

  it('nothing of what was asked for where no command tells', () => {
    expect(factsOf({ ffmpeg_command: [] })).toMatchObject({ requested: null });
  });

  it('what failures have in common', () => {
    const causeOf = (failure_reason: string) =>
      asRead(jobResult({ ...FAILED, failure_reason })).cause?.arguments['reason'];
    const one = causeOf('It broke at 12 s of /a/b.mov, "take 1". FFmpeg exited with code 1');
    expect(causeOf('It broke at 7 s of /c/d.mov, "take 2". FFmpeg exited with code 1')).toBe(one);
    expect(causeOf('It broke at 7 s of /c/d.mov, "take 2". FFmpeg exited with code 2')).not.toBe(
      one,
    );
  });

  it('which source is to blame', () => {
    const clips = [clipResult('A'), clipResult('B', { status: 'FAILED' })];
    expect(asRead(jobResult({ ...FAILED, clips })).cause).toMatchObject({ source_index: 1 });
    const violations = [{ path: 'sources[4]', message: 'Missing' }];
    const refused = { ...FAILED, final_status: 'PARTIAL' as const, clips: [], violations };
    expect(asRead(jobResult(refused)).cause).toMatchObject({ source_index: 4 });
  });
});

const FAILED: Partial<JobResult> = {
  final_status: 'FAILED',
  failure_type: 'EngineError',
  failure_reason: 'FFmpeg exited with code 1',
};
