/**
 * By how much a proxy may differ from its plan, each with its reason. Everything that isn't here is compared exactly, the number of
 * frames first of all. `npm run tolerances` writes the table of docs/fidelity-tables.md from these comments.
 */
export const TOLERANCES = {
  /** Frames, where the source declares a duration and no count (Matroska): it may or may not include the last frame. */
  framesByDuration: 1,
  /** Frames, at a changed rate: FFmpeg may write a frame that it counts as dropped. */
  convertedFrames: 1,
  /** Seconds. What was cut may begin inside a group of pictures, whose frames can't be decoded. */
  undecodableStartSeconds: 2,
  /** Frames. Containers round durations, and the length of the last frame is a guess. */
  durationFrames: 1.5,
  /** Frames. With VFR, the last frame may be shown for any time, which not every container keeps. */
  variableDurationFrames: 3,
  /** Share of a rate. Containers round a rate; NTSC and whole rates differ by twice as much. */
  rateShare: 0.0005,
  /** Frames. A clock of milliseconds moves a frame by less. */
  continuityFrames: 1,
  /** Seconds. AAC and Opus code blocks, and the first ones aren't heard. */
  audioSeconds: 0.1,
  /** Seconds. Fractions of clocks are added up. */
  clockSeconds: 0.00001,
  /** Seconds. PCM keeps every sample, but clocks round to milliseconds; 0.02 in Matroska. */
  sampleExactSeconds: 0.005,
  /** Share of the length. Sources round, more the longer they are. */
  audioShare: 0.0005,
  /** Share of the frames of a source at which its decoder may report errors, beside one: what it shows there is made up. */
  damagedShare: 0.1,
  /** Frames by which a picture may start after zero: clocks round. */
  startFrames: 0.5,
  /** Frames that may lie behind the last one that can be decoded: a cut ends in the middle of one. */
  undecodableEndFrames: 1,
  /** Frames that come late from which on a source has another pace, and no loss, if they are a share of all, too. */
  otherPaceFrames: 10,
  /** That share. */
  otherPaceShare: 0.05,
  /** Share of the frames that may be shown later than at their own times: where it is more, times say nothing. */
  lateShare: 0.1,
  /** Seconds by which a frame may be shown later: one that is farther has made those behind it late, or belongs elsewhere. */
  lateSeconds: 0.1,
  /** Frames by which a clock may say less than the frames that were decoded: that of the last one, and rounding. */
  movedClockFrames: 1.5,
  /** Seconds by which a picture may overlap with the one that it goes on in: recorders write a stream out before they begin another. */
  overlapSeconds: 0.5,
  /** dBFS that nothing but digital silence stays below, whatever coded it. */
  silentDecibels: -90,
  /** dBFS from which on somebody could hear it. Between the two lies the noise of open inputs, of which nothing is said. */
  audibleDecibels: -60,
  /** Share of a frame that is of one red where it is Resolve's card, which has white words on it. */
  cardShare: 0.6,
  /** Levels of 255 that a codec makes of that red. */
  cardLevels: 4,
  /** Pixels of each side. Sizes are rounded down to even numbers, those of fields of colour to four. */
  aspectPixels: 4,
} as const;
