import type { CauseCode, CheckName, ClipAttempt } from '@app/jobspec';
import { filterFiles } from '../ffmpeg/burn-in-graph.ts';
import { hasCrashed } from '../ffmpeg/program-call.ts';
import { isLargerThanSearch } from '../ffmpeg/prores/sizes.ts';
import { bySearch, tryQuantisers, type QuantiserTrial } from '../ffmpeg/prores/trial.ts';
import {
  ffprobeArguments,
  PacketScan,
  sourceContainer,
  type MediaInfo,
  type PacketFacts,
} from '../media/index.ts';
import { planProxy } from '../proxy/plan-proxy.ts';
import type { ProxyPlan, ProxyRequest } from '../proxy/plan/proxy-plan.ts';
import { reportedTimes } from '../proxy/time/clock.ts';
import type { ClipPlan, ClipRun } from './encode-pass.ts';
import { encodeClip } from './encode.ts';
import type { ClipOutcome, ClipTask } from './engine.ts';
import { runAside, type ClipFiles, type MediaPrograms } from './media-programs.ts';

/** Dependencies of an encode, passed in so that every order of events can be tested without running a program. */
export interface ClipPrograms {
  /** Chooses a ProRes quantiser. */
  tryQuantisers(plan: ClipPlan): Promise<QuantiserTrial>;
  /** Reads all packets of the source: facts by stream index. */
  scanPackets: (source: MediaInfo) => Promise<ReadonlyMap<number, PacketFacts>>;
  /** Encodes once, and compares the proxy with its source. A failure is an outcome. */
  encode(plan: Required<ClipPlan>): Promise<ClipRun>;
  /** Seconds on a monotonic clock. */
  now(): number;
}

/**
 * Makes and verifies the proxy of a clip.
 *
 * @throws what a program throws; the system's error if a table can't be written; at a stop, the reason of the signal.
 */
export async function makeProxy(
  task: ClipTask,
  media: MediaPrograms,
  files: ClipFiles,
): Promise<ClipOutcome> {
  const { request, sourceFile } = task;
  const source = probed(task.source);
  const { plan, violations } = planProxy(request, source);
  if (!plan) throw new Error(`a clip was not validated: ${violations[0]?.message}`);
  await files.writeTables(filterFiles(plan.video));
  const programs: ClipPrograms = {
    tryQuantisers: (clip) =>
      tryQuantisers(clip.plan, sourceFile, async (call) => {
        const run = await runAside(media, call);
        return run.stalled || hasCrashed(run) ? null : run;
      }),
    scanPackets: async ({ isProbedDeeper = false }) => {
      const scan = new PacketScan();
      const args = ffprobeArguments(sourceFile, { packets: true, deeper: isProbedDeeper });
      await runAside(media, {
        argv: ['ffprobe', ...args],
        onStdout: (chunk) => scan.take(chunk),
      });
      return scan.packets();
    },
    encode: (clip) => encodeClip(clip, task, media, files),
    now: () => performance.now() / 1000,
  };
  const first = { request, source, plan };
  const { run, attempts } = await makeByPlans(first, programs, media.bounds.signal);
  return { ...run.outcome, attempts };
}

/** Parts of a request that FFmpeg can't do for a source; none if it can make the proxy. */
export function ffmpegViolations(request: ProxyRequest, source: MediaInfo | null) {
  return planProxy(request, probed(source)).violations ?? [];
}

function probed(source: MediaInfo | null): MediaInfo {
  if (source === null) throw new Error('a source that was not probed was routed to FFmpeg');
  return source;
}

/**
 * Makes a proxy by its first plan, and again by each revision that the run before calls for. Each revision is made at most
 * once, so there are at most five encodes.
 *
 * @returns the last run, and all attempts with their reasons.
 * @throws what a program throws; at a stop, the reason of the signal.
 */
export async function makeByPlans(
  first: ClipPlan,
  programs: ClipPrograms,
  signal: AbortSignal,
): Promise<{ run: ClipRun; attempts: ClipAttempt[] }> {
  const attempts: ClipAttempt[] = [];
  const encode = async (why: ClipAttempt['why'], plan: ClipPlan, before: ClipRun | null) => {
    const begun = programs.now();
    const quantiser = plan.quantiser ?? (await quantiserOf(plan, before, programs));
    const run = await programs.encode({ ...plan, quantiser });
    const seconds = Math.round(1000 * (programs.now() - begun)) / 1000;
    attempts.push({ why, exit_code: run.outcome.exit_code, seconds });
    return run;
  };
  let run = await encode('first', first, null);
  const left = new Set(REVISIONS);
  while (!signal.aborted) {
    const next = await revisionOf(left, run, programs);
    if (next === null) break;
    left.delete(next.revision);
    run = await encode(next.revision.why, next.plan, run);
  }
  return { run, attempts };
}

/** Quantiser of the run before if the video is encoded the same way: no trial is made twice. */
async function quantiserOf(plan: ClipPlan, before: ClipRun | null, programs: ClipPrograms) {
  const isSame = before !== null && isSameVideo(before.plan, plan.plan);
  return isSame ? before.quantiser : programs.tryQuantisers(plan);
}

/** First revision that a run calls for, with its plan; `null` for none. */
async function revisionOf(left: Iterable<Revision>, run: ClipRun, programs: ClipPrograms) {
  for (const revision of left) {
    const plan = await revision.revise(run, programs);
    if (plan !== null) return { revision, plan };
  }
  return null;
}

/** Reason to encode a clip once more, and how. */
export interface Revision {
  why: ClipAttempt['why'];
  /** Plan that a run calls for; `null` if it doesn't call for this revision. */
  revise(run: ClipRun, programs: ClipPrograms): ClipPlan | null | Promise<ClipPlan | null>;
}

/** Revisions in the order in which they are considered, each made at most once. */
export const REVISIONS: readonly Revision[] = [
  { why: 'audio_start', revise: withoutAudioRest },
  { why: 'cut_end', revise: withoutCutEnd },
  { why: 'frame_times', revise: withTimesOfRun },
  { why: 'size', revise: withSearch },
];

/** Cause of a run that FFmpeg ended at a frame whose time isn't after that of the one before it. */
const REFUSED_TIMES: CauseCode = 'pictures_out_of_turn';
const TOO_LARGE =
  'With one quantiser the clip became larger than the search would make it, by the pictures that were tried.';

/**
 * Drops the first packet of a track. A recording that may begin anywhere may begin inside a block of audio, the rest of which
 * can't be decoded. Without that packet, the track begins with the next block. More than one such packet is damage.
 */
function withoutAudioRest(run: ClipRun): ClipPlan | null {
  const { refusedFirst } = run.changes;
  if (!failedAnywhere(run) || refusedFirst.size === 0) return null;
  const streams = run.source.streams.map((stream) =>
    refusedFirst.has(stream.index) ? { ...stream, startsInsideBlock: true } : stream,
  );
  return planOf(run, { ...run.source, streams });
}

/** True if FFmpeg failed at a recording that may begin and end anywhere. */
function failedAnywhere({ source, outcome }: ClipRun): boolean {
  const { duration } = sourceContainer(source.formatName).guarantees;
  return outcome.failure?.type === 'EngineError' && duration === null;
}

/** Seconds before the end of a recording in which its end may be at fault: FFmpeg has read farther than it has encoded. */
const AT_END_SECONDS = 8;
/** Most seconds of a packet that the demuxer may cut into blocks of audio. */
const LAST_PACKET_SECONDS = 0.7;

/**
 * Leaves out what may be incomplete of a recording that may end anywhere: of each stream the last packet, or all that the demuxer
 * knows to be incomplete. Damage before the end fails the clip all the same.
 */
async function withoutCutEnd(run: ClipRun, programs: ClipPrograms) {
  const { source, frameTimes } = run;
  const reached = (frameTimes?.at(-1) ?? 0) + AT_END_SECONDS;
  if (!failedAnywhere(run) || reached < (source.durationSeconds ?? 0)) return null;
  const scanned = await programs.scanPackets(source);
  const incomplete = source.streams.map(({ index, tickSeconds }) => {
    const { corruptFrom, end } = scanned.get(index) ?? {};
    return corruptFrom === undefined ? 0 : ((end ?? 0) - corruptFrom) * (tickSeconds ?? 0);
  });
  const secondsLess = Math.max(0, ...incomplete);
  if (scanned.size === 0 || secondsLess > LAST_PACKET_SECONDS) return null;
  const packets = Object.fromEntries(
    [...scanned].flatMap(([index, { corruptFrom, count }]) =>
      corruptFrom === undefined ? [[index, count - 1]] : [],
    ),
  );
  return planOf(run, { ...source, whole: { packets, secondsLess } });
}

/** Checks of a proxy's times. */
const OF_TIMES = new Set<string>(['frame_times_off_ms', 'frames_in_order'] satisfies CheckName[]);

/**
 * Plan by the times that the run reported, if header and first frames say otherwise; `null` if the times aren't why the run
 * failed.
 */
function withTimesOfRun(run: ClipRun): ClipPlan | null {
  const { failure, verification } = run.outcome;
  const isOff = verification.some(({ check, passed }) => !passed && OF_TIMES.has(check));
  if (!isOff && failure?.facts.code !== REFUSED_TIMES) return null;
  const times = reportedTimes(run.source, run.frameTimes, run.changes.goesBack);
  const plan = times && planOf(run, times);
  return plan && !isSameVideo(plan.plan, run.plan) ? plan : null;
}

/** Encoder's own search, if one quantiser made the clip too large. */
function withSearch(run: ClipRun): ClipPlan | null {
  const { plan, quantiser, outcome, frameSizes } = run;
  if (outcome.failure !== null || !isLargerThanSearch(plan, quantiser.tried, frameSizes))
    return null;
  const { request, source } = run;
  return { request, source, plan, quantiser: bySearch(TOO_LARGE) };
}

/** True if two plans encode the same frames in the same way. */
export function isSameVideo(one: ProxyPlan, other: ProxyPlan): boolean {
  return JSON.stringify(one.video) === JSON.stringify(other.video);
}

function planOf({ request }: ClipPlan, source: MediaInfo): ClipPlan | null {
  const { plan } = planProxy(request, source);
  return plan ? { request, source, plan } : null;
}
