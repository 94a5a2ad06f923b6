import { Injectable } from '@nestjs/common';
import {
  primaryVideo,
  verificationFailure,
  withPackets,
  type ClipTask,
  type MediaInfo,
  type Thumbnail,
} from '@app/engines';
import { orFailure, OutputVerifier, type Verification } from '../probe/index.ts';
import { readContent, contentVerdict, type ContentVerdict } from './content.ts';
import type { Bounds, Encoded, MadeProxy } from './encode.ts';

/** What a look into a finished proxy tells. */
export interface InspectedProxy extends Verification {
  /** `null` where it could not be read to its end. */
  thumbnails: Thumbnail[] | null;
  /** Bytes of each frame; none where the proxy isn't good. */
  frameSizes: readonly number[];
  /** What is said of the sound of the source; nothing where the proxy isn't good. */
  soundWarnings: readonly string[];
}

/** Looks into a finished proxy: at its header, and meanwhile once at all that is in it. */
@Injectable()
export class ProxyInspector {
  constructor(private readonly verifier: OutputVerifier) {}

  /**
   * @param readAll reads all that is in it.
   * @throws the reason of the signal.
   */
  async inspect(
    made: MadeProxy,
    { counts, progress }: Pick<Encoded, 'counts' | 'progress'>,
    bounds: Bounds,
    readAll = readContent,
  ): Promise<InspectedProxy> {
    const { task } = made;
    const { signal, stallSeconds } = bounds;
    const described = this.verifier.describe(task, signal);
    const content = readAll(made, progress.frames, bounds);
    // Nothing is removed under a program that still runs.
    await Promise.allSettled([described, content]);
    signal.throwIfAborted();
    const header = await orFailure(described, signal);
    if ('failure' in header) return notInspected([], header.failure);
    const read = await content;
    const verdict = await contentVerdict(made, header.proxy, read, stallSeconds);
    // Storage that hangs isn't asked again.
    if (verdict.failure?.type === 'EngineStalledError') return notInspected([], verdict.failure);
    const whole = await orFailure(this.#withPackets(task, header.proxy, verdict, signal), signal);
    if ('failure' in whole) return notInspected([], verdict.failure ?? whole.failure);
    const files = { source: made.source, ...whole };
    const counted = verdict.checks.filter(({ check }) => check === 'pictures_compared');
    const declared = await orFailure(
      this.verifier.verify(task, files, made.plan, counts, signal, counted),
      signal,
    );
    const thumbnails = verdict.packets === null ? null : read.thumbnails;
    // What is wrong with the whole explains whatever its parts differ in.
    const cut = declared.failure ?? verdict.failure;
    const facts = declared.facts ?? null;
    if (cut !== null) return { ...notInspected(declared.verification, cut, thumbnails), facts };
    const verification = [...declared.verification, ...verdict.checks];
    const failure = verificationFailure(verdict.checks);
    if (failure !== null) return notInspected(verification, failure, thumbnails);
    const frameSizes = primaryVideo(whole.proxy)?.packets?.sizes ?? [];
    return {
      ...notInspected(verification, null, thumbnails),
      facts,
      frameSizes,
      soundWarnings: read.heard.warnings,
    };
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

/** A proxy that isn't good, and what is known of it. */
export function notInspected(
  verification: Verification['verification'],
  failure: Verification['failure'],
  thumbnails: Thumbnail[] | null = null,
): InspectedProxy {
  return { verification, failure, thumbnails, frameSizes: [], soundWarnings: [] };
}
