import { Injectable } from '@nestjs/common';
import type { JobFailure, VerificationCheck } from '@app/jobspec';
import {
  contentChecks,
  DetailComparison,
  JpegCollector,
  PacketList,
  pictureAndTracks,
  linesPath,
  PictureComparison,
  posterFrames,
  posterOf,
  proxyDelay,
  proxyReason,
  readArguments,
  sampledLines,
  smallPicture,
  type ClipTask,
  type MediaInfo,
  type PacketFacts,
  type Poster,
  type ProxyPlan,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { stat } from '../files/index.ts';
import { runProcess } from '../process/child-process.ts';
import { interruption } from './run-ending.ts';
import { hearStart, startsOf } from './source-start.ts';
import { pipesTo, traces, type SourceTap } from './source-tap.ts';

export interface ContentVerdict {
  /** Why the proxy could not be compared; `null` when it was. */
  failure: JobFailure | null;
  checks: VerificationCheck[];
  posters: Poster[];
  /** By stream index of the proxy; `null` where it could not be read to its end. */
  packets: ReadonlyMap<number, PacketFacts | null> | null;
}

/** A proxy that is to be compared. */
export interface MadeProxy {
  source: MediaInfo;
  plan: ProxyPlan;
  /** What it says of itself. */
  proxy: MediaInfo;
  /** What the pass that encoded it told of its source. */
  tap: SourceTap;
}

/** Reads a finished proxy once and compares each picture and each track with what its source gave. */
@Injectable()
export class ContentVerifier {
  constructor(private readonly settings: RunnerSettings) {}

  /** @throws the reason of the signal. */
  async verify(task: ClipTask, made: MadeProxy, signal: AbortSignal): Promise<ContentVerdict> {
    const { source, plan, tap } = made;
    const { stallTimeoutSeconds: stallSeconds } = this.settings;
    const bounds = { signal, stallSeconds };
    const [read, heard] = await Promise.all([
      readProxy(task, made, bounds),
      hearStart(task.sourcePath, plan, source, bounds),
    ]);
    signal.throwIfAborted();
    const cut =
      interruption(heard.run, 'source', stallSeconds) ??
      interruption(read.run, 'proxy', stallSeconds);
    const { posters } = read;
    if (cut !== null) return { failure: cut, checks: [], posters, packets: null };
    const { exitCode, stderr } = read.run;
    if (exitCode !== 0) {
      const checks = [unreadable(proxyReason(stderr), exitCode)];
      return { failure: null, checks, posters, packets: null };
    }
    const tracks = plan.audio.map((track, position) => ({
      source: at(tap.sound, position).finish(),
      proxy: at(read.sound, position).finish(),
      start: {
        source: at(heard.starts, position),
        proxy: at(read.starts, position).finish(),
        proxyDelay: proxyDelay(track, made.proxy, position),
      },
    }));
    const checks = contentChecks(plan, source, { ...read.facts, tracks });
    return { failure: null, checks, posters, packets: read.packets };
  }
}

/** Everything that a proxy shows and sounds like, beside what its source told. */
async function readProxy(
  { stagingPath, wantsPosters }: ClipTask,
  { plan, proxy, tap: { picturesPath } }: MadeProxy,
  bounds: { signal: AbortSignal; stallSeconds: number },
) {
  const form = smallPicture(plan.picture);
  const pictures = new PictureComparison(form);
  const detail = new DetailComparison(sampledLines(plan.picture));
  const [sound, starts] = [traces(plan), startsOf(plan)];
  const { size: sourceBytes } = await stat(picturesPath);
  const { size: linesBytes } = await stat(linesPath(picturesPath));
  const frames = wantsPosters ? posterFrames(sourceBytes / form.bytes) : [];
  const list = new PacketList(proxy.startSeconds ?? 0);
  const jpegs = new JpegCollector();
  const args = readArguments(plan, stagingPath, picturesPath, frames);
  const run = await runProcess(['ffmpeg', ...args], {
    ...bounds,
    onStdout: (chunk) => {
      pictures.take(chunk);
      return true;
    },
    pipes: [
      ...pipesTo(sound.map((trace, position) => both(trace, at(starts, position)))),
      (chunk) => detail.take(chunk),
      (chunk) => list.take(chunk),
      (chunk) => jpegs.take(chunk),
    ],
  });
  const facts = { pictures: pictures.finish(), detail: detail.finish(), sourceBytes, linesBytes };
  const posters = jpegs.get().map((jpeg, n) => posterOf(plan, frames[n] ?? 0, jpeg));
  const packets = new Map(
    list.packets().map((facts, n) => [at(pictureAndTracks(proxy), n).index, facts]),
  );
  return { run, facts, sound, starts, posters, packets };
}

function both(one: Taker, other: Taker): Taker {
  return {
    take(chunk) {
      one.take(chunk);
      other.take(chunk);
    },
  };
}

interface Taker {
  take(chunk: Uint8Array): void;
}

function at<T>(all: readonly T[], position: number): T {
  return all[position] as T;
}

function unreadable(reason: string | null, exitCode: number | null): VerificationCheck {
  const actual = reason ?? `FFmpeg ended with ${exitCode}`;
  return { check: 'decodes', expected: 'without an error', actual, passed: false };
}
