import type { VideoStream } from './media-info.ts';

export type TagName = 'primaries' | 'transfer' | 'matrix';

/** Names for one and the same thing: BT.601 has a matrix for both line counts, and its curve is that of BT.709. */
const SYNONYMS: Record<string, string> = {
  smpte170m: 'bt601',
  bt470bg: 'bt601',
};
const CURVE_SYNONYMS: Record<string, string> = {
  smpte170m: 'bt709',
  'bt2020-10': 'bt709',
  'bt2020-12': 'bt709',
};

/** ffprobe's name of how bright a master is. */
export const LIGHT_LEVEL = 'Content light level metadata';
/** And of what it was mastered on: the colours of that display and how bright it gets. */
const MASTERING = 'Mastering display metadata';
type SideData = VideoStream['sideData'][number];

/** What describes an HDR master. FFmpeg writes it with every codec. */
const HDR_SIDE_DATA = [MASTERING, LIGHT_LEVEL];

/** Whether two tags say the same. */
export function sameTag(name: TagName, a: string, b: string): boolean {
  const synonyms = name === 'transfer' ? CURVE_SYNONYMS : name === 'matrix' ? SYNONYMS : {};
  return (synonyms[a] ?? a) === (synonyms[b] ?? b);
}

/** What a stream's side data says of an HDR master, by ffprobe's names. */
export function hdrSideData({ sideData }: VideoStream): string[] {
  const types = new Set(sideData.filter(isWhole).map((block) => block['side_data_type']));
  return HDR_SIDE_DATA.filter((name) => types.has(name));
}

/** Whether a stream names either the colours or the brightness of its mastering display. FFmpeg's encoders write both or none. */
export function hasHalfOfMastering({ sideData }: VideoStream): boolean {
  return sideData.some((block) => namesColours(block) !== namesBrightness(block));
}

/** A record of Dolby Vision, with how its picture is to be seen without it: 0 for not at all. */
function dolbyVision({ sideData }: VideoStream): SideData | undefined {
  return sideData.find((block) => block['side_data_type'] === 'DOVI configuration record');
}

/** Whether what is coded is no picture for screens that know nothing of Dolby Vision. */
export function lacksBaseFrame(video: VideoStream): boolean {
  return dolbyVision(video)?.['dv_bl_signal_compatibility_id'] === 0;
}

/** What changes from picture to picture in how an HDR master is to be shown, as people call it. */
export function dynamicMetadata(video: VideoStream): string[] {
  const { carries = [] } = video;
  const record = dolbyVision(video);
  const profile = record === undefined ? '' : ` (profile ${String(record['dv_profile'])})`;
  const isDolby = record !== undefined || carries.some((name) => name.startsWith('Dolby Vision'));
  const isPlus = carries.some((name) => /2094-40|HDR10\+/u.test(name));
  return [...(isDolby ? [`Dolby Vision${profile}`] : []), ...(isPlus ? ['HDR10+'] : [])];
}

/** A mastering display may be described by nothing at all. */
function isWhole(block: SideData): boolean {
  return block['side_data_type'] !== MASTERING || (namesColours(block) && namesBrightness(block));
}

function namesColours(block: SideData): boolean {
  return block['side_data_type'] === MASTERING && 'red_x' in block;
}

function namesBrightness(block: SideData): boolean {
  return block['side_data_type'] === MASTERING && 'max_luminance' in block;
}
