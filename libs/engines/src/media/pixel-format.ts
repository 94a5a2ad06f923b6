import type { VideoStream } from './media-info.ts';

const RGB = /^(?:0?rgb|0?bgr|gbr|argb|abgr|rgba|bgra|pal8|x2rgb|x2bgr)/;
const ALPHA = /^(?:yuva|gbrap|argb|abgr|rgba|bgra|yaf?\d|pal8|ayuv|vuya|uyva)/;
const HDR_TRANSFERS = new Set(['smpte2084', 'arib-std-b67']);

export function isRgb(pixelFormat: string | null): boolean {
  return RGB.test(pixelFormat ?? '');
}

/** One channel of brightness, with alpha or without: there are no colours. */
export function isGrey(pixelFormat: string | null): boolean {
  return /^(?:gray|ya\d|mono)/.test(pixelFormat ?? '');
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

/** Formats whose names don't end with their bits. FFmpeg 9 reads v410 as `v30x`. */
const PACKED: readonly (readonly [RegExp, number])[] = [
  [/^(?:v30x|xv30|nv20)/, 10],
  [/^xv36/, 12],
  [/^(?:rgb48|bgr48|rgba64|bgra64|ayuv64|xv48)|f(?:16|32)[lb]e$/, 16],
];

/** Bits of one component, from FFmpeg's name of the format: `yuv422p10le` 10, `p010le` 10, `rgb48le` 16, `nv12` 8. */
export function bitDepth(pixelFormat: string | null): number {
  const name = pixelFormat ?? '';
  const planar = /(?:p|gray|ya|p0|p2|p4|x2rgb|x2bgr|y2|xyz)(9|10|12|14|16)(?:msb)?(?:le|be)?$/.exec(
    name,
  );
  if (planar) return Number(planar[1]);
  return PACKED.find(([format]) => format.test(name))?.[1] ?? 8;
}
