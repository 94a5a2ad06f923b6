/**
 * Tolerances for a proxy against its plan, each with its reason. Everything else is compared exactly, the number of frames first of
 * all. `npm run tolerances` writes the table of docs/fidelity-tables.md from these comments.
 */
export const TOLERANCES = {
  /** Frames, where the source declares a duration and no count (Matroska): it may or may not include the last frame. */
  framesByDuration: 1,
  /** Frames, at a changed rate: FFmpeg may write a frame that it counts as dropped. */
  convertedFrames: 1,
  /** Seconds. A cut may begin inside a group of pictures, whose first frames can't be decoded. */
  undecodableStartSeconds: 2,
  /** Frames. Containers round durations, and the length of the last frame is a guess. */
  durationFrames: 1.5,
  /** Frames. With VFR, the last frame may be shown for any time, which not every container keeps. */
  variableDurationFrames: 3,
  /** Share of a rate. Containers round a rate; NTSC and whole rates differ by twice as much. */
  rateShare: 0.0005,
  /** Frames. A clock of milliseconds moves a frame by less. */
  continuityFrames: 1,
  /** Seconds. AAC and Opus code in blocks, and the first ones aren't heard. */
  audioSeconds: 0.1,
  /** Seconds. Fractions of clocks add up. */
  clockSeconds: 0.00001,
  /** Seconds. PCM keeps every sample, but clocks round to milliseconds. Sources without an index (Matroska) may be off by 0.02. */
  sampleExactSeconds: 0.005,
  /** Share of the length. Sources round, more the longer they are. */
  audioShare: 0.0005,
  /** Share of a source's frames, or a single frame, at which its decoder may report errors: what it shows there is invented. */
  damagedShare: 0.1,
  /** Frames by which video may start after zero: clocks round. */
  startFrames: 0.5,
  /** Frames that may follow the last decodable one: a cut ends in the middle of a frame. */
  undecodableEndFrames: 1,
  /** Late frames from which on a source has changed its rate rather than lost frames, if they are also `otherPaceShare` of all frames. */
  otherPaceFrames: 10,
  /** Share of all frames, as `otherPaceFrames` requires. */
  otherPaceShare: 0.05,
  /** Share of the frames that may be shown later than at their own times: beyond that, the source's times can't be trusted. */
  lateShare: 0.1,
  /** Seconds by which a frame may be shown later: a frame that is farther off has delayed those after it, or belongs elsewhere. */
  lateSeconds: 0.1,
  /** Frames by which the packets' times may span less than the decoded frames last: the last frame's duration, and rounding. */
  movedClockFrames: 1.5,
  /** Seconds by which a video stream may overlap with the one that continues it: recorders write a stream out before they begin another. */
  overlapSeconds: 0.5,
  /** dBFS that only digital silence stays below, whatever the codec. */
  silentDecibels: -90,
  /** dBFS from which on audio is audible. Between the two lies the noise of open inputs, which isn't reported. */
  audibleDecibels: -60,
  /** Share of a frame in one red that makes it Resolve's card, which has white words on it. */
  cardShare: 0.6,
  /** Levels of 255 by which a codec may change that red. */
  cardLevels: 4,
  /** Pixels per side. Sizes are rounded down to even numbers; heights with fields of 4:2:0, to multiples of four. */
  aspectPixels: 4,
} as const;
