export * from './engine.ts';
export * from './made-files.ts';
export * from './ffmpeg/arguments.ts';
export * from './content/frames/frame-checks.ts';
export * from './content/frames/frame-comparison.ts';
export * from './content/frames/thumbnail.ts';
export { LookProof, lookSample } from './content/look/look-proof.ts';
export { burnInBitmaps } from './ffmpeg/burn-in-graph.ts';
export { lookTables, stepsOf } from './ffmpeg/look-filters.ts';
export { isFitted } from './ffmpeg/filters.ts';
export { FrameCutter } from './content/frames/stacked-frames.ts';
export { audioChecks, audioForm, type TrackFacts } from './content/audio/audio-checks.ts';
export * from './content/audio/audio-trace.ts';
export * from './ffmpeg/ffmpeg-log.ts';
export * from './ffmpeg/stream-changes.ts';
export * from './ffmpeg/sound-pace.ts';
export * from './ffmpeg/read-arguments.ts';
export * from './ffmpeg/capture-arguments.ts';
export { FRAME_KEY } from './ffmpeg/video-arguments.ts';
export * from './ffmpeg/prores/trial.ts';
export * from './ffmpeg/prores/sizes.ts';
export { checkCubeSize, CubeFault, CubeReader, isDecimal } from './look/cube-reader.ts';
export * from './look/look.ts';
export type { Lut } from './look/lut.ts';
export * from './look/steps.ts';
export * from './look/table-file.ts';
export * from './media/index.ts';
export type { RangeReader } from './preflight/range-reader.ts';
export { withMxfStructure } from './preflight/mxf.ts';
export { withQuicktimeStructure } from './preflight/quicktime-structure.ts';
export * from './preflight/source-damage.ts';
export * from './proxy/plan-proxy.ts';
export { decodedCodes } from './proxy/video/matrices.ts';
export { toldTimes } from './proxy/time/clock.ts';
export { sourceReel } from './proxy/time/start-timecode.ts';
export * from './proxy/plan/proxy-plan.ts';
export * from './resolve/plan-resolve.ts';
export * from './resolve/resolve-clip.ts';
export * from './resolve/clip-warnings.ts';
export * from './resolve/pinned-settings.ts';
export { decoderAdvice, type RawSource } from './resolve/raw-decoders.ts';
export { resolveViolations, hasNoRate, importRate } from './resolve/resolve-codecs.ts';
export { rawFrameFormat, rawSequenceFormat } from './routing/recognise-raw.ts';
export { completing } from './routing/rewrapping.ts';
export * from './routing/route-job.ts';
export * from './routing/route-source.ts';
export { RAW_FORMATS, STANDARD_CODECS, type RawFormat } from './routing/source-formats.ts';
export {
  laterPicture,
  lostWarnings,
  orderWarnings,
  paceWarnings,
  surplusWarnings,
} from './verify/holes.ts';
export * from './verify/check.ts';
export * from './verify/verify-output.ts';
export * from './prove/comparison.ts';
export * from './prove/limits.ts';
export * from './prove/sources.ts';
export * from './prove/trials.ts';
export { UNSUPPORTED_KINDS, type UnsupportedKind } from './routing/source-formats.ts';
export { type SourceRoute, type SourceRefusal } from './routing/route-source.ts';
export { type ProxyRequest } from './proxy/plan/proxy-plan.ts';
export { ShowLut } from './look/look.ts';
