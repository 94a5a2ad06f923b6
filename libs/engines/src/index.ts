export type { ClipOutcome, ClipProgress, ClipTask, Engine } from './engine.ts';
export * from './ffmpeg/arguments.ts';
export * from './content/frames/frame-checks.ts';
export * from './content/frames/frame-comparison.ts';
export {
  JpegCollector,
  thumbnailFrames,
  thumbnailOf,
  type Thumbnail,
} from './content/frames/thumbnail.ts';
export { LookProof, lookSample } from './content/look/look-proof.ts';
export { burnInBitmaps } from './ffmpeg/burn-in-graph.ts';
export { lookTables, stepsOf } from './ffmpeg/look-filters.ts';
export { isFitted } from './ffmpeg/filters.ts';
export { audioChecks, audioForm, type TrackFacts } from './content/audio/audio-checks.ts';
export * from './content/audio/audio-trace.ts';
export * from './ffmpeg/ffmpeg-log.ts';
export * from './ffmpeg/stream-changes.ts';
export * from './ffmpeg/sound-pace.ts';
export { thumbnailRun } from './ffmpeg/thumbnail-run.ts';
export { readArguments } from './ffmpeg/read-arguments.ts';
export * from './ffmpeg/capture-arguments.ts';
export { FRAME_KEY } from './ffmpeg/video-arguments.ts';
export * from './ffmpeg/prores/trial.ts';
export * from './ffmpeg/prores/sizes.ts';
export { readLut } from './look/cube-reader.ts';
export type { ShowLut } from './look/look.ts';
export * from './look/steps.ts';
export * from './look/table-file.ts';
export {
  LineCutter,
  PacketList,
  parseRational,
  primaryVideo,
  rationalToNumber,
  sourceContainer,
  withPackets,
  type MediaInfo,
  type PacketFacts,
  type Rational,
  type VideoStream,
} from './media/index.ts';
export { MediaFile, wholenessCheck } from './preflight/media-file.ts';
export type { RangeReader } from './preflight/range-reader.ts';
export * from './proxy/plan-proxy.ts';
export { decodedCodes } from './proxy/video/matrices.ts';
export { toldTimes } from './proxy/time/clock.ts';
export { clipTimes, listedTimes, overlap } from './proxy/time/listed-times.ts';
export * from './proxy/plan/proxy-plan.ts';
export { judgeRender } from './resolve/judge-render.ts';
export {
  PROJECT_SETTINGS,
  RenderPlanner,
  type ClipRender,
  type RenderMode,
} from './resolve/plan-resolve.ts';
export { textOf } from './resolve/resolve-clip.ts';
export { resolveViolations } from './resolve/resolve-codecs.ts';
export { rawFrameFormat } from './routing/recognise-raw.ts';
export { completing } from './routing/rewrapping.ts';
export { routeJob } from './routing/route-job.ts';
export { otherNameWarnings, routeSource, type SourceVerdict } from './routing/route-source.ts';
export { extensionsOf } from './routing/source-formats.ts';
export {
  laterPicture,
  lostWarnings,
  orderWarnings,
  paceWarnings,
  surplusWarnings,
} from './verify/holes.ts';
export type { ProxyExpectation, RunCounts } from './verify/check.ts';
export { plannedFacts, verificationFailure } from './verify/verify-output.ts';
export { verifyProxy } from './verify/verify-proxy.ts';
export * from './prove/comparison.ts';
export * from './prove/limits.ts';
export * from './prove/sources.ts';
export * from './prove/trials.ts';
