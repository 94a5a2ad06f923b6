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

/** Inspects a finished proxy: reads its header and decodes all of its content once, in parallel. */
@Injectable()
export class ProxyInspector {
  constructor(private readonly verifier: OutputVerifier) {}

  /**
   * @param readAll decodes all content.
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
    // Files may be removed after this call, so both programs must have ended.
    await Promise.allSettled([described, content]);
    signal.throwIfAborted();
    const header = await orFailure(described, signal);
    if ('failure' in header) return failedProxy([], header.failure);
    const verdict = await contentVerdict(pass, header.proxy, await content, stallSeconds);
    const { proxy, thumbnails, frameSizes, soundWarnings } = verdict;
    // Storage that stalled once is not read again.
    if (verdict.failure?.type === 'EngineStalledError') return failedProxy([], verdict.failure);
    // A file that can't be decoded to its end may still list all packets.
    const whole =
      proxy === null
        ? await orFailure(this.verifier.describe(task, signal, { packets: true }), signal)
        : { proxy };
    if ('failure' in whole) return failedProxy([], verdict.failure ?? whole.failure);
    const files = { source: pass.source, ...whole };
    const counted = verdict.checks.filter(({ check }) => check === 'pictures_compared');
    const declared = await orFailure(
      this.verifier.verify(task, files, pass.plan, pass.counts, signal, counted),
      signal,
    );
    // A fault of the whole file explains differences of frames and audio.
    const cut = declared.failure ?? verdict.failure;
    const facts = declared.facts ? { ...declared.facts, ...verdict.measured } : null;
    if (cut !== null) return { ...failedProxy(declared.verification, cut, thumbnails), facts };
    const verification = [...declared.verification, ...verdict.checks];
    if (verdict.difference !== null) {
      // Stills are only for people; without them the verdict is the same.
      const failed = await failedPictures(pass, task, capture.path, verdict.checks, run).catch(
        () => [],
      );
      signal.throwIfAborted();
      return {
        ...failedProxy(verification, verdict.difference, [...thumbnails, ...failed]),
        facts,
      };
    }
    return { verification, failure: null, facts, thumbnails, frameSizes, soundWarnings };
  }
}

/** Inspection of a proxy that failed. */
export function failedProxy(
  verification: Verification['verification'],
  failure: Verification['failure'],
  thumbnails: InspectedProxy['thumbnails'] = [],
): InspectedProxy {
  return { verification, failure, thumbnails, frameSizes: [], soundWarnings: [] };
}
