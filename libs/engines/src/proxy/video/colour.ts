import {
  hdrSideData,
  isGrey,
  isRgb,
  LIGHT_LEVEL,
  type VideoStream,
  type TagName,
  bitDepth,
} from '../../media/index.ts';
import { type CodecRule, CODEC_RULES } from '../codecs/codec-rules.ts';
import { CONTAINER_RULES } from '../containers/container-rules.ts';
import { assumedMatrix, assumedPrimaries, known, SCALER_MATRICES } from './matrices.ts';
import type {
  ColourPlan,
  FrameSize,
  Ruling,
  ProxyRequest,
  LookPlan,
  PlanViolation,
} from '../plan/proxy-plan.ts';
import type { Codec, Container, Becomes } from '@app/jobspec';
import { codeLevels, LOOK_BITS } from '../../look/look.ts';

/**
 * Plans the colours. Tags are kept, and an untagged source stays untagged, unless its matrix is converted. RGB becomes Y'CbCr by
 * the matrix that readers assume: BT.2020 for its primaries, else BT.709 for HD and BT.601 below. A matrix that the codec can't
 * signal is converted. Full range becomes limited if the codec can't signal it, and after a look. A look with an output colour
 * space sets all tags.
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
    ],
  };
}

type Matrix = Pick<ColourPlan, 'codedMatrix' | 'convertedFrom'>;

/** RGB has no matrix: it is coded by the one that readers assume. */
function matrixOfRgb(rule: CodecRule, video: VideoStream, { height }: FrameSize): Matrix {
  const assumed = assumedMatrix(video, height);
  const { impliedMatrix, matrices } = rule;
  const canSignal = impliedMatrix === undefined || matrices?.includes(assumed);
  return { codedMatrix: canSignal ? assumed : impliedMatrix, convertedFrom: null };
}

/**
 * Plans the matrix: one that the codec can't signal is converted to its implied one, unless the scaler doesn't know it. After a
 * look, which works in R'G'B', the frame is coded by the matrix that it was decoded with.
 */
function planMatrix(rule: CodecRule, video: VideoStream, look: ProxyRequest['look']): Matrix {
  const tagged = known(video.colorMatrix);
  const own = tagged ?? assumedMatrix(video, video.height ?? 0);
  const { impliedMatrix, matrices } = rule;
  if (impliedMatrix === undefined || matrices?.includes(own) || !SCALER_MATRICES.has(own))
    return { codedMatrix: look === undefined ? tagged : own, convertedFrom: null };
  return { codedMatrix: impliedMatrix, convertedFrom: isGrey(video.pixelFormat) ? null : own };
}

function proxyTags(video: VideoStream, isFromRgb: boolean, matrix: Matrix): ColourTags {
  const primaries = known(video.colorPrimaries);
  const transfer = known(video.colorTransfer);
  // Untagged, it would be read by the matrix that it is no longer coded with.
  if (matrix.convertedFrom !== null)
    return {
      primaries: primaries ?? assumedPrimaries(video),
      transfer: transfer ?? 'bt709',
      matrix: matrix.codedMatrix,
    };
  const isTagged = isFromRgb ? primaries !== null || transfer !== null : known(video.colorMatrix);
  return { primaries, transfer, matrix: isTagged ? matrix.codedMatrix : null };
}

function planRange(rule: CodecRule, video: VideoStream): ColourPlan['range'] {
  const full = video.colorRange === 'pc' || video.pixelFormat?.startsWith('yuvj') === true;
  if (full) return rule.fullRange ? 'pc' : 'tv';
  return video.colorRange === 'tv' ? 'tv' : null;
}

export type ColourTags = Pick<ColourPlan, TagName>;

/** Tags that reach a file of this codec and container, with warnings for the others. */
export function carriedTags(
  codec: Codec,
  container: Container,
  wanted: ColourTags,
): Ruling<ColourTags> {
  const entries = (Object.keys(wanted) as TagName[]).map((name) => {
    const tag = wanted[name];
    return [name, tag !== null && holds(codec, container, name, tag) ? tag : null] as const;
  });
  const value = Object.fromEntries(entries) as unknown as ColourTags;
  const takesPart = CONTAINER_RULES[container].partialColourTags || CODEC_RULES[codec].tagsColour;
  if (!takesPart && isPartial(value)) {
    return {
      value: { primaries: null, transfer: null, matrix: null },
      warnings: [
        `The colour tags ${names(wanted)} are lost: in ${container.toUpperCase()}, FFmpeg writes all three tags or none.`,
      ],
    };
  }
  const lost = entries.flatMap(([name, tag]) => (wanted[name] !== tag ? [wanted[name]] : []));
  return {
    value,
    warnings: lost.map(
      (tag) => `The colour tag ${tag} is lost: ${holder(codec, container)} has none for it.`,
    ),
  };
}

function holds(codec: Codec, container: Container, name: TagName, tag: string): boolean {
  const labels = CONTAINER_RULES[container].colourTags;
  if (labels !== undefined) return labels[name].includes(tag);
  const { matrices } = CODEC_RULES[codec];
  return name !== 'matrix' || matrices === undefined || matrices.includes(tag);
}

function holder(codec: Codec, container: Container): string {
  return CONTAINER_RULES[container].colourTags === undefined ? codec : container.toUpperCase();
}

function isPartial(tags: ColourTags): boolean {
  const present = Object.values(tags).filter((tag) => tag !== null).length;
  return present > 0 && present < 3;
}

function names(tags: ColourTags): string {
  return Object.values(tags)
    .filter((tag) => tag !== null)
    .join(', ');
}

/** Tags of a look's output, by FFmpeg's names. */
const TAGS: Record<Becomes, { [name in keyof ColourTags]: string }> = {
  bt709: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709' },
  'bt2020-pq': { primaries: 'bt2020', transfer: 'smpte2084', matrix: 'bt2020nc' },
  'bt2020-hlg': { primaries: 'bt2020', transfer: 'arib-std-b67', matrix: 'bt2020nc' },
};

/**
 * Plans the colours after a look with an output colour space: the source's tags and HDR metadata no longer apply, and the range
 * is limited.
 */
export function colourOfLook(
  { codec, container }: ProxyRequest,
  { impliedMatrix, matrices }: CodecRule,
  becomes: Becomes,
): Ruling<ColourPlan> {
  const wanted = TAGS[becomes];
  const canSignal = impliedMatrix === undefined || matrices?.includes(wanted.matrix);
  const codedMatrix = canSignal ? wanted.matrix : impliedMatrix;
  const { value, warnings } = carriedTags(codec, container, { ...wanted, matrix: codedMatrix });
  return {
    value: { ...value, range: 'tv', codedMatrix, convertedFrom: null, hdrMetadata: [] },
    warnings,
  };
}

/** The stream with the look's transfer function, for decisions that depend on brightness. */
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
