/**
 * By how much a proxy may look and sound other than its source, each with its reason. Levels are of 255, in pictures of at
 * most 96 by 56 samples.
 */
export const CONTENT_TOLERANCES = {
  /** Pixels of the shorter side of a proxy from which on its pictures are compared and not only counted. */
  leastSide: 16,
  /** Mean difference of a picture, against how much its source changes from picture to picture. Measured: 0.7. */
  frameShare: 1.2,
  /** The same of the worst row, for damage across the picture. Measured: 1.3, bars in DNxHD. */
  rowShare: 2.5,
  /** The same of the worst tile of 4 by 4 samples, for damage of a block. Measured: 1.1. */
  tileShare: 2.5,
  /** A picture may be so many times as far from its source as half of its clip is. Measured: 1.8. */
  outlier: 4,
  /** Levels of a row, and of a tile, below which no picture stands out: what a cut, a flash or a key picture costs. */
  outlierRow: 3,
  outlierTile: 5,
  /** The share of its source's own change that a picture must reach beside that. */
  outlierShare: 0.75,
  /** The share of those levels by which it must be above a neighbour: fine text costs the same in a whole scene. */
  outlierJump: 0.5,
  /** How much nearer to a neighbour than to its own picture a proxy's may be, as a factor. Measured: 1.1. */
  likeness: 1.6,
  /** The same for twelve pictures together, which shows shifts where little moves. Measured: 0.6. */
  likenessRun: 0.25,
  /** The factor for a tile of 4 by 4 samples that is off by three levels or more. Measured: 2.1. */
  likenessTile: 3,
  /** Pixels by which any proxy may, and its colour by twice as many: half a pixel is what scaling leaves in patterns as fine. */
  movedPixels: 0.6,
  /** Times that of a single picture, or of a clip of less than eight. Measured: 0.2 samples, a halftone in DNxHR. */
  movedOnce: 2,
  /** Samples of the shorter side from which on detail is compared: of less, codecs keep next to none. */
  leastSideOfDetail: 64,
  /** How much of the strong detail of its source a thirty-sixth of half of the pictures must have. Measured: 0.14. */
  detailKeptOfPart: 0.06,
  /** And at most: a sharpened one has more. */
  detailKeptMost: 1.4,
  /** Times as much detail as in its place that may lie one to three samples beside, of luma or colour. Measured: 0.6. */
  beside: 1.5,
  /** Levels by which a sample of alpha may be off: codecs with alpha keep it without loss, and rounding gives one. */
  alphaDetail: 2,
  /** Levels by which colours may follow another matrix or range. Measured: 0.6 in grey clips. */
  colourLevels: 0.8,
  /** The same for luma: codecs darken patterns of thin lines. Measured: 1.2. */
  lumaLevels: 1.5,
  /** And for each level of saturation. Measured: 0.008; BT.601 taken for BT.709 gives 0.06. */
  colourShare: 0.02,
  /** And for each level of noise that stands still: what a codec takes from it looks like paler colours. Measured: 0.9. */
  colourNoise: 1.5,
  /** Levels by which a clip may be brighter or darker as a whole. Measured: 1.7, patterns of single pixels in DNxHR. */
  brightnessLevels: 3,
  /** Levels by which contrast may move a usual sample. Measured: 2.1, squares beyond the video range. Another range gives 6. */
  contrastLevels: 2.5,
  /** Levels of a tile of alpha, which ProRes 4444 keeps as it is. Measured: 3.7, stripes at an edge made smaller. */
  alphaLevels: 5,
  /** Seconds by which coded sound may be longer or shorter, or a block if that is longer: AAC and Opus code blocks. */
  codedSeconds: 0.1,
  /** Samples of a block. Not every FFmpeg cuts the last one to what is heard of it. */
  codedSamples: 1024,
  /** Decibels by which a channel must differ from its own before others are tried, and how much better one must fit. */
  otherDecibels: 2,
  otherFactor: 2.5,
  /** The same for a track that is tried earlier and later. */
  shiftedDecibels: 1,
  /** Times the loudness of its source that a channel may have as a whole, and the other way round. */
  gain: 1.5,
  /** Share of a window's loudness below which a channel is silent, -12 dB. Measured: 0.8. */
  silentShare: 0.25,
  /** Times the loudness of its source that a window may have, and the share of what stands up to 60 ms away. */
  loudShare: 3,
  smearShare: 0.2,
  /** How a second of a channel's wave must follow its source's: 1 as it does, -1 turned around. Measured: 0.92, white noise. */
  waveLikeness: 0.25,
  /** Decibels by which its loudness may differ in the mean of a second, beside that of the channel. Measured: 0.8. */
  unevenDecibels: 1.5,
} as const;
