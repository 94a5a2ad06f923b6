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
import { notVerified, OutputVerifier, type Verification } from '../probe/index.ts';
import { ContentVerifier, type ContentVerdict, type MadeProxy } from './content-verifier.ts';

/** What a look into a finished proxy tells. */
export interface InspectedProxy extends Verification {
  /** `null` where it could not be read to its end. */
  posters: Poster[] | null;
  /** Bytes of each picture; none where the proxy isn't good. */
  pictureSizes: readonly number[];
}

/** Looks into a finished proxy: at its header, then once at all that is in it. */
@Injectable()
export class ProxyInspector {
  constructor(
    private readonly verifier: OutputVerifier,
    private readonly content: ContentVerifier,
  ) {}

  /** @throws the reason of the signal. */
  async inspect(
    task: ClipTask,
    made: Omit<MadeProxy, 'proxy'>,
    counts: Omit<RunCounts, 'source'>,
    signal: AbortSignal,
  ): Promise<InspectedProxy> {
    const header = await this.verifier.describe(task, signal);
    if ('failure' in header) return notGood([], header.failure);
    const verdict = await this.content.verify(task, { ...made, ...header }, signal);
    if (verdict.failure !== null) return notGood([], verdict.failure);
    const whole = await this.#withPackets(task, header.proxy, verdict, signal);
    if ('failure' in whole) return notGood([], whole.failure);
    const { source, plan } = made;
    const files = { source, ...whole };
    const declared = await this.verifier.verify(task, files, plan, counts, signal);
    const { verification } = declared;
    const { checks, packets, posters } = verdict;
    const seen = packets === null ? null : posters;
    // What is wrong with the whole explains whatever its parts differ in.
    if (declared.failure !== null) return notGood(verification, declared.failure, seen);
    const all = [...verification, ...checks];
    const difference = verificationFailure(checks);
    if (difference !== null) return notGood(all, notVerified(difference), seen);
    const pictureSizes = primaryVideo(whole.proxy)?.packets?.sizes ?? [];
    return { verification: all, failure: null, posters: seen, pictureSizes };
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
