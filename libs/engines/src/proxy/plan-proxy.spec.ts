import { describe, expect, it } from 'vitest';
import type { Container } from '@app/jobspec';
import { audio, dataTrack, media, proxyRequest, video } from '../../testing/clips.ts';
import type { VideoStream } from '../media/media-info.ts';
import { formatRational } from '../media/rational.ts';
import { planProxy } from './plan-proxy.ts';
import type { ProxyPlan, ProxyRequest } from './plan/proxy-plan.ts';

function planned(request: Partial<ProxyRequest>, facts: Partial<VideoStream> = {}): ProxyPlan {
  const { plan, violations } = planProxy(proxyRequest(request), media([video(facts), audio()]));
  if (!plan) throw new Error(violations.map(({ message }) => message).join(' '));
  return plan;
}

function refusal(request: Partial<ProxyRequest>, facts: Partial<VideoStream> = {}) {
  return planProxy(proxyRequest(request), media([video(facts), audio()])).violations;
}

/** The container's length, where it is to be compared. */
function length(streams: ReturnType<typeof media>['streams'], container: Container = 'mov') {
  const { plan } = planProxy(proxyRequest({ codec: 'dnxhr', container }), media(streams));
  return plan?.declared.containerSeconds;
}

const DNXHD = { codec: 'dnxhd', container: 'mxf' } as const;
const DNXHR = { codec: 'dnxhr', container: 'mxf' } as const;

describe('what is refused', () => {
  const shapes: Partial<VideoStream>[] = [
    {},
    { fieldOrder: 'tt' },
    { fieldOrder: 'bb', width: 720, height: 576 },
    { width: 3840, height: 2160, reorderedFrames: 2 },
    { frameRate: '60/1', averageFrameRate: '50/1', startSeconds: 0.5 },
  ];
  const codecs: [ProxyRequest['codec'], Container][] = [
    ['dnxhd', 'mxf'],
    ['dnxhr', 'mov'],
    ['h264', 'mp4'],
    ['prores_proxy', 'mov'],
  ];

  it.each(codecs)(
    'never hangs on the first pictures, which a plan does not ask for: %s',
    (codec, container) => {
      for (const facts of shapes)
        for (const resolution of ['same', 'quarter', '64x64', '1280x720'])
          for (const topFieldFirst of [true, false, null]) {
            const request = { codec, container, resolution };
            const head = { seconds: [0.02, 0.06], firstStored: null, topFieldFirst };
            expect(refusal(request, { ...facts, head })).toEqual(refusal(request, facts));
          }
    },
  );
});

describe('a timecode', () => {
  const TIMED = { tags: { timecode: '01:00:00:00' } };

  it.each<[Container, number | null, string]>([
    ['mov', 256, 'fps_explicit'],
    ['mp4', 1000, 'fps_explicit'],
    ['mov', null, 'container'],
  ])('counts at most 255 frames a second in %s: %s', (container, explicitFps, path) => {
    const facts = { ...TIMED, frameRate: '300/1', averageFrameRate: '300/1' };
    const rate = explicitFps ?? 300;
    expect(refusal({ codec: 'h264', container, explicitFps }, facts)).toEqual([
      {
        path,
        message: `${container.toUpperCase()} can't count a timecode at ${rate} frames per second, 255 at most. Take another container, or set fps_explicit to at most 255.`,
      },
    ]);
  });

  it.each<[Container, number, Partial<VideoStream>]>([
    ['mov', 255.4, TIMED],
    ['mkv', 1000, TIMED],
    ['mov', 1000, {}],
  ])('is no obstacle in %s at %d', (container, explicitFps, facts) => {
    expect(refusal({ codec: 'h264', container, explicitFps }, facts)).toBeUndefined();
  });
});

describe('DNxHD', () => {
  it.each<[Partial<VideoStream>, string, string]>([
    [{}, 'same', '36M'],
    [{ width: 3840, height: 2160 }, 'half', '36M'],
    [{}, '1280x720', '60M'],
    [{ fieldOrder: 'tt' }, 'same', '120M'],
    [{ width: 1440, sampleAspectRatio: '4:3' }, 'same', '63M'],
    [{ width: 1440, sampleAspectRatio: '4:3', fieldOrder: 'tt' }, 'same', '120M'],
    [{ width: 960, height: 720, sampleAspectRatio: '4:3' }, 'same', '42M'],
    [{ frameRate: '60000/1001', averageFrameRate: '60000/1001' }, 'same', '36M'],
  ])('%o at %s takes the smallest profile', (facts, resolution, bitRate) => {
    expect(planned({ ...DNXHD, resolution }, facts).video.encoderOptions).toEqual([
      '-b:v',
      bitRate,
    ]);
  });

  it.each<[Partial<VideoStream>, string]>([
    [{ width: 3840, height: 2160 }, '3840x2160'],
    [{ width: 1080, height: 1920 }, '1080x1920'],
    [{ rotationDegrees: 90 }, '1080x1920'],
    [{ width: 720, height: 576 }, '720x576'],
  ])('%o is refused with what it can do', (facts, size) => {
    expect(refusal(DNXHD, facts)).toEqual([
      {
        path: 'resolution',
        message: `DNxHD can't hold ${size}: it has the sizes 1920x1080, 1440x1080, 1280x720, 960x720 and no others. Choose one of them or codec dnxhr, which takes any size.`,
      },
    ]);
  });

  it.each([
    [{ frameRate: '100/1', averageFrameRate: '100/1' }, null, 'codec'],
    [{}, 120, 'fps_explicit'],
  ])('a rate without a profile is refused', (facts, explicitFps, path) => {
    expect(refusal({ ...DNXHD, explicitFps }, facts)?.[0]?.path).toBe(path);
  });

  it('an interlaced 720 line picture becomes progressive, since it has no such profile', () => {
    const { video, warnings } = planned({ ...DNXHD, resolution: '1280x720' }, { fieldOrder: 'tt' });
    expect(video.scan.deinterlace).toBe(true);
    expect(warnings).toHaveLength(1);
  });
});

describe('DNxHR', () => {
  it.each([
    ['bt709', 'DNXHR LB', 'dnxhr_lb', 'yuv422p'],
    ['smpte2084', 'DNXHR HQX', 'dnxhr_hqx', 'yuv422p10le'],
  ])('%s is %s', (colorTransfer, profile, option, pixelFormat) => {
    const { video } = planned(DNXHR, { colorTransfer, pixelFormat: 'yuv422p10le' });
    expect(video).toMatchObject({ profile, pixelFormat, encoderOptions: ['-profile:v', option] });
  });

  it('has square pixels in MXF, which keeps no others', () => {
    const facts = { width: 1440, sampleAspectRatio: '4:3' };
    expect(planned(DNXHR, facts).video.size).toEqual({ width: 1920, height: 1080 });
    expect(planned({ ...DNXHR, container: 'mov' }, facts).video.size.width).toBe(1440);
  });
});

it.each(['h265', 'hevc'] as const)('%s refuses pictures below 16x16', (codec) => {
  const request = { codec, container: 'mp4', resolution: 'quarter' } as const;
  const [violation] = refusal(request, { width: 64, height: 48 }) ?? [];
  expect(violation).toMatchObject({ path: 'resolution' });
  expect(violation?.message).toContain('its smallest picture is 16x16');
  expect(refusal(request, { width: 64, height: 64 }) ?? []).toEqual([]);
});

it.each([
  ['dnxhr', 'mov', '256x120'],
  ['av1', 'mp4', '64x64'],
] as const)('%s refuses pictures that its encoder refuses', (codec, container, smallest) => {
  const [violation] = refusal({ codec, container }, { width: 100, height: 56 }) ?? [];
  expect(violation?.path).toBe('resolution');
  expect(violation?.message).toContain(`its smallest picture is ${smallest}`);
});

describe('time', () => {
  it.each([
    [{}, null, 'passthrough', '25/1'],
    [{}, 25, 'passthrough', '25/1'],
    [{}, 23.976, 'constant', '24000/1001'],
    [{ frameRate: '60/1', averageFrameRate: '45/1' }, null, 'passthrough', '60/1'],
  ])('%o with explicit rate %s is %s', (facts, explicitFps, mode, rate) => {
    const { timing } = planned({ explicitFps }, facts).video;
    expect([timing.mode, `${timing.rate.numerator}/${timing.rate.denominator}`]).toEqual([
      mode,
      rate,
    ]);
  });

  it.each([
    ['60/1', '45/1', '60/1'],
    // What a clock of milliseconds makes of 30, and 19.33 that no header names.
    ['1000/33', '1000/33', '30/1'],
    ['58/3', '58/3', '24000/1001'],
  ])('a variable rate becomes constant in MXF, with a warning: %s', (frameRate, average, rate) => {
    const seconds = [0, 0.033, 0.067, 0.1, 0.133, 0.2, 0.233, 0.267, 0.3];
    const head = { seconds, firstStored: 0, topFieldFirst: null };
    const facts = { frameRate, averageFrameRate: average, head, tickSeconds: 0.001 };
    const { video, warnings } = planned(DNXHR, facts);
    expect([video.timing.mode, formatRational(video.timing.rate)]).toEqual(['constant', rate]);
    expect(warnings[0]).toContain("which MXF can't hold");
  });

  it.each<[string, Partial<VideoStream>, boolean]>([
    ['mov,mp4,m4a,3gp,3g2,mj2', {}, false],
    ['mov,mp4,m4a,3gp,3g2,mj2', { declaredFrames: 249 }, true],
    ['matroska,webm', { declaredFrames: null }, true],
    ['mpegts', { declaredFrames: null }, true],
    ['avi', {}, true],
    ['mxf', { declaredFrames: null }, false],
  ])('MXF repeats pictures where the source may have none: %s, %o', (formatName, facts, fills) => {
    const clip = media([video(facts)], { formatName });
    expect(planProxy(proxyRequest(DNXHR), clip).plan?.video.clock.usesFrameSlots).toBe(fills);
    const { plan } = planProxy(proxyRequest({ ...DNXHR, container: 'mov' }), clip);
    expect(plan?.video.clock.usesFrameSlots).toBe(false);
  });

  it.each([
    [2, true],
    [0, false],
  ])('pictures that are stored in another order last until the next: %i', (reordered, wrong) => {
    const facts = { declaredFrames: 249, reorderedFrames: reordered };
    expect(planned(DNXHR, facts).video.clock.ignoresDurations).toBe(wrong);
  });

  it('pictures take their places where nothing but a guess names a rate', () => {
    const head = { seconds: [0.54, 0.58], firstStored: 0.5, topFieldFirst: null };
    const facts = { frameRate: '50/1', averageFrameRate: null, head };
    expect(planned({}, facts).video).toMatchObject({
      timing: { mode: 'passthrough', rate: { numerator: 25, denominator: 1 } },
      clock: { usesFrameSlots: true, sourceTicks: false },
    });
  });

  it.each<[Partial<ProxyRequest>, boolean]>([
    [DNXHR, true],
    [{ codec: 'av1', container: 'mkv' }, false],
    [{ codec: 'h264', container: 'mkv' }, false],
  ])(
    'frames whose times go back take places where the container needs a rate: %o',
    (form, places) => {
      const head = { seconds: [0, 0.04], firstStored: 0, topFieldFirst: null, goesBack: true };
      const { clock } = planned(form, { head }).video;
      expect(clock).toMatchObject({ usesFrameSlots: places, enforceMonotonicPts: true });
    },
  );

  it.each([
    [{ frameRate: '15/1', averageFrameRate: '15/1' }, null, 'container'],
    [{}, 12.5, 'fps_explicit'],
  ])('MXF refuses rates that it has no name for', (facts, explicitFps, path) => {
    expect(refusal({ ...DNXHR, explicitFps }, facts)?.[0]?.path).toBe(path);
  });

  it('a rate that no camera or monitor has is refused', () => {
    expect(refusal({ explicitFps: 1e9 }, {})?.[0]?.message).toContain('1 to 1000 frames');
    expect(planned({ explicitFps: 1000 }).video.timing.mode).toBe('constant');
  });

  it('a source without a rate needs an explicit one', () => {
    const none = { frameRate: null, averageFrameRate: null };
    expect(refusal({}, none)?.[0]?.message).toContain('declares no frame rate');
    expect(planned({ explicitFps: 25 }, none).video.timing.mode).toBe('constant');
  });

  it('a picture that starts after the sound becomes the start', () => {
    const clip = media([video({ startSeconds: 0.2 }), audio()]);
    const { plan } = planProxy(proxyRequest(), clip);
    expect([plan?.video.clock.startOffset, plan?.audio[0]?.offset]).toEqual([0.2, -0.2]);
  });

  it.each([
    ['200000/13333', true],
    ['15/1', false],
  ])('the ticks of an AVI are its clock, and not the rate next to them: %s', (average, isTimed) => {
    const clip = media([video({ frameRate: '15/1', averageFrameRate: average })], {
      formatName: 'avi',
    });
    const { plan } = planProxy(proxyRequest(), clip);
    expect(plan?.video.clock.sourceTicks).toBe(isTimed);
  });

  it('the earliest picture is zero, whichever is stored first', () => {
    const head = { seconds: [1.04, 1.08, 1.12], firstStored: 1.12, topFieldFirst: null };
    const clip = media([video({ startSeconds: 1.12, head }), audio({ startSeconds: 1.04 })], {
      startSeconds: 1.04,
      formatName: 'mpegts',
    });
    const { plan } = planProxy(proxyRequest(), clip);
    expect([plan?.video.clock.startOffset, plan?.audio[0]?.offset]).toEqual([0, 0]);
  });

  it.each([
    ['matroska,webm', '60/1', true],
    ['matroska,webm', '30/1', false],
    ['mov,mp4,m4a,3gp,3g2,mj2', '60/1', false],
    ['mxf', '60/1', false],
  ])('pictures last as long as they are shown: %s that says %s', (formatName, frameRate, wrong) => {
    const seconds = Array.from({ length: 20 }, (_, n) => n / 30);
    const head = {
      seconds: formatName === 'mxf' ? [] : seconds,
      firstStored: null,
      topFieldFirst: null,
    };
    const facts = { frameRate, averageFrameRate: frameRate, tickSeconds: 0.001, head };
    const { plan } = planProxy(proxyRequest(DNXHR), media([video(facts)], { formatName }));
    expect(plan?.video.clock.ignoresDurations).toBe(wrong);
  });
});

describe('fields', () => {
  it.each<[Partial<ProxyRequest>, Partial<VideoStream>, boolean]>([
    [{}, {}, false],
    [{ resolution: 'half' }, {}, false],
    [{ codec: 'h265' }, {}, true],
    [{ codec: 'dnxhr' }, {}, true],
    [{ explicitFps: 24 }, {}, true],
    [{}, { rotationDegrees: 180 }, true],
  ])('%o %o', (request, facts, deinterlace) => {
    const { scan } = planned(request, { fieldOrder: 'tt', ...facts }).video;
    expect(scan.deinterlace).toBe(deinterlace);
  });
});

describe('what the source declares', () => {
  it.each<[string, Partial<VideoStream>, number | null]>([
    ['a count of frames', { declaredFrames: 250 }, 250],
    ['a count within rounding', { declaredFrames: 251 }, 251],
    ['an edit list that shows less', { declaredFrames: 400 }, 250],
    ['a duration', { declaredFrames: null }, 250],
    ['nothing', { declaredFrames: null, durationSeconds: null }, null],
  ])('%s', (_, facts, frames) => {
    expect(planned({}, facts).declared.frames).toBe(frames);
  });

  it('the container’s length counts only where everything in it reaches the proxy', () => {
    expect(length([video(), audio()])).toBe(10);
    expect(length([video(), audio(), dataTrack()])).toBeNull();
    expect(length([video(), audio({ codecName: null })])).toBeNull();
    expect(length([video(), audio()], 'mxf')).toBeNull();
  });

  it.each([
    ['mov,mp4', 9.7],
    ['matroska,webm', 10],
  ])('where sound begins before the zero of %s it is %d s long', (formatName, seconds) => {
    const clip = media([video(), audio({ startSeconds: -0.3 })], {
      formatName,
      startSeconds: -0.3,
    });
    expect(planProxy(proxyRequest(), clip).plan?.declared.containerSeconds).toBeCloseTo(seconds, 6);
  });

  it('MPEG-TS promises nothing: its lengths are measured', () => {
    const clip = media([video(), audio()], { formatName: 'mpegts' });
    expect(planProxy(proxyRequest(), clip).plan?.declared).toEqual({
      frames: null,
      framesAreCounted: false,
      guarantees: { count: null, duration: null, index: false },
      seconds: null,
      containerSeconds: null,
      measuredSeconds: 10,
    });
  });
});

describe('the reel name', () => {
  const REEL = dataTrack({ tags: { reel_name: 'A001', timecode: '01:00:00:00' } });

  it.each([
    ['mov', 'A001', 0],
    ['mkv', 'A001', 0],
    ['mp4', null, 1],
  ] as const)('in %s is %s', (container, reel, warnings) => {
    const { plan } = planProxy(proxyRequest({ container }), media([video(), REEL]));
    expect([plan?.reelName, plan?.warnings.length]).toEqual([reel, warnings]);
  });

  it('needs a timecode in MOV', () => {
    const clip = media([video({ tags: { reel_name: 'A001' } })]);
    const { plan } = planProxy(proxyRequest(), clip);
    expect([plan?.reelName, plan?.warnings]).toEqual([
      null,
      ['Reel name A001 is lost: MOV keeps it beside a timecode, and there is none.'],
    ]);
  });
});

it('parts that FFmpeg joins nearly are told', () => {
  const { plan } = planProxy(proxyRequest(), { ...media([video()]), isJoined: true });
  expect(plan?.warnings).toEqual([expect.stringContaining('edited together from several parts')]);
});

it('the same request and source give the same plan', () => {
  expect(planned({})).toEqual(planned({}));
});

it('a source without a picture is a defect of the caller', () => {
  expect(() => planProxy(proxyRequest(), media([audio()]))).toThrow(TypeError);
});

it('streams of one kind that are left out share a warning', () => {
  const tracks = [1, 2, 4].map((index) => dataTrack({ index, codecTag: 'mebx' }));
  const source = media([video(), ...tracks, dataTrack({ index: 3, codecTag: 'gpmd' })]);
  expect(planProxy(proxyRequest(), source).plan?.warnings).toEqual([
    'Streams 1, 2 and 4, each a data track (mebx), are left out: a proxy has none.',
    'Stream 3, a data track (gpmd), is left out: a proxy has none.',
  ]);
});

it.each([
  [dataTrack({ index: 1, kind: 'data', codecTag: 'gpmd' }), 'a data track (gpmd)'],
  [
    dataTrack({ index: 1, kind: 'subtitle', codecTag: 'tx3g', codecName: 'mov_text' }),
    'subtitles (mov_text)',
  ],
  [
    dataTrack({ index: 1, kind: 'attachment', codecTag: '', codecName: 'ttf' }),
    'an attached file (ttf)',
  ],
  [dataTrack({ index: 1, kind: 'unknown' as 'data', codecTag: 'mebx' }), 'an unknown track (mebx)'],
  [dataTrack({ index: 1, codecTag: '[0][0][0][0]' }), 'a data track'],
  [video({ index: 1 }), 'a second picture'],
  [video({ index: 1, isAttachedPicture: true }), 'a cover picture'],
])('a stream that is left out is called by its kind: %#', (stream, words) => {
  const { plan } = planProxy(proxyRequest(), media([video(), stream]));
  expect(plan?.warnings).toEqual([`Stream 1, ${words}, is left out: a proxy has none.`]);
});
