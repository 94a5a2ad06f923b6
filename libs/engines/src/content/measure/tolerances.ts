/**
 * By how much a proxy may look other than its source, each with its reason. Levels are of 255, in frames of at most 96 by 56
 * samples. `npm run tolerances` writes the table of docs/verification.md from these comments.
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
  /** Times the median frame of the clip. Healthy: 1.8. */
  outlier: 4,
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
  /** Levels, the same for twelve frames together: it shows shifts where little moves. */
  likenessRun: 0.25,
  /** Times, the same for a tile that is off by as many levels as `late` of its codec. Healthy: 2.1. */
  likenessTile: 3,
  /** Pixels by which any proxy may be moved, its colour by twice as many: scaling does it. */
  movedPixels: 0.6,
  /** Times `movedPixels`, for a single frame or a clip of fewer than eight. */
  movedOnce: 2,
  /** Samples of the proxy's shorter side, below which codecs keep next to no detail. */
  leastSideOfDetail: 64,
  /** Share of the source's strong detail that the worst thirty-sixth of a frame must keep, in half of the frames. Healthy: 0.14. */
  detailKeptOfPart: 0.06,
  /** The largest share of that detail: a sharpened frame has more. */
  detailKeptMost: 1.4,
  /** Times as much detail as in its place that may lie one to three samples to the side. Healthy: 0.6; moved by a sample: 2 to 12. Not checked in regular patterns, nor in the colour of AV1. */
  beside: 1.5,
  /** Levels by which a sample of alpha may be off in the compared lines: ProRes 4444 keeps alpha, rounding gives 1. */
  alphaDetail: 2,
  /** Levels by which colours may follow another matrix or range. Healthy: 0.6. */
  colourLevels: 0.8,
  /** The same for luma: codecs darken patterns of thin lines. Healthy: 1.2. */
  lumaLevels: 1.5,
  /** Levels allowed in addition for each level of saturation. Healthy: 0.008; BT.601 taken for BT.709 gives 0.06. */
  colourShare: 0.02,
  /** Levels allowed in addition for each level of noise that stands still, which codecs remove. Healthy: 0.9. */
  colourNoise: 1.5,
  /** Levels by which a clip may be brighter or darker as a whole. Healthy: 1.7. */
  brightnessLevels: 3,
  /** Levels by which contrast may move a usual sample. Healthy: 2.1; another range gives 6. */
  contrastLevels: 2.5,
  /** Levels of a tile of alpha. Healthy: 3.7. */
  alphaLevels: 5,
} as const;
