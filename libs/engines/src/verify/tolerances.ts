/**
 * By how much a proxy may differ from what was promised, each with its reason. Everything that isn't here is compared
 * exactly, the number of frames first of all.
 */
export const TOLERANCES = {
  /** Frames, at a changed rate only. FFmpeg may count the last frame as dropped and write it nevertheless. */
  convertedFrames: 1,
  /** Frames, where the source declares a duration and no count. Matroska's may or may not include the last frame. */
  framesByDuration: 1,
  /** Seconds. A recording without a header may begin inside a group of pictures, whose frames can't be decoded. */
  undecodableStartSeconds: 1,
  /** Frames. Containers round durations to their clock (Matroska to a millisecond), and the last frame's length is a guess of the source. */
  durationFrames: 1.5,
  /** Frames. In a variable-rate file the last frame may be shown for any time, and not every container keeps how long. */
  variableDurationFrames: 3,
  /** Share of a rate. Clocks of containers round it; an NTSC rate differs from a whole one by twice as much. */
  rateShare: 0.0005,
  /** Seconds. AAC codes 1,024 samples at a time, Opus 20 ms; their decoders also start with some that are not heard. */
  audioSeconds: 0.1,
  /** Seconds. What adding up fractions of clocks may cost. */
  clockSeconds: 0.00001,
  /** Seconds, from PCM to PCM. Matroska and QuickTime's movie clock round to a millisecond or a few. */
  sampleExactSeconds: 0.005,
  /** Share of the length. Sources round too: an AVI counts sound in chunks, a Matroska in milliseconds. */
  audioShare: 0.0005,
  /** Pixels by which each side may differ from the exact ratio: sizes are rounded down to even, 4 for fields of colour. */
  aspectPixels: 4,
  /** Frames. A time stamp of a millisecond clock moves a frame by less than this. */
  continuityFrames: 1,
} as const;
