import { Injectable } from '@nestjs/common';
import {
  primaryVideo,
  verificationFailure,
  withPackets,
  type ClipTask,
  type MediaInfo,
  type Poster,
  type RunCounts,
} from '@app/engines';
import { RunnerSettings } from '../config/settings.ts';
import { notVerified, orFailure, OutputVerifier, type Verification } from '../probe/index.ts';
import { readContent, type MadeProxy } from './content-reader.ts';
import { contentVerdict, type ContentVerdict } from './content-verdict.ts';

/** What a look into a finished proxy tells. */
export interface InspectedProxy extends Verification {
  /** `null` where it could not be read to its end. */
  posters: Poster[] | null;
  /** Bytes of each picture; none where the proxy isn't good. */
  pictureSizes: readonly number[];
}

/** Looks into a finished proxy: at its header, and meanwhile once at all that is in it. */
@Injectable()
export class ProxyInspector {
  constructor(
    private readonly verifier: OutputVerifier,
    private readonly settings: RunnerSettings,
  ) {}

  /** @throws the reason of the signal. */
  async inspect(
    task: ClipTask,
    made: MadeProxy,
    counts: Omit<RunCounts, 'source'>,
    signal: AbortSignal,
  ): Promise<InspectedProxy> {
    const { stallTimeoutSeconds: stallSeconds } = this.settings;
    const described = this.verifier.describe(task, signal);
    const told = readContent(task, made, { signal, stallSeconds });
    // Nothing is removed under a program that still runs.
    await Promise.allSettled([described, told]);
    signal.throwIfAborted();
    const header = await orFailure(described, signal);
    if ('failure' in header) return notGood([], header.failure);
    const read = await told;
    const verdict = await contentVerdict(made, header.proxy, read, stallSeconds);
    // Storage that hangs isn't asked again.
    if (verdict.failure?.type === 'EngineStalledError') return notGood([], verdict.failure);
    const whole = await orFailure(this.#withPackets(task, header.proxy, verdict, signal), signal);
    if ('failure' in whole) return notGood([], verdict.failure ?? whole.failure);
    const files = { source: made.source, ...whole };
    const declared = await orFailure(
      this.verifier.verify(task, files, made.plan, counts, signal),
      signal,
    );
    const posters = verdict.packets === null ? null : read.posters;
    // What is wrong with the whole explains whatever its parts differ in.
    const cut = declared.failure ?? verdict.failure;
    const facts = declared.facts ?? null;
    if (cut !== null) return { ...notGood(declared.verification, cut, posters), facts };
    const verification = [...declared.verification, ...verdict.checks];
    const difference = verificationFailure(verdict.checks);
    if (difference !== null)
      return notGood(verification, notVerified(difference, verification), posters);
    const pictureSizes = primaryVideo(whole.proxy)?.packets?.sizes ?? [];
    return { verification, failure: null, facts, posters, pictureSizes };
  }

  /** What could not be decoded to its end may still tell all its packets. */
  async #withPackets(
    task: ClipTask,
    proxy: MediaInfo,
    { packets }: ContentVerdict,
    signal: AbortSignal,
  ) {
    if (packets === null) return this.verifier.describe(task, signal, { packets: true });
    return { proxy: withPackets(proxy, packets) };
  }
}

function notGood(
  verification: Verification['verification'],
  failure: Verification['failure'],
  posters: Poster[] | null = null,
): InspectedProxy {
  return { verification, failure, posters, pictureSizes: [] };
}
