import { join } from 'node:path';
import { codeLevels, LARGEST_CODE, LOOK_BITS } from '../look/look.ts';
import { lookSteps, type LookStep, type LookSteps } from '../look/steps.ts';
import {
  isTable,
  tableBytes,
  tableName,
  tableText,
  type FilterFile,
  type TableStep,
} from '../look/table-file.ts';
import { hasAlpha } from '../media/index.ts';
import type { LookPlan, VideoPlan } from '../proxy/plan/proxy-plan.ts';
import { SCALER_MATRICES } from '../proxy/video/matrices.ts';

const EXACT = 'accurate_rnd+full_chroma_int';

/** Steps of plans in use, kept because a large table has millions of numbers and every filter chain asks for it. */
const known = new WeakMap<LookPlan, LookSteps>();

/** Steps of a clip's look, computed once per plan. */
export function stepsOf(plan: LookPlan): LookSteps {
  const { look, from, to } = plan;
  const steps = known.get(plan) ?? lookSteps(look, from, to);
  known.set(plan, steps);
  return steps;
}

/** Tables that a look's filters read. */
export function lookTables(plan: LookPlan): FilterFile[] {
  const { steps } = stepsOf(plan);
  return steps.filter(isTable).map((table) => ({
    path: tablePath(plan, table),
    maxBytes: tableBytes(table),
    content: () => tableText(table),
  }));
}

/** Filters to 12 bits and the proxy's size, in the colours of the source. */
export function sized(video: VideoPlan, { matrix, isFull }: LookPlan): string[] {
  const { width, height } = video.size;
  const size = video.scaled ? `:w=${width}:h=${height}` : '';
  const scale = `scale=flags=bicubic+${EXACT}${size}${fields(video)}`;
  const format = formats(video);
  if (matrix === null) return [scale, `format=pix_fmts=${format.rgb}`];
  return [
    `setparams=colorspace=unknown`,
    `${scale}${sameRange(isFull)}`,
    `format=pix_fmts=${format.yuv}`,
  ];
}

/**
 * Filters from the output of {@link sized} to R'G'B'. Codes in limited range keep their values, so that nothing brighter than
 * white is lost before the look. FFmpeg's own conversion from limited range would also make white too dark by 15 codes.
 */
export function toCodes(video: VideoPlan, { matrix, isFull }: LookPlan): string[] {
  if (matrix === null) return [];
  return [
    ...(isFull ? [] : [planes('val', 219, 224)]),
    'setparams=range=pc',
    `scale=flags=${EXACT}${sameRange(true)}:in_color_matrix=${scalerMatrix(matrix)}`,
    `format=pix_fmts=${formats(video).rgb}`,
  ];
}

/** Options of the scaler by which codes keep their range. */
export function sameRange(isFull: boolean): string {
  const range = isFull ? 'pc' : 'tv';
  return `:in_range=${range}:out_range=${range}`;
}

/** Filters of the look itself, on codes. */
export function lookFilters(plan: LookPlan): string[] {
  return stepsOf(plan).steps.map((step) => stepFilter(plan, step));
}

/**
 * Filters from the codes of the look to the proxy's limited range and pixel format. The scaler narrows the codes as if they were
 * in full range, and the next filter undoes that: a conversion to full range would be a level of 255 too bright on FFmpeg 9.
 */
export function fromCodes(video: VideoPlan): string[] {
  const { black } = codeLevels(LOOK_BITS, false);
  const luma = `clip((val-${black})*255/219+0.5\\,0\\,${LARGEST_CODE})`;
  return [
    `scale=flags=${EXACT}:in_range=pc:out_range=tv:out_color_matrix=${scalerMatrix(video.colour.codedMatrix)}`,
    `format=pix_fmts=${formats(video).yuv}`,
    planes(luma, 255, 219),
    'setparams=range=tv:colorspace=unknown',
    `scale=flags=bicubic+${EXACT}${fields(video)}:in_range=tv:out_range=tv`,
    `format=pix_fmts=${video.pixelFormat}`,
    // The source's mastering metadata doesn't hold after a look.
    'sidedata=mode=delete:type=MASTERING_DISPLAY_METADATA',
    'sidedata=mode=delete:type=CONTENT_LIGHT_LEVEL',
  ];
}

function formats({ pixelFormat }: VideoPlan): { yuv: string; rgb: string } {
  const alpha = hasAlpha(pixelFormat) ? 'a' : '';
  return { yuv: `yuv${alpha}444p${LOOK_BITS}le`, rgb: `gbr${alpha}p${LOOK_BITS}le` };
}

function fields({ scan }: VideoPlan): string {
  return scan.order === 'progressive' ? '' : ':interl=1';
}

/**
 * Filter for luma, by an expression, and for colour, by a factor around grey: limited range has more codes for colour than for
 * luma, full range as many for both. Luma must be given: by default, FFmpeg clips it to limited range.
 */
function planes(luma: string, times: number, over: number): string {
  const grey = (LARGEST_CODE + 1) / 2;
  const scaled = `clip((val-${grey})*${times}/${over}+${grey}+0.5\\,0\\,${LARGEST_CODE})`;
  return `lutyuv=y=${luma}:u=${scaled}:v=${scaled}`;
}

function stepFilter(plan: LookPlan, step: LookStep): string {
  if (step.kind === 'limit') {
    const limited = `clip(val\\,${step.low}\\,${step.high})`;
    return `lutrgb=r=${limited}:g=${limited}:b=${limited}`;
  }
  const file = escaped(tablePath(plan, step));
  return step.kind === 'curves'
    ? `lut1d=file=${file}:interp=nearest`
    : `lut3d=file=${file}:interp=tetrahedral`;
}

function tablePath({ look }: LookPlan, table: TableStep): string {
  return join(look.tablesFolder, tableName(table));
}

/** Escapes the value of a filter's option: once for the option, once for the chain. */
function escaped(path: string): string {
  const value = path.replaceAll(/[\\':\s]/g, String.raw`\$&`);
  return value.replaceAll(/[\\'[\],;\s]/g, String.raw`\$&`);
}

/** Scaler's name of a matrix; `undefined` for one that it doesn't know. */
export function scalerMatrix(name: string | null): string | undefined {
  return SCALER_MATRICES.get(name ?? '')?.scaler;
}
