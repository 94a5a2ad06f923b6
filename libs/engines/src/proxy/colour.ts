import type { VideoStream } from '../media/media-info.ts';
import type { CodecRule } from './codec-rules.ts';
import { isRgb } from './pixel-format.ts';
import type { ColourPlan, FrameSize, Ruling } from './proxy-plan.ts';

/** ffprobe's names for what describes an HDR master. */
export const HDR_SIDE_DATA = new Set([
  'Mastering display metadata',
  'Content light level metadata',
]);
/** Pictures at least this high are HD, whose matrix is BT.709. */
const HD_LINES = 720;

/**
 * Tags are carried as they are, and what is untagged stays so. RGB becomes Y'CbCr and therefore gets a matrix, BT.709
 * for HD, BT.601 below; full range becomes limited where the codec has no way to say it.
 */
export function planColour(
  rule: CodecRule,
  video: VideoStream,
  size: FrameSize,
): Ruling<ColourPlan> {
  const hasHdrMetadata = video.sideData.some((block) =>
    HDR_SIDE_DATA.has(String(block['side_data_type'])),
  );
  const rgb = isRgb(video.pixelFormat);
  return {
    value: {
      primaries: known(video.colorPrimaries),
      transfer: known(video.colorTransfer),
      matrix: rgb ? yuvMatrix(size) : known(video.colorMatrix),
      range: rgb ? 'tv' : planRange(rule, video),
      hdrMetadata: hasHdrMetadata && rule.hdrMetadata,
    },
    warnings:
      hasHdrMetadata && !rule.hdrMetadata
        ? ["The HDR mastering metadata is lost: FFmpeg doesn't write it with this codec."]
        : [],
  };
}

function planRange(rule: CodecRule, video: VideoStream): ColourPlan['range'] {
  const full = video.colorRange === 'pc' || video.pixelFormat?.startsWith('yuvj') === true;
  if (full) return rule.fullRange ? 'pc' : 'tv';
  return video.colorRange === 'tv' ? 'tv' : null;
}

function yuvMatrix({ height }: FrameSize): string {
  return height >= HD_LINES ? 'bt709' : 'smpte170m';
}

function known(tag: string | null): string | null {
  return tag === null || tag === 'unknown' || tag === 'reserved' || tag === 'unspecified'
    ? null
    : tag;
}
