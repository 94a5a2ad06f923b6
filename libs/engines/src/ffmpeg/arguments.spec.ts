import { describe, expect, it } from 'vitest';
import { CODEC_CONTAINERS, CODECS, type Codec, type Container } from '@app/jobspec';
import { audio, media, proxyRequest, video } from '../../testing/clips.ts';
import type { MediaInfo } from '../media/media-info.ts';
import { MOST_TRACKS } from '../routing/route-source.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import type { ProxyRequest } from '../proxy/plan/proxy-plan.ts';
import { ffmpegArguments, proxyCommand } from './arguments.ts';

const PATHS = { input: '/in/a b.mov', output: '/out/.a b.mov' };

function planFor(request: Partial<ProxyRequest>, source: MediaInfo) {
  const { plan, violations } = planProxy(proxyRequest(request), source);
  if (!plan) throw new Error(violations[0]?.message);
  return plan;
}

function argumentsFor(request: Partial<ProxyRequest>, source = media([video(), audio()])) {
  return ffmpegArguments(planFor(request, source), PATHS);
}

function valueOf(argv: readonly string[], option: string): string | undefined {
  const position = argv.indexOf(option);
  return position < 0 ? undefined : argv[position + 1];
}

/** The picture's filter chain. */
function filter(request: Partial<ProxyRequest>, facts: Parameters<typeof video>[0] = {}) {
  return valueOf(argumentsFor(request, media([video(facts)])), '-filter:v:0');
}

const COMBINATIONS = CODECS.flatMap((codec) =>
  CODEC_CONTAINERS[codec].map((container): [Codec, Container] => [codec, container]),
);

describe('every codec in every container', () => {
  it.each(COMBINATIONS)('%s in %s', (codec, container) => {
    const argv = argumentsFor({ codec, container });
    expect(argv.join(' ')).toMatchSnapshot();
  });
});

it('leaves out the end of each stream where the source ends inside a packet', () => {
  const source = {
    ...media([video(), audio()]),
    whole: { packets: { 0: 49, 1: 80 }, secondsLess: 0 },
  };
  const argv = argumentsFor({}, source);
  const input = argv.slice(0, argv.lastIndexOf('-i'));
  expect(valueOf(input, '-fflags')).toBe('+discardcorrupt');
  expect(valueOf(input, '-bsf:v')).toBe('noise=drop=gte(n\\,49)');
  expect(valueOf(input, '-bsf:1')).toBe('noise=drop=gte(n\\,80)');
});

describe('every run', () => {
  const argv = argumentsFor({});

  it('can be trusted to fail', () => {
    expect(argv).toEqual(expect.arrayContaining(['-nostdin', '-xerror', '-y']));
    expect(valueOf(argv, '-abort_on')).toBe('empty_output+empty_output_stream');
    expect(valueOf(argv, '-progress')).toBe('pipe:1');
  });

  it('opens one file and nothing else', () => {
    expect(valueOf(argv, '-protocol_whitelist')).toBe('file');
    expect(argv.indexOf('-format_whitelist')).toBeLessThan(argv.indexOf('-i'));
    expect(valueOf(argv, '-i')).toBe('file:/in/a b.mov');
    expect(argv.at(-1)).toBe('file:/out/.a b.mov');
  });

  it('copies nothing unasked and names the muxer', () => {
    expect(valueOf(argv, '-map_metadata')).toBe('-1');
    expect(valueOf(argv, '-map_chapters')).toBe('-1');
    expect(valueOf(argv, '-f')).toBe('mov');
    expect(valueOf(argv, '-fflags')).toBe('+bitexact');
  });
});

describe('streams', () => {
  const COVER = video({ index: 0, isAttachedPicture: true });

  it('are chosen by index: the picture, then every track', () => {
    const clip = media([COVER, video({ index: 1 }), audio({ index: 3 }), audio({ index: 5 })]);
    const argv = argumentsFor({}, clip);
    expect(argv.filter((_, position) => argv[position - 1] === '-map')).toEqual([
      '0:1',
      '[sound0]',
      '[sound1]',
    ]);
    expect(valueOf(argv, '-filter_complex')).toMatch(/^\[0:3\].*\[sound0\];\[0:5\].*\[sound1\]$/);
  });

  it('settings of one track are for that track', () => {
    const clip = media([video(), audio(), audio({ index: 2, channels: 4, channelLayout: '4.0' })]);
    const argv = argumentsFor({ codec: 'vp9', container: 'webm' }, clip);
    expect(valueOf(argv, '-mapping_family:a:1')).toBe('255');
    expect(valueOf(argv, '-b:a:0')).toBe('128000');
    expect(valueOf(argv, '-b:a:1')).toBe('256000');
  });

  it('of sound whose blocks follow each other have filters that anybody can read', () => {
    const plain = { isContiguous: true } as const;
    const tracks = [audio({ index: 1, ...plain }), audio({ index: 2, ...plain })];
    const command = proxyCommand(planFor({}, media([video(), ...tracks])), PATHS).join(' ');
    expect(command).toContain('[0:1]atrim=start_pts=0,asetnsamples=n=1024:p=0[sound0];');
    expect(command.length).toBeLessThan(1000);
  });

  it('a late track is filled with silence, and waits for nothing of the picture', () => {
    const argv = argumentsFor({}, media([video(), audio({ startSeconds: 0.5 })]));
    expect(valueOf(argv, '-filter_complex')).toMatch(
      /^\[1:1\].*,aresample=.*:first_pts=0,asetnsamples=n=1024:p=0\[sound0\]$/,
    );
  });

  it('a late picture moves the clock', () => {
    const argv = argumentsFor({}, media([video({ startSeconds: 0.2 }), audio()]));
    expect(valueOf(argv, '-itsoffset')).toBe('-0.200000');
    expect(argv.indexOf('-itsoffset')).toBeLessThan(argv.indexOf('-i'));
  });
});

describe('the picture', () => {
  it('is scaled only when its size changes', () => {
    expect(filter({})).not.toContain('w=');
    expect(filter({ resolution: 'half' })).toContain('w=960:h=540');
  });

  it('keeps fields apart while it is scaled', () => {
    expect(filter({ resolution: 'half' }, { fieldOrder: 'bb' })).toMatch(
      /interl=1.*field_mode=bff/,
    );
    const argv = argumentsFor({}, media([video({ fieldOrder: 'bb' })]));
    expect(valueOf(argv, '-x264-params')).toBe('open-gop=0:bff=1');
    expect(valueOf(argv, '-flags:v:0')).toContain('+ildct+ilme');
  });

  it('is woven into frames where fields can not be kept', () => {
    expect(filter({ codec: 'av1', container: 'mp4' }, { fieldOrder: 'tt' })).toMatch(
      /^bwdif=mode=send_frame,.*field_mode=prog/,
    );
  });

  it('keeps the shape of its pixels', () => {
    expect(filter({}, { width: 1440, sampleAspectRatio: '4:3' })).toContain('setsar=sar=4/3');
  });

  it('hides a matrix from the scaler that would stop at it, and says it afterwards', () => {
    const chain = filter({}, { colorMatrix: 'bt2020c', colorPrimaries: 'bt2020' });
    expect(chain).toMatch(/^setparams=colorspace=unknown,scale=.*colorspace=bt2020c$/);
  });

  it('gets frames of another rate by repeating and dropping, which FFmpeg counts', () => {
    const argv = argumentsFor({ explicitFps: 29.97 });
    expect(valueOf(argv, '-fps_mode:v:0')).toBe('cfr');
    expect(valueOf(argv, '-r:v:0')).toBe('30000/1001');
  });
});

describe('identity', () => {
  const tags = { timecode: '01:00:00:00', reel_name: 'A001' };

  it.each([
    ['mov', '-metadata:s:v:0'],
    ['mxf', '-metadata'],
  ] as const)('the reel name has its place in %s', (container, option) => {
    const argv = argumentsFor({ codec: 'dnxhr', container }, media([video({ tags })]));
    const position = argv.indexOf('reel_name=A001');
    expect(argv[position - 1]).toBe(option);
    expect(argv[argv.indexOf('timecode=01:00:00:00') - 1]).toBe('-metadata:s:v:0');
  });
});

describe('as many tracks as a source may have', () => {
  /** Linux takes no longer argument. */
  const LONGEST = 128 * 1024;

  it.each(COMBINATIONS)('can be named in one argument: %s in %s', (codec, container) => {
    const capture = '/out/pictures.nut';
    const changing = { codecName: 'aac', channelLayout: '7.1(wide)', channels: 8 };
    const late = { ...changing, startSeconds: 123.456789, sampleRate: 44_100, durationSeconds: 5 };
    const tracks = Array.from({ length: MOST_TRACKS }, (_, n) => audio({ ...late, index: n + 1 }));
    const { plan } = planProxy(proxyRequest({ codec, container }), media([video(), ...tracks]));
    const argv = plan ? ffmpegArguments(plan, { ...PATHS, capture }) : [];
    expect(argv.length).toBeGreaterThan(MOST_TRACKS);
    expect(Math.max(...argv.map(({ length }) => length))).toBeLessThan(LONGEST);
  });
});
