import {
  hasHalfOfMastering,
  hdrSideData,
  isGrey,
  isRgb,
  LIGHT_LEVEL,
  type VideoStream,
} from '../../media/index.ts';
import type { CodecRule } from '../codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import { carriedTags, type ColourTags } from './colour-tags.ts';
import { colourOfLook } from './look.ts';
import { assumedMatrix, known, SCALER_MATRICES } from './matrices.ts';
import type { ColourPlan, FrameSize, Ruling } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';

const HALF_OF_MASTERING =
  'The source names only the colours or only the brightness of its mastering display: FFmpeg writes both or neither, so the proxy may lack it.';

/**
 * Tags are carried as they are, and what is untagged stays so. RGB becomes Y'CbCr by the matrix that readers assume:
 * BT.2020 for its primaries, else BT.709 for HD and BT.601 below. A matrix that the codec can't say is converted. Full range becomes limited where the codec can't say
 * it, and after a look. A look that names other colours than its source has says all tags.
 */
export function planColour(
  request: ProxyRequest,
  rule: CodecRule,
  video: VideoStream,
  size: FrameSize,
): Ruling<ColourPlan> {
  const { look } = request;
  if (look?.becomes) return colourOfLook(request, rule, look.becomes);
  const hdrMetadata = look === undefined ? hdrSideData(video) : [];
  const carried = hdrMetadata.filter(
    (name) => name !== LIGHT_LEVEL || CONTAINER_RULES[request.container].lightLevel,
  );
  const isFromRgb = isRgb(video.pixelFormat);
  const matrix = isFromRgb ? matrixOfRgb(rule, video, size) : planMatrix(rule, video, look);
  const tags = carriedTags(request.codec, request.container, proxyTags(video, isFromRgb, matrix));
  return {
    value: {
      ...tags.value,
      ...matrix,
      range: isFromRgb || look !== undefined ? 'tv' : planRange(rule, video),
      hdrMetadata: carried,
    },
    warnings: [
      ...tags.warnings,
      ...(matrix.convertedFrom === null
        ? []
        : [
            `The colours are converted from ${matrix.convertedFrom} to ${matrix.codedMatrix}: ${request.codec} is read by no other matrix.`,
          ]),
      ...(carried.length < hdrMetadata.length
        ? [
            `The HDR light level is lost: FFmpeg doesn't write it into ${request.container.toUpperCase()}.`,
          ]
        : []),
      ...(look === undefined && hasHalfOfMastering(video) ? [HALF_OF_MASTERING] : []),
    ],
  };
}

type Matrix = Pick<ColourPlan, 'codedMatrix' | 'convertedFrom'>;

/** RGB has no matrix: it is coded by the one that readers assume. */
function matrixOfRgb(rule: CodecRule, video: VideoStream, { height }: FrameSize): Matrix {
  const assumed = assumedMatrix(video, height);
  const isSayable = rule.impliedMatrix === null || rule.matrices?.includes(assumed);
  return { codedMatrix: isSayable ? assumed : rule.impliedMatrix, convertedFrom: null };
}

/**
 * What a codec can't say is converted to what it means. Matrices that the scaler doesn't know stay as they are. Out of R'G'B', which a look is
 * worked out in, a picture is coded by the matrix that it was taken for.
 */
function planMatrix(rule: CodecRule, video: VideoStream, look: ProxyRequest['look']): Matrix {
  const tagged = known(video.colorMatrix);
  const own = tagged ?? assumedMatrix(video, video.height ?? 0);
  const { impliedMatrix, matrices } = rule;
  if (impliedMatrix === null || matrices?.includes(own) || !SCALER_MATRICES.has(own))
    return { codedMatrix: look === undefined ? tagged : own, convertedFrom: null };
  return { codedMatrix: impliedMatrix, convertedFrom: isGrey(video.pixelFormat) ? null : own };
}

function proxyTags(video: VideoStream, isFromRgb: boolean, matrix: Matrix): ColourTags {
  const primaries = known(video.colorPrimaries);
  const transfer = known(video.colorTransfer);
  const isTagged = isFromRgb ? primaries !== null || transfer !== null : known(video.colorMatrix);
  return { primaries, transfer, matrix: isTagged ? matrix.codedMatrix : null };
}

function planRange(rule: CodecRule, video: VideoStream): ColourPlan['range'] {
  const full = video.colorRange === 'pc' || video.pixelFormat?.startsWith('yuvj') === true;
  if (full) return rule.fullRange ? 'pc' : 'tv';
  return video.colorRange === 'tv' ? 'tv' : null;
}
