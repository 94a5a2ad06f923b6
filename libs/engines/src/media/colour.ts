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
/** ffprobe's names for what describes an HDR master. FFmpeg writes it with every codec. */
const HDR_SIDE_DATA = ['Mastering display metadata', LIGHT_LEVEL];

/** Whether two tags say the same. */
export function sameTag(name: TagName, a: string, b: string): boolean {
  const synonyms = name === 'transfer' ? CURVE_SYNONYMS : name === 'matrix' ? SYNONYMS : {};
  return (synonyms[a] ?? a) === (synonyms[b] ?? b);
}

/** What a stream's side data says of an HDR master, by ffprobe's names. */
export function hdrSideData({ sideData }: VideoStream): string[] {
  const types = new Set(sideData.map((block) => block['side_data_type']));
  return HDR_SIDE_DATA.filter((name) => types.has(name));
}
