import type { Becomes } from '@app/jobspec';
import { codeLevels, LOOK_BITS } from '../../look/look.ts';
import { bitDepth, isRgb, type VideoStream } from '../../media/index.ts';
import type { CodecRule } from '../codecs/codec-rules.ts';
import type { ColourPlan, LookPlan, PlanViolation, Ruling } from '../plan/proxy-plan.ts';
import type { ProxyRequest } from '../plan/proxy-request.ts';
import { carriedTags, type ColourTags } from './colour-tags.ts';
import { assumedMatrix, known, SCALER_MATRICES } from './matrices.ts';

/** FFmpeg's names for what a look makes. */
const TAGS: Record<Becomes, { [name in keyof ColourTags]: string }> = {
  bt709: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709' },
  'bt2020-pq': { primaries: 'bt2020', transfer: 'smpte2084', matrix: 'bt2020nc' },
  'bt2020-hlg': { primaries: 'bt2020', transfer: 'arib-std-b67', matrix: 'bt2020nc' },
};

/** The tags of the source say nothing of what a look makes, nor does what describes its HDR master. Range is limited. */
export function colourOfLook(
  { codec, container }: ProxyRequest,
  { impliedMatrix, matrices }: CodecRule,
  becomes: Becomes,
): Ruling<ColourPlan> {
  const wanted = TAGS[becomes];
  const isSayable = impliedMatrix === null || matrices?.includes(wanted.matrix);
  const codedMatrix = isSayable ? wanted.matrix : impliedMatrix;
  const { value, warnings } = carriedTags(codec, container, { ...wanted, matrix: codedMatrix });
  return {
    value: { ...value, range: 'tv', codedMatrix, convertedFrom: null, hdrMetadata: [] },
    warnings,
  };
}

/** The picture as it is after the look, for what is decided by how bright it can be. */
export function afterLook({ look }: ProxyRequest, video: VideoStream): VideoStream {
  if (!look?.becomes) return video;
  return { ...video, colorTransfer: TAGS[look.becomes].transfer };
}

/** @param pixelFormat of the proxy. */
export function planLook(
  { look }: ProxyRequest,
  video: VideoStream,
  pixelFormat: string,
): LookPlan | null | PlanViolation {
  if (look === undefined) return null;
  const isFromRgb = isRgb(video.pixelFormat);
  const matrix = known(video.colorMatrix) ?? assumedMatrix(video, video.height ?? 0);
  if (!isFromRgb && !SCALER_MATRICES.has(matrix)) {
    const message = `viewing.look needs R'G'B', and a picture of the matrix ${matrix} can't be converted to it; leave the look out`;
    return { path: 'viewing.look', message };
  }
  const isFull =
    isFromRgb || video.colorRange === 'pc' || video.pixelFormat?.startsWith('yuvj') === true;
  return {
    look,
    // The scaler stretches full Y'CbCr to all codes, and shifts everything else.
    from: codeLevels(isFull && !isFromRgb ? LOOK_BITS : bitDepth(video.pixelFormat), isFull),
    to: codeLevels(bitDepth(pixelFormat), false),
    matrix: isFromRgb ? null : matrix,
    isFull,
  };
}
