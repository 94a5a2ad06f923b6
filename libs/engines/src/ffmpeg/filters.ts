import type { SampleForm } from '../content/frames/sample-form.ts';
import { lookSample } from '../content/look/look-proof.ts';
import { formatRational } from '../media/index.ts';
import { LEAST_STEP } from '../proxy/time/clock.ts';
import type { FrameSize, LookPlan, VideoPlan } from '../proxy/plan/proxy-plan.ts';
import type { ProxyExpectation } from '../verify/check.ts';
import { fromCodes, lookFilters, sameRange, sized, toCodes, scalerMatrix } from './look-filters.ts';

/**
 * Filter chain of the video, in the order in which the plan's decisions apply. FFmpeg rotates frames upright before them.
 *
 * @param laidOver filters that overlay text.
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

/** Filters from decoded frames to the proxy's size and colours. */
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
 * Flags for downscaling: neighbouring cells overlap, so that lines whose height doesn't divide a cell's leave no pattern, which
 * would differ between a source and its smaller proxy.
 */
const SMALL = 'bilinear+accurate_rnd';

/**
 * Filter chain of the same decisions for a downscaled frame. Colours are converted through RGB, which clips what it can't hold
 * (mostly noise), and a look isn't linear: both must be applied to pixels and not to their means, so the proxy's own chain comes
 * first in these cases.
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
 * Graph for `LookProof`, which gives some lines of three frames: of the first one, and of those `every` and two times `every`
 * later. Each output frame has the lines as decoded, below them the same as R'G'B', and at the bottom after the look.
 */
export function lookProofFilters(video: VideoPlan, look: LookPlan, every: number): string {
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

/** Chain that downscales a finished proxy; its samples are taken as coded, whatever its tags say. */
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

/** Number of lines from which on untagged video counts as BT.709. */
const HD_LINES = 720;

/**
 * Filters of a thumbnail, in the colours of JPEG. Of two fields only one is shown, because both would comb where something moves.
 */
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
 * Filters for frame times. If times go back, each frame is shown at its own time or a moment after the one before it, see
 * `monotonicTimes`. FFmpeg then forgets frame durations and would repeat too few frames to reach a rate, so the filter `fps`
 * repeats them. Burnt-in text needs that filter too, because it counts repeated frames.
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
 * True if frames are repeated and dropped, to reach a rate or to fill every slot, by a filter and not by FFmpeg after all
 * filters, see `timeFilters`.
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

/** Untags a matrix that the scaler doesn't know and would refuse; untagged, the video passes as it is coded. */
function hideMatrix(name: string | null): string[] {
  return name !== null && scalerMatrix(name) === undefined ? ['setparams=colorspace=unknown'] : [];
}

/**
 * Colour tags, set by a filter: FFmpeg ignores most colour options of an output whose source has no tags. A missing tag is set to
 * unknown, because the scaler would otherwise set one of its own choice.
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
