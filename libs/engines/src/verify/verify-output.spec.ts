import { describe, expect, it } from 'vitest';
import { audio, media, proxyRequest, video } from '../../testing/clips.ts';
import type { AudioStream, MediaInfo, VideoStream } from '../media/media-info.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import type { ProxyRequest } from '../proxy/plan/proxy-request.ts';
import type { RunCounts } from './output-facts.ts';
import { CHECKS, verificationFailure, verifyOutput } from './verify-output.ts';

const RUN: RunCounts = { duplicatedFrames: 0, droppedFrames: 0, sourcePackets: null };
const TAGGED = { colorPrimaries: 'bt709', colorTransfer: 'bt709', colorMatrix: 'bt709' };
const HDR = [{ side_data_type: 'Mastering display metadata' }];
const SOURCE_PICTURE = {
  ...TAGGED,
  sideData: HDR,
  tags: { timecode: '01:00:00:00', reel_name: 'A001' },
};
const SOURCE_SOUND = { tags: { language: 'deu' } };

const OUTPUT_PICTURE: Partial<VideoStream> = {
  ...TAGGED,
  sideData: HDR,
  countedPackets: 250,
  profile: 'High',
  tags: { timecode: '01:00:00:00', reel_name: 'A001' },
};
const OUTPUT_SOUND: Partial<AudioStream> = { tags: { language: 'ger' } };

function output(
  picture: Partial<VideoStream> = {},
  sound: Partial<AudioStream>[] = [{}],
  file: Partial<MediaInfo> = {},
): MediaInfo {
  const tracks = sound.map((track) => audio({ ...OUTPUT_SOUND, ...track }));
  const tags = { major_brand: 'qt  ' };
  return media([video({ ...OUTPUT_PICTURE, ...picture }), ...tracks], { tags, ...file });
}

function checks(
  proxy: MediaInfo,
  request: Partial<ProxyRequest> = {},
  picture: Partial<VideoStream> = {},
  counts = RUN,
) {
  const source = media([video({ ...SOURCE_PICTURE, ...picture }), audio(SOURCE_SOUND)]);
  const { plan, violations } = planProxy(proxyRequest(request), source);
  if (!plan) throw new Error(violations[0]?.message);
  return verifyOutput(plan, proxy, counts);
}

const failed = (...args: Parameters<typeof checks>) =>
  checks(...args)
    .filter(({ passed }) => !passed)
    .map(({ check }) => check);

it('a faithful proxy passes every check that applies', () => {
  expect(failed(output())).toEqual([]);
  expect(checks(output()).map(({ check }) => check)).toEqual(
    CHECKS.map(({ name }) => name).filter(
      (name) =>
        ![
          'video_profile',
          'container_duration_seconds',
          'counted_frames',
          'sound_duration_seconds',
        ].includes(name),
    ),
  );
});

describe('each check can fail', () => {
  it.each<[string, MediaInfo]>([
    ['container', output({}, [{}], { tags: { major_brand: 'isom' } })],
    ['container', output({}, [{}], { formatName: 'matroska,webm' })],
    ['start_timecode', output({ tags: { reel_name: 'A001' } })],
    ['start_timecode', output({ tags: { reel_name: 'A001', timecode: '01:00:00:01' } })],
    ['reel_name', output({ tags: { timecode: '01:00:00:00' } })],
    ['video_codec', output({ codecName: 'mpeg4' })],
    ['size', output({ width: 1918 })],
    ['display_aspect', output({ sampleAspectRatio: '4:3' })],
    ['rotation', output({ rotationDegrees: 90 })],
    ['pixel_format', output({ pixelFormat: 'yuv422p' })],
    ['field_order', output({ fieldOrder: 'tt' })],
    ['frame_rate', output({ frameRate: '24/1' })],
    ['audio_tracks', output({}, [{}, {}])],
    ['audio_codecs', output({}, [{ codecName: 'aac' }])],
    ['audio_channels', output({}, [{ channels: 1 }])],
    ['audio_sample_rates', output({}, [{ sampleRate: 44_100 }])],
    ['audio_languages', output({}, [{ tags: {} }])],
    ['audio_durations_seconds', output({}, [{ durationSeconds: 9.5 }])],
    ['color_primaries', output({ colorPrimaries: null })],
    ['color_transfer', output({ colorTransfer: 'smpte2084' })],
    ['color_matrix', output({ colorMatrix: 'bt470bg' })],
    ['color_range', output({ colorRange: 'pc' })],
    ['hdr_metadata', output({ sideData: [] })],
  ])('%s', (name, proxy) => {
    expect(failed(proxy)).toContain(name);
  });

  it('frame_count, by a single frame', () => {
    expect(failed(output({ countedPackets: 249 }))).toEqual(['frame_count']);
    expect(failed(output({ countedPackets: 251 }))).toEqual(['frame_count']);
  });

  it('frame_count, where the file counts nothing', () => {
    expect(failed(output({ countedPackets: null, declaredFrames: null }))).toContain('frame_count');
  });

  it('unbroken_frames, for a hole that keeps its time', () => {
    expect(failed(output({ countedPackets: 216 }))).toEqual(['frame_count', 'unbroken_frames']);
  });

  it('duration_seconds, for a short proxy', () => {
    expect(failed(output({ durationSeconds: 9.9 }))).toContain('duration_seconds');
  });

  it('video_profile', () => {
    const request = { codec: 'prores_lt', container: 'mov' } as const;
    expect(failed(output({ profile: 'HQ' }), request)).toContain('video_profile');
  });

  it('container_duration_seconds, where only the container declares a length', () => {
    const unsaid = { durationSeconds: null, declaredFrames: null };
    expect(failed(output({}, [{}], { durationSeconds: 5 }), {}, unsaid)).toContain(
      'container_duration_seconds',
    );
  });
});

describe('what is no failure', () => {
  it('frames that FFmpeg repeated or dropped for another rate', () => {
    const proxy = output({ frameRate: '30/1', countedPackets: 300 });
    const counts = { ...RUN, duplicatedFrames: 51, droppedFrames: 1 };
    expect(failed(proxy, { explicitFps: 30 }, {}, counts)).toEqual([]);
    expect(failed(proxy, { explicitFps: 30 }, {}, RUN)).toEqual(['frame_count']);
  });

  it('full range under its older name', () => {
    const proxy = output({ pixelFormat: 'yuvj420p', colorRange: 'pc' });
    expect(failed(proxy, {}, { colorRange: 'pc' })).toEqual([]);
  });

  it('the other name of BT.601', () => {
    const proxy = output({ colorMatrix: 'bt470bg' });
    expect(failed(proxy, {}, { colorMatrix: 'smpte170m' })).toEqual([]);
  });

  it('a rate of a nanosecond clock', () => {
    const ntsc = { frameRate: '60000/1001', averageFrameRate: '60000/1001', declaredFrames: 599 };
    const proxy = output({ frameRate: '19001/317', countedPackets: 599 });
    expect(failed(proxy, {}, ntsc)).toEqual([]);
  });
});

describe('a source that declares no frames', () => {
  const undeclared = { declaredFrames: null, durationSeconds: null };
  const counted = (sourcePackets: number) =>
    failed(output(), {}, undeclared, { ...RUN, sourcePackets });

  it('is compared with the packets that were counted in it', () => {
    expect(counted(250)).toEqual([]);
    expect(counted(240)).toEqual(['counted_frames']);
    expect(counted(300)).toEqual(['counted_frames']);
  });

  it('may begin with a second of frames that can not be decoded', () => {
    expect(counted(270)).toEqual([]);
  });

  it('may have a packet for each field', () => {
    const source = media([video({ declaredFrames: null }), audio(SOURCE_SOUND)], {
      formatName: 'mpegts',
    });
    const { plan } = planProxy(proxyRequest(), source);
    const verified = plan && verifyOutput(plan, output(), { ...RUN, sourcePackets: 500 });
    expect(verified?.find(({ check }) => check === 'counted_frames')).toMatchObject({
      expected: 250,
      passed: true,
    });
  });
});

it('a failure is one sentence with expected and actual', () => {
  expect(verificationFailure(checks(output({ countedPackets: 249 })))).toBe(
    'frame_count is 249 instead of 250',
  );
  expect(verificationFailure(checks(output()))).toBeNull();
});
