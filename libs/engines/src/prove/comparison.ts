import { boxBitmap } from '../burn-in/bitmaps.ts';
import { digitOf } from '../burn-in/cells.ts';
import { fileInput } from '../media/index.ts';
import { CODEC_RULES } from '../proxy/codecs/codec-rules.ts';
import type { BurnInPlan, ProxyPlan, VideoPlan } from '../proxy/plan/proxy-plan.ts';
import { FRAMES, RATE } from './sources.ts';
import type { Trial } from './trials.ts';

/** Files of a comparison. */
export interface ComparedFiles {
  proxy: string;
  source: string;
  /** File with the expected text, one bitmap per frame, see `textFrames`; `null` without text. */
  text: string | null;
  /** Looks of trials as tables of curves and of colours. */
  curves: string;
  lut: string;
}

/**
 * Similarity of a proxy to its source, each value that of the worst frame; in dB if not said otherwise, infinite if nothing
 * differs.
 */
export interface Likeness {
  /** Frames that could be compared. */
  frames: number;
  luma: number;
  colour: number;
  /** `null` without alpha. */
  alpha: number | null;
  /** Box of its text; `null` without text. */
  text: number | null;
  /** Signal-to-distortion ratio of the worst audio channel. */
  sound: number;
  /** Least SSIM of a plane; 1 for the same. */
  ssim: number;
}

/** Expected text of each frame, in the form that FFmpeg reads. */
export function textFrames({ burnIn }: VideoPlan): Uint8Array | null {
  if (burnIn === null) return null;
  const frame = (number: number) => {
    const [text] = burnIn.texts as [BurnInPlan['texts'][number]];
    const cells = text.cells.map((cell) =>
      typeof cell === 'string' ? cell : String(digitOf(cell, burnIn, number)),
    );
    return boxBitmap(cells, burnIn.size).bytes;
  };
  return Buffer.concat(Array.from({ length: FRAMES + 3 }, (_, number) => frame(number)));
}

/**
 * FFmpeg's arguments to compare a proxy with its source, without the program's name: each frame by `psnr` and `ssim`, audio by
 * `asdr`. The source is scaled by another library than the proxy's, if this FFmpeg has it. Results for frames come on standard
 * output, for text on descriptor 3, and for audio in the log.
 */
export function comparisonArguments(
  { shape, look }: Pick<Trial, 'shape' | 'look'>,
  plan: ProxyPlan,
  { proxy, source, text, curves, lut }: ComparedFiles,
  hasZscale: boolean,
): string[] {
  const { video } = plan;
  const table = {
    'no look': null,
    CDL: `lut1d=file=${curves}`,
    LUT: `lut3d=file=${lut}:interp=tetrahedral`,
  }[look];
  const format = formatOf(plan);
  // zscale of FFmpeg 9 lays frames with alpha over black, and each library has its own rule for where the lines of a smaller
  // field lie.
  const isSmallerField = video.scaled && video.scan.order !== 'progressive';
  const isByZscale = hasZscale && shape !== 'alpha' && !isSmallerField;
  const { width, height } = video.size;
  const { box } = video.burnIn?.texts[0] ?? { box: { x: 0, y: height, width: 0, height: 0 } };
  // The part above the text, in whole lines of both fields and of colour.
  const shown = `crop=w=${width}:h=${box.y - (box.y % 4)}:x=0:y=0`;
  const slots = `fps=fps=${RATE}:start_time=0:round=near,settb=1/${RATE}`;
  const made = `[0:v:0]${slots},setparams=colorspace=unknown:range=${video.colour.range ?? 'tv'},format=pix_fmts=${format}`;
  const wanted = [
    ...(video.scan.deinterlace ? ['bwdif=mode=send_frame'] : []),
    slots,
    ...(table === null
      ? [scaled(video, format, isByZscale)]
      : looked(video, format, table, isByZscale)),
    `setparams=colorspace=unknown:range=${video.colour.range ?? 'tv'}`,
    shown,
  ];
  const graph = [
    text === null ? `${made},${shown}[made]` : `${made},split[all][withText];[all]${shown}[made]`,
    `[1:v:0]${wanted.join(',')},split[wanted][again]`,
    '[made][wanted]psnr[alike];[alike][again]ssim,metadata=mode=print:file=-[picture]',
    '[0:a:0][1:a:0]asdr[sound]',
    ...(text === null ? [] : [textGraph(video)]),
  ];
  const pads = ['picture', 'sound', ...(text === null ? [] : ['text'])];
  return [
    '-hide_banner -nostdin -nostats -loglevel info'.split(' '),
    ['-i', fileInput(proxy), '-i', fileInput(source)],
    text === null ? [] : ['-f', 'pbm_pipe', '-framerate', String(RATE), '-i', fileInput(text)],
    ['-filter_complex', graph.join(';')],
    pads.flatMap((pad) => ['-map', `[${pad}]`]),
    ['-f', 'null', '-'],
  ].flat();
}

function formatOf({ codec, video: { pixelFormat } }: ProxyPlan): string {
  return CODEC_RULES[codec].readAs?.[pixelFormat] ?? pixelFormat;
}

/** Kernel of FFmpeg's own bicubic scaler. */
const KERNEL = 'filter=bicubic:param_a=0:param_b=0.6';

function scaled({ size, colour, scan }: VideoPlan, format: string, hasZscale: boolean): string {
  const range = colour.range ?? 'tv';
  const [w, h] = [size.width, size.height];
  if (hasZscale) return `zscale=w=${w}:h=${h}:${KERNEL}:range=${range},format=pix_fmts=${format}`;
  const fields = scan.order === 'progressive' ? '' : ':interl=1';
  return `scale=w=${w}:h=${h}:flags=bicubic+accurate_rnd+full_chroma_inp${fields}:out_range=${range},format=pix_fmts=${format}`;
}

/** Filters that apply a look, in floating-point R'G'B'. */
function looked(video: VideoPlan, format: string, lut: string, hasZscale: boolean): string[] {
  const { width, height } = video.size;
  const rgb = format.startsWith('yuva') ? 'gbrapf32le' : 'gbrpf32le';
  const matrix = video.colour.codedMatrix ?? 'bt709';
  const fields = video.scan.order === 'progressive' ? '' : ':interl=1';
  if (hasZscale) {
    const to = { bt709: '709', bt2020nc: '2020_ncl' }[matrix] ?? matrix;
    return [
      `zscale=w=${width}:h=${height}:${KERNEL}:matrix=gbr:range=full`,
      `format=pix_fmts=${rgb}`,
      lut,
      `zscale=matrix=${to}:range=limited:${KERNEL}`,
      `format=pix_fmts=${format}`,
    ];
  }
  return [
    `scale=w=${width}:h=${height}:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp${fields}`,
    `format=pix_fmts=${rgb}`,
    lut,
    `scale=flags=bicubic+accurate_rnd+full_chroma_int${fields}:out_range=tv:out_color_matrix=${matrix.replace('bt2020nc', 'bt2020')}`,
    `format=pix_fmts=${format}`,
  ];
}

function textGraph({ burnIn, colour }: VideoPlan): string {
  const { texts, ink } = burnIn as BurnInPlan;
  const [{ box }] = texts as [BurnInPlan['texts'][number]];
  const range = colour.range ?? 'tv';
  const cut = `crop=w=${box.width}:h=${box.height}:x=${box.x}:y=${box.y}:exact=1,scale=in_range=${range}:out_range=pc,format=pix_fmts=gray`;
  const drawn = `settb=1/${RATE},format=pix_fmts=gray,lut=y=val*${ink}[drawn]`;
  return `[withText]${cut}[shown];[2:v]${drawn};[shown][drawn]psnr=shortest=1,metadata=mode=print:file=pipe\\\\:3[text]`;
}

/** Reads FFmpeg's output of a comparison. @param text from descriptor 3 @param log its messages */
export function readLikeness(pictures: string, text: string, log: string): Likeness {
  const ofPlane = (plane: string) => valuesIn(pictures, `lavfi.psnr.psnr.${plane}=`);
  const alpha = ofPlane('a');
  return {
    frames: ofPlane('y').length,
    luma: least(ofPlane('y')),
    colour: least([...ofPlane('u'), ...ofPlane('v')]),
    alpha: alpha.length === 0 ? null : least(alpha),
    text: text === '' ? null : least(valuesIn(text, 'lavfi.psnr.psnr.y=')),
    sound: least(Array.from(log.matchAll(/SDR ch\d+: (\S+) dB/g), ([, value]) => numberIn(value))),
    ssim: least('YUVA'.split('').flatMap((plane) => valuesIn(pictures, `lavfi.ssim.${plane}=`))),
  };
}

function valuesIn(output: string, key: string): number[] {
  const lines = output.split('\n').filter((line) => line.startsWith(key));
  return lines.map((line) => numberIn(line.slice(key.length)));
}

function numberIn(text = ''): number {
  return text.trim() === 'inf' ? Infinity : Number(text);
}

/** Smallest value; `-Infinity` if nothing was measured, so that the proxy fails. */
function least(values: readonly number[]): number {
  return values.length === 0 ? -Infinity : Math.min(...values);
}
