import { CODEC_CONTAINERS, CODECS } from '@app/jobspec';
import { describe, expect, it } from 'vitest';
import { proxyRequest } from '../../testing/clips.ts';
import {
  resolveOutput,
  resolveViolations,
  hasNoRate,
  importRate,
  timelineRate,
} from './resolve-codecs.ts';

describe('what Resolve makes', () => {
  const pairs = CODECS.flatMap((codec) =>
    CODEC_CONTAINERS[codec].map((container) => ({ codec, container })),
  );
  const made = (platform: string) =>
    pairs
      .filter((pair) => resolveViolations(proxyRequest(pair), platform).length === 0)
      .map(({ codec, container }) => `${codec} ${container}`);

  it('on Linux has no MP4, which needs AAC', () => {
    expect(made('linux')).toEqual([
      'prores_proxy mov',
      'prores_lt mov',
      'prores_standard mov',
      'prores_hq mov',
      'prores_4444 mov',
      'h264 mov',
      'h264 mkv',
      'h265 mov',
      'h265 mkv',
      'hevc mov',
      'hevc mkv',
      'dnxhr mxf',
      'dnxhr mov',
      'av1 mkv',
    ]);
  });

  it.each(['darwin', 'win32'])('on %s has MP4 too', (platform) => {
    const more = made(platform).filter((pair) => !made('linux').includes(pair));
    expect(more).toEqual(['h264 mp4', 'h265 mp4', 'hevc mp4', 'av1 mp4']);
  });

  it('is asked for by format key and codec id, MXF as OP1a', () => {
    expect(resolveOutput({ codec: 'dnxhr', container: 'mxf' }, 'linux')).toMatchObject({
      format: 'mxf_op1a',
      codecs: ['DNxHRLB'],
    });
    expect(resolveOutput({ codec: 'prores_proxy', container: 'mov' }, 'linux')).toMatchObject({
      format: 'mov',
      codecs: ['ProRes422P'],
      audioCodec: 'lpcm',
    });
  });
});

it.each([
  [{ codec: 'vp9', container: 'mkv' }, 'codec', /^Camera RAW can't become vp9: Resolve makes /],
  [
    { codec: 'av1', container: 'webm' },
    'container',
    /^Resolve makes no av1 in webm. Use mp4, mkv\.$/,
  ],
  [{ codec: 'h264', container: 'mp4' }, 'container', /^Resolve has no AAC on Linux.*Use mov\.$/],
  [{ explicitFps: 12.5 }, 'fps_explicit', /no proxies of 12\.5 frames per second. It makes 16, /],
] as const)('%j is refused with the field and what to use', (request, path, message) => {
  expect(resolveViolations(proxyRequest(request), 'linux')).toEqual([
    { path, message: expect.stringMatching(message) },
  ]);
});

it.each([
  [{ numerator: 24000, denominator: 1001 }, '23.976'],
  [{ numerator: 25, denominator: 1 }, '25'],
  [{ numerator: 30000, denominator: 1001 }, '29.97'],
  [{ numerator: 120000, denominator: 1001 }, '119.88'],
  [{ numerator: 33, denominator: 1 }, null],
])('the rate %j is %s to a timeline', (rate, name) => {
  expect(timelineRate(rate)).toBe(name);
});

describe('a project gets its rate before its first import', () => {
  const same = proxyRequest({ explicitFps: null });
  const explicit = proxyRequest({ explicitFps: 23.976 });

  it('where the job names one', () => {
    expect(importRate(explicit, false)).toBe('23.976');
    expect(importRate(explicit, true)).toBe('23.976');
  });

  it('and for frames one that gives away those without a rate of their own', () => {
    expect(importRate(same, false)).toBeNull();
    const rate = importRate(same, true);
    expect(hasNoRate(same, true, rate, Number(rate))).toBe(true);
    expect(hasNoRate(same, true, 24, Number(rate))).toBe(false);
    expect(hasNoRate(same, false, rate, Number(rate))).toBe(false);
    expect(hasNoRate(explicit, true, rate, Number(rate))).toBe(false);
  });

  it("and where that one is refused, a rate that may be the project's counts as none", () => {
    expect(hasNoRate(same, true, 24, 24)).toBe(true);
    expect(hasNoRate(same, true, 25, 24)).toBe(false);
  });
});
