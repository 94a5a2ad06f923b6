/**
 * By how much coded sound may differ from its source, channel by channel. Levels are the root mean square of 100 ms, one each 10 ms, of
 * what lies between 20 and 2000 Hz. `npm run tolerances` writes the table of docs/fidelity-tables.md from these comments.
 */
export const SOUND_LIMITS = {
  /** Seconds by which the first sound of any track may come early or late: clocks of containers are no finer. */
  start_seconds: 0.001,
  /** Share of the sound that may differ at its place where samples are kept: none. */
  start_exact: 0.001,
  /** The same where sound is coded. */
  start_coded: 0.05,
  /** Share of the sound that may differ at another place, which it then lies at. */
  start_elsewhere: 0.1,
  /** Share of what differs at its own place, the same. */
  start_better: 0.25,
  /** Seconds beyond which what differs little at its place is the same sound that comes again: codecs begin a track roughly. */
  again_seconds: 0.05,
  /** Share of the sound that is so little. */
  again_share: 0.25,
  /** Decibels by which 100 ms may be softer, where the source is audible. Healthy: 2.6; a tone of 3 Hz: 7.8. */
  softer_decibels: 9,
  /** Decibels by which 100 ms may be louder than the source within a block of 1024 samples, or than `floor`. Healthy: 1.3; a tone of 7 Hz: 7. */
  louder_decibels: 8,
  /** Decibels by which a whole channel may be softer or louder. Healthy: 0.8; a tone of 3 Hz: 2.4. */
  level_decibels: 3.5,
  /** Decibels of mean difference from which on a channel is compared with the others, and with other times. */
  unlike_decibels: 2,
  /** Times by which another channel or time must fit better. */
  unlike_times: 2.5,
  /** Audible levels that tell one from another, at least. */
  unlike_levels: 20,
  /** Frames with whose end a container may fill or cut a track. */
  loose_frames: 2,
  /** Seconds by which a track may be longer or shorter: codecs code blocks. */
  longer_seconds: 0.14,
  /** dBFS from which on sound is audible. */
  audible: -50,
  /** dBFS below which codecs leave out or add what they like. */
  floor: -60,
} as const;
