import type { SampleForm } from '../content/frames/sample-form.ts';
import { lookSample } from '../content/look/look-proof.ts';
import { formatRational } from '../media/index.ts';
import { LEAST_STEP } from '../proxy/time/clock.ts';
import type { FrameSize, LookPlan, VideoPlan } from '../proxy/plan/proxy-plan.ts';
import type { ProxyExpectation } from '../verify/check.ts';
import { fromCodes, lookFilters, sameRange, sized, toCodes, scalerMatrix } from './look-filters.ts';

/**
 * The picture's filter chain, in the order in which the plan's decisions apply. FFmpeg turns it upright before.
 *
 * @param laidOver filters that lay text over them.
 */
export function videoFilters(video: VideoPlan, laidOver: readonly string[] = []): string {
  const { ignoresRotation, dropsStereoViews } = video;
  return [
    ...timeFilters(video),
    ...fieldFilters(video),
    ...pixelFilters(video),
    ...laidOver,
    `setsar=sar=${formatRational(video.sampleAspectRatio)}`,
    tags(video),
    ...(ignoresRotation ? ['sidedata=mode=delete:type=DISPLAYMATRIX'] : []),
    ...(dropsStereoViews ? ['sidedata=mode=delete:type=STEREO3D'] : []),
  ].join(',');
}

/** From decoded pictures to those of the proxy: their size, and their colours. */
function pixelFilters(video: VideoPlan): string[] {
  const { scaled, size, pixelFormat, look } = video;
  if (look !== null)
    return [
      ...sized(video, look),
      ...toCodes(video, look),
      ...lookFilters(look),
      ...fromCodes(video),
    ];
  return [
    ...hideMatrix(video.colour.codedMatrix),
    scale(video, 'bicubic+accurate_rnd+full_chroma_int', scaled ? size : null),
    `format=pix_fmts=${pixelFormat}`,
  ];
}

/**
 * How pictures are made small: neighbouring cells overlap, so that lines as high as a cell is not a multiple of leave no
 * pattern, which differs between a source and its smaller proxy.
 */
const SMALL = 'bilinear+accurate_rnd';

/**
 * The chain of the same decisions for a small picture. Colours are converted by way of RGB, which cuts what lies outside
 * of it, noise above all, and a look bends them: that must happen to the pixels and not to their mean, so it is the proxy's own chain.
 */
export function smallFilters(video: VideoPlan, form: SampleForm): string {
  if (video.colour.convertedFrom !== null || video.look !== null)
    return `${videoFilters(video)},${smallProxyFilters(video, form)}`;
  return [
    ...timeFilters(video),
    ...fieldFilters(video),
    ...hideMatrix(video.colour.codedMatrix),
    scale(video, SMALL, form.size),
    `format=pix_fmts=${form.hasAlpha ? 'yuva420p' : 'yuv420p'}`,
  ].join(',');
}

/**
 * Lines of three pictures as they are decoded, below them as R'G'B', and below these after the look, see `LookProof`: the first one, and
 * those after each so many.
 */
export function provenFilters(video: VideoPlan, look: LookPlan, every: number): string {
  const { width, height } = lookSample(video.size);
  const lines = [
    ...timeFilters(video),
    ...fieldFilters(video),
    `select=lt(n\\,${3 * every})*not(mod(n\\,${every}))`,
    ...sized(video, look),
    `scale=flags=neighbor:w=${width}:h=${height}${sameRange(look.isFull)}`,
    `format=pix_fmts=${look.matrix === null ? 'gbrp12le' : 'yuv444p12le'}`,
    'split[decoded][taken]',
  ];
  const asPlanes = 'mergeplanes=map0p=0:map1p=1:map2p=2:format=gbrp12le';
  const codes = [...toCodes(video, look), 'format=pix_fmts=gbrp12le', 'split[codes][graded]'];
  return [
    lines.join(','),
    `[decoded]${asPlanes}[source]`,
    `[taken]${codes.join(',')}`,
    `[graded]${lookFilters(look).join(',')}[looked]`,
    '[source][codes][looked]vstack=inputs=3',
  ].join(';');
}

/** The chain that makes a finished proxy as small; its samples are taken as they are coded, whatever its tags say. */
export function smallProxyFilters(
  { colour }: VideoPlan,
  { size, hasAlpha, hasFields }: SampleForm,
): string {
  const range = colour.range ?? 'tv';
  return [
    `setparams=colorspace=unknown:range=${range}`,
    `scale=flags=${SMALL}:w=${size.width}:h=${size.height}${hasFields ? ':interl=1' : ''}:in_range=${range}:out_range=${range}`,
    `format=pix_fmts=${hasAlpha ? 'yuva420p' : 'yuv420p'}`,
  ].join(',');
}

/** Lines from which on an untagged picture is taken for BT.709. */
const HD_LINES = 720;

/** The chain of a proxy's picture for people, in the colours of JPEG. Of two fields one is shown: what moves would comb. */
export function thumbnailFilters(
  { colour, scan, size }: ProxyExpectation['video'],
  shown: FrameSize,
): string[] {
  const usual = colour !== null && size.height >= HD_LINES ? 'bt709' : null;
  const coded = colour?.codedMatrix ?? usual;
  const scale = [
    `scale=flags=area:w=${shown.width}:h=${shown.height}`,
    ...matrix('in_color_matrix', coded),
    'out_color_matrix=bt601:out_range=pc',
  ];
  return [
    ...(scan.order === 'progressive' ? [] : ['field=type=top']),
    ...hideMatrix(coded),
    scale.join(':'),
    'format=pix_fmts=yuv420p',
    'setsar=sar=1',
  ];
}

/**
 * Where times go back, each picture is shown at its own or a moment after the one before it, see `orderedTimes`; FFmpeg forgets then how
 * long pictures stay, and repeats too few of them to reach a rate. A filter doesn't, and text that is burnt in counts what it repeats.
 */
function timeFilters(video: VideoPlan): string[] {
  const least = `PREV_OUTPTS+ceil(${LEAST_STEP}/TB)`;
  return [
    ...(video.clock.enforceMonotonicPts
      ? [`setpts=if(isnan(PREV_OUTPTS)\\,PTS\\,max(PTS\\,${least}))`]
      : []),
    ...(isFitted(video)
      ? [`fps=fps=${formatRational(video.timing.rate)}:start_time=0:round=near`]
      : []),
  ];
}

/**
 * Whether a filter repeats and leaves out pictures, to reach a rate or to fill every slot, and not FFmpeg behind all filters: see
 * `timeFilters`.
 */
export function isFitted({ timing, clock, burnIn }: VideoPlan): boolean {
  const isAsSource = timing.mode === 'passthrough' && !clock.usesFrameSlots;
  return !isAsSource && (clock.enforceMonotonicPts || burnIn !== null);
}

function fieldFilters({ scan }: VideoPlan): string[] {
  return [
    ...(scan.deinterlace ? ['bwdif=mode=send_frame'] : []),
    ...(scan.reorderFields ? ['fieldorder=order=tff'] : []),
  ];
}

function scale({ colour, scan }: VideoPlan, flags: string, size: FrameSize | null): string {
  return [
    `scale=flags=${flags}`,
    ...(size === null ? [] : [`w=${size.width}`, `h=${size.height}`]),
    ...(scan.order === 'progressive' ? [] : ['interl=1']),
    ...(colour.range === null ? [] : [`out_range=${colour.range}`]),
    ...matrix('in_color_matrix', colour.convertedFrom),
    ...matrix('out_color_matrix', colour.codedMatrix),
  ].join(':');
}

function matrix(option: string, name: string | null): string[] {
  const scalerName = scalerMatrix(name);
  return scalerName === undefined ? [] : [`${option}=${scalerName}`];
}

/** A matrix that the scaler doesn't know would stop it; unnamed, the picture goes through as it is coded. */
function hideMatrix(name: string | null): string[] {
  return name !== null && scalerMatrix(name) === undefined ? ['setparams=colorspace=unknown'] : [];
}

/**
 * Said on the filter side: FFmpeg ignores most colour options of an output whose source has no tags. What has no tag is
 * said to be unknown, or the scaler's own choice would become one.
 */
function tags({ colour, scan }: VideoPlan): string {
  const field = { progressive: 'prog', 'top-first': 'tff', 'bottom-first': 'bff' }[scan.order];
  return [
    `setparams=field_mode=${field}`,
    ...(colour.range === null ? [] : [`range=${colour.range}`]),
    `color_primaries=${colour.primaries ?? 'unknown'}`,
    `color_trc=${colour.transfer ?? 'unknown'}`,
    `colorspace=${colour.matrix ?? 'unknown'}`,
  ].join(':');
}
