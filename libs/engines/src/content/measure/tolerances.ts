/**
 * By how much a proxy may look other than its source, each with its reason. Levels are of 255, in frames of at most 96 by 56
 * samples. `npm run tolerances` writes the table of docs/fidelity-tables.md from these comments.
 */
export const CONTENT_TOLERANCES = {
  /** Pixels of the proxy's shorter side. Below that, frames are only counted. */
  leastSide: 16,
  /** A whole frame, as a share of how much the source changes from frame to frame. Healthy: 0.7. */
  frameShare: 1.2,
  /** Its worst row. Healthy: 1.3, bars in DNxHD. */
  rowShare: 2.5,
  /** Its worst tile of 4 by 4 samples. Healthy: 1.1. */
  tileShare: 2.5,
  /** Levels that are added to the source's own change of a frame: where nothing moves, a codec has its rounding left. */
  stillFrame: 3,
  /** The same for a row. */
  stillRow: 4,
  /** The same for a tile. */
  stillTile: 6,
  /** Share by which rows at the edges weigh, in which a single line weighs twice as much. */
  edgeWeight: 0.5,
  /** Times the median frame of the clip. Healthy: 1.8. */
  outlier: 4,
  /** Levels that are added to that median: a clip that differs by none may still round. */
  outlierRounding: 0.3,
  /** Levels by which a row must differ before its frame is an outlier: a cut, a flash or a keyframe costs less. */
  outlierRow: 3,
  /** The same for a tile. */
  outlierTile: 5,
  /** An outlier must also reach this share of its source's own change: the rest may be motion. */
  outlierShare: 0.75,
  /** Share of those levels by which an outlier must be above its neighbour: a page of small text differs as much in every frame. */
  outlierJump: 0.5,
  /** Times by which a frame may be nearer to a neighbour than to its own source frame. Healthy: 1.1. */
  likeness: 1.6,
  /** Levels, the same for a run of frames together: it shows shifts where little moves. */
  likenessRun: 0.25,
  /** Frames of such a run. */
  likenessFrames: 12,
  /** Times, the same for a tile that is off by as many levels as `late` of its codec. Healthy: 2.1. */
  likenessTile: 3,
  /** Levels by which tiles of one frame differ, as they are rounded. */
  tileRounding: 0.5,
  /** Samples of luma from which on a frame is compared by the full measure: of fewer, scaling and coding don't average out. */
  fullSamples: 1344,
  /** Levels by which luma may differ in the mean, of all or of a third of its range. Healthy: 0.8; single black and white pixels: 2.1. */
  lumaLevels: 3,
  /** The same for U, for V and for the distance of colours from grey. Healthy: 1.1; single pixels in colour: 1.8. */
  colourLevels: 2,
  /** Frames that are looked at together: a cast that comes and goes is small in the mean of a clip. */
  colourFrames: 16,
  /** Share of all samples that a part must have: in fewer, what a codec does to an edge weighs too much. */
  colourPartShare: 0.05,
  /** Share of its worst run's difference by which a whole clip is off throughout. */
  colourThroughout: 0.75,
  /** Levels by which a pixel may be off after a look: rounding in FFmpeg's numbers leaves a tenth where nothing steep follows. */
  lookLevels: 0.5,
  /** Levels of a tile of alpha. Healthy: 3.7. */
  alphaLevels: 5,
} as const;
