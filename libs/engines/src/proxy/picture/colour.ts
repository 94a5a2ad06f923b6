import type { VideoStream } from '../../media/media-info.ts';
import type { CodecRule } from '../codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import { hdrSideData, LIGHT_LEVEL } from '../../media/colour.ts';
import { carriedTags, type ColourTags } from './colour-tags.ts';
import { isRgb } from '../../media/pixel-format.ts';
import type { ColourPlan, FrameSize, Ruling } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';

/** Pictures at least this high are HD, whose matrix is BT.709. */
const HD_LINES = 720;

/**
 * Tags are carried as they are, and what is untagged stays so. RGB becomes Y'CbCr by the matrix that readers assume:
 * BT.2020 for its primaries, else BT.709 for HD and BT.601 below. Full range becomes limited where the codec can't say
 * it.
 */
export function planColour(
  request: ProxyRequest,
  rule: CodecRule,
  video: VideoStream,
  size: FrameSize,
): Ruling<ColourPlan> {
  const hdrMetadata = hdrSideData(video);
  const carried = hdrMetadata.filter(
    (name) => name !== LIGHT_LEVEL || CONTAINER_RULES[request.container].lightLevel,
  );
  const rgbMatrix = isRgb(video.pixelFormat) ? yuvMatrix(video, size) : null;
  const tags = carriedTags(request.codec, request.container, sourceTags(video, rgbMatrix));
  return {
    value: {
      ...tags.value,
      sourceMatrix: rgbMatrix ?? known(video.colorMatrix),
      range: rgbMatrix ? 'tv' : planRange(rule, video),
      hdrMetadata: carried,
    },
    warnings: [
      ...tags.warnings,
      ...(carried.length < hdrMetadata.length
        ? [
            `The HDR light level is lost: FFmpeg doesn't write it into ${request.container.toUpperCase()}.`,
          ]
        : []),
    ],
  };
}

function sourceTags(video: VideoStream, rgbMatrix: string | null): ColourTags {
  const primaries = known(video.colorPrimaries);
  const transfer = known(video.colorTransfer);
  const tagged = primaries !== null || transfer !== null;
  const matrix = rgbMatrix === null ? known(video.colorMatrix) : tagged ? rgbMatrix : null;
  return { primaries, transfer, matrix };
}

function planRange(rule: CodecRule, video: VideoStream): ColourPlan['range'] {
  const full = video.colorRange === 'pc' || video.pixelFormat?.startsWith('yuvj') === true;
  if (full) return rule.fullRange ? 'pc' : 'tv';
  return video.colorRange === 'tv' ? 'tv' : null;
}

function yuvMatrix(video: VideoStream, { height }: FrameSize): string {
  if (video.colorPrimaries === 'bt2020') return 'bt2020nc';
  return height >= HD_LINES ? 'bt709' : 'smpte170m';
}

function known(tag: string | null): string | null {
  return tag === 'unknown' || tag === 'reserved' || tag === 'unspecified' ? null : tag;
}
