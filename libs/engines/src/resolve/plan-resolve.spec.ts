import { describe, expect, it } from 'vitest';
import { proxyRequest } from '../../testing/clips.ts';
import type { ProxyRequest } from '../proxy/plan/proxy-plan.ts';
import { clipChannels, clipWarnings, planResolve, type ResolvePlan } from './plan-resolve.ts';
import { resolveClip, type ClipProperties } from './resolve-clip.ts';

/** Resolve's description of a BRAW clip. */
const CLIP = {
  Resolution: '6144x3456',
  FPS: 24,
  Frames: '255',
  'Start TC': '19:37:31:16',
  'Drop frame': '0',
  'Audio Ch': '2',
};

function plan(
  properties: ClipProperties = {},
  request: Partial<ProxyRequest> = {},
): ResolvePlan | { obstacle: string } {
  const clip = resolveClip({ ...CLIP, ...properties });
  if (!clip) throw new Error('Resolve says too little');
  return planResolve(
    proxyRequest({ codec: 'prores_proxy', container: 'mov', ...request }),
    clip,
    'linux',
  );
}

describe('the timeline', () => {
  it.each([
    ['same', 6144, 3456],
    ['half', 3072, 1728],
    ['quarter', 1536, 864],
    ['1920x1080', 1920, 1080],
    ['1000x1000', 1000, 562],
  ])('is of the size that %s means, rounded to even', (resolution, width, height) => {
    expect(plan({}, { resolution })).toMatchObject({
      render: {
        timeline: { width, height },
        settings: { FormatWidth: width, FormatHeight: height },
      },
      expectation: { video: { size: { width, height } } },
    });
  });

  it.each([
    [23.976, '10:00:00:00', '0', '23.976', '10:00:00:00'],
    ['23.976', '10:00:00:00', '0', '23.976', '10:00:00:00'],
    [25, '', '0', '25', '00:00:00:00'],
    [29.97, '', '1', '29.97', '00:00:00:00'],
    [29.97, '10:00:00;00', '1', '29.97 DF', '10:00:00;00'],
    [29.97, '10:00:00:00', '1', '29.97 DF', '10:00:00;00'],
    [59.94, '10:00:00:00', '0', '59.94', '10:00:00:00'],
  ])('keeps %s fps from %s, drop-frame %s', (FPS, start, drop, rate, startTimecode) => {
    expect(plan({ FPS, 'Start TC': start, 'Drop frame': drop })).toMatchObject({
      render: { timeline: { rate, startTimecode } },
      expectation: { timecode: startTimecode, declared: { frames: 255 } },
    });
  });

  it('has the explicit rate, and as many frames as that makes of the clip', () => {
    expect(plan({}, { explicitFps: 48 })).toMatchObject({
      render: { timeline: { rate: '48' } },
      expectation: { declared: { frames: 510 }, video: { timing: { mode: 'constant' } } },
      warnings: [expect.stringContaining('sets 48 frames per second'), expect.any(String)],
    });
  });

  it('is refused for a rate that Resolve has no timeline of', () => {
    expect(plan({ FPS: 33 })).toEqual({
      obstacle: expect.stringContaining('no timeline of 33 frames per second'),
    });
  });
});

describe('sound', () => {
  it('is exported and expected, as long as the picture', () => {
    expect(plan()).toMatchObject({
      render: { settings: { ExportAudio: true }, optional: { AudioCodec: 'lpcm' } },
      expectation: { audio: 'any' },
    });
  });

  it.each(['0', ''])('is not exported from a clip with %j channels', (channels) => {
    expect(plan({ 'Audio Ch': channels })).toMatchObject({
      render: { settings: { ExportAudio: false }, optional: { FrameRate: 24 } },
      expectation: { audio: [] },
    });
  });
});

describe('what a preset could have set before', () => {
  it('is set again, quality where a codec has one', () => {
    const optional = {
      FrameRate: 29.97,
      PixelAspectRatio: 'square',
      ColorSpaceTag: 'Same as Project',
      GammaTag: 'Same as Project',
      ExportAlpha: false,
      AudioCodec: 'lpcm',
      AudioSampleRate: 48_000,
      AudioBitDepth: 24,
      DataBurnIn: 'None',
      ExportSubtitle: false,
      UseFullExtents: false,
      AddFrameHandles: 0,
    };
    const clip = { FPS: 29.97, 'Drop frame': '1' };
    expect(plan(clip)).toHaveProperty('render.optional', optional);
    expect(plan(clip, { codec: 'h264' })).toHaveProperty('render.optional', {
      ...optional,
      VideoQuality: 0,
      MultiPassEncode: false,
    });
  });
});

it.each([{ Resolution: '' }, { FPS: 0 }, { Frames: '0' }, { Frames: 'viele' }])(
  'a clip that Resolve describes with %j is no clip',
  (properties) => {
    expect(resolveClip({ ...CLIP, ...properties })).toBeNull();
  },
);

describe('a warning says what a render by script loses', () => {
  it('of a clip with a reel name', () => {
    expect(clipWarnings({ 'Reel Name': 'A001_C001', PAR: 'Square' })).toEqual([
      expect.stringContaining('The reel name A001_C001 is not in the proxy'),
    ]);
  });

  it.each(['Cinemascope', '1.33', 'Quadrato'])('of pixels that Resolve calls %s', (PAR) => {
    expect(clipWarnings({ PAR })).toEqual([expect.stringContaining(`of the clip as ${PAR}.`)]);
  });

  it.each(['Square', '1', '1.0', '', undefined])('and nothing of pixels that are %j', (PAR) => {
    expect(clipWarnings({ PAR })).toEqual([]);
  });
});

describe('sound', () => {
  it.each([
    ['8', 8],
    [2, 2],
    ['0', 0],
    ['', 0],
    ['viele', 0],
    [undefined, 0],
  ])('of %j channels counts as %i', (text, channels) => {
    expect(clipChannels({ 'Audio Ch': text })).toBe(channels);
  });
});
