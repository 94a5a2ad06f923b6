import { join } from 'node:path';
import { boxBitmap, digitsBitmap, type Bitmap } from '../burn-in/bitmaps.ts';
import { digitExpression, type CountedCell } from '../burn-in/cells.ts';
import { paddingOf } from '../burn-in/glyphs.ts';
import { fileInput } from '../media/index.ts';
import type { FilterFile } from '../look/table-file.ts';
import type { BurnInPlan, VideoPlan } from '../proxy/plan/proxy-plan.ts';
import { videoFilters } from './filters.ts';
import { lookTables } from './look-filters.ts';

/** Pad of the proxy's video, if it comes out of a graph. */
export const BURNT_PAD = '[burnt]';

/** Bitmaps that the graph reads, each with the path of its file: a box per text, and the ten digits. */
export function burnInBitmaps(plan: BurnInPlan): { path: string; bytes: Uint8Array }[] {
  return bitmapsOf(plan).map(({ name, bytes }) => ({ path: join(plan.tablesFolder, name), bytes }));
}

/** Files that a proxy's filters read: the tables of its look, and the bitmaps of its texts. */
export function filterFiles({ look, burnIn }: VideoPlan): FilterFile[] {
  const texts = burnIn === null ? [] : burnInBitmaps(burnIn);
  return [
    ...(look === null ? [] : lookTables(look)),
    ...texts.map(({ path, bytes }) => ({ path, maxBytes: bytes.length, content: () => [bytes] })),
  ];
}

/** Bitmaps as further inputs. Their format is named because FFmpeg would otherwise count up a number in a path, such as `%03d`. */
export function burnInInputs({ burnIn }: VideoPlan): string[] {
  if (burnIn === null) return [];
  return burnInBitmaps(burnIn).flatMap(({ path }) => [
    '-protocol_whitelist',
    'file',
    '-f',
    'pbm_pipe',
    '-i',
    fileInput(path),
  ]);
}

/**
 * Graph that lays texts over frames of the proxy's size and pixel format. Each text is a bitmap; for changing digits, a strip of
 * all ten moves behind the cell with the frame's time. The graph contains no text. Bitmaps are inputs: if graphs read files
 * themselves, FFmpeg holds up one graph while it waits for another.
 *
 * @param firstInput index of the first bitmap among FFmpeg's inputs.
 */
export function burnInGraph(video: VideoPlan, burnIn: BurnInPlan, firstInput: number): string {
  const digits = burnIn.texts.flatMap(({ cells }) => cells.filter(isCounted));
  const strip = bitmapPad(firstInput + burnIn.texts.length, video, burnIn);
  const strips = digits.map((_, at) => `[strip${at}]`).join('');
  let used = 0;
  const laid = burnIn.texts.map((_, index) => {
    const from = used;
    used += burnIn.texts[index]?.cells.filter(isCounted).length ?? 0;
    return textFilters(video, burnIn, index, { input: firstInput + index, firstStrip: from });
  });
  const range = video.colour.range ?? 'unknown';
  const tags = `setparams=colorspace=unknown:range=${range}`;
  return [
    `[0:${video.streamIndex}]${videoFilters(video, [tags, OVERLAY_TIME_BASE, ...laid])}${BURNT_PAD}`,
    digits.length === 0 ? `${strip},nullsink` : `${strip},split=${digits.length}${strips}`,
  ].join(';');
}

/**
 * Sets the time base of the video for overlays. FFmpeg overlays two streams in a time base that fits both, and drops frame
 * durations unless that is the video's own. A time base finer than 1/499999 s can't be kept.
 */
const OVERLAY_TIME_BASE = String.raw`settb=if(lt(intb\,1/499999)\,AVTB\,intb)`;
/** Time base that fits every other one, and a time before all frames. */
const BEFORE = 'settb=3603600,setpts=-1';

function textFilters(
  video: VideoPlan,
  plan: BurnInPlan,
  index: number,
  { input, firstStrip }: { input: number; firstStrip: number },
): string {
  const { box, cells } = plan.texts[index] as BurnInPlan['texts'][number];
  const still = `${bitmapPad(input, video, plan)}[still${index}]`;
  const over = overlay(video, `x=${box.x}:y=${box.y}`);
  const counted = cells.flatMap((cell, place) => (isCounted(cell) ? { cell, place } : []));
  if (counted.length === 0)
    return `null[under${index}];${still};[under${index}][still${index}]${over}`;
  const cut = `crop=w=${box.width}:h=${box.height}:x=${box.x}:y=${box.y}:exact=1`;
  const digits = counted.map(({ cell, place }, at) => {
    const pad = `[box${index}.${at}]`;
    return `${pad};${pad}[strip${firstStrip + at}]${digitFilter(video, plan, cell, place)}`;
  });
  return [
    `split[under${index}][cut${index}]`,
    still,
    `[cut${index}]${cut}[place${index}]`,
    `[place${index}][still${index}]${overlay(video)}${digits.join('')}[text${index}]`,
    `[under${index}][text${index}]${over}`,
  ].join(';');
}

function digitFilter(video: VideoPlan, plan: BurnInPlan, cell: CountedCell, place: number): string {
  const { width, height } = plan.size;
  const { across, along } = paddingOf(plan.size);
  const y = `-${height + 2 * along}*${digitExpression(cell, plan)}`;
  return overlay(video, `x=${across + place * width}:y=${y}`);
}

/** Overlay filter, with the format name of the proxy's sampling; the overlay stays for as long as the video lasts. */
function overlay({ pixelFormat }: VideoPlan, place = 'x=0:y=0'): string {
  const [, sampling = '', bits = ''] = /^yuva?(\d+)p(10)?(?:le)?$/.exec(pixelFormat) ?? [];
  return `overlay=${place}:eof_action=repeat:format=yuv${sampling}${bits && `p${bits}`}`;
}

/** Opaque bitmap in the proxy's codes. */
function bitmapPad(input: number, { colour, pixelFormat }: VideoPlan, { ink }: BurnInPlan) {
  return [
    `[${input}:v]format=pix_fmts=gray`,
    ...(ink === 1 ? [] : [`lut=y=val*${ink}`]),
    `scale=flags=accurate_rnd:in_range=pc:out_range=${colour.range ?? 'tv'}`,
    `format=pix_fmts=${pixelFormat.replace(/^yuva?/, 'yuva')}`,
    `setparams=colorspace=unknown:range=${colour.range ?? 'unknown'}`,
    BEFORE,
  ].join(',');
}

function bitmapsOf({ texts, size }: BurnInPlan): Bitmap[] {
  return [...texts.map(({ cells }) => boxBitmap(cells, size)), digitsBitmap(size)];
}

function isCounted(cell: BurnInPlan['texts'][number]['cells'][number]): cell is CountedCell {
  return typeof cell !== 'string';
}
