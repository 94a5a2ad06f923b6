import {
  audioChecks,
  frameChecks,
  proxyDelay,
  proxyReason,
  type MediaInfo,
  type PacketFacts,
} from '@app/engines';
import type { ContentCheck, JobFailure, VerificationCheck } from '@app/jobspec';
import type { ReadContent } from './content-reader.ts';
import type { MadeProxy } from './encode.ts';
import { interruption } from './run-ending.ts';

export interface ContentVerdict {
  /** Why the proxy could not be compared; `null` when it was. */
  failure: JobFailure | null;
  checks: VerificationCheck<ContentCheck>[];
  /** By stream index of the proxy; `null` where it could not be read to its end. */
  packets: ReadonlyMap<number, PacketFacts | null> | null;
}

/**
 * Compares each picture and each track of a proxy with what its source gave.
 *
 * @param proxy what it says of itself.
 * @param stallSeconds that a program might go without progress.
 */
export async function contentVerdict(
  { source, plan, capture }: MadeProxy,
  proxy: MediaInfo,
  read: ReadContent,
  stallSeconds: number,
): Promise<ContentVerdict> {
  const { heard, run, list, pictures, sourcePictures } = read;
  const cuts = [
    interruption(heard.run, 'source', stallSeconds),
    interruption(run, 'proxy', stallSeconds),
  ].filter((cut) => cut !== null);
  const { exitCode, stderr } = run;
  const packets = exitCode === 0 && !run.stalled ? list.of(proxy) : null;
  // Nothing more is asked of storage that hangs, whatever else was ended.
  const cut = cuts.find(({ type }) => type === 'EngineStalledError') ?? cuts[0];
  if (cut !== undefined) return { failure: cut, checks: [], packets };
  if (exitCode !== 0) {
    const checks = [unreadable(proxyReason(stderr), exitCode)];
    return { failure: null, checks, packets };
  }
  const tracks = plan.audio.map((track, position) => ({
    source: at(capture.audio, position).finish(),
    proxy: at(read.audio, position).finish(),
    start: at(heard.starts, position),
    proxyDelay: proxyDelay(track, proxy, position),
  }));
  const look = capture.look?.check() ?? [];
  const frames = frameChecks(plan, pictures, sourcePictures);
  const checks = [look, ...frames, ...(await audioChecks(plan, source, tracks))].flat();
  return { failure: null, checks, packets };
}

function at<T>(all: readonly T[], position: number): T {
  return all[position] as T;
}

function unreadable(
  reason: string | null,
  exitCode: number | null,
): VerificationCheck<ContentCheck> {
  const actual = reason ?? `FFmpeg ended with ${exitCode}`;
  return { check: 'decodes', expected: 'without an error', actual, passed: false };
}
