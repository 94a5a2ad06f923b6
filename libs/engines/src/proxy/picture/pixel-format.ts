import type { VideoStream } from '../../media/media-info.ts';
import type { CodecRule } from '../codecs/codec-rules.ts';
import type { Ruling } from '../plan/proxy-plan.ts';

const RGB = /^(?:0?rgb|0?bgr|gbr|argb|abgr|rgba|bgra|pal8|x2rgb|x2bgr)/;
const ALPHA = /^(?:yuva|gbrap|argb|abgr|rgba|bgra|ya\d|pal8|ayuv|vuya)/;
const HDR_TRANSFERS = new Set(['smpte2084', 'arib-std-b67']);

export function isRgb(pixelFormat: string | null): boolean {
  return RGB.test(pixelFormat ?? '');
}

export function hasAlpha(pixelFormat: string | null): boolean {
  return ALPHA.test(pixelFormat ?? '');
}

/** VP8 and VP9 keep alpha as a second picture, which a tag announces and the pixel format doesn't. */
export function hasHiddenAlpha({ codecName, tags }: VideoStream): boolean {
  return /^vp[89]$/.test(codecName ?? '') && tags['alpha_mode'] === '1';
}

/** PQ or HLG: brightness that eight bits show as bands. */
export function isHdr(video: VideoStream): boolean {
  return HDR_TRANSFERS.has(video.colorTransfer ?? '');
}

/** Bits of one component, from FFmpeg's name of the format: `yuv422p10le` 10, `p010le` 10, `rgb48le` 16, `nv12` 8. */
export function bitDepth(pixelFormat: string | null): number {
  const name = pixelFormat ?? '';
  const planar = /(?:p|gray|ya|p0|p2|p4|x2rgb|x2bgr|y2)(9|10|12|14|16)(?:le|be)?$/.exec(name);
  if (planar) return Number(planar[1]);
  return /^(?:rgb48|bgr48|rgba64|bgra64|ayuv64)/.test(name) ? 16 : 8;
}

/**
 * The output's pixel format: alpha where the codec has it and the source too, else the HDR format for PQ and HLG, else
 * the deep one for more than 8 bits, else the standard one.
 */
export function planPixelFormat(rule: CodecRule, video: VideoStream): Ruling<string> {
  const { standard, deep, hdr, alpha } = rule.pixels;
  const warnings: string[] = [];
  if (hasAlpha(video.pixelFormat) || hasHiddenAlpha(video)) {
    if (alpha) return { value: alpha, warnings };
    warnings.push("The alpha channel is lost: the codec can't hold one. prores_4444 does.");
  }
  const chosen =
    (isHdr(video) ? (hdr ?? deep) : undefined) ??
    (bitDepth(video.pixelFormat) > 8 ? deep : undefined) ??
    standard;
  if (isHdr(video) && bitDepth(chosen) === 8) {
    warnings.push('HDR is reduced to 8 bits: gradients may show bands.');
  }
  return { value: chosen, warnings };
}
