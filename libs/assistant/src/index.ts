export { type Finding, warning } from './doctor/finding.ts';
export { examineFolder } from './doctor/folder-examination.ts';
export { examineHost } from './doctor/host-examination.ts';
export { ffmpegCommands } from './doctor/install-ffmpeg.ts';
export { KIT_PROGRAMS, kitChecklist } from './kit/kit-checklist.ts';
export { makeKitClips } from './kit/kit-clips.ts';
export { prove } from './doctor/prove.ts';
export type { Editor } from './plan/editors.ts';
export { type RenderTestOrder } from './doctor/render-test.ts';
export { examineResolve } from './doctor/resolve-examination.ts';
export { countsSentence, handOver } from './handover/hand-over.ts';
export { Examiner } from './plan/examine.ts';
export { follow } from './plan/follow.ts';
export type { PlanRequest } from './plan/plan-request.ts';
export { makePlan } from './plan/plan.ts';
export { type Plan, planJson, planLines, problemLines } from './plan/report.ts';
export { misuse, Refusal, type RefusalKind } from './refusal/refusal.ts';
export { dismiss, retry, type Retry } from './retry/retry.ts';
export { type FfmpegTools, type ResolveTools } from './doctor/service.ts';
export { type Inspection } from './plan/examine.ts';
export { type EditorFlags, readRequestFor } from './plan/for-editors.ts';
export {
  type ActiveClip,
  activeWords,
  barLine,
  countOf,
  type ProgressState,
} from './progress/bar.ts';
export { folderProgress, progressLines } from './progress/folder-progress.ts';
export { attemptsOf, knownJobs } from './jobs/known-jobs.ts';
export { outcomeLines, outcomeOf } from './progress/missing.ts';
export { OwnClips, OwnProxies } from './progress/own-clips.ts';
