import type { VideoStream } from './media-info.ts';

const RGB = /^(?:0?rgb|0?bgr|gbr|argb|abgr|rgba|bgra|pal8|x2rgb|x2bgr)/;
const ALPHA = /^(?:yuva|gbrap|argb|abgr|rgba|bgra|yaf?\d|pal8|ayuv|vuya|uyva)/;
const HDR_TRANSFERS = new Set(['smpte2084', 'arib-std-b67']);

export function isRgb(pixelFormat: string | null): boolean {
  return RGB.test(pixelFormat ?? '');
}

/** True for a single luma channel, with or without alpha. */
export function isGrey(pixelFormat: string | null): boolean {
  return /^(?:gray|ya\d|mono)/.test(pixelFormat ?? '');
}

export function hasAlpha(pixelFormat: string | null): boolean {
  return ALPHA.test(pixelFormat ?? '');
}

/** True for VP8 and VP9 with alpha: it is a second image, which a tag announces and the pixel format doesn't. */
export function hasHiddenAlpha({ codecName, tags }: VideoStream): boolean {
  return /^vp[89]$/.test(codecName ?? '') && tags['alpha_mode'] === '1';
}

/** True for PQ and HLG, which show banding in eight bits. */
export function isHdr(video: VideoStream): boolean {
  return HDR_TRANSFERS.has(video.colorTransfer ?? '');
}

/** Formats whose names don't end with their bit depth. FFmpeg 9 reads v410 as `v30x`. */
const PACKED: readonly (readonly [RegExp, number])[] = [
  [/^(?:v30x|xv30|nv20)/, 10],
  [/^xv36/, 12],
  [/^(?:rgb48|bgr48|rgba64|bgra64|ayuv64|xv48)|f(?:16|32)[lb]e$/, 16],
];

/** Bits of one component, from FFmpeg's name of the format: `yuv422p10le` 10, `p010le` 10, `rgb48le` 16, `nv12` 8. */
export function bitDepth(pixelFormat: string | null): number {
  const name = pixelFormat ?? '';
  const planar = /(?:p|gray|ya|p0|p2|p4|x2rgb|x2bgr|y2|xyz)(9|10|12|14|16)(?:msb)?(?:le|be)?$/.exec(
    name,
  );
  if (planar) return Number(planar[1]);
  return PACKED.find(([format]) => format.test(name))?.[1] ?? 8;
}

export type TagName = 'primaries' | 'transfer' | 'matrix';

/** Synonyms of matrices and, below, of transfer curves: BT.601 has a name for each line count, and its curve is that of BT.709. */
const SYNONYMS: Record<string, string> = {
  smpte170m: 'bt601',
  bt470bg: 'bt601',
};
const CURVE_SYNONYMS: Record<string, string> = {
  smpte170m: 'bt709',
  'bt2020-10': 'bt709',
  'bt2020-12': 'bt709',
};

/** ffprobe's name for the light level of an HDR master. */
export const LIGHT_LEVEL = 'Content light level metadata';
/** ffprobe's name for the colours and brightness of the mastering display. */
const MASTERING = 'Mastering display metadata';
type SideData = VideoStream['sideData'][number];

/** Side data that describes an HDR master. FFmpeg writes it with every codec. */
const HDR_SIDE_DATA = [MASTERING, LIGHT_LEVEL];

/** True if two tags mean the same. */
export function sameTag(name: TagName, a: string, b: string): boolean {
  const synonyms = name === 'transfer' ? CURVE_SYNONYMS : name === 'matrix' ? SYNONYMS : {};
  return (synonyms[a] ?? a) === (synonyms[b] ?? b);
}

/** Names of the side data that describes an HDR master, in ffprobe's words. */
export function hdrSideData({ sideData }: VideoStream): string[] {
  const types = new Set(sideData.filter(isComplete).map((block) => block['side_data_type']));
  return HDR_SIDE_DATA.filter((name) => types.has(name));
}

/** Dolby Vision's configuration record. It declares what the base layer is compatible with, 0 for nothing. */
function dolbyVision({ sideData }: VideoStream): SideData | undefined {
  return sideData.find((block) => block['side_data_type'] === 'DOVI configuration record');
}

/** True if the base layer can't be shown without Dolby Vision. */
export function lacksBaseFrame(video: VideoStream): boolean {
  return dolbyVision(video)?.['dv_bl_signal_compatibility_id'] === 0;
}

/** Names of the dynamic HDR metadata, for people. */
export function dynamicMetadata(video: VideoStream): string[] {
  const { carries = [] } = video;
  const record = dolbyVision(video);
  const profile = record === undefined ? '' : ` (profile ${String(record['dv_profile'])})`;
  const isDolby = record !== undefined || carries.some((name) => name.startsWith('Dolby Vision'));
  const isPlus = carries.some((name) => /2094-40|HDR10\+/u.test(name));
  return [...(isDolby ? [`Dolby Vision${profile}`] : []), ...(isPlus ? ['HDR10+'] : [])];
}

/** False for mastering display metadata that lacks its colours or its brightness. */
function isComplete(block: SideData): boolean {
  return block['side_data_type'] !== MASTERING || (namesColours(block) && namesBrightness(block));
}

function namesColours(block: SideData): boolean {
  return block['side_data_type'] === MASTERING && 'red_x' in block;
}

function namesBrightness(block: SideData): boolean {
  return block['side_data_type'] === MASTERING && 'max_luminance' in block;
}

export type FieldOrder = 'progressive' | 'top-first' | 'bottom-first';

/**
 * Order of the fields in time. FFmpeg gives the order of coding, then of display. Files disagree on the second letter for the same
 * order (QuickTime's `tb` is what H.264 calls `tt`), so the first one decides.
 */
export function fieldOrder(video: VideoStream): FieldOrder {
  if (video.fieldOrder === null && isStandardDefinitionDv(video)) return 'bottom-first';
  if (video.fieldOrder?.startsWith('t')) return 'top-first';
  if (video.fieldOrder?.startsWith('b')) return 'bottom-first';
  return 'progressive';
}

/** True for DV in standard definition, whose field order is fixed and therefore not declared. */
function isStandardDefinitionDv({ codecName, height }: VideoStream): boolean {
  return codecName === 'dvvideo' && (height ?? 0) <= 576;
}
