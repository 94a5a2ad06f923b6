import { countsAsSource, LINES_EVERY } from '../content/pictures/sampled-lines.ts';
import type { SmallPicture } from '../content/pictures/small-picture.ts';
import { formatRational } from '../media/index.ts';
import type { FrameSize, LookPlan, PicturePlan } from '../proxy/plan/proxy-plan.ts';
import type { ProxyExpectation } from '../verify/proxy-expectation.ts';
import { fromCodes, lookFilters, toCodes } from './look-filters.ts';
import { scalerMatrix } from './scaler-matrices.ts';

/**
 * The picture's filter chain, in the order in which the plan's decisions apply. FFmpeg turns it upright before.
 *
 * @param taken filters that leave out pictures, before they are scaled.
 */
export function pictureFilters(picture: PicturePlan, taken: readonly string[] = []): string {
  const { withoutViews } = picture;
  return [
    ...turnFilters(picture),
    ...fieldFilters(picture),
    ...taken,
    ...pixelFilters(picture),
    `setsar=sar=${formatRational(picture.sampleAspectRatio)}`,
    tags(picture),
    ...(withoutViews ? ['sidedata=mode=delete:type=STEREO3D'] : []),
  ].join(',');
}

/** From decoded pictures to those of the proxy: their size, and their colours. */
function pixelFilters(picture: PicturePlan): string[] {
  const { scaled, size, pixelFormat, look } = picture;
  const wanted = scaled ? size : null;
  if (look !== null)
    return [...toCodes(picture, look, wanted), ...lookFilters(look), ...fromCodes(picture)];
  return [
    ...hideMatrix(picture.colour.codedMatrix),
    scale(picture, 'bicubic+accurate_rnd+full_chroma_int', wanted),
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
export function smallFilters(picture: PicturePlan, form: SmallPicture): string {
  if (picture.colour.convertedFrom !== null || picture.look !== null)
    return `${pictureFilters(picture)},${smallProxyFilters(picture, form)}`;
  return [
    ...turnFilters(picture),
    ...fieldFilters(picture),
    ...hideMatrix(picture.colour.codedMatrix),
    scale(picture, SMALL, form.size),
    `format=pix_fmts=${form.hasAlpha ? 'yuva420p' : 'yuv420p'}`,
  ].join(',');
}

/** Of the pictures that come, those whose detail is compared. */
const SELECTED = `select=not(mod(n\\,${LINES_EVERY}))`;

/** The proxy's own chain, and lines of what its encoder would get. */
export function lineFilters(picture: PicturePlan, form: SmallPicture): string {
  const taken = countsAsSource(picture) ? [SELECTED] : [];
  return `${pictureFilters(picture, taken)},${pixelsOfLines(picture, form)}`;
}

/** Lines of some pictures as codes, and below them the same after the look. */
export function provenFilters(
  picture: PicturePlan,
  look: LookPlan,
  { width, height }: FrameSize,
): string {
  return [
    ...turnFilters(picture),
    ...fieldFilters(picture),
    SELECTED,
    ...toCodes(picture, look, picture.scaled ? picture.size : null),
    `scale=flags=neighbor:w=${width}:h=${height}`,
    'format=pix_fmts=gbrp12le',
    `split[codes][taken];[taken]${lookFilters(look).join(',')}[looked];[codes][looked]vstack`,
  ].join(',');
}

/** The chain that takes the same lines of a finished proxy. */
export function proxyLineFilters(picture: PicturePlan, form: SmallPicture): string {
  return `${SELECTED},${pixelsOfLines(picture, form)}`;
}

function pixelsOfLines({ colour }: PicturePlan, { size, hasAlpha }: SmallPicture): string {
  const range = colour.range ?? 'tv';
  return [
    `setparams=colorspace=unknown:range=${range}`,
    `scale=flags=neighbor:w=${size.width}:h=${size.height}:in_range=${range}:out_range=${range}`,
    `format=pix_fmts=${hasAlpha ? 'yuva420p' : 'yuv420p'}`,
  ].join(',');
}

/** The chain that makes a finished proxy as small; its samples are taken as they are coded, whatever its tags say. */
export function smallProxyFilters(
  { colour }: PicturePlan,
  { size, hasAlpha, hasFields }: SmallPicture,
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
  { colour, scan, size }: ProxyExpectation['picture'],
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
 * See `inTurn`; `ld(0)` is when the picture before was shown, and `ld(1)` for how long it stays where the next has no time of its own.
 * FFmpeg 7 forgets then how long pictures stay, and repeats too few of them to reach a rate. A filter doesn't.
 */
function turnFilters(picture: PicturePlan): string[] {
  const { clock, timing } = picture;
  if (!clock.enforceMonotonicPts) return [];
  const steps = clock.turns.map(([from, to, step]) => `between(N\\,${from}\\,${to})*${step}`);
  const fitted = `fps=fps=${formatRational(timing.rate)}:start_time=0:round=near`;
  const inTurn = `setpts=round(st(0\\,if(st(1\\,${steps.join('+') || 0})\\,ld(0)+ld(1)/TB\\,PTS)))`;
  return countsAsSource(picture) ? [inTurn] : [inTurn, fitted];
}

function fieldFilters({ scan }: PicturePlan): string[] {
  return [
    ...(scan.deinterlace ? ['bwdif=mode=send_frame'] : []),
    ...(scan.reorderFields ? ['fieldorder=order=tff'] : []),
  ];
}

function scale({ colour, scan }: PicturePlan, flags: string, size: FrameSize | null): string {
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
function tags({ colour, scan }: PicturePlan): string {
  const field = { progressive: 'prog', 'top-first': 'tff', 'bottom-first': 'bff' }[scan.order];
  return [
    `setparams=field_mode=${field}`,
    ...(colour.range === null ? [] : [`range=${colour.range}`]),
    `color_primaries=${colour.primaries ?? 'unknown'}`,
    `color_trc=${colour.transfer ?? 'unknown'}`,
    `colorspace=${colour.matrix ?? 'unknown'}`,
  ].join(':');
}
