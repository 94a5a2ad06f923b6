/** What a proxy is compared by, of itself: its header, packets and lengths. */
export type HeaderCheck =
  | 'container'
  | 'start_timecode'
  | 'reel_name'
  | 'video_codec'
  | 'video_profile'
  | 'size'
  | 'display_aspect'
  | 'rotation'
  | 'pixel_format'
  | 'field_order'
  | 'frame_rate'
  | 'start_seconds'
  | 'frame_count'
  | 'undecodable_start'
  | 'counted_frames'
  | 'unbroken_frames'
  | 'duration_seconds'
  | 'container_duration_seconds'
  | 'frame_times_off_ms'
  | 'frames_in_order'
  | 'clock_moved_seconds'
  | 'audio_tracks'
  | 'audio_codecs'
  | 'audio_channels'
  | 'audio_sample_rates'
  | 'audio_languages'
  | 'audio_durations_seconds'
  | 'sound_duration_seconds'
  | 'encoded_frames'
  | 'color_primaries'
  | 'color_transfer'
  | 'color_matrix'
  | 'color_range'
  | 'hdr_metadata';

/** What it is compared by once it is decoded. */
export type ContentCheck =
  | 'decodes'
  | 'pictures_compared'
  | 'picture_differences'
  | 'pictures_out_of_place'
  | 'moved_pixels'
  | 'detail'
  | 'colours_off_levels'
  | 'look_off_levels'
  | 'burn_in'
  | 'alpha_off_levels'
  | 'sound_start_off_ms'
  | 'sound';

/** Every check of this version by its name; `source` is one of the source alone. A result of another version may have others. */
export type CheckName = HeaderCheck | ContentCheck | 'source';
