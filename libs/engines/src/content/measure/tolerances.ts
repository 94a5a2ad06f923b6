/**
 * Tolerances for a proxy's picture against its source, each with its reason. Levels are of 255, in frames of at most 96 by 56
 * samples. `npm run tolerances` writes the table of docs/fidelity-tables.md from these comments.
 */
export const CONTENT_TOLERANCES = {
  /** Pixels of the proxy's shorter side. Below that, frames are only counted. */
  leastSide: 16,
  /** Difference of a whole frame, as a share of the source's change from frame to frame. Healthy: 0.7. */
  frameShare: 1.2,
  /** The same for its worst row. Healthy: 1.3, bars in DNxHD. */
  rowShare: 2.5,
  /** The same for its worst tile of 4 by 4 samples. Healthy: 1.1. */
  tileShare: 2.5,
  /** Levels added to the source's own change of a frame: where nothing moves, a codec still rounds. */
  stillFrame: 3,
  /** The same for a row. */
  stillRow: 4,
  /** The same for a tile. */
  stillTile: 6,
  /** Weight of rows at the edges, in which a single line counts twice. */
  edgeWeight: 0.5,
  /** Factor over the clip's median frame that makes an outlier. Healthy: 1.8. */
  outlier: 4,
  /** Levels added to that median: a clip without differences may still round. */
  outlierRounding: 0.3,
  /** Levels by which a row must differ before its frame is an outlier: a cut, a flash or a keyframe costs less. */
  outlierRow: 3,
  /** The same for a tile. */
  outlierTile: 5,
  /** Share of the source's own change that an outlier must also reach: a smaller difference may be motion. */
  outlierShare: 0.75,
  /** Part of those levels by which an outlier must exceed one of its neighbours: a page of small text differs as much in every frame. */
  outlierJump: 0.5,
  /** Factor by which a frame may be nearer to a neighbour than to its own source frame. Healthy: 1.1. */
  likeness: 1.6,
  /** Levels by which a run of frames must differ from its source before it is compared with neighbours: runs show shifts where little moves. */
  likenessRun: 0.25,
  /** Frames in such a run. */
  likenessFrames: 12,
  /** The same factor as `likeness`, for a tile that is off by at least `lateLevels` of its codec. Healthy: 2.1. */
  likenessTile: 3,
  /** Levels by which tiles that show the same may differ through rounding. */
  tileRounding: 0.5,
  /** Luma samples below which tolerances grow: few samples don't average out scaling and coding. */
  fullSamples: 1344,
  /** Levels by which mean luma may differ, over all or over a third of its range. Healthy: 0.8; single black and white pixels: 2.1. */
  lumaLevels: 3,
  /** The same for U, for V and for the distance of colours from grey. Healthy: 1.1; single pixels in colour: 1.8. */
  colourLevels: 2,
  /** Frames averaged together: a cast that comes and goes is small in the mean of a clip. */
  colourFrames: 16,
  /** Share of all samples that a part must have: in fewer, what a codec does to an edge weighs too much. */
  colourPartShare: 0.05,
  /** Share of its worst run's difference from which on a whole clip is off throughout. */
  colourThroughout: 0.75,
  /** Levels by which a pixel may be off after a look: FFmpeg's rounding leaves a tenth where nothing steep follows. */
  lookLevels: 0.5,
  /** Levels by which a tile of alpha may differ. Healthy: 3.7. */
  alphaLevels: 5,
} as const;
