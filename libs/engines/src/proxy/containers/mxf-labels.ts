import type { TagName } from '../../media/index.ts';

/** The frame rates that FFmpeg's MXF writer knows. */
export const MXF_RATES: readonly string[] =
  '24000/1001 24/1 25/1 30000/1001 30/1 48/1 50/1 60000/1001 60/1 100/1 120/1'.split(' ');

/** Tags that MXF has a label for, by FFmpeg's names and measured with 7.1.5. */
export const MXF_COLOUR_TAGS: Record<TagName, readonly string[]> = {
  primaries: ['bt709', 'bt470bg', 'smpte170m', 'bt2020', 'smpte428', 'smpte431', 'smpte432'],
  transfer: ['bt709', 'smpte170m', 'bt470m', 'smpte2084', 'arib-std-b67', 'linear'],
  matrix: ['bt709', 'bt470bg', 'smpte170m', 'smpte240m', 'bt2020nc'],
};
