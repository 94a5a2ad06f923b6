/**
 * By how much coded sound may differ from its source, channel by channel. Levels are the root mean square of 100 ms, one each 10 ms, of
 * what lies between 20 and 2000 Hz. `npm run tolerances` writes the table of docs/tolerances.md from these comments.
 */
export const SOUND_LIMITS = {
  /** Seconds by which the first sound of any track may come early or late: clocks of containers are no finer. */
  start_seconds: 0.001,
  /** Decibels by which 100 ms may be softer, where the source is audible. Healthy: 2.6; a tone of 3 Hz: 7.8. */
  softer_decibels: 9,
  /** Decibels by which 100 ms may be louder than the source within a block of 1024 samples, or than `floor`. Healthy: 1.3; a tone of 7 Hz: 7. */
  louder_decibels: 8,
  /** Decibels by which a whole channel may be softer or louder. Healthy: 0.8; a tone of 3 Hz: 2.4. */
  level_decibels: 3.5,
  /** Decibels of mean difference from which on a channel is compared with the others, and with other times. */
  unlike_decibels: 2,
  /** Seconds by which a track may be longer or shorter: codecs code blocks. */
  longer_seconds: 0.14,
  /** dBFS from which on sound is audible. */
  audible: -50,
  /** dBFS below which codecs leave out or add what they like. */
  floor: -60,
} as const;
