import { execa } from 'execa';
import { expect } from 'vitest';
import {
  BurnInProof,
  contentChecks,
  DetailComparison,
  ffmpegArguments,
  LookProof,
  lookSample,
  PacketList,
  videoAndTracks,
  FrameComparison,
  frameNumbers,
  proxyDelay,
  readArguments,
  expectedFrames,
  sampledLines,
  shownTimes,
  sampleForm,
  audioForm,
  AudioStart,
  audioStartArguments,
  AudioTrace,
  stepsOf,
  type AudioPlan,
  type MediaInfo,
  type ProxyPlan,
  type CapturePaths,
} from '@app/engines';
import type { VerificationCheck } from '@app/jobspec';
import { EncoderProgress } from '../../apps/runner/src/ffmpeg/encoder-progress.ts';

/** The report of an encode that also told its source, and what it told. */
export interface ToldSource {
  report: string;
  capture: CapturePaths;
  /** How many pictures it told, and of how many lines. */
  counts: { pictures: number; lines: number };
  sound: readonly Uint8Array[];
  /** Lines before and after the look; none without one. */
  look: readonly Uint8Array[];
}

/**
 * Encodes as the runner does, with the source's pictures and sound told.
 *
 * @param lie changes the arguments, for an encoder that isn't asked what it says.
 */
export async function encodeTold(
  plan: ProxyPlan,
  input: string,
  output: string,
  lie: (args: string[]) => string[] = (args) => args,
): Promise<ToldSource> {
  const capture = { pictures: `${output}.pictures.nut`, lines: `${output}.lines.nut` };
  const args = lie(ffmpegArguments(plan, { input, output, capture }));
  const tracks = plan.audio.length;
  const pipes = await withPipes(args, tracks + (plan.video.look === null ? 1 : 2));
  const [stdout, ...told] = pipes;
  const report = Buffer.from(stdout ?? '').toString();
  const counts = {
    pictures: Number(/^frame=(\d+)$/m.exec(report.slice(report.lastIndexOf('\nframe=')))?.[1] ?? 0),
    lines:
      Buffer.from(told[tracks] ?? '')
        .toString()
        .split('\n').length - 1,
  };
  return { report, capture, counts, sound: told.slice(0, tracks), look: told.slice(tracks + 1) };
}

/** A clip and its proxy, as they were probed, and where they are. */
export interface ComparedFiles {
  input: string;
  output: string;
  source: MediaInfo;
  proxy: MediaInfo;
}

/** The checks of what a proxy shows and how it sounds. */
export async function contentOf(
  plan: ProxyPlan,
  { input, output, source, proxy }: ComparedFiles,
  told: ToldSource,
): Promise<VerificationCheck[]> {
  const read = await readTold(plan, output, told.capture);
  const [stacked = new Uint8Array(0), ...rest] = read;
  const [lines = new Uint8Array(0), list, text = new Uint8Array(0)] = rest.slice(plan.audio.length);
  const sound = rest.slice(0, plan.audio.length);
  expectAllPackets(proxy, list);
  const comparison = new FrameComparison(sampleForm(plan.video));
  comparison.take(stacked);
  const detail = new DetailComparison(sampledLines(plan.video, expectedFrames(plan).least));
  detail.take(lines);
  const facts = (bytes: Uint8Array, position: number) => {
    const [track] = plan.audio.slice(position);
    if (!track) throw new Error(`no track ${position}`);
    const trace = new AudioTrace(audioForm(track));
    trace.take(bytes);
    return trace.finish();
  };
  const count = plan.audio.length;
  const heard = count === 0 ? [] : await withPipes(audioStartArguments(plan, source, input), count);
  const start = (bytes: Uint8Array, track: AudioPlan) => {
    const kept = new AudioStart(audioForm(track));
    kept.take(bytes);
    return kept.finish();
  };
  const tracks = plan.audio.map((track, position) => {
    const bytes = sound[position] ?? new Uint8Array(0);
    return {
      source: facts(told.sound[position] ?? new Uint8Array(0), position),
      proxy: facts(bytes, position),
      start: {
        source: start(heard[position + 1] ?? new Uint8Array(0), track),
        proxy: start(bytes, track),
        proxyDelay: proxyDelay(track, proxy, position),
      },
    };
  });
  const compared = await contentChecks(plan, source, {
    pictures: comparison.finish(),
    detail: detail.finish(),
    sourceCounts: told.counts,
    tracks,
  });
  return [...lookChecks(plan, told), ...textChecks(plan, told, text), ...compared];
}

function lookChecks({ video: { look, size } }: ProxyPlan, told: ToldSource): VerificationCheck[] {
  if (look === null) return [];
  const proof = new LookProof(stepsOf(look), lookSample(size));
  for (const bytes of told.look) proof.take(bytes);
  return [proof.check()];
}

function textChecks(
  plan: ProxyPlan,
  { report }: ToldSource,
  text: Uint8Array,
): VerificationCheck[] {
  const { burnIn } = plan.video;
  if (burnIn === null) return [];
  const progress = new EncoderProgress();
  progress.take(Buffer.from(report));
  const { frameTimes, frameTick, duplicatedFrames, droppedFrames } = progress;
  const counts = { frameTimes, frameTick, duplicatedFrames, droppedFrames, source: null };
  const times = shownTimes(plan, counts);
  const proof = new BurnInProof(burnIn, frameNumbers(plan.video, times));
  proof.take(text);
  return [proof.check()];
}

/** What FFmpeg lists while it reads a proxy must be what ffprobe has told of its packets. */
function expectAllPackets(proxy: MediaInfo, list: Uint8Array = new Uint8Array(0)) {
  const packets = new PacketList();
  packets.take(list);
  const known = videoAndTracks(proxy).map((stream) => [
    stream.index,
    stream.packets && { ...stream.packets },
  ]);
  expect([...packets.of(proxy)]).toEqual(known);
}

/**
 * A proxy as it is read to be compared: its pictures below those of the source, each track, the list of its packets,
 * its texts, and pictures of chosen frames for people.
 */
export function readTold(
  plan: ProxyPlan,
  output: string,
  told: CapturePaths,
  thumbnails: readonly number[] = [],
): Promise<Uint8Array[]> {
  return withPipes(readArguments(plan, output, told, thumbnails), plan.audio.length + 4);
}

/** What FFmpeg writes to stdout, and to each further pipe. */
async function withPipes(args: readonly string[], count: number): Promise<Uint8Array[]> {
  const pipes = Array.from({ length: count }, () => 'pipe' as const);
  const { stdio } = await execa('ffmpeg', args, {
    stdio: ['ignore', 'pipe', 'pipe', ...pipes],
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: 1024 * 1024 * 1024,
  });
  return [stdio[1], ...stdio.slice(3)].map((bytes) => bytes as Uint8Array);
}
