import { join } from 'node:path';
import { boxBitmap, digitsBitmap, type Bitmap } from '../burn-in/bitmaps.ts';
import { digitExpression, type CountedCell } from '../burn-in/cells.ts';
import { paddingOf } from '../burn-in/glyphs.ts';
import { fileInput } from '../media/index.ts';
import type { FilterFile } from '../look/table-file.ts';
import type { BurnInPlan, VideoPlan } from '../proxy/plan/proxy-plan.ts';
import { videoFilters } from './filters.ts';
import { lookTables } from './look-filters.ts';

/** The pad of the proxy's picture, where it comes out of a graph. */
export const BURNT_PAD = '[burnt]';

/** The bitmaps that the graph reads, each with the path of its file: a box for each text, and the ten digits. */
export function burnInBitmaps(plan: BurnInPlan): { path: string; bytes: Uint8Array }[] {
  return bitmapsOf(plan).map(({ name, bytes }) => ({ path: join(plan.tablesFolder, name), bytes }));
}

/** The tables of a look and the bitmaps of texts that a proxy is made with. */
export function filterFiles({ look, burnIn }: VideoPlan): FilterFile[] {
  const texts = burnIn === null ? [] : burnInBitmaps(burnIn);
  return [
    ...(look === null ? [] : lookTables(look)),
    ...texts.map(({ path, bytes }) => ({ path, maxBytes: bytes.length, content: () => [bytes] })),
  ];
}

/** The files as further inputs. By their content: a number in a path, such as `%03d`, would be counted up. */
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
 * Lays texts over pictures of the proxy's size and pixel format. Each is a bitmap; where digits change, a strip of all ten is moved
 * behind the cell by the picture's time. No text stands in the graph. Bitmaps are inputs: of graphs that read files by themselves, FFmpeg
 * holds one up while it waits for another.
 *
 * @param firstInput the first of the bitmaps among FFmpeg's inputs.
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
    `[0:${video.streamIndex}]${videoFilters(video, [tags, SETTLED, ...laid])}${BURNT_PAD}`,
    digits.length === 0 ? `${strip},nullsink` : `${strip},split=${digits.length}${strips}`,
  ].join(';');
}

/**
 * Two streams are laid over each other in a clock that both fit, and FFmpeg forgets to say lengths in it: it must be that of the picture.
 * One finer than this can't be kept.
 */
const SETTLED = String.raw`settb=if(lt(intb\,1/499999)\,AVTB\,intb)`;
/** A clock that every other one fits, and a time before all pictures. */
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

/** The filter, by its own name of the proxy's pixel format; what is laid over stays for as long as the picture lasts. */
function overlay({ pixelFormat }: VideoPlan, place = 'x=0:y=0'): string {
  const [, sampling = '', bits = ''] = /^yuva?(\d+)p(10)?(?:le)?$/.exec(pixelFormat) ?? [];
  return `overlay=${place}:eof_action=repeat:format=yuv${sampling}${bits && `p${bits}`}`;
}

/** A bitmap in the proxy's codes, opaque. */
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
