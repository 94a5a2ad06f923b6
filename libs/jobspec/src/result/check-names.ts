/** Subject of a check. */
export type CheckSubject = 'picture' | 'colour' | 'sound' | 'timecode' | 'length';

/** Checks of a proxy's header, packets and lengths. */
const HEADER = {
  container: 'picture',
  start_timecode: 'timecode',
  reel_name: 'timecode',
  video_codec: 'picture',
  video_profile: 'picture',
  size: 'picture',
  display_aspect: 'picture',
  rotation: 'picture',
  pixel_format: 'picture',
  field_order: 'picture',
  frame_rate: 'length',
  start_seconds: 'length',
  frame_count: 'length',
  undecodable_start: 'picture',
  undecodable_end: 'length',
  counted_frames: 'length',
  unbroken_frames: 'length',
  duration_seconds: 'length',
  container_duration_seconds: 'length',
  frame_times_off_ms: 'sound',
  frames_in_order: 'picture',
  clock_moved_seconds: 'sound',
  audio_tracks: 'sound',
  audio_codecs: 'sound',
  audio_channels: 'sound',
  audio_sample_rates: 'sound',
  audio_languages: 'sound',
  audio_enabled: 'sound',
  audio_durations_seconds: 'sound',
  sound_duration_seconds: 'sound',
  encoded_frames: 'length',
  color_primaries: 'colour',
  color_transfer: 'colour',
  color_matrix: 'colour',
  color_range: 'colour',
  hdr_metadata: 'colour',
} as const satisfies Record<string, CheckSubject>;

/** Checks of its decoded content. */
const CONTENT = {
  decodes: 'picture',
  pictures_compared: 'picture',
  picture_differences: 'picture',
  pictures_out_of_place: 'picture',
  colours_off_levels: 'colour',
  look_off_levels: 'picture',
  alpha_off_levels: 'colour',
  sound_start_off_ms: 'sound',
  sound: 'sound',
} as const satisfies Record<string, CheckSubject>;

/** Checks of renders, for faults that only Resolve makes. */
const RENDER = {
  media_online: 'picture',
  sound_heard: 'sound',
} as const satisfies Record<string, CheckSubject>;

/** Checks of this version; `source` checks the source alone. Results of other versions may have others. */
export const CHECK_SUBJECTS = { ...HEADER, ...CONTENT, ...RENDER, source: 'picture' } as const;

export type HeaderCheck = keyof typeof HEADER;
export type ContentCheck = keyof typeof CONTENT;
export type CheckName = keyof typeof CHECK_SUBJECTS;
