import { bitDepth, hasAlpha, hasHiddenAlpha, isHdr, type VideoStream } from '../../media/index.ts';
import type { CodecRule } from '../codecs/codec-rules.ts';
import type { Ruling } from '../plan/proxy-plan.ts';

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
