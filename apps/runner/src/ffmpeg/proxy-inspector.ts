import {
  contentVerdict,
  failedPictures,
  readContent,
  type InspectedProxy,
  type RunProgram,
} from '@app/engines';
import { Injectable } from '@nestjs/common';
import { runCall, type Bounds, type MadeProxy } from './encode.ts';
import { orFailure, OutputVerifier, type Verification } from './output-verifier.ts';

/** Looks into a finished proxy: at its header, and meanwhile once at all that is in it. */
@Injectable()
export class ProxyInspector {
  constructor(private readonly verifier: OutputVerifier) {}

  /**
   * @param readAll reads all that is in it.
   * @throws the reason of the signal.
   */
  async inspect(
    { task, pass, capture }: MadeProxy,
    bounds: Bounds,
    readAll = readContent,
  ): Promise<InspectedProxy> {
    const { signal, stallSeconds } = bounds;
    const described = this.verifier.describe(task, signal);
    const run: RunProgram = (call) => runCall(call, bounds);
    const content = readAll(pass, task, capture.path, run);
    // Nothing is removed under a program that still runs.
    await Promise.allSettled([described, content]);
    signal.throwIfAborted();
    const header = await orFailure(described, signal);
    if ('failure' in header) return notInspected([], header.failure);
    const verdict = await contentVerdict(pass, header.proxy, await content, stallSeconds);
    const { proxy, thumbnails, frameSizes, soundWarnings } = verdict;
    // Storage that hangs isn't asked again.
    if (verdict.failure?.type === 'EngineStalledError') return notInspected([], verdict.failure);
    // What could not be decoded to its end may still tell all its packets.
    const whole =
      proxy === null
        ? await orFailure(this.verifier.describe(task, signal, { packets: true }), signal)
        : { proxy };
    if ('failure' in whole) return notInspected([], verdict.failure ?? whole.failure);
    const files = { source: pass.source, ...whole };
    const counted = verdict.checks.filter(({ check }) => check === 'pictures_compared');
    const declared = await orFailure(
      this.verifier.verify(task, files, pass.plan, pass.counts, signal, counted),
      signal,
    );
    // What is wrong with the whole explains whatever its parts differ in.
    const cut = declared.failure ?? verdict.failure;
    const facts = declared.facts ? { ...declared.facts, ...verdict.measured } : null;
    if (cut !== null) return { ...notInspected(declared.verification, cut, thumbnails), facts };
    const verification = [...declared.verification, ...verdict.checks];
    if (verdict.difference !== null) {
      // They are for people: the verdict stands without them.
      const failed = await failedPictures(pass, task, capture.path, verdict.checks, run).catch(
        () => [],
      );
      signal.throwIfAborted();
      return {
        ...notInspected(verification, verdict.difference, [...thumbnails, ...failed]),
        facts,
      };
    }
    return { verification, failure: null, facts, thumbnails, frameSizes, soundWarnings };
  }
}

/** A proxy that isn't good, and what is known of it. */
export function notInspected(
  verification: Verification['verification'],
  failure: Verification['failure'],
  thumbnails: InspectedProxy['thumbnails'] = [],
): InspectedProxy {
  return { verification, failure, thumbnails, frameSizes: [], soundWarnings: [] };
}
