import { fileInput } from '../media/index.ts';

/** Frame rate of every source, and its number of frames. */
export const RATE = 25;
export const FRAMES = 10;

interface Shape {
  /** Filters after the generated picture, which is 4:4:4 in 10 bits. */
  filters: string;
  options: string;
  /** FFmpeg's options before the generated picture. */
  input?: string;
  /** Frames generated, if not one for each that is shown. */
  frames?: number;
  rate?: number;
  /** Size, if not the usual one; the second if DNxHD needs its own. */
  size?: readonly [usual: string, dnxhd: string];
}

const LOSSLESS = '-c:v libx264 -preset ultrafast -qp 0';
const tagged = (primaries: string, transfer: string, matrix: string, range = 'tv') =>
  `setparams=color_primaries=${primaries}:color_trc=${transfer}:colorspace=${matrix}:range=${range}`;
const HD = tagged('bt709', 'bt709', 'bt709');
const UHD = (transfer: string) => tagged('bt2020', transfer, 'bt2020nc');
const INTERLACED = '-flags +ildct+ilme -x264-params tff=1';

/** Kinds of sources that proxies are made from. */
export const SHAPES = {
  interlaced: {
    filters: `format=yuv422p,tinterlace=interleave_top,setfield=tff,${HD}`,
    options: `${LOSSLESS} ${INTERLACED}`,
    frames: 2 * FRAMES,
    rate: 2 * RATE,
    size: ['640x360', '1920x1080'],
  },
  // FFmpeg takes H.264 of this kind in HD for AVC-Intra, and leaves out its header.
  '10-bit 4:2:2': {
    filters: `format=yuv422p10,${HD}`,
    options: '-c:v prores_ks -profile:v hq -qscale:v 2',
  },
  '4:4:4': { filters: `format=yuv444p,${HD}`, options: LOSSLESS },
  'full range': {
    filters: `${tagged('bt709', 'bt709', 'bt709', 'pc')},format=yuv420p`,
    options: LOSSLESS,
  },
  rotated: {
    filters: `format=yuv420p,${HD}`,
    options: LOSSLESS,
    input: '-display_rotation 90 -noautorotate',
  },
  'odd size': {
    filters: `format=yuv444p,${HD}`,
    options: LOSSLESS,
    size: ['639x359', ''],
  },
  alpha: {
    filters: `format=yuva444p10,${HD}`,
    options: '-c:v prores_ks -profile:v 4444 -qscale:v 2',
  },
  HLG: { filters: `format=yuv420p10,${UHD('arib-std-b67')}`, options: LOSSLESS },
  PQ: { filters: `format=yuv420p10,${UHD('smpte2084')}`, options: LOSSLESS },
  'variable rate': {
    filters: `select=not(eq(n\\,3)+eq(n\\,4)+eq(n\\,7)),format=yuv420p,${HD}`,
    options: `${LOSSLESS} -fps_mode passthrough`,
    frames: FRAMES + 3,
  },
  anamorphic: {
    filters: `setsar=4/3,format=yuv420p,${HD}`,
    options: LOSSLESS,
    size: ['640x360', '960x720'],
  },
  'one frame': { filters: `format=yuv420p,${HD}`, options: LOSSLESS, frames: 1 },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

/** Expression that is 1 in every other cell of a large chequerboard. */
const CELLS = 'gt(sin(2*PI*X/160)*sin(2*PI*Y/120)\\,0)';
/** Waves that every codec keeps and that differ once blurred, moved or sharpened, beside calm parts that reveal noise. */
const PICTURE = [
  `lum='512+120*sin(2*PI*(X+Y)/297)+${CELLS}*110*sin(2*PI*(X+2*N)/16)*sin(2*PI*Y/20)'`,
  "cb='512+85*sin(2*PI*(X-N)/30)*cos(2*PI*Y/32)'",
  "cr='512+85*cos(2*PI*X/28)*sin(2*PI*(Y+N)/34)'",
  "a='512+400*sin(2*PI*(X+Y)/60)'",
].join(':');

/** Tones from low to high that come and go, and differ by channel. */
const SOUND = ['370|520', '2900|2300', '9100|8300'].map((pair) => pair.split('|'));

/**
 * FFmpeg's arguments for a source, without the program's name.
 *
 * @param isHd true if it is large enough for DNxHD.
 */
export function sourceArguments(name: ShapeName, isHd: boolean, path: string): string[] {
  const { filters, options, input, frames, rate, size }: Shape = SHAPES[name];
  const [usual, large] = size ?? ['640x360', '1280x720'];
  const picture = [
    `color=s=${isHd ? large : usual}:r=${rate ?? RATE}`,
    'format=yuva444p10',
    `geq=${PICTURE}`,
    filters,
    `trim=end_frame=${frames === 1 ? 1 : FRAMES}`,
  ].join(',');
  const channels = [0, 1].map((channel) => {
    const tones = SOUND.map((pair) => `0.15*sin(2*PI*${pair[channel]}*t)`);
    return `(${tones.join('+')})*(0.7+0.3*sin(${20 + 9 * channel}*t))`;
  });
  const seconds = (frames === undefined || rate !== undefined ? FRAMES : frames) / RATE;
  return [
    `-v error -nostdin ${input ?? ''} -f lavfi -i`.split(' ').filter((word) => word !== ''),
    [picture, '-f', 'lavfi', '-i', `aevalsrc=${channels.join('|')}:s=48000:d=${seconds}`],
    options.split(' '),
    '-c:a pcm_s16le -timecode 00:59:59:20'.split(' '),
    [fileInput(path)],
  ].flat();
}
