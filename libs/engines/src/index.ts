export type { Thumbnail } from './content/frames/thumbnail.ts';
export { filterFiles } from './ffmpeg/burn-in-graph.ts';
export type { ProgramCall, ProgramEnding, RunProgram } from './ffmpeg/program-call.ts';
export { tryQuantisers } from './ffmpeg/prores/trial.ts';
export { readLut } from './look/cube-reader.ts';
export { ShowLut } from './look/look.ts';
export { type EndingTools, readEnding } from './make/encode-ending.ts';
export { EncodePass, type InspectedProxy } from './make/encode-pass.ts';
export type { ClipOutcome, ClipProgress, ClipTask, Engine } from './make/engine.ts';
export { type ClipPlan, type ClipRun, makeProxy } from './make/make-proxy.ts';
export { contentVerdict, failedPictures, readContent } from './make/proxy-content.ts';
export {
  ffprobeArguments,
  type MediaInfo,
  PacketScan,
  primaryVideo,
  type Rational,
} from './media/index.ts';
export { MediaFile, completenessCheck } from './preflight/media-file.ts';
export type { RangeReader } from './preflight/range-reader.ts';
export { proofOf } from './prove/proof.ts';
export { type Trial, trials } from './prove/trials.ts';
export { planProxy, requiredEncoders } from './proxy/plan-proxy.ts';
export type { ProxyPlan, ProxyRequest } from './proxy/plan/proxy-plan.ts';
export { clipTimes, listedTimes, overlap } from './proxy/time/listed-times.ts';
export { judgeRender } from './resolve/judge-render.ts';
export { type ClipRender, PROJECT_SETTINGS, RenderPlanner } from './resolve/plan-resolve.ts';
export { textOf } from './resolve/resolve-clip.ts';
export { resolveViolations } from './resolve/resolve-codecs.ts';
export { rawFrameFormat } from './routing/recognise-raw.ts';
export { routeJob } from './routing/route-job.ts';
export { routeSource, type SourceVerdict } from './routing/route-source.ts';
export { extensionsOf } from './routing/source-formats.ts';
export type { ProxyExpectation, RunCounts } from './verify/check.ts';
export { verifyProxy } from './verify/verify-proxy.ts';
