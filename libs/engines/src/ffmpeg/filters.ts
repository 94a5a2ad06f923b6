import { formatRational } from '../media/rational.ts';
import type { AudioPlan, PicturePlan } from '../proxy/proxy-plan.ts';

/** The picture's filter chain, in the order in which the plan's decisions apply. FFmpeg turns it upright before. */
export function pictureFilters(picture: PicturePlan): string {
  const { scan, size, scaled, pixelFormat } = picture;
  return [
    ...(picture.startOffset > 0 ? ['setpts=PTS-STARTPTS'] : []),
    ...(scan.deinterlace ? ['bwdif=mode=send_frame'] : []),
    ...(scan.reorderFields ? ['fieldorder=order=tff'] : []),
    scale(picture, scaled, size, scan.order !== 'progressive'),
    `format=pix_fmts=${pixelFormat}`,
    `setsar=sar=${formatRational(picture.sampleAspectRatio)}`,
    tags(picture),
  ].join(',');
}

/** The track's filter chain; `null` when the track is taken as it is. */
export function trackFilters(track: AudioPlan, pictureStart: number): string | null {
  const filters = [
    ...(pictureStart > 0 ? [`asetpts=PTS-${seconds(pictureStart)}/TB`] : []),
    ...(track.offset === 0 ? [] : ['aresample=async=1:first_pts=0']),
    ...(track.layout === null ? [] : [`aformat=channel_layouts=${track.layout}`]),
  ];
  return filters.length > 0 ? filters.join(',') : null;
}

function scale(
  { colour }: PicturePlan,
  scaled: boolean,
  size: { width: number; height: number },
  interlaced: boolean,
): string {
  return [
    'scale=flags=bicubic+accurate_rnd+full_chroma_int',
    ...(scaled ? [`w=${size.width}`, `h=${size.height}`] : []),
    ...(interlaced ? ['interl=1'] : []),
    ...(colour.range === null ? [] : [`out_range=${colour.range}`]),
    ...(colour.matrix === null
      ? []
      : [`out_color_matrix=${SCALE_MATRIX[colour.matrix] ?? 'auto'}`]),
  ].join(':');
}

/** Matrices under the names of the scale filter; others are passed through. */
const SCALE_MATRIX: Record<string, string> = {
  bt709: 'bt709',
  smpte170m: 'smpte170m',
  bt470bg: 'bt470',
  smpte240m: 'smpte240m',
  fcc: 'fcc',
  bt2020nc: 'bt2020',
};

/** Said on the filter side: FFmpeg ignores most colour options of an output whose source has no tags. */
function tags({ colour, scan }: PicturePlan): string {
  const field = { progressive: 'prog', 'top-first': 'tff', 'bottom-first': 'bff' }[scan.order];
  return [
    `setparams=field_mode=${field}`,
    ...(colour.range === null ? [] : [`range=${colour.range}`]),
    ...(colour.primaries === null ? [] : [`color_primaries=${colour.primaries}`]),
    ...(colour.transfer === null ? [] : [`color_trc=${colour.transfer}`]),
    ...(colour.matrix === null ? [] : [`colorspace=${colour.matrix}`]),
  ].join(':');
}

function seconds(value: number): string {
  return value.toFixed(6);
}
