import { describe, expect, it } from 'vitest';
import { audio, media, packetsOf, proxyRequest, video } from '../../testing/clips.ts';
import type { AudioStream, MediaInfo, VideoStream } from '../media/media-info.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import type { ProxyRequest } from '../proxy/plan/proxy-plan.ts';
import type { RunCounts } from './check.ts';
import { lostWarnings } from './holes.ts';
import { CHECKS, verificationFailure, verifyOutput } from './verify-output.ts';

const RUN: RunCounts = {
  duplicatedFrames: 0,
  droppedFrames: 0,
  frameTimes: packetsOf(250).times.map((time) => time / 90_000),
  frameTick: 1 / 90_000,
  source: null,
};
const VARIABLE = { frameRate: '60/1', averageFrameRate: '25/1' };
const UNTIMED = { ...RUN, frameTimes: null };
const TAGGED = { colorPrimaries: 'bt709', colorTransfer: 'bt709', colorMatrix: 'bt709' };
const HDR = [{ side_data_type: 'Mastering display metadata', red_x: '1', max_luminance: '1' }];
const SOURCE_FRAME = {
  ...TAGGED,
  sideData: HDR,
  tags: { timecode: '01:00:00:00', reel_name: 'A001' },
};
const SOURCE_SOUND = { tags: { language: 'deu' } };

const OUTPUT_FRAME: Partial<VideoStream> = {
  ...TAGGED,
  sideData: HDR,
  packets: packetsOf(250),
  profile: 'High',
  tags: { timecode: '01:00:00:00', reel_name: 'A001' },
};
const OUTPUT_SOUND: Partial<AudioStream> = { tags: { language: 'ger' } };

function output(
  frame: Partial<VideoStream> = {},
  audioTracks: Partial<AudioStream>[] = [{}],
  file: Partial<MediaInfo> = {},
): MediaInfo {
  const tracks = audioTracks.map((track) => audio({ ...OUTPUT_SOUND, ...track }));
  const tags = { major_brand: 'qt  ' };
  return media([video({ ...OUTPUT_FRAME, ...frame }), ...tracks], { tags, ...file });
}

function checks(
  proxy: MediaInfo,
  request: Partial<ProxyRequest> = {},
  frame: Partial<VideoStream> = {},
  counts = RUN,
) {
  const source = media([video({ ...SOURCE_FRAME, ...frame }), audio(SOURCE_SOUND)]);
  const { plan, violations } = planProxy(proxyRequest(request), source);
  if (!plan) throw new Error(violations[0]?.message);
  return verifyOutput(plan, proxy, counts);
}

/** Which checks have failed in this file. */
const seen = new Set<string>();

function failuresIn(verification: ReturnType<typeof verifyOutput>): string[] {
  const names = verification.filter(({ passed }) => !passed).map(({ check }) => check);
  for (const name of names) seen.add(name);
  return names;
}

const failed = (...args: Parameters<typeof checks>) => failuresIn(checks(...args));

it('a faithful proxy passes every check that applies', () => {
  expect(failed(output())).toEqual([]);
  expect(checks(output()).map(({ check }) => check)).toEqual(
    CHECKS.map(({ name }) => name).filter(
      (name) =>
        ![
          'video_profile',
          'frames_in_order',
          'container_duration_seconds',
          'counted_frames',
          'undecodable_start',
          'undecodable_end',
          'sound_duration_seconds',
          'clock_moved_seconds',
          'encoded_frames',
        ].includes(name),
    ),
  );
});

it.each([
  [25.01, '25/1'],
  [24.999, '24999/1000'],
  [119.9, '120000/1001'],
  [33.333, '29933/898'],
  [66.667, '200/3'],
])('a rate of %s is kept where a container rounds it to %s', (explicitFps, frameRate) => {
  const rated = checks(output({ frameRate }), { explicitFps });
  expect(rated.find(({ check }) => check === 'frame_rate')).toMatchObject({ passed: true });
});

it.each([
  [24, '24000/1001'],
  [29.97, '30/1'],
  [25.01, '24/1'],
])('a rate of %s is not kept at %s', (explicitFps, frameRate) => {
  const proxy = output({ frameRate, averageFrameRate: frameRate });
  expect(failed(proxy, { explicitFps })).toContain('frame_rate');
});

it('a rate that the header names is believed, whatever times of a millisecond look like', () => {
  const proxy = output({ frameRate: '15000/1001', averageFrameRate: '14969/1000' });
  expect(failed(proxy, { explicitFps: 14.969 })).not.toContain('frame_rate');
});

it.each([
  [1, 1 / 1000, true],
  [1, 1 / 90_000, false],
  [2, 1 / 1000, false],
])('of %i frames with a clock of %d s the length tells the rate: %s', (frames, tick, passed) => {
  const proxy = output({ frameRate: '1000/41', packets: packetsOf(frames) });
  const counts = { ...RUN, frameTick: tick };
  const found = checks(proxy, { explicitFps: 23.976 }, {}, counts);
  expect(found.find(({ check }) => check === 'frame_rate')).toMatchObject({ passed });
});

describe('each check can fail', () => {
  it.each<[string, MediaInfo]>([
    ['container', output({}, [{}], { tags: { major_brand: 'isom' } })],
    ['container', output({}, [{}], { formatName: 'matroska,webm' })],
    ['start_seconds', output({ startSeconds: 0.04 })],
    ['start_timecode', output({ tags: { reel_name: 'A001' } })],
    ['start_timecode', output({ tags: { reel_name: 'A001', timecode: '01:00:00:01' } })],
    ['reel_name', output({ tags: { timecode: '01:00:00:00' } })],
    ['video_codec', output({ codecName: 'mpeg4' })],
    ['size', output({ width: 1918 })],
    ['display_aspect', output({ sampleAspectRatio: '4:3' })],
    ['rotation', output({ rotationDegrees: 90 })],
    ['pixel_format', output({ pixelFormat: 'yuv422p' })],
    ['field_order', output({ fieldOrder: 'tt' })],
    ['frame_rate', output({ frameRate: '24/1', averageFrameRate: '24/1' })],
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
    expect(failed(output({ packets: packetsOf(249) }))).toEqual([
      'frame_count',
      'frame_times_off_ms',
    ]);
    expect(failed(output({ packets: packetsOf(251) }))).toEqual([
      'frame_count',
      'frame_times_off_ms',
    ]);
  });

  it('frame_count, where the file counts nothing', () => {
    expect(failed(output({ packets: null, declaredFrames: null }))).toContain('frame_count');
  });

  it('unbroken_frames, for a hole that keeps its time', () => {
    expect(failed(output({ packets: packetsOf(216) }))).toEqual([
      'frame_count',
      'unbroken_frames',
      'frame_times_off_ms',
    ]);
  });

  it('duration_seconds, for a short proxy', () => {
    expect(failed(output({ durationSeconds: 9.9 }))).toContain('duration_seconds');
  });

  it('sound_duration_seconds, where nobody knows what tracks there will be', () => {
    const source = media([video({ ...SOURCE_FRAME, declaredFrames: 250 })]);
    const { plan } = planProxy(proxyRequest(), source);
    if (!plan) throw new Error('Expected a plan');
    const verified = (audioTracks: Partial<AudioStream>) =>
      failuresIn(verifyOutput({ ...plan, audio: 'any' }, output({}, [audioTracks]), RUN));
    expect(verified({})).toEqual([]);
    expect(verified({ durationSeconds: 5 })).toEqual(['sound_duration_seconds']);
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

it('frame_times_off_ms, by slots where FFmpeg tells no times: the second may be empty and only the time of a decoder', () => {
  const untold = Array.from({ length: 250 }, () => Number.NaN);
  const slots = (more: number) => {
    const packets = packetsOf(250);
    const times = packets.times.map((time, n) => time + (n > 0 ? more : 0));
    return { ...packets, times };
  };
  const failedWith = (proxy: number, source: number) =>
    failed(
      output({ packets: slots(proxy) }),
      {},
      {},
      {
        ...RUN,
        frameTimes: untold,
        source: media([video({ packets: slots(source) })], { formatName: 'avi' }),
      },
    );
  expect(failedWith(3600, 3600)).toEqual([]);
  expect(failedWith(0, 3600)).toEqual([]);
  expect(failedWith(3600, 0)).toEqual(['frame_times_off_ms']);
  expect(failedWith(7200, 3600)).toEqual(['frame_times_off_ms']);
});

it('frame_times_off_ms, where a picture has no time: it comes a frame after the one before it, and the first at the start', () => {
  for (const untold of [0, 1, 100, 249]) {
    const frameTimes = (RUN.frameTimes ?? []).map((time, n) => (n === untold ? Number.NaN : time));
    expect(failed(output(), {}, {}, { ...RUN, frameTimes })).toEqual([]);
  }
});

it('frames_in_order, for a decoder that gives a picture late, with what to do', () => {
  const [first = 0, second = 0, third = 0, ...others] = RUN.frameTimes ?? [];
  const frameTimes = [first, third, second, ...others];
  const failures = checks(output(), {}, {}, { ...RUN, frameTimes });
  expect(failuresIn(failures)).toEqual(['frame_times_off_ms', 'frames_in_order']);
  expect(verificationFailure(failures)?.message).toMatch(
    /the first is frame 2\. As its times are wrong, make a copy in which they follow each other, with its rate in the place of 25:/,
  );
});

it.each([
  ['one goes back', 0.02, 1, []],
  ['one goes far back', 0.2, 1, ['frames_in_order']],
  ['each third goes back', 0.02, 80, ['frames_in_order']],
])('frames_in_order, of times that are put in order: %s', (_, seconds, count, failures) => {
  const frameTimes = (RUN.frameTimes ?? []).map((time, n) =>
    n % 3 === 2 && n < 3 * count ? time - 0.04 - seconds : time,
  );
  const head = { seconds: [0, 0.04], firstStored: 0, topFieldFirst: null, goesBack: true };
  const found = checks(output(), {}, { head }, { ...RUN, frameTimes });
  const ofOrder = found.filter(({ check }) => check === 'frames_in_order');
  expect(failuresIn(ofOrder)).toEqual(failures);
});

it.each([
  ['of a constant rate, that goes back', true, {}, ['frames_in_order']],
  ['of a constant rate, for its pace', false, {}, []],
  ['of a variable rate in a container of few rates', true, { mode: 'constant' }, []],
] as const)('frames_in_order, for a frame that is dropped: %s', (_, goesBack, timing, failures) => {
  const source = media([video(SOURCE_FRAME), audio(SOURCE_SOUND)]);
  const { plan } = planProxy(proxyRequest(), source);
  if (!plan) throw new Error('no plan');
  const { clock } = plan.video;
  const changed = {
    ...plan,
    video: {
      ...plan.video,
      timing: { ...plan.video.timing, ...timing },
      clock: { ...clock, usesFrameSlots: true },
    },
  };
  const run = { ...RUN, goesBack, duplicatedFrames: 1, droppedFrames: 1 };
  const found = verifyOutput(changed, output(), run);
  const ofOrder = found.filter(({ check }) => check === 'frames_in_order');
  expect(failuresIn(ofOrder)).toEqual(failures);
});

it('frame_count, for a picture that is dropped where each has a place of its own', () => {
  const source = media([video(SOURCE_FRAME), audio(SOURCE_SOUND)]);
  const { plan } = planProxy(proxyRequest({}), source);
  if (!plan) throw new Error('no plan');
  const clock = { ...plan.video.clock, usesFrameSlots: true };
  const usesFrameSlots = { ...plan, video: { ...plan.video, clock } };
  const failedWith = (frames: number, duplicatedFrames: number, droppedFrames: number) =>
    failuresIn(
      verifyOutput(usesFrameSlots, output({ packets: packetsOf(frames) }), {
        ...UNTIMED,
        duplicatedFrames,
        droppedFrames,
      }),
    );
  expect(failedWith(249, 0, 1)).toContain('frame_count');
  expect(failedWith(250, 1, 1)).toContain('frame_count');
  // FFmpeg has counted one that it wrote.
  expect(failedWith(250, 0, 1)).toEqual([]);
});

describe('what is no failure', () => {
  it('frames that FFmpeg repeated or dropped for another rate', () => {
    const proxy = output({ frameRate: '30/1', packets: packetsOf(300, 3000) });
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
    const proxy = output({ frameRate: '19001/317', packets: packetsOf(599) });
    expect(failed(proxy, {}, ntsc, UNTIMED)).toEqual([]);
  });
});

describe('a source that declares no frames', () => {
  const undeclared = { declaredFrames: null, durationSeconds: null };
  const counted = (packets: number) =>
    failed(output(), {}, undeclared, {
      ...RUN,
      source: media([video({ packets: packetsOf(packets) })]),
    });

  it('is compared with the packets that were counted in it', () => {
    expect(counted(250)).toEqual([]);
    expect(counted(240)).toEqual(['counted_frames']);
    expect(counted(300)).toEqual(['counted_frames']);
  });

  const stream = media([video({ ...SOURCE_FRAME, declaredFrames: null }), audio(SOURCE_SOUND)], {
    formatName: 'mpegts',
  });

  /** Of packets at these frames, from the proxy's zero on. */
  const stored = (frames: readonly number[], firstKey: number | null) => {
    const times = frames.map((frame) => 3600 * frame);
    const packets = { ...packetsOf(frames.length), times, firstKey, first: Math.min(...times) };
    const { plan } = planProxy(proxyRequest(), stream);
    const source = media([video({ packets, reorderedFrames: 2 })], { formatName: 'mpegts' });
    const verified = (plan && verifyOutput(plan, output(), { ...RUN, source })) ?? [];
    return { failed: failuresIn(verified), verified };
  };
  const from = (first: number, end: number) =>
    Array.from({ length: end - first }, (_, n) => first + n);

  it.each([
    ['all', from(0, 250), 0, [], []],
    ['and some before the first key picture', from(-20, 250), 20, [], [/first 20 pictures can’t/]],
    ['and some that are stored after it', [0, -2, -1, ...from(1, 250)], 0, [], [/first 2 pict/]],
    [
      'and some that FFmpeg moved to the first',
      [0, 0, 0, ...from(1, 250)],
      0,
      [],
      [/first 2 pict/],
    ],
    ['and one that is cut off', from(0, 251), 0, [], [/last picture of the source is cut off/]],
    ['behind a key picture that is damaged', from(-20, 250), 0, ['counted_frames'], []],
    ['but for one among them', [...from(0, 250), 100.5], 0, ['counted_frames'], []],
    ['and more than two seconds before', from(-60, 250), 60, ['undecodable_start'], [/first 60/]],
    ['and several at the end', from(0, 253), 0, ['undecodable_end'], [/cut off/]],
    ['though its clock jumps', [...from(0, 200), ...from(9000, 9050)], 0, [], []],
  ])('decodes what it stores: %s', (_, frames, firstKey, failures, warnings) => {
    const { failed: names, verified } = stored(frames, firstKey);
    expect(names).toEqual(failures);
    expect(lostWarnings(verified)).toEqual(
      warnings.map((words) => expect.stringMatching(words) as unknown),
    );
  });

  it('tells what it lost where the encoder’s clock is coarser than its own', () => {
    const { plan } = planProxy(proxyRequest(), stream);
    const times = from(-20, 250).map((frame) => 3600 * frame + 30);
    const packets = { ...packetsOf(270), times, firstKey: 20, first: times[0] ?? 0 };
    const source = media([video({ packets })], { formatName: 'mpegts' });
    const counts = { ...RUN, frameTick: 0.001, source };
    const verified = (plan && verifyOutput(plan, output(), counts)) ?? [];
    expect(failuresIn(verified)).toEqual([]);
    expect(lostWarnings(verified)).toHaveLength(1);
  });

  it('begins between two key pictures, farther before the first than any camera', () => {
    const { verified } = stored(from(-60, 250), 60);
    expect(verificationFailure(verified)?.message).toMatch(
      /begins between two key pictures: 60 of .* cut it at/,
    );
  });

  it('may have a packet for each field', () => {
    const { plan } = planProxy(proxyRequest(), stream);
    const head = { seconds: [0], firstStored: 0, topFieldFirst: true, packetsAreFields: true };
    const source = media([video({ packets: packetsOf(500), head })]);
    const verified = plan && verifyOutput(plan, output(), { ...RUN, source });
    expect(verified?.find(({ check }) => check === 'counted_frames')).toMatchObject({
      expected: 250,
      passed: true,
    });
  });

  it.each([
    [250, 3600, []],
    [200, 4500, ['unbroken_frames']],
    [200, 18, []],
  ])('has times for %i frames of %i ticks, and many have none', (frames, ticks, failures) => {
    const seconds = Array.from({ length: 40 }, (_, n) => (n % 5 === 0 ? n / 25 : Number.NaN));
    const head = { seconds, firstStored: 0, topFieldFirst: null };
    const untimed = media([video({ declaredFrames: null, head })], { formatName: 'mpeg' });
    const { plan } = planProxy(proxyRequest(), untimed);
    const source = media([video({ packets: packetsOf(frames, ticks) })]);
    const shown = { declaredFrames: frames, durationSeconds: frames / 25 };
    const proxy = output({ ...shown, packets: packetsOf(frames) });
    const verified = plan && verifyOutput(plan, proxy, { ...RUN, source });
    const lengths = failuresIn(verified ?? []).filter((name) => name.endsWith('_frames'));
    expect(lengths).toEqual(failures);
  });

  it('has a packet for each frame, where its length is a guess of half of it', () => {
    const half = media([video({ declaredFrames: null, durationSeconds: 5 })], {
      formatName: 'mpeg',
    });
    const { plan } = planProxy(proxyRequest(), half);
    const source = media([video({ packets: packetsOf(250) })]);
    const verified = plan && verifyOutput(plan, output(), { ...RUN, source });
    expect(verified?.find(({ check }) => check === 'counted_frames')).toMatchObject({
      expected: 250,
      passed: true,
    });
  });
});

it('in MXF, which ends with its shortest track, every picture that was encoded is there', () => {
  const short = output({ packets: packetsOf(249) });
  expect(failed(short, { codec: 'dnxhr', container: 'mxf' })).toContain('encoded_frames');
});

describe('a header that counts other pictures than were decoded', () => {
  const scanned = (count: number, shown: number) => ({
    ...RUN,
    source: media([video({ ...longer, packets: { ...packetsOf(250), count, shown } })]),
  });
  const longer = { declaredFrames: 252, durationSeconds: 10.08 };

  it('is right where an edit list hides the others', () => {
    expect(failed(output(), {}, longer, scanned(252, 250))).toEqual([]);
  });

  it('is a promise where nothing is hidden', () => {
    expect(failed(output(), {}, longer, scanned(250, 250))).toEqual([
      'frame_count',
      'duration_seconds',
    ]);
    expect(failed(output(), {}, longer, scanned(253, 252))).toContain('counted_frames');
  });

  it('is right where its duration ends before the last of them', () => {
    const shorter = { declaredFrames: 250, durationSeconds: 9.9 };
    const source = media([video({ ...shorter, packets: packetsOf(250) })]);
    expect(failed(output(), {}, shorter, RUN)).toContain('frame_count');
    expect(failed(output(), {}, shorter, { ...RUN, source })).not.toContain('frame_count');
  });

  it('is right where fragments follow that it does not know of', () => {
    const first = { declaredFrames: 4 };
    const source = media([video({ ...first, packets: packetsOf(250) })]);
    expect(failed(output(), {}, first, RUN)).toContain('frame_count');
    expect(failed(output(), {}, first, { ...RUN, source })).toEqual([]);
  });

  it.each([
    [0.2, []],
    [0, ['frame_count', 'duration_seconds']],
  ])('may be the end of fragments that begin at %d s', (startSeconds, problems) => {
    const fragments = { declaredFrames: null, durationSeconds: 10.2, startSeconds };
    const known = packetsOf(250);
    const [first, end] = [startSeconds * 90_000, (startSeconds + 10) * 90_000];
    const source = media([video({ ...fragments, packets: { ...known, first, end } })]);
    const found = failed(output(), {}, fragments, { ...RUN, source });
    expect(found.filter((name) => !name.startsWith('audio'))).toEqual(problems);
  });

  it('may count the empty slots of an AVI, and not its missing end', () => {
    const avi = (seconds: number, frames: number) => {
      const facts = { declaredFrames: frames, durationSeconds: seconds, ...SOURCE_FRAME };
      const source = media([video(facts), audio(SOURCE_SOUND)], { formatName: 'avi' });
      const { plan } = planProxy(proxyRequest(), source);
      const found = plan ? verifyOutput(plan, output(), { ...UNTIMED, ...scanned(250, 250) }) : [];
      return found.filter(({ passed }) => !passed).map(({ check }) => check);
    };
    expect(avi(10, 252)).toEqual([]);
    expect(avi(12, 300)).toEqual(['frame_count', 'duration_seconds']);
  });
});

it.each([
  [9.9, []],
  [9.85, ['duration_seconds']],
])('the last frame of a variable clip may be shown for %d of 10 s', (durationSeconds, found) => {
  expect(failed(output({ durationSeconds }), {}, VARIABLE)).toEqual(found);
});

describe('the time of every frame', () => {
  const late = (ticks: number) =>
    output({
      packets: {
        ...packetsOf(250),
        times: packetsOf(250).times.map((time, n) => (n === 100 ? time + ticks : time)),
      },
    });
  const off = (proxy: MediaInfo, counts = RUN, frame = {}) =>
    checks(proxy, {}, frame, counts).find(({ check }) => check === 'frame_times_off_ms');

  it('is that of the source', () => {
    expect(off(output())).toMatchObject({ actual: 0, passed: true });
  });

  it('may differ by a tick, and not by more', () => {
    expect(off(late(1))?.passed).toBe(true);
    expect(off(late(3))).toMatchObject({ actual: 0.033, passed: false });
  });

  it('may differ by a tick of a coarser source', () => {
    expect(off(late(80), { ...RUN, frameTick: 0.001 })?.passed).toBe(true);
    expect(off(late(200), { ...RUN, frameTick: 0.001 })?.passed).toBe(false);
    expect(off(late(2000), { ...RUN, frameTick: 0.025 })?.passed).toBe(true);
    // By half of one where frames stay for different times.
    expect(off(late(47), { ...RUN, frameTick: 0.001 }, VARIABLE)?.passed).toBe(false);
  });

  it.each([0.02, 0.04])('may not, where whole ticks make a frame: %d s', (frameTick) => {
    expect(off(late(80), { ...RUN, frameTick })?.passed).toBe(false);
  });

  it('is compared in the order in which they are shown', () => {
    const stored = packetsOf(250).times.toReversed();
    expect(off(output({ packets: { ...packetsOf(250), times: stored } }))?.passed).toBe(true);
  });
});

describe('what a failure blames', () => {
  const rest = 'If this is all of it, rewrap it.';
  const blamed = (frames: number, decoded = frames) => {
    const run = { ...RUN, frameTimes: (RUN.frameTimes ?? []).slice(0, decoded) };
    const failed = checks(output({ packets: packetsOf(frames) }), {}, {}, run);
    return verificationFailure(failed, rest)?.facts;
  };

  it.each([
    ['the source, which promises more than was decoded', blamed(249), 'source_short'],
    ['the source, which lacks some in the middle', blamed(216), 'source_uneven'],
    ['the proxy, which lacks some that were decoded', blamed(249, 250), 'proxy_short'],
  ])('%s', (_, facts, code) => {
    expect(facts?.code).toBe(code);
  });

  it('is followed by what to do', () => {
    expect(blamed(249)?.advice).toMatch(/copy the clip again\. If this is all of it, rewrap it\.$/);
    expect(blamed(216)?.advice).toMatch(
      /^Copy the clip again\. If it was recorded so, .* “ffmpeg /,
    );
    expect(blamed(249, 250)?.advice).toMatch(/^The source is whole/);
  });

  it('is no source that another program has read', () => {
    const run = { ...RUN, frameTimes: null };
    const failed = checks(output({ packets: packetsOf(249) }), {}, {}, run);
    expect(verificationFailure(failed)?.facts.code).toBe('output_differs');
  });

  it('is a track that is longer or shorter than it says', () => {
    const told = (seconds: number) =>
      verificationFailure(checks(output({}, [{ durationSeconds: seconds }])), rest);
    expect(told(10.5)?.message).toMatch(/is 10\.5 and should be 10\. .* make proxies of those\.$/);
    expect(told(9.5)?.facts.code).toBe('source_short');
  });
});

it('a failure has expected and actual, and says what to do', () => {
  expect(verificationFailure(checks(output({ packets: packetsOf(249) })))?.message).toBe(
    'Output verification failed: the proxy differs from its source: it hasn’t as many frames as were decoded. The source is whole: all its pictures were read, and the proxy lacks some. A retry would give the same result: report it, and attach the kept proxy. Meanwhile, try another codec, container or size.',
  );
  expect(verificationFailure(checks(output()))).toBeNull();
});

it('every check was seen to fail above, but for the one that has a file of its own', () => {
  const unseen = CHECKS.map(({ name }) => name).filter((name) => !seen.has(name));
  expect(unseen).toEqual(['clock_moved_seconds']);
});
