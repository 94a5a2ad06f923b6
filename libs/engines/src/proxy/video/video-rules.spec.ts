import { describe, expect, it } from 'vitest';
import { CODECS, type Codec, type Container } from '@app/jobspec';
import { proxyRequest, video } from '../../../testing/clips.ts';
import type { VideoStream } from '../../media/media-info.ts';
import { bitDepth } from '../../media/video-traits.ts';
import { CODEC_RULES } from '../codecs/codec-rules.ts';
import { planColour } from './colour.ts';
import { planPixelFormat } from './plan-video.ts';
import { planScan } from './scan.ts';

const PQ = { colorTransfer: 'smpte2084' };
const TEN_BIT = { pixelFormat: 'yuv422p10le' };

/** For 8 bits, 10 bits, HDR and alpha. */
function formats(codec: Codec): string[] {
  return [{}, TEN_BIT, { ...TEN_BIT, ...PQ }, { pixelFormat: 'yuva444p12le' }].map(
    (facts) => planPixelFormat(CODEC_RULES[codec], video(facts)).value,
  );
}

describe('pixel formats', () => {
  it.each<[Codec, string[]]>([
    ['prores_proxy', ['yuv422p10le', 'yuv422p10le', 'yuv422p10le', 'yuv422p10le']],
    ['prores_4444', ['yuv444p10le', 'yuv444p10le', 'yuv444p10le', 'yuva444p10le']],
    ['h264', ['yuv420p', 'yuv420p', 'yuv420p', 'yuv420p']],
    ['h265', ['yuv420p', 'yuv420p10le', 'yuv420p10le', 'yuv420p10le']],
    ['dnxhd', ['yuv422p', 'yuv422p', 'yuv422p', 'yuv422p']],
    ['dnxhr', ['yuv422p', 'yuv422p', 'yuv422p10le', 'yuv422p']],
    ['vp9', ['yuv420p', 'yuv420p10le', 'yuv420p10le', 'yuv420p10le']],
    ['av1', ['yuv420p', 'yuv420p10le', 'yuv420p10le', 'yuv420p10le']],
  ])('%s for 8 bits, 10 bits, HDR and alpha', (codec, expected) => {
    expect(formats(codec)).toEqual(expected);
  });

  it('a lost alpha channel and HDR in 8 bits are named', () => {
    const { warnings } = planPixelFormat(
      CODEC_RULES.h264,
      video({ ...PQ, pixelFormat: 'gbrap12le' }),
    );
    expect(warnings).toHaveLength(2);
  });

  it.each([
    ['yuv420p', 8],
    ['yuv422p10le', 10],
    ['yuva444p12le', 12],
    ['p010le', 10],
    ['gray10le', 10],
    ['rgb48be', 16],
    ['xyz12le', 12],
    ['v30xle', 10],
    ['gbrapf32le', 16],
    ['nv12', 8],
    ['uyvy422', 8],
    [null, 8],
  ])('%s has %i bits', (name, bits) => {
    expect(bitDepth(name)).toBe(bits);
  });
});

describe('fields', () => {
  it.each<[string | null, string, string]>([
    ['tt', 'h264', 'top-first'],
    ['tb', 'h264', 'top-first'],
    ['bb', 'h264', 'bottom-first'],
    ['bt', 'h264', 'bottom-first'],
    ['progressive', 'h264', 'progressive'],
    [null, 'h264', 'progressive'],
    [null, 'dvvideo', 'bottom-first'],
  ])('%s of %s is %s', (fieldOrder, codecName, order) => {
    const stream = video({ fieldOrder, codecName, height: 576 });
    expect(planScan(stream, null, false).value.order).toBe(order);
  });

  it.each(['codec', 'rotation', 'rate'] as const)('%s makes them progressive', (obstacle) => {
    const { value, warnings } = planScan(video({ fieldOrder: 'tt' }), obstacle, false);
    expect(value).toEqual({ order: 'progressive', deinterlace: true, reorderFields: false });
    expect(warnings).toHaveLength(1);
  });

  it('a progressive picture has no obstacle', () => {
    expect(planScan(video(), 'codec', false)).toEqual({
      value: { order: 'progressive', deinterlace: false, reorderFields: false },
      warnings: [],
    });
  });

  it('bottom-first becomes top-first where nothing else can be said', () => {
    const { value, warnings } = planScan(video({ fieldOrder: 'bb' }), null, true);
    expect([value.order, value.reorderFields, warnings.length]).toEqual(['top-first', true, 1]);
  });
});

describe('colour', () => {
  const SIZE = { width: 1920, height: 1080 };
  const HLG = { colorPrimaries: 'bt2020', colorTransfer: 'arib-std-b67', colorMatrix: 'bt2020nc' };
  const plan = (codec: Codec, facts: Partial<VideoStream>, container: Container = 'mov') =>
    planColour(proxyRequest({ codec, container }), CODEC_RULES[codec], video(facts), SIZE);

  it.each(CODECS)('tags are carried into %s', (codec) => {
    const { primaries, transfer, matrix } = plan(codec, HLG).value;
    expect([primaries, transfer, matrix]).toEqual(Object.values(HLG));
  });

  it.each(CODECS)('untagged stays untagged in %s', (codec) => {
    expect(plan(codec, {})).toEqual({
      value: {
        primaries: null,
        transfer: null,
        matrix: null,
        codedMatrix: null,
        convertedFrom: null,
        range: null,
        hdrMetadata: [],
      },
      warnings: [],
    });
  });

  it.each<[Codec, string]>([
    ['h264', 'pc'],
    ['h265', 'pc'],
    ['prores_lt', 'tv'],
    ['dnxhr', 'tv'],
  ])('full range in %s is %s', (codec, range) => {
    expect(plan(codec, { pixelFormat: 'yuvj420p' }).value.range).toBe(range);
    expect(plan(codec, { colorRange: 'pc' }).value.range).toBe(range);
  });

  it('a matrix that the codec can not say is converted, and the loss is told', () => {
    const { value, warnings } = plan('dnxhr', { height: 576 });
    expect([value.codedMatrix, value.convertedFrom]).toEqual(['bt709', 'smpte170m']);
    expect(warnings).toEqual([
      'The colours are converted from smpte170m to bt709: dnxhr is read by no other matrix.',
    ]);
  });

  it.each(['gray', 'gray10le', 'ya8', 'monow'])('%s has no colours to convert', (pixelFormat) => {
    const { value, warnings } = plan('dnxhr', { height: 576, pixelFormat });
    expect([value.codedMatrix, value.convertedFrom]).toEqual(['bt709', null]);
    expect(warnings).toEqual([]);
  });

  it('RGB is coded as readers assume, and stays untagged', () => {
    const { value } = plan('h264', { pixelFormat: 'rgb24', colorMatrix: 'gbr' });
    expect([value.codedMatrix, value.matrix, value.range]).toEqual(['bt709', null, 'tv']);
  });

  it('tagged RGB says by which matrix it is coded', () => {
    const { value } = plan('h264', { ...HLG, pixelFormat: 'gbrp10le', colorMatrix: 'gbr' });
    expect(value.matrix).toBe('bt2020nc');
  });

  it('MOV holds all three tags of ProRes or none', () => {
    const { value, warnings } = plan('prores_lt', { colorMatrix: 'bt709' });
    expect(value.matrix).toBeNull();
    expect(warnings[0]).toContain('The colour tags bt709 are lost');
  });

  it('MOV holds none of the tags of DNxHR when the codec has no word for one of them', () => {
    const { value, warnings } = plan('dnxhr', { ...HLG, colorMatrix: 'bt2020c' });
    expect([value.primaries, value.transfer, value.matrix]).toEqual([null, null, null]);
    expect(warnings).toEqual([
      'The colour tags bt2020, arib-std-b67, bt2020c are lost: in MOV, FFmpeg writes all three tags or none.',
    ]);
  });

  it('MXF names what it has no label for', () => {
    const sRgb = { ...HLG, colorTransfer: 'iec61966-2-1' };
    const { value, warnings } = plan('dnxhr', sRgb, 'mxf');
    expect(value.transfer).toBeNull();
    expect(warnings).toEqual(['The colour tag iec61966-2-1 is lost: MXF has none for it.']);
  });

  it('HDR metadata is carried, but for the light level in MXF', () => {
    const names = ['Mastering display metadata', 'Content light level metadata'];
    const sideData = names.map((name) => ({
      side_data_type: name,
      red_x: '17/25',
      max_luminance: '1000/1',
    }));
    expect(plan('prores_lt', { sideData }).value.hdrMetadata).toEqual(names);
    const { value, warnings } = plan('dnxhr', { sideData }, 'mxf');
    expect([value.hdrMetadata, warnings.length]).toEqual([names.slice(0, 1), 1]);
  });

  it.each([
    ['its colours alone', { red_x: '17/25' }, []],
    ['its brightness alone', { max_luminance: '1000/1' }, []],
    ['both', { red_x: '17/25', max_luminance: '1000/1' }, ['Mastering display metadata']],
    ['neither', {}, []],
  ])('a mastering display with %s is carried whole or not at all', (_, block, carried) => {
    const sideData = [{ side_data_type: 'Mastering display metadata', ...block }];
    expect(plan('h265', { sideData }).value.hdrMetadata).toEqual(carried);
  });
});
