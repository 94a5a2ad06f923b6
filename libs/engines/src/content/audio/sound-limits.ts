/**
 * Limits for differences of coded audio from its source, channel by channel. Levels are the RMS of 100 ms, one every 10 ms, between
 * 20 and 2000 Hz. `npm run tolerances` writes the table of docs/fidelity-tables.md from these comments.
 */
export const SOUND_LIMITS = {
  /** Seconds by which the first sound of any track may come early or late: clocks of containers are no finer. */
  start_seconds: 0.001,
  /** Share of the first sound's energy that may differ at its place where samples are kept. */
  start_exact: 0.001,
  /** The same where audio is coded. */
  start_coded: 0.05,
  /** Share of energy that may differ at another place for the sound to count as lying there. */
  start_elsewhere: 0.1,
  /** The same, as a share of the difference at its own place. */
  start_better: 0.25,
  /** Seconds of shift beyond which a sound that nearly fits its own place is a repetition: codecs reproduce the beginning of a track only roughly. */
  again_seconds: 0.05,
  /** Share of energy that may differ in a sound that nearly fits. */
  again_share: 0.25,
  /** Decibels by which 100 ms may be softer, where the source is audible. Healthy: 2.6; a tone of 3 Hz: 7.8. */
  softer_decibels: 9,
  /** Decibels by which 100 ms may be louder than the source within a block of 1024 samples, or than `floor`. Healthy: 1.3; a tone of 7 Hz: 7. */
  louder_decibels: 8,
  /** Decibels by which a whole channel may be softer or louder. Healthy: 0.8; a tone of 3 Hz: 2.4. */
  level_decibels: 3.5,
  /** Mean difference in decibels from which on a channel is compared with the others, and with shifts in time. */
  unlike_decibels: 2,
  /** Factor by which another channel or shift must fit better. */
  unlike_times: 2.5,
  /** Audible levels needed to tell two channels apart. */
  unlike_levels: 20,
  /** Frames at its end by which a container may fill or cut a track. */
  loose_frames: 2,
  /** Seconds by which a track may be longer or shorter: codecs code in blocks. */
  longer_seconds: 0.14,
  /** dBFS from which on audio is audible. */
  audible: -50,
  /** dBFS below which codecs may drop or add anything. */
  floor: -60,
} as const;
